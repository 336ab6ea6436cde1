"""Methods that are tests: what `setUp` makes, it makes anew for each of them."""

from __future__ import annotations

from lstmlint.runner import check_source

CLASSES = """
import unittest, keras, numpy as np
class Prepared(unittest.TestCase):
    def setUp(self):
        self.layer = keras.layers.Dense(4)
class InBase(Prepared):
    def test_narrow(self):
        self.assertEqual(self.layer(keras.Input((2,))).shape, (None, 4))
    def test_wide(self):
        self.layer(np.zeros((1, 3)))
class TestPytest:
    def setup_method(self):
        self.model = keras.Sequential([keras.Input((3,))])
        self.width = 2
    def test_first(self):
        self.model.add(keras.layers.Dense(self.width))
        self.model.predict(np.zeros((1, 3)))
    def test_second(self):
        self.width -= 1
        self.model.add(keras.layers.Dense(self.width))
        self.model.predict(np.zeros((1, 3)))
    def test_third(self):
        self.test_second()
"""


def test_a_test_sees_nothing_of_the_others() -> None:
    assert check_source(CLASSES) == []


def test_a_mistake_in_a_test_and_one_in_what_prepares_it_are_told_once() -> None:
    wrong = CLASSES.replace("np.zeros((1, 3)))\nclass TestPytest", "np.zeros((3,)))\nclass TestPytest")
    assert [f.code for f in check_source(wrong)] == ["SHP001"]
    wrong = CLASSES.replace("keras.Input((3,))]", "keras.Input((3,)), keras.layers.LSTM(3)]")
    assert [(f.code, f.span.row) for f in check_source(wrong)] == [("SHP001", 13)]


def test_nothing_is_run_after_a_test_is_skipped_or_has_failed() -> None:
    for leaving in (
        'self.skipTest("slow")',
        'pytest.skip("slow")',
        'raise unittest.SkipTest("slow")',
        'self.fail("no")',
    ):
        lines = ["import unittest, pytest, keras", "class Test(unittest.TestCase):", "    def test_it(self):"]
        assert check_source("\n".join([*lines, f"        {leaving}", "        keras.layers.Dense(-1)", ""])) == []
    assert len(check_source("\n".join([*lines, "        keras.layers.Dense(-1)", ""]))) == 1
