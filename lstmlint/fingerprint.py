"""What identifies a finding while the file around it changes: its rule, the code it is about, and the function that holds it."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from .diagnostic import Diagnostic


def with_fingerprints(findings: list[Diagnostic], tree: Any) -> list[Diagnostic]:
    """The findings of one file with their fingerprints. Neither lines nor messages go into them, and where the same stands in the same function
    twice, the second is numbered."""
    if not findings:
        return []
    import hashlib  # loads a library of its own: only where something was found

    owners = _owners(tree)
    count: Counter[str] = Counter()
    done = []
    for finding in findings:
        start, end = tree.source.offsets(finding.span)
        code = "".join(tree.source.text[start:end].split())
        base = "\0".join((finding.code, _owner(owners, start), code))
        count[base] += 1
        digest = hashlib.sha256(f"{base}\0{count[base]}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
        done.append(replace(finding, fingerprint=digest))
    return done


def _owners(tree: Any) -> list[tuple[int, int, str]]:
    """Every function and class with its extent and its qualified name, outer before inner."""
    return [(*tree.extent(node), name) for node, name in _definitions(tree.module, "")]


def _definitions(node: ast.AST, prefix: str) -> Iterator[tuple[ast.AST, str]]:
    """The functions and classes within a node, each with its qualified name."""
    for child in ast.iter_child_nodes(node):
        name = prefix
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            name = f"{prefix}.{child.name}" if prefix else child.name
            yield child, name
        if isinstance(child, (ast.stmt, ast.excepthandler, ast.match_case)):
            yield from _definitions(child, name)


def _owner(owners: list[tuple[int, int, str]], offset: int) -> str:
    name = ""
    for start, end, qualified in owners:
        if start <= offset < end:
            name = qualified
    return name
