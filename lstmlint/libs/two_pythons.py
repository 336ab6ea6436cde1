"""Packages for programs that run with Python 2 and 3 (`six`, `future`, `past`): what they call by a name of their own, Python 3 has under another."""

from __future__ import annotations

from ..knowledge import Call, Handler, function
from ..values import BuiltFunction, ClassValue, External, Value
from .decorators import same

_BUILTIN = (
    "ascii", "bytes", "chr", "dict", "filter", "hex", "input", "int", "list", "map", "max", "min", "next", "object", "oct", "open", "pow",
    "range", "round", "str", "super", "zip",
)  # fmt: skip

NAMES = {
    "six.string_types": "builtins.str", "six.text_type": "builtins.str", "six.binary_type": "builtins.bytes",
    "six.integer_types": "builtins.int", "six.class_types": "builtins.type", "six.MAXSIZE": "sys.maxsize",
    "six.unichr": "builtins.chr", "six.callable": "builtins.callable", "six.next": "builtins.next",
    "six.advance_iterator": "builtins.next", "six.print_": "builtins.print", "six.wraps": "functools.wraps",
    "six.StringIO": "io.StringIO", "six.BytesIO": "io.BytesIO",
    "six.moves.xrange": "builtins.range", "six.moves.reduce": "functools.reduce", "six.moves.cPickle": "pickle",
    "six.moves.zip_longest": "itertools.zip_longest", "six.moves.filterfalse": "itertools.filterfalse",
    "six.moves.intern": "sys.intern", "six.moves.reload_module": "importlib.reload", "six.moves.StringIO": "io.StringIO",
    "six.moves.cStringIO": "io.StringIO", "six.moves.shlex_quote": "shlex.quote", "six.moves.getcwd": "os.getcwd",
    "six.moves.urllib": "urllib",
    "six.moves.http_client": "http.client", "six.moves.builtins": "builtins", "six.moves.queue": "queue",
    "six.moves.configparser": "configparser", "six.moves.input": "builtins.input", "six.moves.range": "builtins.range",
    "six.moves.map": "builtins.map", "six.moves.filter": "builtins.filter", "six.moves.zip": "builtins.zip",
    "past.builtins.xrange": "builtins.range", "past.builtins.basestring": "builtins.str",
    "past.builtins.unicode": "builtins.str", "past.builtins.long": "builtins.int", "past.builtins.raw_input": "builtins.input",
    "past.builtins.reduce": "functools.reduce",
    **{f"future.builtins.{name}": f"builtins.{name}" for name in _BUILTIN},
}  # fmt: skip
"""How such a package spells a name, and Python 3's name."""


def canonical(spelled: str) -> str:
    """Python 3's name: "six.moves.cPickle.dump" -> "pickle.dump". Others come back as they are."""
    name, rest = spelled, ""
    while name:
        if name in NAMES:
            return NAMES[name] + rest
        name, _, last = name.rpartition(".")
        rest = f".{last}{rest}"
    return spelled


def _views(name: str) -> Handler:
    """A function that gives what a dict's method of this name gives."""

    def handler(call: Call) -> Value:
        if len(call.args) != 1:
            return call.unknown("what is gone through is not known")
        method = call.engine.get_attribute(call.args[0], name, call.place)
        return call.engine.call(method, [], place=call.place)

    return handler


for _name in ("keys", "values", "items"):
    function(*(f"{package}.{way}{_name}" for package in ("six", "future.utils") for way in ("iter", "view")))(
        _views(_name)
    )


@function("six.add_metaclass")
def add_metaclass(call: Call) -> Value:
    """`@six.add_metaclass(abc.ABCMeta)`: the class itself; a metaclass of the user's own is not followed."""
    of_library = len(call.args) == 1 and isinstance(call.args[0], External)

    def decorated(inner: Call) -> Value:
        cls = same(inner)
        if isinstance(cls, ClassValue) and not of_library:
            why = f"what the metaclass of `{cls.name}` does is not followed"
            cls.attributes["~metaclass"] = call.engine.gap(why, call.place)
        return cls

    return BuiltFunction(call.name, decorated)


@function("six.with_metaclass", "future.utils.with_metaclass")
def with_metaclass(call: Call) -> Value:
    """`class A(six.with_metaclass(abc.ABCMeta, Base))`: the base, where the metaclass is a library's."""
    if call.args and isinstance(call.args[0], External) and len(call.args) < 3:
        return call.args[1] if len(call.args) == 2 else External("builtins.object")
    return call.unknown("what a metaclass does is not followed")


# nothing is left to do in Python 3
function("six.python_2_unicode_compatible", "future.utils.python_2_unicode_compatible")(same)
