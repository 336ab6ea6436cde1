"""What string and number literals mean, without compiling them."""

from __future__ import annotations

import re

from ..patterns import pattern

_ESCAPE = pattern(
    r"\\(\r\n|[\n\r\\'\"abfnrtv]|[0-7]{1,3}|x[0-9a-fA-F]{2}|x|N\{[^}]*\}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[uUN])"
)
_BYTES_ESCAPE = pattern(r"\\(\r\n|[\n\r\\'\"abfnrtv]|[0-7]{1,3}|x[0-9a-fA-F]{2}|x)")
_SIMPLE = {
    "\n": "",
    "\r": "",
    "\r\n": "",
    "\\": "\\",
    "'": "'",
    '"': '"',
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
}


class LiteralFailure(ValueError):
    """A literal that Python refuses."""


def string_value(literal: str) -> tuple[str | bytes, str | None]:
    """The value of one string literal and its kind ("u" for u-prefixed ones).

    Raises `LiteralFailure` for an escape that Python refuses.
    """
    first = literal[0]
    if first in "'\"" and "\\" not in literal and "\r" not in literal:
        return (literal[3:-3] if literal[:3] in ("'''", '"""') else literal[1:-1]), None
    start = min(i for i in (literal.find("'"), literal.find('"')) if i >= 0)
    prefix = literal[:start].lower()
    width = 3 if literal[start : start + 3] in ("'''", '"""') else 1
    body = unescape(literal[start + width : -width], raw="r" in prefix, in_bytes="b" in prefix)
    if "b" in prefix:
        return body.encode("latin-1", "replace"), None
    return body, ("u" if first == "u" else None)


def unescape(body: str, *, raw: bool, in_bytes: bool = False) -> str:
    """The text that the inside of a literal stands for; line ends become "\\n" as in Python."""
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    if raw or "\\" not in body:
        return body
    return (_BYTES_ESCAPE if in_bytes else _ESCAPE).sub(_escaped, body)


def _escaped(match: re.Match[str]) -> str:
    text = match.group(1)
    simple = _SIMPLE.get(text)
    if simple is not None:
        return simple
    kind = text[0]
    if kind in "01234567":
        return chr(int(text, 8))
    if kind == "N":
        import unicodedata

        try:
            return unicodedata.lookup(text[2:-1])
        except KeyError:
            raise LiteralFailure(f"unknown Unicode character name in \\{text}") from None
    try:
        return chr(int(text[1:], 16))
    except (ValueError, OverflowError):
        raise LiteralFailure(f"incomplete or impossible escape \\{text}") from None


def integer_value(literal: str) -> int:
    """The value of an integer literal. Raises `LiteralFailure` when it has too many digits."""
    try:
        return int(literal, 10) if literal.isdecimal() else int(literal, 0)
    except ValueError:
        raise LiteralFailure("an integer with more digits than Python converts") from None


def imaginary_value(literal: str) -> complex:
    """The value of a literal such as `2j`."""
    return complex(0.0, float(literal[:-1]))
