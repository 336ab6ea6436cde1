"""`argparse`: the options of a program at their defaults, or as a list of arguments gives them."""

from __future__ import annotations

from typing import Any

from ...frozen import dataclass
from ...knowledge import Call, base, function, method
from ...places import Place
from ...values import DictValue, ListValue, Object, Unknown, Value, fresh_int
from ..bridge import items_of

base("argparse.ArgumentParser", "builtins.object")
base("argparse.Namespace", "builtins.object")


@dataclass(frozen=True, slots=True)
class Option:
    """One argument that a parser knows: how it is written, where it goes, and what is made of its text."""

    flags: tuple[str, ...]
    name: str
    action: str = "store"
    convert: Value = None
    const: Value = None
    many: bool = False
    place: Place | None = None


@function("argparse.ArgumentParser")
def parser(call: Call) -> Value:
    """A parser that collects the defaults of its options."""
    return Object("argparse.ArgumentParser", place=call.place)


def _defaults(parser: Object) -> dict[Any, Value]:
    """The defaults by name; a class of the user's that inherits from the parser begins with none."""
    found: DictValue = parser.attributes.setdefault("~defaults", DictValue())
    return found.entries


def _options(parser: Object) -> list[Option]:
    found: list[Option] = parser.attributes.setdefault("~options", [])
    return found


@method("argparse.ArgumentParser.add_argument_group", "argparse.ArgumentParser.add_mutually_exclusive_group")
def group(call: Call) -> Value:
    """Groups only sort the help text."""
    return call.receiver


@method("argparse.ArgumentParser.set_defaults")
def set_defaults(call: Call) -> Value:
    """set_defaults(name=value)"""
    if isinstance(call.receiver, Object):
        _defaults(call.receiver).update(call.kwargs)
    return None


@method("argparse.ArgumentParser.add_argument")
def add_argument(call: Call) -> Value:
    """add_argument(name, default=..., type=..., action=...)"""
    owner = call.receiver
    if not isinstance(owner, Object) or not call.args or not all(isinstance(a, str) for a in call.args):
        return None
    flags = tuple(str(a) for a in call.args)
    given = call.kwargs.get("dest")
    name = next((n for n in flags if n.startswith("--")), flags[0]).lstrip("-").replace("-", "_")
    name = given if isinstance(given, str) else name
    action = call.kwargs.get("action", "store")
    convert = call.kwargs.get("type")
    option = Option(
        flags,
        name,
        action if isinstance(action, str) else "?",
        convert,
        call.kwargs.get("const"),
        "nargs" in call.kwargs,
        call.place,
    )
    _options(owner).append(option)
    defaults = _defaults(owner)
    if "default" in call.kwargs:
        defaults[name] = call.kwargs["default"]
    elif action in ("store_true", "store_false"):
        defaults[name] = action == "store_false"
    elif getattr(convert, "name", None) == "builtins.int":
        defaults[name] = fresh_int(f"args.{name}", call.place)
    elif action not in ("help", "version"):
        defaults[name] = call.unknown(f"`{flags[-1]}` is given when the program is started")
    return None


@method("argparse.ArgumentParser.parse_args", "argparse.ArgumentParser.parse_known_args")
def parse_args(call: Call) -> Value:
    """The options at their defaults, or as a known list of arguments has them."""
    owner = call.receiver
    made = Object("argparse.Namespace", place=call.place)
    rest: list[Value] = []
    if isinstance(owner, Object):
        defaults = dict(_defaults(owner))
        given = call.args[0] if call.args else call.kwargs.get("args")
        words = [] if given is None else items_of(call, given)
        if words is None or not all(isinstance(w, str) for w in words):
            for name in defaults:
                made.attributes[name] = call.unknown("which arguments are given is not known")
        else:
            options = _options(owner)
            found, rest = _read(call, options, [str(w) for w in words])
            for option in options:
                if option.name in defaults and option.name not in found:
                    place = option.place or call.place
                    defaults[option.name] = _converted(call, option, defaults[option.name], place)
            made.attributes.update(defaults | found)
    return made if call.name.endswith("parse_args") else (made, ListValue(rest, not call.args and not call.kwargs))


def _converted(call: Call, option: Option, value: Value, place: Place) -> Value:
    """A text, given or a default, is read by whatever `type` is."""
    if option.convert is None or not isinstance(value, str):
        return value
    return call.engine.call(option.convert, [value], place=place)


def _may_stand_for_another(word: str, options: list[Option]) -> bool:
    """Is a word the beginning of an option (`--unit` for `--units`), or one letter with others, or with its value, behind it (`-vv`, `-n5`)?"""
    flags = [flag for option in options for flag in option.flags if flag.startswith("-")]
    begins = word.startswith("--") and any(flag.startswith(word) for flag in flags)
    return begins or (word[:1] == "-" != word[1:2] and word[:2] in flags)


def _read(call: Call, options: list[Option], words: list[str]) -> tuple[dict[str, Value], list[Value]]:
    """What the words give the options that they name, and what is left over."""
    positional = [o for o in options if not o.flags[0].startswith("-")]
    found: dict[str, Value] = {}
    rest: list[Value] = []
    while words:
        word, _, value = words.pop(0).partition("=")
        option = next((o for o in options if word in o.flags), None) if word.startswith("-") else None
        if option is None and _may_stand_for_another(word, options):
            return {o.name: Unknown(f"what `{word}` stands for is not followed", call.place) for o in options}, rest
        if option is None:
            if not word.startswith("-") and positional:
                option, value = positional.pop(0), word
            else:
                rest.append(word)
                continue
        if option.action in ("store_true", "store_false"):
            found[option.name] = option.action == "store_true"
        elif option.action == "store_const":
            found[option.name] = option.const
        elif option.action != "store" or option.many:
            found[option.name] = Unknown(f"what `{word}` takes is not followed", call.place)
            while words and not words[0].startswith("-"):
                words.pop(0)
        elif value or words:
            found[option.name] = _converted(call, option, value or words.pop(0), call.place)
    return found, rest


@method("argparse.Namespace.__contains__")
def namespace_contains(call: Call) -> Value:
    """name in namespace"""
    return (
        call.args[0] in call.receiver.attributes
        if isinstance(call.receiver, Object)
        else call.unknown("not known", "bool")
    )
