"""Models as drawings: Mermaid for Markdown, DOT for Graphviz."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .frozen import dataclass
from .summary import layers_of, model_record
from .wiring import connections


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A model as boxes and arrows: a title, the lines in each box, and pairs of boxes."""

    title: str
    boxes: list[list[str]]
    arrows: list[tuple[int, int]]


def _drawings(programs: Iterable[tuple[str, Any]]) -> list[_Drawing]:
    found = []
    for path, program in programs:
        for site in program.models if program is not None else ():
            if program.target is None and site.place.tree.source.path != program.tree.source.path:
                continue
            record = model_record(site)
            boxes = [_box(entry) for entry in record["layers"]]
            arrows = connections(site.model)
            first = layers_of(site.model)[:1]
            if site.model.kind == "Sequential" and first and first[0].class_name != "InputLayer":
                boxes.insert(0, ["input", *(_shape(s) for s in record["input_shapes"])])
                arrows = [(0, 1), *((a + 1, b + 1) for a, b in arrows)]
            found.append(_Drawing(f"{record['name']}, {path}:{record['location']['row']}", boxes, arrows))
    return found


def _box(entry: dict[str, Any]) -> list[str]:
    lines = [f"{entry['name']}: {entry['class']}", ", ".join(_shape(s) for s in entry["output_shapes"]) or "?"]
    if entry["params"]:
        lines.append(f"{entry['params']:,} parameters")
    return lines


def _shape(sizes: Any) -> str:
    if isinstance(sizes, str):
        return f"({sizes})"
    inner = ", ".join("None" if size is None else str(size) for size in sizes)
    return f"({inner},)" if len(sizes) == 1 else f"({inner})"


def mermaid(programs: Iterable[tuple[str, Any]]) -> str:
    """A flowchart with one subgraph for each model."""
    lines = ["flowchart TD"]
    for number, drawing in enumerate(_drawings(programs)):
        lines.append(f'  subgraph m{number}["{_mermaid_text(drawing.title)}"]')
        for at, box in enumerate(drawing.boxes):
            lines.append(f'    m{number}_{at}["{"<br/>".join(_mermaid_text(line) for line in box)}"]')
        lines += [f"    m{number}_{a} --> m{number}_{b}" for a, b in drawing.arrows]
        lines.append("  end")
    return "\n".join(lines)


def _mermaid_text(text: str) -> str:
    return (
        text.replace("&", "&amp;")
        .replace('"', "&quot;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("#", "&num;")
    )


def dot(programs: Iterable[tuple[str, Any]]) -> str:
    """A digraph with one cluster for each model."""
    lines = ["digraph lstmlint {", '  node [shape=box, fontname="monospace"];']
    for number, drawing in enumerate(_drawings(programs)):
        lines += [f"  subgraph cluster_{number} {{", f"    label={_dot_text(drawing.title)};"]
        for at, box in enumerate(drawing.boxes):
            lines.append(f"    m{number}_{at} [label={_dot_text(chr(10).join(box))}];")
        lines += [f"    m{number}_{a} -> m{number}_{b};" for a, b in drawing.arrows]
        lines.append("  }")
    return "\n".join([*lines, "}"])


def _dot_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
