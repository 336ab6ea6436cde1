"""`isinstance` of layers says what it says in the installed Keras."""

from __future__ import annotations

import pytest

from lstmlint.keras.api import inherits
from lstmlint.runner import follow_bytes
from lstmlint.values import ListValue
from tests import oracle

pytestmark = pytest.mark.keras


def test_layers_are_kinds_of_each_other_as_in_keras() -> None:
    program = """
    import inspect, keras
    classes = {v: n for n, v in sorted(vars(keras.layers).items(), reverse=True) if inspect.isclass(v) and n != "Layer"}
    print(*classes.values())
    print(*(f"{a}/{b}" for c, a in classes.items() for d, b in classes.items() if issubclass(c, d) and c is not d))
    """
    names, pairs = (line.split() for line in oracle.ask(program).stdout.splitlines())
    kinds = {(a, b): inherits(f"keras.layers.{a}", f"keras.layers.{b}") for a in names for b in names}
    assert {f"{a}/{b}" for (a, b), answer in kinds.items() if answer and a != b} == set(pairs)
    assert len([answer for answer in kinds.values() if answer is False]) > 10_000


def names_after(program: str) -> list[str]:
    """The names in the list `found`."""
    found = follow_bytes(program.encode(), "model.py").ways[0].names["found"]
    assert isinstance(found, ListValue)
    assert not found.open
    return [str(name) for name in found.items]


MODEL = """
import keras
from keras import layers
class Mine(layers.Dense):
    pass
model = keras.Sequential([keras.Input((16, 16, 3)), layers.Conv2D(4, 3), layers.MaxPooling2D(), layers.Flatten(), Mine(2)])
"""


@pytest.mark.parametrize(
    "condition",
    ["isinstance(layer, (layers.Conv2D, layers.MaxPooling2D))", "isinstance(layer, layers.Dense)", "not isinstance(layer, layers.Conv2D)"],
)  # fmt: skip
def test_layers_are_chosen_by_their_class(condition: str) -> None:
    program = f"{MODEL}print(*(layer.name for layer in model.layers if {condition}))\n"
    followed = f"{MODEL}found = [layer.name for layer in model.layers if {condition}]\n"
    assert names_after(followed) == oracle.ask(program).stdout.split()


THINGS = (
    "[1]", "(1,)", "{}", "'adam'", "3", "None", "np.zeros(3)", "keras.Input((3,))", "pd.DataFrame({'a': [1]})", "pd.DataFrame({'a': [1]})['a']",
    "tf.zeros((2,))", "tf.data.Dataset.range(3)", "keras.layers.Dense(2)", "keras.losses.MeanSquaredError()", "keras.optimizers.AdamW()",
    "keras.metrics.Accuracy()", "keras.callbacks.EarlyStopping()", "keras.Sequential()", "(lambda x: x)", "Own()",
)  # fmt: skip
CLASSES = (
    "np.ndarray", "pd.DataFrame", "pd.Series", "tf.Tensor", "tf.data.Dataset", "keras.KerasTensor", "keras.layers.Layer", "keras.Model", "list", "str",
    "keras.losses.Loss", "keras.optimizers.Optimizer", "keras.optimizers.Adam", "keras.metrics.Mean", "keras.callbacks.ModelCheckpoint", "object", "Own",
)  # fmt: skip
HEAD = "import keras\nimport numpy as np\nimport pandas as pd\nimport tensorflow as tf\nclass Own(keras.layers.Layer):\n    pass\n"


def test_data_and_what_keras_makes_are_no_kinds_of_each_other() -> None:
    asked = ", ".join(f"isinstance({thing}, {kind})" for thing in THINGS for kind in CLASSES)
    theirs = oracle.ask(f"{HEAD}print(''.join(str(int(answer)) for answer in ({asked})))\n").stdout.strip()
    ours = follow_bytes(f"{HEAD}answers = [{asked}]\n".encode(), "model.py").ways[0].names["answers"]
    assert isinstance(ours, ListValue)
    known = [(mine, bool(int(true))) for mine, true in zip(ours.items, theirs) if isinstance(mine, bool)]
    assert len(known) == len(theirs) == len(THINGS) * len(CLASSES)
    assert [mine for mine, _ in known] == [true for _, true in known]
