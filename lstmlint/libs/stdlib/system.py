"""`os`, `sys`, `string`, `time` and their kin: what is known only when the program runs, and what gives nothing."""

from __future__ import annotations

import json
import os.path as real_path
import re
import string as real_string

from ...dims import Dim
from ...faults import Leaving
from ...knowledge import Call, attribute, base, bind, constant, function, parse_signature
from ...looks import BEGINNING
from ...places import Origin
from ...values import ListValue, Object, Unknown, Value, ends_of, fresh_int
from ..bridge import compute, from_python, label
from ..builtins.files import PATH

constant("os.sep", "/")
constant("os.path.sep", "/")
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


@function(
    "os.path.join", "os.path.basename", "os.path.dirname", "os.path.splitext", "os.path.normpath", "os.path.split"
)
def path_function(call: Call) -> Value:
    """os.path functions that only look at the text."""
    kind = "tuple" if call.name.endswith(("splitext", "split")) else "str"
    made = compute(call, getattr(real_path, call.name.rpartition(".")[2]), *call.args, kind=kind)
    if isinstance(made, Unknown) and call.name == "os.path.join" and not call.open and call.args[-1] != "":
        made.ends = ends_of([call.args[0], None, call.args[-1]])
    elif isinstance(made, Unknown):
        _look_into(call.args)
    return made


_PATHS = ("PurePath", "PurePosixPath", "PureWindowsPath", "Path", "PosixPath", "WindowsPath")

base("pathlib.PurePath", "builtins.object")
base("pathlib.Path", "pathlib.PurePath")
for _name in _PATHS[1:3]:
    base(f"pathlib.{_name}", "pathlib.PurePath")
for _name in _PATHS[4:]:
    base(f"pathlib.{_name}", "pathlib.Path")


@function(*(f"pathlib.{name}" for name in _PATHS))
def path(call: Call) -> Value:
    """Path(...): where it leads is not known, but it is no text."""
    _look_into(call.args)
    return call.unknown("where the path leads is not known", call.name)


def _look_into(values: list[Value]) -> None:
    for value in values:
        if isinstance(value, Unknown):
            value.looked_into()


@function("os.path.abspath", "os.path.realpath")
def absolute(call: Call) -> Value:
    """Where a path leads: known of one that is absolute already, such as `__file__`."""
    path = call.args[0] if call.args else None
    return real_path.normpath(path) if isinstance(path, str) and real_path.isabs(path) else text_unknown(call)


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


@function("os.path.exists", "os.path.isfile", "os.path.isdir")
def exists(call: Call) -> Value:
    """Whether a file is there."""
    return call.unknown("whether the file exists is not known", "bool")


@function("os.listdir", "glob.glob")
def listing(call: Call) -> Value:
    """File names: as many as there are in a folder of the project."""
    names = call.engine.files.names(call.args[0]) if call.name == "os.listdir" and call.args else None
    length = Dim(len(names), None, Origin(f"len({label(call)})", call.place)) if names is not None else None
    return ListValue([], True, call.unknown("the names of the files are not known", "str"), length, call.place)


@function("os.chdir")
def chdir(call: Call) -> Value:
    """os.chdir(path)"""
    call.engine.files.moved()
    return None


@function("os.makedirs", "os.mkdir", "os.remove", "shutil.rmtree", "os.rename", "os.replace")
def change(call: Call) -> Value:
    """What these paths lead to is not what it was. An unknown one is hardly what the program reads, but for what is removed."""
    for path in (*call.args, *call.kwargs.values()):
        if isinstance(path, str) or call.name == "shutil.rmtree":
            call.engine.files.written(path)
    return None


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


@function("os.environ.get", "os.getenv")
def variable(call: Call) -> Value:
    """os.environ.get("NAME", default): what the program has set itself; else it isn't known, whatever the default."""
    name = bind(call, parse_signature("key, default=None"))["key"]
    if isinstance(name, str) and f"${name}" in call.engine.record.settings:
        return call.engine.record.settings[f"${name}"]
    return call.unknown("the environment of the program is not known")


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
    _look_into(call.args)
    return call.unknown(f"what {call.name}() gives is not known", "str" if call.name == "re.sub" else None)


@function("re.findall", "re.split")
def findall(call: Call) -> Value:
    """Pieces of a text."""
    return ListValue([], True, call.unknown("the pieces of the text are not known"), None, call.place)


@attribute("sys.argv")
def argv(call: Call) -> Value:
    """The arguments that the program is started with."""
    return ListValue([], True, call.unknown("the program's arguments are not known", "str"))
