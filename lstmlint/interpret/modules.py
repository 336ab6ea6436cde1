"""Modules: where the project keeps them, and what they hold; each is followed once."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..import_roots import import_roots, package_root
from ..knowledge import (
    CANONICAL,
    PROVIDERS,
    canonical,
    exports_module,
    find_attribute,
    find_function,
    has_constant,
    is_class,
    is_public,
)
from ..places import Place
from ..values import External, ModuleValue, Unknown, Value
from .disk import Disk
from .scopes import MISSING, Module, Scope

if TYPE_CHECKING:
    from .machine import Machine

_INSTALLED = frozenset(["site-packages", "dist-packages"])


@dataclass(slots=True, eq=False)
class Deferred:
    """A name that an installed package imports, looked up when it is first used: `name` of the module `base`, or that module."""

    base: str
    name: str | None
    module: Module
    place: Place
    busy: bool = False
    """It is being looked up: whoever asks again meanwhile wants the module inside the package."""
    found: Value = None
    """What it turned out to be."""


def is_library(name: str) -> bool:
    """Is the top-level package one that the knowledge base knows?"""
    package = name.partition(".")[0]
    return package in PROVIDERS or package in CANONICAL


def is_installed(module: Module, disk: Disk) -> bool:
    """Does the module belong to an installed package or to the standard library? Of those only what is used is followed."""
    root = package_root(module.path, disk.has_file)
    return os.path.basename(root) in _INSTALLED or disk.has_file(os.path.join(root, "site.py"))


def public(spelled: str) -> External | None:
    """What a library exports, or what is known of it, however it spells the name inside itself; None when it is neither."""
    name = canonical(spelled)
    if is_public(name) or find_function(name) or has_constant(name) or is_class(name) or find_attribute(name):
        return External(name, None, spelled)
    return None


def star_name(names: Mapping[str, Value], name: str) -> Value:
    """Of a module's names one that a star import of a library brings (the last that has it), None when none of them is known to have it."""
    if not name.startswith("_"):
        for base in reversed(names.get("~star", ())):
            spelled = f"{base}.{name}"
            found = public(spelled)
            if found is None and exports_module(canonical(spelled)):
                found = External(canonical(spelled), None, spelled)
            if found is not None:
                return found
    return None


def _of_python(machine: Machine, top: str, module: Module) -> bool:
    """Does a module of a package mean the standard library by this name, whatever stands beside it? A script may mean what stands beside it."""
    return top in sys.stdlib_module_names and "." in module.name and module is not machine.active[0].module


# finding ----------------------------------------------------------------------------------------------------------------


def module_name(path: str, disk: Disk) -> str:
    """The dotted name of a file, from the first folder upward that is no package."""
    relative = os.path.relpath(os.path.splitext(os.path.abspath(path))[0], package_root(path, disk.has_file))
    parts = relative.split(os.sep)
    if parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts)


def package_of(module: Module, level: int) -> str | None:
    """The package that a relative import of this level starts from."""
    parts = module.name.split(".")
    if not os.path.basename(module.path).startswith("__init__."):
        parts = parts[:-1]
    cut = level - 1
    if cut > len(parts):
        return None
    return ".".join(parts[: len(parts) - cut])


def roots_of(module: Module, disk: Disk) -> list[str]:
    """Where absolute imports of this file may start: its own folder, its package's root, the project and its `src`."""
    if module.roots is None:
        if module.installed:
            module.roots = [package_root(module.path, disk.has_file)]
        else:
            module.roots = import_roots(module.path, disk.has_file, disk.has)
    return module.roots


def find_file(name: str, module: Module, disk: Disk, more: tuple[str, ...] = ()) -> str | None:
    """The file of a module of the project."""
    relative = name.replace(".", os.sep)
    for root in (*roots_of(module, disk), *more):
        for candidate in (os.path.join(root, relative + ".py"), os.path.join(root, relative, "__init__.py")):
            if disk.has_file(candidate):
                return candidate
    return None


def resolve(machine: Machine, name: str, module: Module, relative: bool = False) -> ModuleValue | Unknown | None:
    """The project's module of this name; None when the project has none (or a library of that name is known).

    To an installed package only its own modules belong to the project: what it imports beside them are libraries.
    """
    if not name:
        return None
    top = name.partition(".")[0]
    own = top == module.name.partition(".")[0] and "." in name
    if not own and not relative and (is_library(name) or module.installed or _of_python(machine, top, module)):
        return None
    # whatever imports a module of the project, Python looks in the folder of the program
    program = os.path.dirname(os.path.abspath(machine.active[0].module.path))
    path = find_file(name, module, machine.disk, () if module.installed else (program, *machine.roots))
    return follow_file(machine, name, path, lazy=module.installed) if path is not None else None


# following --------------------------------------------------------------------------------------------------------------


def follow_file(machine: Machine, name: str, path: str, *, lazy: bool = False) -> ModuleValue | Unknown:
    """The module in a file: followed now, or when one of its names is first asked for."""
    path = os.path.abspath(path)
    found = machine.modules.get(path)
    if found is None:
        if not lazy and machine.disk.tree(path) is None:
            return Unknown(f"`{name}` can't be read")
        found = machine.modules[path] = ModuleValue(
            name, path, {"__name__": name, "__file__": os.path.abspath(path)}, followed=False
        )
    if not lazy:
        names_of(machine, found)
    return found


def names_of(machine: Machine, value: ModuleValue) -> dict[str, Value]:
    """The names of a module, which is followed for them if it has not been. While it is being imported: those so far."""
    if value.followed:
        return value.names
    value.followed = True
    tree = machine.disk.tree(value.path)
    if tree is None:
        return value.names
    from .statements import execute_module

    module = Module(value.name, value.path, tree, value.names)
    module.installed = is_installed(module, machine.disk)
    scope = Scope(module, module.names)
    guards, machine.guards = machine.guards, 0
    takers, machine.takers = machine.takers, []
    depth, machine.in_unknown_loop = machine.in_unknown_loop, None
    machine.active.append(scope)
    machine.importing += 1
    try:
        execute_module(machine, tree.module.body, scope)
    finally:
        machine.importing -= 1
        machine.active.pop()
        machine.guards = guards
        machine.takers = takers
        machine.in_unknown_loop = depth
    return value.names


def member(machine: Machine, value: ModuleValue, name: str, place: Place) -> Value:
    """`module.name`; MISSING when the module has no such name and no such module inside."""
    if is_library(value.name):  # inside a library's own source: what is public there, the knowledge base knows better
        known = public(f"{value.name}.{name}")
        if known is not None:
            return known
    names = names_of(machine, value)
    if name in names and not (isinstance(names[name], Deferred) and names[name].busy):
        return force(machine, names, name)
    if os.path.basename(value.path) == "__init__.py":
        folder = os.path.dirname(value.path)
        for path in (os.path.join(folder, f"{name}.py"), os.path.join(folder, name, "__init__.py")):
            if machine.disk.has_file(path):
                return follow_file(machine, f"{value.name}.{name}", path, lazy=True)
    return star_name(names, name) or MISSING


def force(machine: Machine, names: dict[str, Value], name: str) -> Value:
    """The value of a name in a table, looked up now if that was deferred."""
    value = names[name]
    if isinstance(value, Deferred):
        if value.busy:
            return Unknown(f"`{name}` is imported while it is being imported", value.place)
        value.busy = True
        found = imported(machine, value.base, value.name, value.module, value.place)
        value.found = names[name] = found
        return found
    return value


def imported(
    machine: Machine, base: str, name: str | None, module: Module, place: Place, *, relative: bool = False
) -> Value:
    """What `from base import name` brings (`import base`, when name is None): a value of the project or a library's name."""
    if name is None:
        return resolve(machine, base, module, relative) or External(canonical(base), place, base)
    full = f"{base}.{name}"
    found = resolve(machine, base, module, relative)
    if isinstance(found, ModuleValue):
        value = member(machine, found, name, place)
        if value is not MISSING:
            return value
        return Unknown(f"`{name}` is not defined in {found.name}", place)
    inner = resolve(machine, full, module, relative)
    if inner is not None:
        return inner
    external = External(canonical(full), place, full)
    owner, _, short = external.name.rpartition(".")
    if external.name in machine.put:
        return machine.put[external.name]
    if has_constant(external.name) or (find_attribute(external.name) is not None and not is_class(owner)):
        return machine.get_attribute(External(owner), short, place)
    return external
