"""The parts of the standard library that model scripts use: numbers, files, copies, collections, iteration, arguments."""

from __future__ import annotations

import itertools as real_itertools
import math as real_math
import os.path as real_path

from ..dims import Dim
from ..knowledge import Call, attribute, base, constant, function, method
from ..values import (
    Array,
    BuiltFunction,
    ClassValue,
    Dataset,
    DictValue,
    IteratorValue,
    ListValue,
    Object,
    Partial,
    SetValue,
    Tensor,
    Value,
    fresh_int,
    is_int,
)
from .bridge import LARGEST, compute, items_of, known, label, reason_of, sample_of, to_python

# --- math

for _name in ("pi", "e", "tau", "inf", "nan"):
    constant(f"math.{_name}", getattr(real_math, _name))

_INTEGERS = ("ceil", "floor", "trunc", "gcd", "lcm", "isqrt", "comb", "perm", "factorial")
_MATH = [n for n in dir(real_math) if not n.startswith("_") and callable(getattr(real_math, n))]


@function(*(f"math.{name}" for name in _MATH))
def math_function(call: Call) -> Value:
    """math.f(x): exact for known numbers, a symbol for whole-numbered results of unknown ones."""
    short = call.name.removeprefix("math.")
    if short in ("ceil", "floor", "trunc") and len(call.args) == 1:
        value = call.args[0]
        if isinstance(value, Dim):
            return value
        if isinstance(value, Array) and isinstance(value.constant, (int, float)):
            return compute(call, getattr(real_math, short), value.constant)
        if not known(value):
            return fresh_int(label(call), call.place, least=-(10**9), cause=getattr(value, "origin", None))
    if short in ("factorial", "comb", "perm") and any(isinstance(a, int) and a > 500 for a in call.args):
        return call.unknown("the number is too large to calculate", "int")
    kind = "int" if short in _INTEGERS else "bool" if short.startswith("is") else "float"
    if short in ("prod", "fsum", "sumprod", "modf", "frexp"):
        return compute(call, getattr(real_math, short), *call.args, **call.kwargs)
    return compute(call, getattr(real_math, short), *call.args, kind=kind, **call.kwargs)


# --- os, sys, time, random: what is known only when the program runs

constant("os.sep", "/")
constant("os.path.sep", "/")
constant("sys.maxsize", 2**63 - 1)


@function(
    "os.path.join", "os.path.basename", "os.path.dirname", "os.path.splitext", "os.path.normpath", "os.path.split"
)
def path_function(call: Call) -> Value:
    """os.path functions that only look at the text."""
    kind = "tuple" if call.name.endswith(("splitext", "split")) else "str"
    return compute(call, getattr(real_path, call.name.rpartition(".")[2]), *call.args, kind=kind)


@function(
    "os.path.abspath", "os.path.expanduser", "os.path.realpath", "os.getcwd", "os.getenv", "time.strftime", "time.ctime"
)
def text_unknown(call: Call) -> Value:
    """Text that depends on the machine."""
    return call.unknown(f"{call.name}() depends on the machine", None if call.name == "os.getenv" else "str")


@function("os.path.exists", "os.path.isfile", "os.path.isdir")
def exists(call: Call) -> Value:
    """Whether a file is there."""
    return call.unknown("whether the file exists is not known", "bool")


@function("os.listdir", "glob.glob")
def listing(call: Call) -> Value:
    """File names, however many."""
    return ListValue([], True, call.unknown("the names of the files are not known", "str"), None, call.place)


@function(
    "os.makedirs",
    "os.mkdir",
    "os.remove",
    "os.chdir",
    "os.system",
    "time.sleep",
    "gc.collect",
    "random.seed",
    "os.environ.update",
)
@function(
    "warnings.filterwarnings",
    "warnings.simplefilter",
    "warnings.warn",
    "logging.basicConfig",
    "logging.disable",
    "os.environ.__setitem__",
)
def nothing(call: Call) -> Value:
    """Functions that give None, or nothing that matters."""
    return None


@function("sys.exit", "os._exit")
def leave(call: Call) -> Value:
    """sys.exit() raises SystemExit."""
    call.refuse("python-exception", message="SystemExit", exception="SystemExit")


@function(
    "time.time",
    "time.perf_counter",
    "time.process_time",
    "random.random",
    "random.uniform",
    "random.gauss",
    "random.normalvariate",
)
def some_float(call: Call) -> Value:
    """A float that differs from run to run."""
    return call.unknown(f"{call.name}() differs from run to run", "float")


@function("random.randint", "random.randrange", "random.getrandbits")
def some_int(call: Call) -> Value:
    """A whole number that differs from run to run."""
    low = call.args[0] if len(call.args) > 1 and isinstance(call.args[0], int) else 0
    return fresh_int(label(call), call.place, least=int(low))


@function("random.choice")
def choice(call: Call) -> Value:
    """random.choice(items): one of them."""
    if not call.args:
        return call.unknown("what is chosen from is not known")
    items = items_of(call, call.args[0])
    if items is not None and len(items) == 1:
        return items[0]
    return sample_of(call, ListValue(items) if items else call.args[0])


@function("random.sample", "random.choices")
def choices(call: Call) -> Value:
    """random.sample(items, k)"""
    source = call.args[0] if call.args else None
    count = call.kwargs.get("k", call.args[1] if len(call.args) > 1 and call.name.endswith("sample") else None)
    items = items_of(call, source)
    sample = sample_of(call, ListValue(items) if items else source)
    size = Dim.of(count) if is_int(count) else None
    return ListValue([], True, sample, size, call.place)


@function("random.shuffle")
def shuffle(call: Call) -> Value:
    """random.shuffle(items): the order is no longer known."""
    items = call.args[0] if call.args else None
    if isinstance(items, ListValue) and items.items and not items.open:
        one = sample_of(call, items)
        items.items[:] = [one] * len(items.items)
    elif isinstance(items, Array):
        items.constant = None
    return None


# --- copy, functools


def copied(value: Value, deep: bool, seen: dict[int, Value] | None = None) -> Value:
    """A copy of a container; arrays and constants are themselves. Other objects can't be copied: None is never given for them."""
    seen = {} if seen is None else seen
    if id(value) in seen:
        return seen[id(value)]

    def inner(v: Value) -> Value:
        return copied(v, True, seen) if deep else v

    if isinstance(value, ListValue):
        made = ListValue([], value.open, value.sample, value.length, value.place)
        seen[id(value)] = made
        made.items = [inner(v) for v in value.items]
        return made
    if isinstance(value, DictValue):
        mapping = DictValue({}, value.open, value.sample)
        seen[id(value)] = mapping
        mapping.entries = {k: inner(v) for k, v in value.entries.items()}
        return mapping
    if isinstance(value, SetValue):
        return SetValue(list(value.items), value.open, value.frozen, value.sample)
    if isinstance(value, tuple):
        return tuple(inner(v) for v in value)
    return value


@function("copy.copy", "copy.deepcopy")
def copy(call: Call) -> Value:
    """copy.copy(x), copy.deepcopy(x)"""
    value = call.args[0] if call.args else None
    if isinstance(value, (Object, Dataset, Tensor)):
        return call.unknown("a copy of an object is not followed")
    return copied(value, call.name.endswith("deepcopy"))


@function("functools.partial")
def partial(call: Call) -> Value:
    """functools.partial(f, *args, **kwargs)"""
    if not call.args or call.open:
        return call.unknown("what is called is not known")
    return Partial(call.args[0], tuple(call.args[1:]), dict(call.kwargs))


@function("functools.reduce")
def reduce(call: Call) -> Value:
    """functools.reduce(f, items[, initial])"""
    items = items_of(call, call.args[1]) if len(call.args) > 1 else None
    if items is None:
        return call.unknown(reason_of(*call.args[1:]))
    rest = [*call.args[2:3], *items]
    if not rest:
        call.refuse(
            "python-exception",
            message="TypeError: reduce() of empty iterable with no initial value",
            exception="TypeError",
        )
    total = rest[0]
    for item in rest[1:]:
        total = call.engine.call(call.args[0], [total, item], place=call.place)
    return total


# --- itertools, collections

_FINITE = (
    "chain",
    "product",
    "permutations",
    "combinations",
    "combinations_with_replacement",
    "zip_longest",
    "islice",
    "pairwise",
)


@function(*(f"itertools.{name}" for name in _FINITE))
def finite(call: Call) -> Value:
    """itertools over known items."""
    short = call.name.removeprefix("itertools.")
    takes_number = short in ("permutations", "combinations", "combinations_with_replacement", "islice")
    sources = call.args[:1] if takes_number else call.args
    rows = [items_of(call, v) for v in sources]
    rest = call.args[1:] if takes_number else []
    if (
        any(r is None for r in rows)
        or not all(known(v) for v in (*rest, *call.kwargs.values()))
        or not hasattr(real_itertools, short)
    ):
        return IteratorValue([], True, call.unknown(reason_of(*call.args)))
    made = getattr(real_itertools, short)(
        *rows, *(to_python(v) for v in rest), **{k: to_python(v) for k, v in call.kwargs.items()}
    )
    found = list(real_itertools.islice(made, LARGEST))
    return IteratorValue(found, open=len(found) == LARGEST)


@function("itertools.chain.from_iterable")
def chain_all(call: Call) -> Value:
    """itertools.chain.from_iterable(rows)"""
    rows = items_of(call, call.args[0]) if call.args else None
    parts = [items_of(call, row) for row in rows] if rows is not None else [None]
    if any(part is None for part in parts):
        return IteratorValue([], True, call.unknown(reason_of(*call.args)))
    return IteratorValue([item for part in parts for item in part or ()])


@function(
    "itertools.count",
    "itertools.cycle",
    "itertools.repeat",
    "itertools.groupby",
    "itertools.accumulate",
    "itertools.starmap",
)
def endless(call: Call) -> Value:
    """Iterators that are not followed to their end."""
    return IteratorValue([], True, call.unknown(f"what {call.name}() yields is not followed"))


@function("collections.OrderedDict")
def ordered_dict(call: Call) -> Value:
    """An ordinary dict does as well."""
    from .builtins import dict_

    return dict_(Call("builtins.dict", call.args, call.kwargs, call.place, call.engine, open=call.open))


@function("collections.defaultdict", "collections.Counter")
def default_dict(call: Call) -> Value:
    """A dict that may have any key."""
    return DictValue({}, True, call.unknown("the entries of this dict are not followed"))


@function("collections.deque")
def deque(call: Call) -> Value:
    """A deque is followed as a list of unknown length when it is bounded."""
    items = items_of(call, call.args[0]) if call.args else []
    bounded = len(call.args) > 1 or "maxlen" in call.kwargs
    return ListValue(items or [], items is None or bounded, None, None, call.place)


@method("builtins.list.appendleft")
def appendleft(call: Call) -> Value:
    """deque.appendleft(x)"""
    if isinstance(call.receiver, ListValue):
        call.receiver.items.insert(0, call.args[0])
    return None


@method("builtins.list.popleft")
def popleft(call: Call) -> Value:
    """deque.popleft()"""
    items = call.receiver
    if isinstance(items, ListValue) and items.items and not items.open:
        return items.items.pop(0)
    return sample_of(call, items)


# --- dataclasses, argparse, files


@function("dataclasses.dataclass")
def dataclass_(call: Call) -> Value:
    """@dataclass and @dataclass(...): the class is marked; the interpreter makes its __init__."""

    def mark(cls: Value) -> Value:
        if isinstance(cls, ClassValue):
            cls.attributes["~dataclass"] = True
        return cls

    if call.args:
        return mark(call.args[0])
    return BuiltFunction("dataclasses.dataclass", lambda inner: mark(inner.args[0]))


base("argparse.ArgumentParser", "builtins.object")
base("argparse.Namespace", "builtins.object")


@function("argparse.ArgumentParser")
def parser(call: Call) -> Value:
    """A parser that collects the defaults of its options."""
    return Object("argparse.ArgumentParser", attributes={"~options": DictValue()}, place=call.place)


@method("argparse.ArgumentParser.add_argument")
def add_argument(call: Call) -> Value:
    """add_argument(name, default=..., type=..., action=...)"""
    parser_object = call.receiver
    if not isinstance(parser_object, Object) or not call.args or not all(isinstance(a, str) for a in call.args):
        return None
    names = [str(a) for a in call.args]
    name = next((n for n in names if n.startswith("--")), names[0]).lstrip("-").replace("-", "_")
    given = call.kwargs.get("dest")
    name = given if isinstance(given, str) else name
    options = parser_object.attributes["~options"]
    action = call.kwargs.get("action")
    if isinstance(options, DictValue):
        if "default" in call.kwargs:
            options.entries[name] = call.kwargs["default"]
        elif action in ("store_true", "store_false"):
            options.entries[name] = action == "store_false"
        elif getattr(call.kwargs.get("type"), "name", None) == "builtins.int":
            options.entries[name] = fresh_int(f"args.{name}", call.place)
        else:
            options.entries[name] = call.unknown(f"`--{name}` is given when the program is started")
    return None


@method("argparse.ArgumentParser.parse_args", "argparse.ArgumentParser.parse_known_args")
def parse_args(call: Call) -> Value:
    """The options at their defaults."""
    options = call.receiver.attributes.get("~options") if isinstance(call.receiver, Object) else None
    made = Object("argparse.Namespace", place=call.place)
    if isinstance(options, DictValue):
        made.attributes.update(options.entries)
    return made if call.name.endswith("parse_args") else (made, ListValue([], True))


@function(
    "json.load",
    "json.loads",
    "pickle.load",
    "pickle.loads",
    "re.sub",
    "re.match",
    "re.search",
    "re.compile",
    "joblib.load",
)
def content(call: Call) -> Value:
    """What a file or a text holds."""
    return call.unknown(f"what {call.name}() gives is not known", "str" if call.name == "re.sub" else None)


@function("re.findall", "re.split")
def findall(call: Call) -> Value:
    """Pieces of a text."""
    return ListValue([], True, call.unknown("the pieces of the text are not known"), None, call.place)


@attribute("sys.argv")
def argv(call: Call) -> Value:
    """The arguments that the program is started with."""
    return ListValue([], True, call.unknown("the program's arguments are not known", "str"))
