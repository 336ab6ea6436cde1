"""Rule packs: packages whose modules register their rules when they are imported.

A large pack may have a module `register` with a list `RULES` of what its modules register. Its rules are then known without being imported, and
each is imported when it has to look at something for the first time: most programs have no fault, and no use for the rules that claim faults.
`python -m lstmlint.testing register` writes it, and `docs` keeps it true.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from .diagnostic import Severity
from .rule import Rule, all_rules, register_rule

REGISTER = "register"
"""The name of the module in which a pack has its list."""
Entry = tuple[str, str, str, str, str, str, tuple[str, ...], int]
"""A rule's code, name and severity; its module within the pack; what it does ("check", "claim" or "review"), the function that does it, its kinds
and its specificity."""
_loaded: set[str] = set()


def load_pack(name: str, folder: str | None = None) -> None:
    """Make the rules of a pack known. It may lie in `folder`, the project's own. Raises ImportError when it can't be imported."""
    if name in _loaded:
        return
    if folder is not None and folder not in sys.path:
        sys.path.append(folder)
    if find_spec(f"{name}.{REGISTER}") is None:
        import_pack(name)
    else:
        for entry in importlib.import_module(f"{name}.{REGISTER}").RULES:
            register_rule(_rule(name, entry))
    _loaded.add(name)


def import_pack(name: str) -> list[Rule]:
    """Import every module of a pack; gives its rules, by code."""
    import pkgutil

    package = importlib.import_module(name)
    for info in pkgutil.walk_packages(getattr(package, "__path__", ()), f"{name}."):
        importlib.import_module(info.name)
    return [rule for rule in all_rules() if rule.module == name or rule.module.startswith(f"{name}.")]


def register_path(name: str) -> str:
    """The file in which a pack has its list, or would have it."""
    return os.path.join(importlib.import_module(name).__path__[0], f"{REGISTER}.py")


def register_text(name: str) -> str:
    """The source of a pack's register, from its modules."""
    rows = "".join(f"    {_entry(name, rule)},\n" for rule in import_pack(name))
    heading = "The rules of this pack, each to be imported when it is needed. Written by `python -m lstmlint.testing register`: not for editing."
    return f'"""{heading}"""\n\n# fmt: off\nRULES = [\n{rows}]\n'


def _entry(pack: str, rule: Rule) -> str:
    does = "check" if rule.check else "claim" if rule.claim else "review"
    function: Any = getattr(rule, does)
    module = rule.module[len(pack) + 1 :]
    entry: Entry = (
        rule.code,
        rule.name,
        rule.severity.value,
        module,
        does,
        function.__name__,
        rule.kinds,
        rule.specificity,
    )
    return repr(entry).replace("'", '"')


def _rule(pack: str, entry: Entry) -> Rule:
    code, name, severity, module, does, function, kinds, specificity = entry
    path = f"{pack}.{module}" if module else pack
    given: dict[str, Any] = {does: _later(path, function)}
    return Rule(code, name, Severity(severity), path, kinds=kinds, specificity=specificity, **given)


def _later(module: str, function: str) -> Callable[..., Any]:
    """A function of a module that is imported when the function is called."""

    def called(*arguments: Any) -> Any:
        return getattr(importlib.import_module(module), function)(*arguments)

    called.__name__ = function
    return called


__all__ = ["import_pack", "load_pack", "register_path", "register_text"]
