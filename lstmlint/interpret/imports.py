"""Import statements: library names stay names, the project's own modules are followed once each."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..knowledge import canonical, has_not
from ..places import Place
from ..program import Import
from ..values import External, ListValue, ModuleValue, Unknown, Value
from . import functions
from .flow import Raised
from .modules import Deferred, force, imported, names_of, package_of, resolve, star_name
from .scopes import Scope

if TYPE_CHECKING:
    from .machine import Machine


def import_names(machine: Machine, node: ast.Import, scope: Scope) -> None:
    """`import a.b as c, d`"""
    for alias in node.names:
        bound = alias.asname or alias.name.partition(".")[0]
        _record(machine, alias.name, bound, node, alias, scope)
        base = alias.name if alias.asname else bound
        if _deferred(machine, scope):
            scope.bind(bound, Deferred(base, None, scope.module, scope.place(node)))
            continue
        value = imported(machine, base, None, scope.module, scope.place(node))
        if isinstance(value, External):
            value = External(value.name, value.imported, base)
        if not alias.asname and "." in alias.name:
            resolve(machine, alias.name, scope.module)
        scope.bind(bound, value)


def import_from(machine: Machine, node: ast.ImportFrom, scope: Scope) -> None:
    """`from a.b import c as d`, relative ones too"""
    base = node.module or ""
    relative = bool(node.level)
    if relative:
        package = package_of(scope.module, node.level)
        if package is None:
            for alias in node.names:
                reason = f"the relative import of `{alias.name}` leads nowhere"
                scope.bind(alias.asname or alias.name, Unknown(reason, scope.place(node)))
            return
        base = ".".join(part for part in (package, base) if part)
    for alias in node.names:
        if alias.name == "*":
            _star(machine, resolve(machine, base, scope.module, relative), base, scope)
            continue
        bound = alias.asname or alias.name
        _record(machine, f"{base}.{alias.name}", bound, node, alias, scope)
        place = scope.place(alias)
        if _deferred(machine, scope):
            scope.bind(bound, Deferred(base, alias.name, scope.module, place))
        else:
            scope.bind(bound, imported(machine, base, alias.name, scope.module, place, relative=relative))


def _by_name(machine: Machine, args: list[Value], kwargs: dict[str, Value], place: Place, *, whole: bool) -> Value:
    name = args[0] if args else kwargs.get("name")
    if not isinstance(name, str) or name.startswith(".") or args[1:] or kwargs.keys() - {"name"}:
        return machine.lost("which module is imported is not known", place, [])
    return imported(machine, name if whole else name.partition(".")[0], None, machine.active[-1].module, place)


def import_module(machine: Machine, args: list[Value], kwargs: dict[str, Value], place: Place) -> Value:
    """importlib.import_module("a.b"): a.b"""
    return _by_name(machine, args, kwargs, place, whole=True)


def import_top(machine: Machine, args: list[Value], kwargs: dict[str, Value], place: Place) -> Value:
    """__import__("a.b"): a"""
    return _by_name(machine, args, kwargs, place, whole=False)


functions.NATIVE["importlib.import_module"] = import_module
functions.NATIVE["builtins.__import__"] = import_top


def _deferred(machine: Machine, scope: Scope) -> bool:
    if scope.kind != "module":
        return False
    return scope.module.installed or (machine.imports_many and scope.module is not machine.active[0].module)


def _star(machine: Machine, module: Value, base: str, scope: Scope) -> None:
    if isinstance(module, ModuleValue):
        names = names_of(machine, module)
        listed = force(machine, names, "__all__") if "__all__" in names else None
        wanted = (
            set(listed.items) if isinstance(listed, ListValue) else set(listed) if isinstance(listed, tuple) else None
        )
        for name, value in list(names.items()):
            if name in wanted if wanted is not None else not name.startswith(("_", "~")):
                scope.bind(name, value)
        for name in sorted(name for name in wanted or () if isinstance(name, str) and name not in names):
            value = star_name(names, name)
            if value is not None:
                scope.bind(name, value)
        passed = names.get("~star", ()) if wanted is None else ()
    else:
        passed = (base,)
    if passed:
        scope.module.names.setdefault("~star", []).extend(passed)


def _record(machine: Machine, spelled: str, bound: str, node: ast.stmt, alias: ast.alias, scope: Scope) -> None:
    place = scope.place(node if alias.name == "*" else alias)
    machine.record.imports.append(Import(canonical(spelled), spelled, bound, place, machine.guarded))
    if machine.takers and canonical(spelled) not in machine.put and _fails(spelled, machine.keras_major):
        exception = "ImportError" if isinstance(node, ast.ImportFrom) else "ModuleNotFoundError"
        if machine.takes(exception):
            raise Raised(exception)


def _fails(spelled: str, keras_major: int) -> bool:
    """Does a library surely not have what is imported, or a module that leads there?"""
    parts = spelled.split(".")
    return any(has_not(".".join(parts[:end]), keras_major) for end in range(2, len(parts) + 1))
