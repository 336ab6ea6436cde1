"""Arrays in files: what the first bytes of a file of the project tell of the shape that `np.load` and `np.loadtxt` give, and what is written."""

from __future__ import annotations

import ast
import struct

from ...dims import Dim
from ...knowledge import Call, function
from ...places import Origin
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import Arguments, Array, DictValue, ListValue, Value, fresh_int, to_dim
from ..bridge import known, label
from ..text_files import first_lines
from .arrays import dtype_of, make, take, unknown_array

_MAGIC = b"\x93NUMPY"


@function("numpy.load", "numpy.fromfile", "numpy.frombuffer", "numpy.memmap", "numpy.fromstring", "numpy.fromiter")
def load(call: Call) -> Value:
    """np.load(file): an array with the shape that a file of the project says, else of an unknown one; or a dict of arrays."""
    file = call.args[0] if call.args else call.kwargs.get("file")
    if call.name == "numpy.load":
        if isinstance(file, str) and file.endswith(".npz"):
            return DictValue({}, True, unknown_array(call))
        stored = _stored(call, file)
        if stored is not None:
            return stored
        if isinstance(file, str) and file.endswith(".npy"):
            return unknown_array(call)
        return call.unknown("what the file holds is not known")
    if call.name in ("numpy.frombuffer", "numpy.fromstring", "numpy.fromiter", "numpy.fromfile"):
        kind, bits = dtype_of(call.kwargs.get("dtype", call.args[1] if len(call.args) > 1 else None))
        return make(call, Shape.of(fresh_int(label(call), call.place)), kind, bits=bits)
    return unknown_array(call)


def _stored(call: Call, file: Value) -> Array | None:
    """The array of an .npy file, whose header is described under `numpy.lib.format`; None for objects, which may be anything."""
    raw = call.engine.files.beginning(file)
    if raw is None or not raw.startswith(_MAGIC) or len(raw) < 12:
        return None
    start, length = (10, struct.unpack("<H", raw[8:10])[0]) if raw[6] == 1 else (12, struct.unpack("<I", raw[8:12])[0])
    try:
        header = ast.literal_eval(raw[start : start + length].decode("utf-8"))
        sizes, dtype = header["shape"], header["descr"]
    except (ValueError, SyntaxError, KeyError, TypeError):
        return None
    kind, bits = dtype_of(dtype) if isinstance(dtype, str) else (None, None)
    plain = isinstance(sizes, tuple) and all(isinstance(size, int) for size in sizes)
    return make(call, _named(call, sizes), kind, bits=bits) if plain and kind not in (None, "object") else None


def _named(call: Call, sizes: tuple[int, ...]) -> Shape:
    return Shape(tuple(Dim(n, None, Origin(f"{label(call)}.shape[{i}]", call.place)) for i, n in enumerate(sizes)))


@function("numpy.loadtxt", "numpy.genfromtxt")
def loadtxt(call: Call) -> Value:
    """np.loadtxt(file): sizes are the file's, which may be in the project; one column, or one row, gives one axis."""
    arguments = take(call, _TABLES[call.name])
    kind, bits = dtype_of(arguments["dtype"]) if arguments.explicit("dtype") else ("float", 64)
    if call.kwargs.get("names") or call.kwargs.get("unpack"):
        return unknown_array(call)
    width = _columns(call, arguments) if kind in ("float", "int", "bool") and not call.open else 0
    if width < 2:
        return make(call, UNKNOWN_SHAPE, kind, bits=bits)
    rows = to_dim(fresh_int("rows", call.place))
    return make(call, Shape((rows, Dim(width, None, Origin(f"{label(call)}.shape[1]", call.place)))), kind, bits=bits)


_TABLES = {
    "numpy.loadtxt": "fname, dtype=None, comments='#', delimiter=None, converters=None, skiprows=0, usecols=None",
    "numpy.genfromtxt": "fname, dtype=None, comments='#', delimiter=None, skiprows=0, skip_footer=0, converters=None, missing_values=None, "
    "filling_values=None, usecols=None",
}
"""The parameters that matter; what `loadtxt` calls `skiprows` is `skip_header` for `genfromtxt`."""


def _columns(call: Call, arguments: Arguments) -> int:
    """How many columns the table in the file has; 0 where that can't be seen, or where it may have one row only."""
    skipped = call.kwargs.get("skip_header", arguments["skiprows"])
    comment, delimiter, used = arguments["comments"], arguments["delimiter"], arguments["usecols"]
    lines = first_lines(call, arguments["fname"], call.kwargs.get("encoding"))
    if lines is None or not isinstance(skipped, int) or not isinstance(comment, str):
        return 0
    if not (delimiter is None or (isinstance(delimiter, str) and len(delimiter) == 1)) or "max_rows" in call.kwargs:
        return 0
    cut = [line.partition(comment)[0].strip() for line in lines[int(skipped) :]]
    rows = [line.split(delimiter) for line in cut if line]
    if len(rows) < 2:
        return 0
    if used is None:
        return len(rows[0])
    return (
        len(used.items if isinstance(used, ListValue) else used)
        if isinstance(used, (ListValue, tuple)) and known(used)
        else 0
    )


@function("numpy.save", "numpy.savez", "numpy.savetxt", "numpy.savez_compressed")
def save(call: Call) -> Value:
    """np.save(file, array): gives nothing, and adds the ending that the name lacks."""
    path = call.args[0] if call.args else call.kwargs.get("file", call.kwargs.get("fname"))
    for written in (path, f"{path}.npy") if isinstance(path, str) else (path,):
        call.engine.files.written(written)
    return None
