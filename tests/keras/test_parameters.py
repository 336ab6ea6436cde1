"""Every function of Keras that is followed takes the parameters that the installed Keras says, by name and in its order, and no others."""

from __future__ import annotations

import importlib
import inspect
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

import lstmlint.keras
from lstmlint import knowledge
from lstmlint.faults import Fault
from lstmlint.keras.api import call_signature
from lstmlint.keras.ops import OPERATIONS
from lstmlint.keras.ops.backend import BACKEND
from lstmlint.keras.parameters import MODULES
from lstmlint.keras.spec import LAYERS
from lstmlint.runner import follow_bytes
from lstmlint.values import Array, Unknown
from tests.keras.test_ops_differential import HEAD as HEAD_OF_SHAPES
from tests.keras.test_ops_differential import compare

GENERATIONS = {3: "keras", 2: "tf_keras"}
BINDING = ("unknown-argument", "too-many-arguments", "missing-argument", "duplicate-argument")
HEAD = "import keras\nfrom elsewhere import u\n"
FOREIGN = "no_such_parameter"

Parameter = inspect.Parameter


def followed() -> list[str]:
    """The public functions of Keras that have a handler; classes are constructed, and have tests of their own."""
    importlib.import_module("lstmlint.keras")
    knowledge.find_function("keras.ops.exp")
    return sorted(name for name in knowledge._functions if name.startswith("keras."))


def theirs(name: str, major: int) -> list[Parameter] | None:
    """The parameters of a public function of the installed Keras; None for what it doesn't have, for classes and for their methods."""
    owner: Any = importlib.import_module(GENERATIONS[major])
    *modules, short = name.split(".")[1:]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for part in modules:
            owner = getattr(owner, part, None)
        found = getattr(owner, short, None) if inspect.ismodule(owner) else None
    return list(inspect.signature(found).parameters.values()) if inspect.isroutine(found) else None


def fitting(parameter: Parameter) -> str:
    return "u" if parameter.default is parameter.empty or not _literal(parameter.default) else repr(parameter.default)


def _literal(value: Any) -> bool:
    return value is None or isinstance(value, (bool, int, float, str))


def calls(name: str, parameters: list[Parameter]) -> Iterator[str]:
    """The function called with all by position, with all by name, and with only what is needed."""
    slots = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    named = [p for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
    needed = [p for p in named if p.default is p.empty]
    yield f"{name}({', '.join(fitting(p) for p in slots)})"
    yield f"{name}({', '.join('u' for _ in slots)})"
    yield f"{name}({', '.join(f'{p.name}={fitting(p)}' for p in named)})"
    yield f"{name}({', '.join(f'{p.name}=u' for p in named)})"
    yield f"{name}({', '.join(f'{p.name}=u' for p in needed)})"


def faults_of(lines: list[str], major: int) -> dict[str, list[Fault]]:
    """The faults at each of these lines, which are followed in one program."""
    program = follow_bytes((HEAD + "\n".join(lines) + "\n").encode(), "model.py", keras_major=major)
    found: dict[str, list[Fault]] = {line: [] for line in lines}
    for fault in program.faults:
        found[lines[fault.place.span.row - 1 - HEAD.count("\n")]].append(fault)
    return found


def unfit(lines: list[str], major: int) -> list[str]:
    """The lines whose arguments are said not to fit the parameters."""
    faults = faults_of(lines, major)
    return [line for line in lines if any(f.kind in BINDING for f in faults[line])]


@pytest.mark.keras
@pytest.mark.parametrize("major", (3, 2))
def test_functions_take_keras_s_parameters_by_position_and_by_name(major: int) -> None:
    signatures = {name: theirs(name, major) for name in followed() if name != "keras.Input"}  # needs one of several
    known = {name: parameters for name, parameters in signatures.items() if parameters is not None}
    assert len(known) > 250
    wrong = {name: unfit(list(calls(name, parameters)), major) for name, parameters in known.items()}
    assert {name: lines for name, lines in wrong.items() if lines} == {}


@pytest.mark.keras
@pytest.mark.parametrize("major", (3, 2))
def test_inputs_take_keras_s_parameters(major: int) -> None:
    parameters = theirs("keras.Input", major) or []
    lines = [line for line in calls("keras.Input", parameters) if "(u" in line or "shape=u" in line]
    assert len(lines) == 2
    assert not unfit(lines, major)


@pytest.mark.keras
@pytest.mark.parametrize("major", (3, 2))
def test_layers_are_called_with_what_their_call_takes(major: int) -> None:
    package = importlib.import_module(GENERATIONS[major]).layers
    lines = []
    for name, cls in sorted(vars(package).items()):
        if inspect.isclass(cls) and f"keras.layers.{name}" in LAYERS and hasattr(cls, "call"):
            made, called = (list(inspect.signature(f).parameters.values())[1:] for f in (cls.__init__, cls.call))
            outer = list(inspect.signature(cls.__call__).parameters.values())[1:]
            if (
                called and outer and outer[0].kind is outer[0].POSITIONAL_OR_KEYWORD
            ):  # layers of images name their input otherwise
                called[0] = called[0].replace(name=outer[0].name)
            needed = [p for p in made if p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD]
            layer = f"keras.layers.{name}({', '.join(f'{p.name}=u' for p in needed)})"
            lines += list(calls(layer, called)) if any(p.kind is p.POSITIONAL_OR_KEYWORD for p in called) else []
    assert len(lines) > 250
    assert not [line for i in range(0, len(lines), 40) for line in unfit(lines[i : i + 40], major)]


def _swallows(parameters: list[Parameter]) -> bool:
    return any(p.kind is p.VAR_KEYWORD for p in parameters)


def _foreign(name: str, parameters: list[Parameter]) -> str:
    needed = [p for p in parameters if p.default is p.empty and p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
    return f"{name}({', '.join([*(f'{p.name}=u' for p in needed), f'{FOREIGN}=1'])})"


@pytest.mark.keras
def test_operations_take_no_other_names() -> None:
    names = [f"keras.ops.{n}" for n in OPERATIONS] + ["keras.random.normal", "keras.ops.eye", "keras.losses.huber"]
    signatures = {name: theirs(name, 3) or [] for name in names}
    lines = [_foreign(name, found) for name, found in signatures.items() if found and not _swallows(found)]
    assert unfit(lines, 3) == lines


@pytest.mark.keras
@pytest.mark.parametrize("major", (3, 2))
def test_plain_functions_take_no_other_names(major: int) -> None:
    names = [name for name in followed() if name.split(".")[1] in MODULES]
    signatures = {name: theirs(name, major) or [] for name in names}
    lines = [_foreign(name, found) for name, found in signatures.items() if found and not _swallows(found)]
    assert len(lines) > 50
    assert unfit(lines, major) == lines


@pytest.mark.keras
def test_every_operation_is_one_of_keras_s() -> None:
    assert [n for n in OPERATIONS if theirs(f"keras.ops.{n}", 3) is None] == []
    assert [n for n in BACKEND if call_signature(f"keras.backend.{n}", 2) is None] == ["logsumexp"]


@pytest.mark.parametrize(
    "call",
    ("K.reshape(u, shape=(2, 2))", "K.permute_dimensions(u, pattern=(0, 2, 1))", "K.concatenate(tensors=[u, u])"),
)
@pytest.mark.parametrize("major", (3, 2))
def test_the_older_backend_keeps_its_own_names(call: str, major: int) -> None:
    assert not unfit(["from keras import backend as K", call], major)


IMAGES = HEAD_OF_SHAPES.format(x=(None, 8, 8, 3), y=(3, 3, 3, 4))


@pytest.mark.keras
@pytest.mark.parametrize(
    "expression",
    (
        "ops.conv(inputs=x, kernel=y, strides=2)", "ops.max_pool(inputs=x, pool_size=2)", "ops.average_pool(inputs=x, pool_size=(2, 4), padding='same')",
        "ops.image.resize(images=x, size=(4, 5), interpolation='nearest')", "ops.image.resize(x, (4, 5), 'nearest', False, False, False, 'constant', 0.0, None)",
        "ops.image.rgb_to_grayscale(images=x)", "ops.stop_gradient(variable=x)", "ops.broadcast_to(x=x, shape=(2, 8, 8, 3))",
        "ops.bitwise_and(x=ops.cast(x, 'int32'), y=ops.cast(x, 'int32'))", "ops.max(x, 1, True, None)", "ops.isclose(x, x, 1e-3, 1e-3, True)", "ops.full_like(x, 1.0, 'int32')",
        "ops.slice(inputs=y, start_indices=(0, 0, 0, 0), shape=(1, 2, 3, 4))", "ops.clip(x, x_min=0.0, x_max=x)", "ops.einsum('abcd->ad', x)",
    ),
)  # fmt: skip
def test_what_is_given_under_keras_s_names_is_used(expression: str) -> None:
    assert compare(f"{IMAGES}z = {expression}\n") == "same"


@pytest.mark.keras
@pytest.mark.parametrize(
    "expression",
    (
        "ops.identity(n=3)", "ops.eye(3, 4, 0, 'int32')", "ops.linspace(0.0, 1.0, 5, True)", "ops.full((2, 3), 1, 'int32')",
        "keras.random.randint((2, 3), 0, 9, 'int64')", "keras.random.normal((2,), 0.0, 1.0, 'float16', 3)", "ops.arange(3, dtype='int32')",
        "ops.linspace(0, 9, num=4, dtype='int32')", "ops.linspace(np.zeros(3), np.ones(3), 5)", "ops.linspace(0.0, 1.0, 5, True, True)[0]",
    ),
)  # fmt: skip
def test_what_is_made_is_never_contradicted(expression: str) -> None:
    text = f"import keras\nimport numpy as np\nfrom keras import ops\nz = {expression}\n"
    names: dict[str, Any] = {}
    exec(text, names)
    made = follow_bytes(text.encode(), "model.py").ways[0].names["z"]
    if isinstance(made, Array):
        assert made.shape.dims is None or made.shape.to_json() == list(names["z"].shape)
        assert made.dtype is None or names["z"].dtype.name.startswith(made.dtype)
    else:
        assert isinstance(made, Unknown)


assert lstmlint.keras
