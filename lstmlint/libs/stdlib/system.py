"""`os`, `sys`, `string`, `time` and their kin: what is known only when the program runs, and what gives nothing."""

from __future__ import annotations

import json
import re
import string as real_string

from ...faults import Leaving
from ...knowledge import Call, attribute, bind, constant, function, parse_signature
from ...looks import BEGINNING
from ...values import ListValue, Object, Value, fresh_int
from ..bridge import compute, from_python, label
from ..builtins.files import PATH
from .paths import look_into

constant("sys.maxsize", 2**63 - 1)
for _name in (
    "ascii_letters",
    "ascii_lowercase",
    "ascii_uppercase",
    "digits",
    "hexdigits",
    "octdigits",
    "punctuation",
    "printable",
    "whitespace",
):
    constant(f"string.{_name}", getattr(real_string, _name))


@function("os.path.expanduser", "os.getcwd", "os.getenv", "time.strftime", "time.ctime")
def text_unknown(call: Call) -> Value:
    """Text that depends on the machine."""
    return call.unknown(f"{call.name}() depends on the machine", None if call.name == "os.getenv" else "str")


@function(
    "json.dumps", "unicodedata.normalize", "unicodedata.category", "time.asctime", "platform.system", "platform.node"
)
def some_text(call: Call) -> Value:
    """A text."""
    return call.unknown(f"what {call.name}() gives is not known", "str")


@function("re.escape")
def escape(call: Call) -> Value:
    """re.escape(text)"""
    return compute(call, re.escape, *call.args, kind="str")


@function("os.cpu_count", "multiprocessing.cpu_count", "os.getpid")
def some_number(call: Call) -> Value:
    """A number that depends on the machine."""
    return call.unknown(f"{call.name}() depends on the machine", "int")


@function(
    "os.system",
    "time.sleep",
    "gc.collect",
    "random.seed",
    "os.environ.update",
    "sys.path.append",
    "sys.path.insert",
    "json.dump",
    "pickle.dump",
    "pprint.pprint",
    "sys.stdout.flush",
    "sys.stderr.flush",
)
@function(
    "warnings.filterwarnings",
    "warnings.simplefilter",
    "warnings.warn",
)
def nothing(call: Call) -> Value:
    """Functions that give None, or nothing that matters."""
    return None


@function("os.environ.__setitem__", "os.environ.setdefault", "os.putenv")
def set_variable(call: Call) -> Value:
    """os.environ["NAME"] = "value": kept, because libraries look at it when they are imported."""
    if len(call.args) == 2 and isinstance(call.args[0], str):
        call.engine.record.settings[f"${call.args[0]}"] = call.args[1]
    return call.args[-1] if call.name.endswith("setdefault") and call.args else None


@function("os.environ.get", "os.getenv", "os.environ.__getitem__")
def variable(call: Call) -> Value:
    """os.environ.get("NAME", default), os.environ["NAME"]: what the program has set itself; else it isn't known, whatever the default."""
    name = bind(call, parse_signature("key, default=None"))["key"]
    if isinstance(name, str) and f"${name}" in call.engine.record.settings:
        return call.engine.record.settings[f"${name}"]
    return call.unknown(
        "the environment of the program is not known", "str" if call.name.endswith("getitem__") else None
    )


@function("sys.exit", "os._exit")
def leave(call: Call) -> Value:
    """sys.exit() raises SystemExit."""
    raise Leaving("SystemExit")


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


@function("json.load", "json.loads")
def parsed(call: Call) -> Value:
    """What a small JSON file of the project, or a known text, holds."""
    source = call.args[0] if call.args else call.kwargs.get("fp", call.kwargs.get("s"))
    text: Value = source
    if isinstance(source, Object) and PATH in source.attributes:
        text = call.engine.files.beginning(source.attributes.pop(PATH))
    if isinstance(text, (str, bytes)) and len(text) < BEGINNING and not call.kwargs.keys() - {"fp", "s"}:
        try:
            return from_python(json.loads(text))
        except (ValueError, RecursionError):
            pass
    return content(call)


@function(
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
    look_into(call.args)
    return call.unknown(f"what {call.name}() gives is not known", "str" if call.name == "re.sub" else None)


@function("re.findall", "re.split")
def findall(call: Call) -> Value:
    """Pieces of a text."""
    return ListValue([], True, call.unknown("the pieces of the text are not known"), None, call.place)


@attribute("sys.argv")
def argv(call: Call) -> Value:
    """The arguments that the program is started with."""
    return ListValue([], True, call.unknown("the program's arguments are not known", "str"))
