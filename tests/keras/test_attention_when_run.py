"""Attention whose inputs don't go together is built without a word, and raises at the first use, as in Keras."""

from __future__ import annotations

import pytest

from lstmlint.interpret import follow
from lstmlint.keras.counting import total_parameters
from lstmlint.source import Source
from lstmlint.syntax import parse
from tests import oracle

SHAPES = (
    ((4, 5), (6, 5)), ((4, 5), (6, 7)), ((4, 5), (6, 1)), ((4, 5), (6, 7), (6, 5)), ((4, 5), (6, 5), (3, 5)), ((4, 1), (6, 7)), ((4, 5), (6, 7), (6, 7)),
)  # fmt: skip


@pytest.mark.keras
@pytest.mark.parametrize(
    "layer", ["Attention()", "Attention(score_mode='concat')", "AdditiveAttention(use_scale=False)"]
)
@pytest.mark.parametrize("shapes", SHAPES)
def test_widths_and_steps_are_looked_at_when_there_is_data(layer: str, shapes: tuple[tuple[int, int], ...]) -> None:
    lines = [
        "import keras, numpy as np",
        f"inputs = [keras.Input(s) for s in {shapes}]",
        f"y = keras.layers.{layer}(inputs)",
        "model = keras.Model(inputs, y)",
    ]
    lines.append(f"model.predict([np.zeros((2, *s)) for s in {shapes}], verbose=0)")
    text = "\n".join(lines) + "\n"
    theirs = oracle.ask(text)
    rows = [f.place.span.row for f in follow(parse(Source("model.py", text))).faults if f.raises]
    assert rows == ([theirs.line] if theirs.raised else []), theirs.message


ON_DATA = (
    ((4, 6), (4, 6)), ((4, 6), (7, 6)), ((4, 6), (7, 5)), ((4, 6), (7, 5), (7, 3)), ((4, 6), (7, 6), (5, 6)),
)  # fmt: skip


@pytest.mark.keras
@pytest.mark.parametrize("layer", ["MultiHeadAttention(2, 3)", "GroupQueryAttention(3, 4, 2)"])
@pytest.mark.parametrize("shapes", ON_DATA)
def test_heads_on_arrays_give_what_keras_gives(layer: str, shapes: tuple[tuple[int, ...], ...]) -> None:
    given = [f"np.zeros({(2, *shape)}, 'float32')" for shape in shapes]
    text = f"import keras, numpy as np\ny = keras.layers.{layer}({', '.join(given)})\nmodel = keras.Sequential([keras.layers.Dense(5)])\nmodel(y)\n"
    theirs = oracle.ask(text)
    program = follow(parse(Source("model.py", text)))
    rows = [f.place.span.row for f in program.faults if f.raises]
    assert rows == ([theirs.line] if theirs.raised else []), theirs.message
    if not theirs.raised:
        assert total_parameters(program.models[-1].model).known == theirs.models["model"]["total_params"]
