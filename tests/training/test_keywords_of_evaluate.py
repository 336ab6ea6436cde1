"""Keywords that evaluate, fit and predict don't have, against Keras."""

from __future__ import annotations

import pytest

from lstmlint.runner import check_source
from tests import oracle

pytestmark = pytest.mark.keras

BEGINNING = """
import keras, numpy as np
from keras.layers import *
X, y = np.zeros((4, 4)), np.zeros((4, 1))
class Own(keras.Model):
    def evaluate(self, *args, workers=1, **settings):
        return super().evaluate(*args, **settings)
i = keras.Input((4,))
m, own = (kind(i, Dense(1)(i)) for kind in (keras.Model, Own))
m.compile("adam", "mse")
own.compile("adam", "mse")
"""
USES = """
m.evaluate(X, y, workers=2)
m.evaluate(X, y, use_multiprocessing=False)
m.evaluate(X, y, max_queue_size=10, verbose=0)
m.evaluate(X, y, show_accuracy=True)
m.evaluate(X, y, verbos=0)
m.evaluate(X, y, **{"workers": 2})
m.evaluate(X, y, verbose=0, return_dict=True)
m.predict(X, workers=2)
m.fit(X, y, workers=2)
own.evaluate(X, y, workers=2)
own.evaluate(X, y, max_queue_size=2)
""".strip().splitlines()


@pytest.mark.parametrize("line", USES)
def test_where_it_raises(line: str) -> None:
    theirs = oracle.ask(BEGINNING + line + "\n")
    errors = [f.message for f in check_source(BEGINNING + line + "\n") if f.severity.value == "error"]
    assert bool(errors) == (theirs.raised is not None), (theirs.raised, theirs.message, errors)
