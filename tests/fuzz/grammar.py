"""Random programs from a grammar: Python statements around Keras models, most of them wrong in some way."""

from __future__ import annotations

import ast
import random

HEAD = """\
import numpy as np
import keras
from keras import layers, ops
from keras.models import Sequential, Model
from keras.layers import *
import tensorflow as tf
"""
NAMES = ["x", "y", "n", "units", "model", "layer", "data", "f", "g", "h", "Model1", "seq", "shape", "i", "k"]
LAYERS = ["LSTM", "GRU", "Dense", "Conv1D", "Conv2D", "Embedding", "Bidirectional", "TimeDistributed", "Flatten", "Reshape", "Permute", "RepeatVector",
          "Concatenate", "Add", "Dot", "Dropout", "BatchNormalization", "MaxPooling1D", "GlobalAveragePooling1D", "Attention", "MultiHeadAttention",
          "ConvLSTM2D", "RNN", "LSTMCell", "Masking", "Lambda", "Input", "InputLayer", "ZeroPadding2D", "UpSampling2D", "EinsumDense", "Activation"]  # fmt: skip
KEYWORDS = ["units", "input_shape", "return_sequences", "return_state", "activation", "shape", "name", "filters", "kernel_size", "strides", "padding",
            "axis", "input_dim", "stateful", "initial_state", "dtype", "batch_shape", "mask_zero", "merge_mode", "rate", "axes", "dilation_rate"]  # fmt: skip
ATTRIBUTES = ["shape", "add", "fit", "compile", "output", "input", "layers", "reshape", "append", "T", "predict", "summary", "output_shape", "weights",
              "get_layer", "pop", "items", "keys", "values", "format", "split", "name", "dtype", "astype", "mean", "batch", "map", "call", "build"]  # fmt: skip
FUNCTIONS = ["len", "range", "list", "tuple", "dict", "set", "zip", "enumerate", "sorted", "map", "filter", "sum", "min", "max", "int", "float", "str",
             "np.array", "np.zeros", "np.reshape", "np.concatenate", "np.random.rand", "np.arange", "np.stack", "ops.concatenate", "ops.reshape", "tf.concat",
             "tf.data.Dataset.from_tensor_slices", "keras.utils.to_categorical", "isinstance", "getattr", "Sequential", "Model", "print", "open"]  # fmt: skip


class Writer:
    """Writes one program; `depth` bounds how deep things nest."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def program(self) -> str:
        """A program; nearly always one that Python parses."""
        for _ in range(10):
            text = HEAD + self.block(0, self.chance.randint(3, 14))
            try:
                ast.parse(text)
            except (SyntaxError, ValueError):
                continue
            break
        return text

    def block(self, indent: int, count: int) -> str:
        return "".join(self.statement(indent) for _ in range(count))

    def pick(self, words: list[str]) -> str:
        return self.chance.choice(words)

    def statement(self, indent: int) -> str:
        pad, c = "    " * indent, self.chance
        inner = (lambda: self.block(indent + 1, c.randint(1, 3))) if indent < 3 else (lambda: pad + "    pass\n")
        kind = c.randrange(20)
        if kind < 7:
            return f"{pad}{self.target()} = {self.expression(0)}\n"
        if kind < 10:
            return f"{pad}{self.expression(0)}\n"
        if kind == 10:
            return f"{pad}if {self.expression(1)}:\n{inner()}" + (f"{pad}else:\n{inner()}" if c.random() < 0.5 else "")
        if kind == 11:
            return f"{pad}for {self.target()} in {self.expression(1)}:\n{inner()}"
        if kind == 12:
            return f"{pad}while {self.expression(1)}:\n{inner()}" + (f"{pad}    break\n" if c.random() < 0.95 else "")
        if kind == 13:
            return f"{pad}def {self.pick(NAMES)}({self.parameters()}):\n{inner()}{pad}    return {self.expression(1)}\n"
        if kind == 14:
            base = self.pick(["keras.Model", "layers.Layer", "object", "Model1", "Sequential"])
            return (
                f"{pad}class {self.pick(NAMES)}({base}):\n{pad}    def {self.pick(['__init__', 'call', 'build', 'f'])}(self, x):\n"
                + (
                    f"{pad}        {self.pick(['self.x', 'super().__init__()', 'x'])}\n{pad}        return {self.expression(1)}\n"
                )
            )
        if kind == 15:
            return f"{pad}try:\n{inner()}{pad}except {self.pick(['Exception', 'ValueError', 'ImportError as e'])}:\n{inner()}"
        if kind == 16:
            return f"{pad}with {self.expression(1)} as {self.pick(NAMES)}:\n{inner()}"
        if kind == 17:
            return f"{pad}{self.pick(NAMES)} {self.pick(['+=', '*=', '//=', '@=', '|='])} {self.expression(1)}\n"
        if kind == 18:
            return f"{pad}{self.pick(['assert', 'del', 'global', 'import', 'return', 'raise', 'yield', 'await'])} {self.pick(NAMES)}\n"
        pattern = self.pick(["[x, *y]", "1", "_", "{'a': n}", "str()", "x if n"])
        return f"{pad}match {self.expression(1)}:\n{pad}    case {pattern}:\n{pad}        pass\n"

    def target(self) -> str:
        kind = self.chance.randrange(8)
        if kind == 0:
            return f"{self.pick(NAMES)}, {self.pick(NAMES)}"
        if kind == 1:
            return f"{self.pick(NAMES)}.{self.pick(ATTRIBUTES)}"
        if kind == 2:
            return f"{self.pick(NAMES)}[{self.expression(3)}]"
        if kind == 3:
            return f"{self.pick(NAMES)}, *{self.pick(NAMES)}"
        return self.pick(NAMES)

    def parameters(self) -> str:
        return self.pick(["", "x", "x, y=3", "*x, **k", "x, /, y, *, n=None", "self, x", "units=(1, 2)"])

    def arguments(self, depth: int) -> str:
        c = self.chance
        given = [self.expression(depth + 1) for _ in range(c.choice([0, 1, 1, 2, 3]))]
        if c.random() < 0.1:
            given.append("*" + self.pick(NAMES))
        given += [f"{k}={self.expression(depth + 1)}" for k in c.sample(KEYWORDS, c.choice([0, 0, 1, 1, 2, 3]))]
        return ", ".join(given)

    def expression(self, depth: int) -> str:
        c = self.chance
        kind = c.randrange(18) if depth < 4 else c.randrange(4)
        if kind < 2:
            return self.pick(NAMES)
        if kind == 2:
            return c.choice(
                [
                    "0",
                    "1",
                    "2",
                    "3",
                    "10",
                    "64",
                    "-1",
                    "None",
                    "True",
                    "1.5",
                    "'relu'",
                    "'same'",
                    "'x{}'",
                    "f'{n}'",
                    "b''",
                    "2**70",
                    "...",
                ]
            )
        if kind == 3:
            return c.choice(
                ["(10, 64)", "(None, 3)", "[1, 2, 3]", "()", "{'a': 1}", "{1, 2}", "[[1], [2]]", "(2, 2, 2)", "[None]"]
            )
        if kind < 8:
            return f"{self.pick(LAYERS)}({self.arguments(depth)})" + (
                f"({self.expression(depth + 1)})" if c.random() < 0.5 else ""
            )
        if kind < 10:
            return f"{self.pick(FUNCTIONS)}({self.arguments(depth)})"
        if kind == 10:
            return f"{self.expression(depth + 1)}.{self.pick(ATTRIBUTES)}"
        if kind == 11:
            return f"{self.pick(NAMES)}.{self.pick(ATTRIBUTES)}({self.arguments(depth)})"
        if kind == 12:
            return f"{self.expression(depth + 1)}[{self.pick(['0', '-1', '1:', '::2', ':, -1', '..., 0', 'None', 'n', ':, None, :', '[0, 1]'])}]"
        if kind == 13:
            return f"({self.expression(depth + 1)} {self.pick(['+', '-', '*', '/', '//', '%', '**', '@', '==', '<', 'and', 'or', 'in', 'is', '<<'])} {self.expression(depth + 1)})"
        if kind == 14:
            return f"[{self.expression(depth + 1)} for {self.target_name()} in {self.expression(depth + 1)}]"
        if kind == 15:
            return f"({self.expression(depth + 1)} if {self.expression(depth + 1)} else {self.expression(depth + 1)})"
        if kind == 16:
            return f"(lambda {self.pick(['', 'x', '*x', 'x, y=1'])}: {self.expression(depth + 1)})"
        return f"({self.expression(depth + 1)}, {self.expression(depth + 1)})"

    def target_name(self) -> str:
        return self.pick([*NAMES, "x, y"])
