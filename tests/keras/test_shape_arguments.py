"""`build` and `compute_output_shape` of several parameters get the shapes of the inputs that these name, as Keras gives them."""

from __future__ import annotations

import pytest

from lstmlint.interpret import follow
from lstmlint.keras.counting import total_parameters
from lstmlint.keras.tensors import leaves
from lstmlint.runner import Options, check_bytes
from lstmlint.source import Source
from lstmlint.syntax import parse
from lstmlint.values import Tensor
from tests import oracle

pytestmark = pytest.mark.keras

PROGRAM = """
import keras

class Own(keras.layers.Layer):
{methods}

q, v = keras.Input((1, 6)), keras.Input((3, 6))
model = keras.Model([q, v], Own(){call})
"""
CALL = """
    def call(self, query, value, key=None):
        return query
"""
BUILDS = {
    "both": "    def build(self, query_shape, value_shape):\n        self.w = self.add_weight(shape=(value_shape[1], query_shape[1]))\n",
    "the other first": "    def build(self, value_shape, query_shape):\n        self.w = self.add_weight(shape=(value_shape[1], query_shape[1]))\n",
    "perhaps the key": "    def build(self, query_shape, value_shape, key_shape=None):\n        self.w = self.add_weight(shape=(2 if key_shape is None else 5, value_shape[1]))\n",
    "the first by any name": "    def build(self, anything):\n        self.w = self.add_weight(shape=(anything[1], 7))\n",
}
STATES = {
    "query": "    def compute_output_shape(self, query_shape, value_shape, key_shape=None):\n        return query_shape\n",
    "value": "    def compute_output_shape(self, query_shape, value_shape, key_shape=None):\n        return value_shape\n",
    "value first": "    def compute_output_shape(self, value_shape, query_shape, **others):\n        return value_shape\n",
    "any name": "    def compute_output_shape(self, input_shape):\n        return input_shape\n",
    "as compute_output_spec likes": "    def compute_output_shape(self, input_shape, size=None):\n        return input_shape\n\n"
    "    def compute_output_spec(self, query, value, key=None):\n        return keras.KerasTensor(self.compute_output_shape(query.shape))\n",
}
CALLS = ["(q, v)", "(q, value=v)", "(value=v, query=q)", "(q, v, v)", "(query=q, value=v, key=v)"]
WRONG = {
    "no suffix": "    def build(self, query_shape, units=3):\n        pass\n",
    "not an argument of call": "    def build(self, query_shape, mask_shape):\n        pass\n",
    "in compute_output_shape": "    def compute_output_shape(self, query_shape, size):\n        return query_shape\n",
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("methods", [*BUILDS.values(), *STATES.values()], ids=[*BUILDS, *STATES])
def test_each_parameter_gets_the_shape_of_its_input(methods: str, call: str) -> None:
    program = PROGRAM.format(methods=methods + CALL, call=call)
    answer = oracle.ask(program)
    assert answer.raised is None, answer.message
    model = follow(parse(Source("model.py", program))).models[0].model
    found = [leaf.shape.dims or () for leaf in leaves(model.outputs) if isinstance(leaf, Tensor)]
    assert [[None if d.is_none else d.exact for d in dims] for dims in found] == answer.models["model"]["output_shapes"]
    assert total_parameters(model).exact == answer.models["model"]["total_params"]


@pytest.mark.parametrize("methods", WRONG.values(), ids=WRONG)
def test_a_parameter_that_names_no_input_is_refused(methods: str) -> None:
    program = PROGRAM.format(methods=methods + CALL, call="(q, v)")
    answer = oracle.ask(program)
    assert answer.raised == "ValueError"
    (finding,) = (
        f for f in check_bytes(program.encode(), "model.py", Options()).findings if str(f.severity) == "error"
    )
    assert "`_shape` suffix" in finding.message
