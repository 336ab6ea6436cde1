"""Decorators of libraries that give back what they decorate, as far as a model can tell."""

from __future__ import annotations

from ..knowledge import Call, Handler, base, function, watch
from ..values import (
    CACHE,
    REWRITTEN,
    BoundMethod,
    BuiltFunction,
    ClassValue,
    DictValue,
    External,
    FunctionValue,
    ListValue,
    Object,
    Partial,
    Value,
)

PLAIN = (
    "abc.update_abstractmethods", "atexit.register", "contextlib.contextmanager", "contextlib.asynccontextmanager",
    "enum.unique", "typing.final", "typing.no_type_check", "typing.override", "typing.overload", "typing.runtime_checkable",
    "typing_extensions.final", "typing_extensions.override", "typing_extensions.overload", "typing_extensions.runtime_checkable",
    "functools.total_ordering", "numba.jit", "numba.njit", "numba.vectorize", "pytest.fixture",
    "tensorflow.autograph.experimental.do_not_convert", "tensorflow.custom_gradient",
    "tensorflow.__internal__.tracking.no_automatic_dependency_tracking",
)  # fmt: skip
"""Written `@decorator` (or called with nothing but options)."""

FACTORIES = (
    "functools.wraps", "keras.saving.register_keras_serializable",
    "keras.utils.register_keras_serializable", "tensorflow.keras.utils.register_keras_serializable", "typing.dataclass_transform",
    "typing_extensions.deprecated", "warnings.deprecated", "unittest.skip", "unittest.skipIf",
    "unittest.skipUnless", "hydra.main", "tensorflow.RegisterGradient", "namex.export", "click.command", "click.option",
    "click.argument", "click.group", "tensorflow.python.util.tf_export.keras_export", "tensorflow.python.util.tf_export.tf_export",
)  # fmt: skip
"""Written `@decorator(...)`."""

CALLABLES = (FunctionValue, BoundMethod, ClassValue, Partial, BuiltFunction)


def same(call: Call) -> Value:
    """What a decorator gives that leaves everything as it is."""
    return call.args[0] if call.args else None


@function(*PLAIN)
def plain(call: Call) -> Value:
    """`@decorator`, with and without options."""
    if call.args and isinstance(call.args[0], CALLABLES):
        return call.args[0]
    return BuiltFunction(call.name, same)


@function("tensorflow.function")
def graph(call: Call) -> Value:
    """`@tf.function`, with and without options: its Python is rewritten into TensorFlow's, unless autograph=False."""
    decorated = call.args[0] if call.args else call.kwargs.get("func")
    if call.kwargs.get("autograph", True) is False:
        return plain(call)
    return (
        _rewritten(decorated)
        if isinstance(decorated, CALLABLES)
        else BuiltFunction(call.name, lambda c: _rewritten(same(c)))
    )


def _rewritten(decorated: Value) -> Value:
    own = decorated.function if isinstance(decorated, BoundMethod) else decorated
    if isinstance(own, FunctionValue):
        own.attributes[REWRITTEN] = True
    return decorated


@function("abc.abstractmethod")
def abstract(call: Call) -> Value:
    """`@abstractmethod`: the function says so of itself, as in Python."""
    if call.args and isinstance(call.args[0], FunctionValue):
        call.args[0].attributes["__isabstractmethod__"] = True
    return plain(call)


@function(*FACTORIES)
def factory(call: Call) -> Value:
    """`@decorator(...)`; those that are also written without parentheses get the function itself."""
    return BuiltFunction(call.name, same)


WIDGETS = (
    "ipywidgets.interact", "ipywidgets.interact_manual", "ipywidgets.interactive", "ipywidgets.widgets.interact",
    "ipywidgets.widgets.interact_manual", "ipywidgets.widgets.interactive",
)  # fmt: skip
"""Written `@interact`, `@interact(...)` or `interact(function, ...)`."""


@function(*WIDGETS)
def interact(call: Call) -> Value:
    """A function that widgets call: defaults such as `(0, 1, 0.1)` and lists say which values there are to choose from."""
    value = call.args[0] if call.args else None
    if not isinstance(value, FunctionValue):
        return External(call.name)
    value.defaults = {
        name: call.unknown(f"a widget gives `{name}`")
        if isinstance(default, (tuple, ListValue, DictValue))
        else default
        for name, default in value.defaults.items()
    }
    return value


_KEEPS = 32
"""Results from which on it is taken that a cache keeps all of them."""


def _cached(call: Call) -> Value:
    found = call.args[0] if call.args else None
    if isinstance(found, FunctionValue):
        found.attributes[CACHE] = DictValue()
    return found


@function("functools.cache", "functools.lru_cache")
def cache(call: Call) -> Value:
    """`@cache`, `@lru_cache`, `@lru_cache(maxsize=None)`: what was given for the same arguments is given again."""
    if call.args and isinstance(call.args[0], CALLABLES):
        return _cached(call)
    size = call.args[0] if call.args else call.kwargs.get("maxsize", _KEEPS)
    keeps = size is None or (isinstance(size, int) and size >= _KEEPS)
    return BuiltFunction(call.name, _cached if keeps else same)


def _mark(name: str, values: list[Value]) -> Handler | None:
    """`@pytest.mark.anything`, with and without arguments."""
    return plain if name.startswith("pytest.mark.") else None


watch("pytest", _mark)


# a class of one's own may inherit from a decorator's class
base("namex.export", "builtins.object")


@function("namex.export.__init__")
def make(call: Call) -> Value:
    """The options of a decorator that is a class."""
    if isinstance(call.receiver, Object):
        call.receiver.attributes.update(call.kwargs)
    return None


@function("namex.export.__call__")
def decorate(call: Call) -> Value:
    """Decorating with an instance."""
    return same(call)
