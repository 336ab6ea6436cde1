"""Text files of the project: their first lines, for those who read tables out of them."""

from __future__ import annotations

from ..knowledge import Call
from ..looks import BEGINNING
from ..values import Value

_PACKED = (".gz", ".bz2", ".zip", ".xz", ".zst", ".tar")
_LARGE_FILES = b"version https://git-lfs"
"""What Git LFS leaves in a file's place until its content is fetched."""


def first_lines(call: Call, path: Value, encoding: Value = None) -> list[str] | None:
    """The first lines of a text file, whole ones, each with its end; None where the file can't be seen, or isn't text of this encoding."""
    raw = call.engine.files.beginning(path)
    if raw is None or raw.startswith(_LARGE_FILES) or b"\0" in raw or str(path).endswith(_PACKED):
        return None
    if len(raw) == BEGINNING:
        raw = raw[: raw.rfind(b"\n") + 1]
    try:
        text = raw.decode(encoding if isinstance(encoding, str) else "utf-8")
    except (UnicodeDecodeError, LookupError):
        return None
    return text.removeprefix("\ufeff").splitlines(keepends=True)
