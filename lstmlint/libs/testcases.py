"""unittest and pytest: code that is meant to raise, tests that are skipped or fail."""

from __future__ import annotations

from ..faults import Leaving
from ..knowledge import Call, base, function, method
from ..values import Object, Value

EXPECTED = "unittest.case._AssertRaisesContext"
"""What stands around code that is meant to raise."""

base(EXPECTED, "contextlib.suppress")
base("unittest.TestCase", "builtins.object")
for _name in ("tensorflow.test.TestCase", "absl.testing.absltest.TestCase", "absl.testing.parameterized.TestCase"):
    base(_name, "unittest.TestCase")


@function("pytest.raises", "numpy.testing.assert_raises")
@method("unittest.TestCase.assertRaises")
def expect(call: Call) -> Value:
    """`with pytest.raises(ValueError): ...`; or, with more arguments, the call of a function that shall raise."""
    return _expected(call, 1)


@function("numpy.testing.assert_raises_regex")
@method("unittest.TestCase.assertRaisesRegex", "unittest.TestCase.assertRaisesRegexp")
def expect_message(call: Call) -> Value:
    """The same with a pattern for the exception's message."""
    return _expected(call, 2)


def _expected(call: Call, at: int) -> Value:
    """`at` is where the function stands, if there is one."""
    if len(call.args) <= at:
        return Object(EXPECTED, attributes={"~given": tuple(call.args[:1])}, place=call.place)
    call.engine.attempt(call.args[at], call.args[at + 1 :], call.kwargs, place=call.place)
    return call.unknown("the exception is not known")


@method("unittest.TestCase.skipTest")
@function("pytest.skip", "pytest.xfail")
def skip(call: Call) -> Value:
    """`self.skipTest(reason)`: nothing that follows it is run."""
    raise Leaving("unittest.SkipTest")


@method("unittest.TestCase.fail")
@function("pytest.fail")
def fail(call: Call) -> Value:
    """`self.fail(message)` ends the test as a failed assertion does."""
    raise Leaving("AssertionError")
