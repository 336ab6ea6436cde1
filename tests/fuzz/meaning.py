"""Ways to change what a program means while it stays a program: another size, layer, loss or order, as people's mistakes are."""

from __future__ import annotations

import ast
import copy
import random
from collections.abc import Callable, Iterator
from typing import Any

LAYERS = (
    "LSTM", "GRU", "SimpleRNN", "Dense", "Conv1D", "Conv2D", "Flatten", "Dropout", "Embedding", "Bidirectional", "TimeDistributed", "GlobalMaxPooling1D",
    "GlobalAveragePooling1D", "MaxPooling1D", "MaxPooling2D", "RepeatVector", "Reshape", "Permute", "Masking", "BatchNormalization", "LayerNormalization",
    "Activation", "Softmax", "ReLU", "Add", "Concatenate", "Dot", "Multiply", "Average", "Conv1DTranspose", "ConvLSTM2D", "Attention", "MultiHeadAttention",
    "ZeroPadding1D", "Cropping1D", "UpSampling1D", "GaussianNoise", "SpatialDropout1D", "AveragePooling1D", "SeparableConv1D", "Normalization",
)  # fmt: skip
WORDS: dict[str, list[Any]] = {
    "activation": ["relu", "tanh", "softmax", "sigmoid", "linear", "gelu", "unknown"],
    "loss": ["mse", "mae", "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy", "hinge", "huber", "poisson"],
    "padding": ["same", "valid", "causal", "full"],
    "optimizer": ["adam", "sgd", "rmsprop", "Adam", "momentum"],
    "merge_mode": ["concat", "sum", "ave", "mul", None],
}  # fmt: skip
"""What may stand for a keyword, right and wrong."""
_RECURRENT = [
    ("return_sequences", True), ("return_state", True), ("stateful", True), ("go_backwards", True), ("unroll", True), ("dropout", 0.2),
    ("input_shape", (5, 3)), ("activation", "relu"), ("use_bias", False),
]  # fmt: skip
_CONVOLUTION = [("padding", "same"), ("padding", "causal"), ("strides", 2), ("dilation_rate", 2), ("groups", 2)]
KEYWORDS: dict[str, list[tuple[str, Any]]] = {
    "LSTM": _RECURRENT, "GRU": _RECURRENT, "SimpleRNN": _RECURRENT, "Conv1D": _CONVOLUTION, "Conv2D": _CONVOLUTION,
    "Dense": [("activation", "softmax"), ("input_shape", (5,)), ("use_bias", False)],
    "Embedding": [("mask_zero", True), ("trainable", False)],
    "compile": [("metrics", ["accuracy"]), ("run_eagerly", True), ("loss_weights", [1.0, 2.0])],
    "fit": [("validation_split", 0.5), ("batch_size", 3), ("epochs", 2), ("steps_per_epoch", 1)],
}  # fmt: skip
USES = ("fit", "predict", "evaluate", "train_on_batch", "test_on_batch", "predict_on_batch")
LARGEST = 4000
"""No number grows beyond this: the mutants are run."""

Nodes = list[ast.AST]


def called(node: ast.Call) -> str:
    """The last part of the name that is called."""
    function = node.func
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def _literal(value: Any) -> ast.expr:
    return ast.parse(repr(value), mode="eval").body


def _calls(nodes: Nodes, *names: str) -> list[ast.Call]:
    return [n for n in nodes if isinstance(n, ast.Call) and (not names or called(n) in names)]


def _constants(nodes: Nodes, kind: type) -> list[ast.Constant]:
    return [n for n in nodes if isinstance(n, ast.Constant) and type(n.value) is kind]


def _blocks(nodes: Nodes) -> Iterator[list[ast.stmt]]:
    for node in nodes:
        for name in ("body", "orelse"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block:
                yield block


def another_number(nodes: Nodes, chance: random.Random) -> None:
    """One more, one less, twice as much, or a number that stands elsewhere."""
    numbers = _constants(nodes, int)
    one, other = chance.choice(numbers), chance.choice(numbers).value
    new = chance.choice([one.value + 1, one.value - 1, 1, 2, 3, one.value * 2, other, other])
    one.value = min(new, LARGEST)


def keyword_left_out(nodes: Nodes, chance: random.Random) -> None:
    """A call without one of its keywords."""
    call = chance.choice([n for n in _calls(nodes) if n.keywords])
    call.keywords.pop(chance.randrange(len(call.keywords)))


def flag_turned(nodes: Nodes, chance: random.Random) -> None:
    """True for False, or False for True."""
    flag = chance.choice(_constants(nodes, bool))
    flag.value = not flag.value


def another_layer(nodes: Nodes, chance: random.Random) -> None:
    """Another class with the same arguments."""
    call, new = chance.choice(_calls(nodes, *LAYERS)), chance.choice(LAYERS)
    if isinstance(call.func, ast.Attribute):
        call.func.attr = new
    else:
        call.func = ast.parse(f"keras.layers.{new}", mode="eval").body


def statement_left_out(nodes: Nodes, chance: random.Random) -> None:
    """One statement fewer."""
    block = chance.choice([b for b in _blocks(nodes) if len(b) > 1])
    del block[chance.randrange(len(block))]


def statement_twice(nodes: Nodes, chance: random.Random) -> None:
    """A statement once more."""
    block = chance.choice(list(_blocks(nodes)))
    at = chance.randrange(len(block))
    if isinstance(block[at], (ast.Expr, ast.Assign)):
        block.insert(at, copy.deepcopy(block[at]))


def statements_exchanged(nodes: Nodes, chance: random.Random) -> None:
    """Two neighbours in the other order."""
    block = chance.choice([b for b in _blocks(nodes) if len(b) > 1])
    at = chance.randrange(len(block) - 1)
    block[at], block[at + 1] = block[at + 1], block[at]


def another_word(nodes: Nodes, chance: random.Random) -> None:
    """Another activation, loss or padding."""
    keyword = chance.choice([k for n in _calls(nodes) for k in n.keywords if k.arg in WORDS])
    keyword.value = _literal(chance.choice(WORDS[str(keyword.arg)]))


def keyword_more(nodes: Nodes, chance: random.Random) -> None:
    """A keyword that goes with the call."""
    call = chance.choice(_calls(nodes, *KEYWORDS))
    name, value = chance.choice(KEYWORDS[called(call)])
    call.keywords = [k for k in call.keywords if k.arg != name] + [ast.keyword(name, _literal(value))]


def another_use(nodes: Nodes, chance: random.Random) -> None:
    """`predict` for `fit`, and the like."""
    call = chance.choice(_calls(nodes, *USES))
    if isinstance(call.func, ast.Attribute):
        call.func.attr = chance.choice(USES)


def row_changed(nodes: Nodes, chance: random.Random) -> None:
    """A tuple or list with one item more or fewer."""
    rows = [n for n in nodes if isinstance(n, (ast.Tuple, ast.List)) and isinstance(n.ctx, ast.Load)]
    row = chance.choice(rows)
    if row.elts and chance.random() < 0.5:
        row.elts.pop(chance.randrange(len(row.elts)))
    else:
        new = copy.deepcopy(chance.choice(row.elts)) if row.elts else _literal(chance.choice([None, 1, 4]))
        row.elts.insert(chance.randint(0, len(row.elts)), new)


def arguments_changed(nodes: Nodes, chance: random.Random) -> None:
    """An argument left out, in the other place, or in brackets."""
    call, kind = chance.choice([n for n in _calls(nodes) if n.args]), chance.randrange(3)
    at = chance.randrange(len(call.args))
    if kind == 0:
        call.args.pop(at)
    elif kind == 1 and at:
        call.args[at - 1], call.args[at] = call.args[at], call.args[at - 1]
    else:
        call.args[at] = ast.List([call.args[at]], ast.Load())


CHANGES: list[Callable[[Nodes, random.Random], None]] = [
    another_number, another_number, keyword_left_out, flag_turned, another_layer, statement_left_out, statement_twice, statements_exchanged, another_word,
    keyword_more, another_use, row_changed, arguments_changed,
]  # fmt: skip


def mutant(source: str, chance: random.Random) -> str | None:
    """The program with one to three changes; None where the one that was drawn has nothing to change, or leaves no program."""
    tree = ast.parse(source)
    try:
        for _ in range(chance.choice([1, 1, 2, 3])):
            chance.choice(CHANGES)(list(ast.walk(tree)), chance)
        text = ast.unparse(ast.fix_missing_locations(tree)) + "\n"
        compile(text, "mutant.py", "exec")
    except (IndexError, SyntaxError, ValueError):
        return None
    return text
