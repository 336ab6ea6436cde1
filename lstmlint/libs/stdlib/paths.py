"""`os.path`, `pathlib` and what is done with files and folders: paths are texts, and what is there may be in the project."""

from __future__ import annotations

import os.path as real_path
import pathlib as real

from ...dims import Dim
from ...knowledge import Call, attribute, base, constant, function, method
from ...places import Origin
from ...values import ListValue, PathValue, Unknown, Value, ends_of
from ..bridge import compute, label
from ..builtins.files import NOT_KNOWN, open_, settings

constant("os.sep", "/")
constant("os.path.sep", "/")


@function(
    "os.path.join", "os.path.basename", "os.path.dirname", "os.path.splitext", "os.path.normpath", "os.path.split"
)
def path_function(call: Call) -> Value:
    """os.path functions that only look at the text."""
    kind = "tuple" if call.name.endswith(("splitext", "split")) else "str"
    texts = [_text(value) for value in call.args]
    made = compute(call, getattr(real_path, call.name.rpartition(".")[2]), *texts, kind=kind)
    if isinstance(made, Unknown) and call.name == "os.path.join" and not call.open and call.args[-1] != "":
        made.ends = ends_of([call.args[0], None, call.args[-1]])
    elif isinstance(made, Unknown):
        look_into(call.args)
    return made


def _text(path: Value) -> Value:
    return path.text if isinstance(path, PathValue) else path


def look_into(values: list[Value]) -> None:
    """The program looks into these texts (see `Unknown.looked_into`)."""
    for value in values:
        if isinstance(value, Unknown):
            value.looked_into()


@function("os.fspath")
def fspath(call: Call) -> Value:
    """os.fspath(path)"""
    text = _text(call.args[0])
    return text if isinstance(text, str) else call.unknown("where the path leads is not known", "str")


@function("os.path.abspath", "os.path.realpath")
def absolute(call: Call) -> Value:
    """Where a path leads: known of one that is absolute already, such as `__file__`."""
    path = _text(call.args[0]) if call.args else None
    if isinstance(path, str) and real_path.isabs(path):
        return real_path.normpath(path)
    return call.unknown(f"{call.name}() depends on the machine", "str")


# pathlib ----------------------------------------------------------------------------------------------------------------

_CLASSES = ("PurePath", "PurePosixPath", "PureWindowsPath", "Path", "PosixPath", "WindowsPath")
_PATH = "pathlib.Path"

base("pathlib.PurePath", "builtins.object")
base(_PATH, "pathlib.PurePath")
for _name in _CLASSES[1:3]:
    base(f"pathlib.{_name}", "pathlib.PurePath")
for _name in _CLASSES[4:]:
    base(f"pathlib.{_name}", _PATH)


def _path(call: Call, text: str) -> PathValue:
    unknown = call.unknown("what is there is not known", _PATH)
    return PathValue(unknown.reason, unknown.place, unknown.kind, unknown.key, unknown.origin, text=text)


def _joined(call: Call, *parts: Value) -> Value:
    texts = [_text(part) for part in parts]
    if all(isinstance(text, str) for text in texts) and not call.open and not call.kwargs:
        return _path(call, str(real.PurePath(*texts)))
    look_into([*parts])
    return call.unknown("where the path leads is not known", _PATH)


@function(*(f"pathlib.{name}" for name in _CLASSES))
def path(call: Call) -> Value:
    """Path("data", "x.csv"): no text itself, but with one that is known where its parts are."""
    if call.name == _PATH:
        return _joined(call, *call.args)
    look_into(call.args)
    return call.unknown("where the path leads is not known", call.name)


@method(f"{_PATH}.__operator__")
def slash(call: Call) -> Value:
    """path / "x.csv" """
    symbol, other, reflected = call.args
    if symbol != "/" or not isinstance(call.receiver, PathValue):
        return NotImplemented
    return _joined(call, *((other, call.receiver) if reflected else (call.receiver, other)))


@method(f"{_PATH}.joinpath")
def joinpath(call: Call) -> Value:
    """path.joinpath("a", "x.csv")"""
    return _joined(call, call.receiver, *call.args)


@method(f"{_PATH}.with_name", f"{_PATH}.with_suffix", f"{_PATH}.with_stem")
def with_other(call: Call) -> Value:
    """path.with_suffix(".csv")"""
    own = call.receiver
    if isinstance(own, PathValue) and len(call.args) == 1 and isinstance(call.args[0], str):
        made = compute(call, lambda: str(getattr(real.PurePath(own.text), call.name.rpartition(".")[2])(call.args[0])))
        return _path(call, made) if isinstance(made, str) else made
    return call.unknown("where the path leads is not known", _PATH)


@method(f"{_PATH}.resolve", f"{_PATH}.absolute")
def resolve(call: Call) -> Value:
    """Where the path leads: known of an absolute one."""
    text = _text(call.receiver)
    if isinstance(text, str) and real_path.isabs(text):
        return _path(call, real_path.normpath(text))
    return call.unknown("where the path leads depends on the machine", _PATH)


@attribute(*(f"{_PATH}.{name}" for name in ("name", "stem", "suffix", "parts", "parent", "parents")))
def part(call: Call) -> Value:
    """path.name, path.parent and their kin."""
    own = call.receiver
    if not isinstance(own, PathValue):
        return call.unknown("where the path leads is not known")
    found = getattr(real.PurePath(own.text), call.name.rpartition(".")[2])
    if isinstance(found, (str, tuple)):
        return found
    return _path(call, str(found)) if isinstance(found, real.PurePath) else tuple(_path(call, str(p)) for p in found)


@method(f"{_PATH}.open")
def open_path(call: Call) -> Value:
    """path.open(mode)"""
    call.args.insert(0, call.receiver)
    return open_(call)


@method(f"{_PATH}.read_text")
def read_text(call: Call) -> Value:
    """path.read_text(): of a small JSON file."""
    text = settings(call, call.receiver)
    return text if text is not None else call.unknown(NOT_KNOWN, "str")


@method(
    *(
        f"{_PATH}.{name}"
        for name in ("write_text", "write_bytes", "touch", "unlink", "rename", "replace", "mkdir", "rmdir")
    )
)
def change_path(call: Call) -> Value:
    """What is there is not what it was."""
    call.engine.files.written(call.receiver)
    if call.name.endswith(("rename", "replace")):
        call.engine.files.written(call.args[0] if call.args else call.kwargs.get("target"))
        return call.unknown("where the path leads is not known", _PATH)
    return call.unknown("how much was written", "int") if "write" in call.name else None


# files and folders ------------------------------------------------------------------------------------------------------


@function("os.path.exists", "os.path.isfile", "os.path.isdir")
def exists(call: Call) -> Value:
    """Whether a file is there."""
    return call.unknown("whether the file exists is not known", "bool")


@function("os.listdir", "glob.glob")
def listing(call: Call) -> Value:
    """File names: of a folder of the project that holds nothing but folders, as many as these; files come and go."""
    names = call.engine.files.names(call.args[0]) if call.name == "os.listdir" and call.args else None
    folders = names is not None and all(is_folder for _, is_folder in names)
    length = Dim(len(names), None, Origin(f"len({label(call)})", call.place)) if names and folders else None
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
        if isinstance(path, (str, PathValue)) or call.name == "shutil.rmtree":
            call.engine.files.written(path)
    return None
