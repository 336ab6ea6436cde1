"""The contract of layer knowledge: one function per layer says what it requires, which weights it builds and what it returns.

    @layer("keras.layers.Dense", min_ndim=2)
    def dense(use: Use) -> Outcome:
        x = use.tensor
        units = use.size("units")
        features = x.shape.get(-1)
        return Outcome(
            output=x.with_shape(x.shape.replace(-1, units)),
            weights=[Weight("kernel", Shape.of(features, units)), *use.when("use_bias", Weight("bias", Shape.of(units)))],
            spec=InputSpec(min_ndim=2, axes={-1: features}),
            mask="keep",
        )

`use.config` holds the constructor's arguments bound by the generated signatures. The function is pure: the same configuration and
the same input give the same outcome; what is kept between calls (weights, the input spec) is the caller's work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from typing import Any, Literal, NoReturn

from ..dims import ANY, Dim
from ..faults import Fault, Moment, Refusal
from ..frozen import dataclass
from ..knowledge import Engine
from ..places import Place
from ..shapes import UNKNOWN_SHAPE, Shape
from ..values import Arguments, InputSpec, LayerObject, Unknown, Value, Weight, is_int, to_dim


@dataclass(frozen=True, slots=True, eq=False)
class TensorSpec:
    """A tensor as a layer sees it: shape (batch axis included), dtype, and whether it carries a mask."""

    shape: Shape
    dtype: str | None = "float32"
    masked: bool = False
    sparse: bool = False

    def with_shape(self, shape: Shape) -> TensorSpec:
        return TensorSpec(shape, self.dtype, self.masked, self.sparse)

    def with_dtype(self, dtype: str | None) -> TensorSpec:
        return TensorSpec(self.shape, dtype, self.masked, self.sparse)


Specs = Any
"""A TensorSpec, or a tuple of (nested) Specs, as Keras nests inputs and outputs."""


def flat_specs(specs: Specs) -> list[TensorSpec]:
    """All TensorSpecs of a nesting."""
    if isinstance(specs, tuple):
        return [leaf for child in specs for leaf in flat_specs(child)]
    return [specs] if isinstance(specs, TensorSpec) else []


@dataclass(slots=True, eq=False)
class Outcome:
    """What a layer does with an input.

    output   TensorSpec or nested tuple of them (their `masked` is ignored: `mask` decides)
    weights  the layer's own weights after build, in Keras's order (those of sublayers are reported by the sublayers themselves)
    spec     the InputSpec in force after build, checked before later calls
    mask     "keep" (the first input's mask goes on), "consume" (used up, none goes on), "destroy" (Keras warns), "lose" (silently none),
             "make" (a mask begins here), or a nested tuple, one per output: bools, or Masks (and None) where they are known
    weights_unknown  why the weights aren't all known, or None
    like     lists and dicts as which the program gets the outputs; None where they are the tuples that `output` says
    """

    output: Specs
    weights: list[Weight] = field(default_factory=list)
    spec: InputSpec | None = None
    mask: Any = "keep"
    weights_unknown: str | None = None
    notices: list[Fault] = field(default_factory=list)
    dtype: Literal["computed", "floats", "own"] = "computed"
    """Which number type the outputs have: the one that the layer computes in; that one where the input's was a float, and the
    input's otherwise; or the one that `output` says."""
    like: Value = None


AGAIN = "~again"
"""Among `Use.kwargs`: the call of the layer that is followed again, with other inputs."""


@dataclass(slots=True, eq=False)
class Use:
    """One application of a layer: its configuration, what comes in, and a voice to refuse with.

    `inputs` are nested TensorSpecs; `kwargs` the call's other arguments (initial_state as nested TensorSpecs or values, mask, training, ...).
    """

    layer: LayerObject
    inputs: Specs
    place: Place
    engine: Engine
    kwargs: dict[str, Value] = field(default_factory=dict)
    moment: Moment = Moment.CALL
    unchecked: bool = False
    """Is the layer asked by another one, which calls its `build` and `compute_output_shape` and so checks no input spec?"""

    @property
    def config(self) -> Arguments:
        """The constructor's arguments."""
        assert self.layer.arguments is not None
        return self.layer.arguments

    @property
    def tensor(self) -> TensorSpec:
        """The only (or first) input."""
        first = self.inputs
        while isinstance(first, tuple):
            if not first:
                return TensorSpec(UNKNOWN_SHAPE)
            first = first[0]
        return first if isinstance(first, TensorSpec) else TensorSpec(UNKNOWN_SHAPE)

    @property
    def tensors(self) -> list[TensorSpec]:
        """All inputs, flat."""
        return flat_specs(self.inputs)

    def value(self, name: str, default: Value = None) -> Value:
        """A constructor argument's value."""
        return self.config.get(name, default)

    def size(self, name: str) -> Dim:
        """A constructor argument as a size."""
        return to_dim(self.config.get(name)) if is_int(self.config.get(name)) else ANY

    def flag(self, name: str) -> bool | None:
        """A constructor argument as a truth value; None when unknown."""
        value = self.config.get(name)
        return None if isinstance(value, Unknown) else self.engine.truth(value)

    @property
    def layout(self) -> str | None:
        """Where the channels are: "channels_last" or "channels_first"; None when that isn't known."""
        value = self.config.get("data_format")
        if value is None:
            value = self.engine.record.settings.get("image_data_format", "channels_last")
        return str(value).lower() if isinstance(value, str) else None

    @property
    def dtype(self) -> str | None:
        """The number type that the layer computes in; None when that isn't known."""
        value = self.config.get("dtype")
        if value is None:
            value = self.engine.record.settings.get("dtype", "float32")
        return value.removeprefix("mixed_") if isinstance(value, str) else None

    @property
    def kept_dtype(self) -> str | None:
        """The number type that the layer keeps its variables in; None when that isn't known."""
        value = self.config.get("dtype")
        mixed = isinstance(value, str) and value.startswith("mixed_")
        return "float32" if mixed else self.dtype

    def when(self, name: str, *weights: Weight) -> Iterable[Weight]:
        """These weights if the flag is set (or unknown: ask `flag` where that matters)."""
        return weights if self.flag(name) is not False else ()

    def refuse(
        self, kind: str, required: str = "", got: str = "", message: str = "", *, moment: Moment | None = None,
        blamed: Iterable[str | Place | None] = (), exception: str = "ValueError", **details: Any,
    ) -> NoReturn:  # fmt: skip
        """Say that Keras raises here. `blamed` are names of constructor arguments or places."""
        places = tuple(p for p in (self.config.place(b) if isinstance(b, str) else b for b in blamed) if p is not None)
        raise Refusal(
            Fault(kind, moment or self.moment, self.place, self.layer, required, got, places, message, True, details),
            exception,
        )

    def notice(
        self, kind: str, message: str = "", *, blamed: Iterable[str | Place | None] = (), **details: Any
    ) -> None:
        """Record something that Keras does silently."""
        places = tuple(p for p in (self.config.place(b) if isinstance(b, str) else b for b in blamed) if p is not None)
        self.engine.fault(Fault(kind, self.moment, self.place, self.layer, "", "", places, message, False, details))


LayerFunction = Callable[[Use], Outcome]
ConstructorCheck = Callable[[Use], None]


@dataclass(frozen=True, slots=True, eq=False)
class LayerKnowledge:
    """What is registered for a layer class. `ndim`, `min_ndim`, `max_ndim` are its InputSpec before build."""

    name: str
    run: LayerFunction
    spec: InputSpec
    constructor: ConstructorCheck | None = None
    """What is checked of the arguments when the layer is made."""
    prefix: str | None = None
    """The automatic name's prefix where it is not the class name in snake case."""


LAYERS: dict[str, LayerKnowledge] = {}
ALIASES: dict[str, str] = {}


def layer(
    *names: str, ndim: int | None = None, min_ndim: int | None = None, max_ndim: int | None = None,
    constructor: ConstructorCheck | None = None, prefix: str | None = None,
) -> Callable[[LayerFunction], LayerFunction]:  # fmt: skip
    """Register a layer function under its canonical name; further names are classes with the same behaviour."""

    def register(function: LayerFunction) -> LayerFunction:
        for name in names:
            if name in LAYERS:
                raise ValueError(f"{name} is known twice: {LAYERS[name].run.__module__} and {function.__module__}")
            LAYERS[name] = LayerKnowledge(name, function, InputSpec(ndim, min_ndim, max_ndim), constructor, prefix)
        return function

    return register


def alias(name: str, of: str) -> None:
    """A second public name of the same class ("keras.layers.Convolution1D")."""
    ALIASES[name] = of


def find_layer(name: str) -> LayerKnowledge | None:
    """The knowledge of a layer class by its canonical name."""
    return LAYERS.get(ALIASES.get(name, name))
