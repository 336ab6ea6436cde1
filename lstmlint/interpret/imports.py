"""Imports: library names stay names, the project's own modules are followed once each."""

from __future__ import annotations

import ast
import os
from typing import TYPE_CHECKING

from ..knowledge import CANONICAL, PROVIDERS, canonical, find_function, has_constant
from ..program import Import
from ..values import External, ModuleValue, Unknown, Value
from .scopes import Module, Scope

if TYPE_CHECKING:
    from .machine import Machine


def import_names(machine: Machine, node: ast.Import, scope: Scope) -> None:
    """`import a.b as c, d`"""
    for alias in node.names:
        bound = alias.asname or alias.name.partition(".")[0]
        value = resolve(machine, alias.name if alias.asname else bound, scope)
        if not alias.asname and "." in alias.name:
            resolve(machine, alias.name, scope)
        _record(machine, alias.name, bound, node, alias, scope)
        if value is None:
            value = External(canonical(alias.name if alias.asname else bound), scope.place(node), alias.name)
        scope.bind(bound, value)


def import_from(machine: Machine, node: ast.ImportFrom, scope: Scope) -> None:
    """`from a.b import c as d`, relative ones too"""
    base = node.module or ""
    if node.level:
        package = package_of(scope.module, node.level)
        if package is None:
            for alias in node.names:
                scope.bind(
                    alias.asname or alias.name,
                    Unknown(f"the relative import of `{alias.name}` leads nowhere", scope.place(node)),
                )
            return
        base = ".".join(part for part in (package, base) if part)
    module = resolve(machine, base, scope, relative=bool(node.level))
    for alias in node.names:
        bound = alias.asname or alias.name
        if alias.name == "*":
            _star(machine, module, base, node, scope)
            continue
        _record(machine, f"{base}.{alias.name}", bound, node, alias, scope)
        value: Value
        if isinstance(module, ModuleValue):
            if alias.name in module.names:
                value = module.names[alias.name]
            else:
                inner = resolve(machine, f"{base}.{alias.name}", scope, relative=True)
                value = (
                    inner
                    if inner is not None
                    else Unknown(f"`{alias.name}` is not defined in {module.name}", scope.place(node))
                )
        else:
            inner = resolve(machine, f"{base}.{alias.name}", scope)
            value = (
                inner
                if inner is not None
                else External(canonical(f"{base}.{alias.name}"), scope.place(alias), f"{base}.{alias.name}")
            )
            if isinstance(value, External) and has_constant(value.name):
                value = machine.get_attribute(
                    External(value.name.rpartition(".")[0]), value.name.rpartition(".")[2], scope.place(node)
                )
        scope.bind(bound, value)


def _star(machine: Machine, module: Value, base: str, node: ast.ImportFrom, scope: Scope) -> None:
    if isinstance(module, ModuleValue):
        listed = module.names.get("__all__")
        wanted = (
            set(listed.items)
            if listed is not None and hasattr(listed, "items") and isinstance(listed.items, list)
            else None
        )
        for name, value in list(module.names.items()):
            if name in wanted if wanted is not None else not name.startswith(("_", "~")):
                scope.bind(name, value)
        return
    stars = scope.module.names.setdefault("~star", [])
    stars.append(canonical(base))


def star_name(module: Module, name: str) -> Value:
    """A name that a star import of a library brings, None when none of them is known to have it."""
    for base in module.names.get("~star", ()):
        full = canonical(f"{base}.{name}")
        if find_function(full) is not None or has_constant(full):
            return External(full, None, f"{base}.{name}")
    return None


def _record(machine: Machine, spelled: str, bound: str, node: ast.stmt, alias: ast.alias, scope: Scope) -> None:
    place = scope.place(alias if getattr(alias, "cst", None) is not None else node)
    machine.record.imports.append(Import(canonical(spelled), spelled, bound, place, machine.guards > 0))


def is_library(name: str) -> bool:
    """Is the top-level package one that the knowledge base knows?"""
    package = name.partition(".")[0]
    return package in PROVIDERS or package in CANONICAL


def package_of(module: Module, level: int) -> str | None:
    """The package that a relative import of this level starts from."""
    parts = module.name.split(".")
    if not os.path.basename(module.path).startswith("__init__."):
        parts = parts[:-1]
    cut = level - 1
    if cut > len(parts):
        return None
    return ".".join(parts[: len(parts) - cut])


def resolve(machine: Machine, name: str, scope: Scope, relative: bool = False) -> Value:
    """The project's module of this name, followed; None when the project has none (or a library of that name is known)."""
    if not name:
        return None
    if is_library(name) and not relative and not name.startswith("keras.src."):
        return None
    if name.startswith("keras.src.") and find_function(canonical(name)) is not None:
        return None
    if name in ("keras.src", "keras.src.layers", "keras.src.models", "keras.src.ops", "keras.src.backend"):
        return None
    path = find_file(name, scope.module)
    if path is None:
        return None
    return machine.follow_module(name, path)


def roots_of(module: Module) -> list[str]:
    """Where absolute imports of this file may start: its own folder, its package's root, and `src` of the project."""
    folder = os.path.dirname(os.path.abspath(module.path))
    roots = [folder]
    top = folder
    while os.path.isfile(os.path.join(top, "__init__.py")):
        top = os.path.dirname(top)
    roots.append(top)
    project = top
    for _ in range(6):
        if any(os.path.exists(os.path.join(project, mark)) for mark in ("pyproject.toml", "setup.py", ".git")):
            roots += [project, os.path.join(project, "src")]
            break
        if os.path.dirname(project) == project:
            break
        project = os.path.dirname(project)
    return list(dict.fromkeys(roots))


def find_file(name: str, module: Module) -> str | None:
    """The file of a module of the project."""
    relative = name.replace(".", os.sep)
    for root in roots_of(module):
        for candidate in (os.path.join(root, relative + ".py"), os.path.join(root, relative, "__init__.py")):
            if os.path.isfile(candidate):
                return candidate
    return None


def module_name(path: str) -> str:
    """The dotted name of a file, from the first folder upward that is no package."""
    folder, file = os.path.split(os.path.abspath(path))
    parts = [os.path.splitext(file)[0]]
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, package = os.path.split(folder)
        parts.insert(0, package)
    if parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts)
