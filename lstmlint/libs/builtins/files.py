"""Files, and the built-in functions that talk to the world: `open`, `print`, `input`, `exit`."""

from __future__ import annotations

from ...faults import Leaving
from ...knowledge import Call, function, method
from ...looks import BEGINNING
from ...values import ListValue, Object, PathValue, Value

NOT_KNOWN = "the content of the file is not known"
PATH = "~path"
"""The attribute of a file that is read: where it is."""


@function("builtins.print", "builtins.breakpoint", "builtins.help", "builtins.delattr")
def nothing(call: Call) -> Value:
    """Functions that give None."""
    return None


@function("builtins.exit", "builtins.quit")
def leave(call: Call) -> Value:
    """exit() and quit() raise SystemExit."""
    raise Leaving("SystemExit")


@function("builtins.input")
def input_(call: Call) -> Value:
    """What the user types."""
    return call.unknown("what is typed in is not known", "str")


@function("builtins.open")
def open_(call: Call) -> Value:
    """open(path, mode): a file, and its path where it is only read."""
    path = call.args[0] if call.args else call.kwargs.get("file")
    mode = call.args[1] if len(call.args) > 1 else call.kwargs.get("mode", "r")
    made = Object("builtins.file", place=call.place)
    made.attributes["~binary"] = isinstance(mode, str) and "b" in mode
    if isinstance(mode, str) and not set(mode) & set("wax+"):
        made.attributes[PATH] = path
    else:
        call.engine.files.written(path)
    return made


@method("builtins.file.read", "builtins.file.readline")
def file_read(call: Call) -> Value:
    """The text of a small JSON file; that of others is not known."""
    own = call.receiver
    path = own.attributes.pop(PATH, None) if isinstance(own, Object) else None
    text = settings(call, path) if call.name.endswith(".read") and not call.args and not _binary(call) else None
    return text if text is not None else call.unknown(NOT_KNOWN, "bytes" if _binary(call) else "str")


def settings(call: Call, path: Value) -> str | None:
    """The text of a small JSON file of the project; None for any other file."""
    text = str(path.text if isinstance(path, PathValue) else path)
    raw = call.engine.files.beginning(path) if text.endswith(".json") else None
    try:
        return raw.decode("utf-8") if raw is not None and len(raw) < BEGINNING else None
    except UnicodeDecodeError:
        return None


def _binary(call: Call) -> bool:
    return isinstance(call.receiver, Object) and bool(call.receiver.attributes.get("~binary"))


@method("builtins.file.readlines", "builtins.file.__iter__")
def file_lines(call: Call) -> Value:
    """The lines of a file: a list of unknown length."""
    return ListValue([], True, call.unknown(NOT_KNOWN, "bytes" if _binary(call) else "str"))


@method(
    "builtins.file.write",
    "builtins.file.writelines",
    "builtins.file.close",
    "builtins.file.flush",
    "builtins.file.seek",
)
def file_write(call: Call) -> Value:
    """Writing gives nothing that matters."""
    return None


@method("builtins.file.__enter__")
def file_enter(call: Call) -> Value:
    """`with open(...) as f`: the file itself."""
    return call.receiver


@method("builtins.file.__exit__")
def file_exit(call: Call) -> Value:
    """Leaving `with` swallows no exception."""
    return None
