"""Files, and the built-in functions that talk to the world: `open`, `print`, `input`, `exit`."""

from __future__ import annotations

from ...faults import Leaving
from ...knowledge import Call, function, method
from ...values import ListValue, Object, Value

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
    """The text of a file is not known."""
    return call.unknown("the content of the file is not known", "bytes" if _binary(call) else "str")


def _binary(call: Call) -> bool:
    return isinstance(call.receiver, Object) and bool(call.receiver.attributes.get("~binary"))


@method("builtins.file.readlines", "builtins.file.__iter__")
def file_lines(call: Call) -> Value:
    """The lines of a file: a list of unknown length."""
    return ListValue(
        [], True, call.unknown("the content of the file is not known", "bytes" if _binary(call) else "str")
    )


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
