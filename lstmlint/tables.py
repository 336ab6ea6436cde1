"""Models as tables for a terminal, like `model.summary()`, with what feeds each layer and where it is in the source."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from io import StringIO
from typing import Any

from .diagnostic import Span
from .dims import Expr, symbols
from .program import ModelSite, shown_call
from .shapes import Shape
from .summary import doubt, layers_of, model_record
from .values import Array, LayerObject, ModelObject, Tensor, Value, flatten
from .wiring import connections

_GAPS = 12
"""More gaps than this are counted, not listed."""


def render(programs: Iterable[tuple[str, Any]]) -> str:
    """A table for each model, and below those of a file where it could not be followed."""
    blocks = []
    for path, program in programs:
        if program is None:
            continue
        own = program.tree.source.path
        sites = [s for s in program.models if program.target is not None or s.place.tree.source.path == own]
        blocks += [_table(path, site) for site in sites]
        gaps = [f"  {_where(g.place.span)}: {g.reason}" for g in program.gaps if g.place.tree.source.path == own]
        gaps = list(dict.fromkeys(gaps))
        if gaps:
            more = [f"  and {len(gaps) - _GAPS} more"] if len(gaps) > _GAPS else []
            blocks.append("\n".join([f"Not followed everywhere, {path}:", *gaps[:_GAPS], *more]))
    return "\n\n".join(blocks) if blocks else "No Keras models found."


def _where(span: Span) -> str:
    return f"line {span.row}" if span.cell is None else f"cell {span.cell}, line {span.row}"


def _table(path: str, site: ModelSite) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    record, model = model_record(site), site.model
    layers = layers_of(model)
    wires = connections(model)
    branched = model.kind != "Sequential" and bool(wires)
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") in ("utf8", "utf16")
    table = Table(box=box.SIMPLE_HEAD if utf8 else box.ASCII2, show_edge=False, pad_edge=False)
    table.add_column("layer", overflow="fold")
    table.add_column("output shape", overflow="fold")
    table.add_column("parameters", justify="right")
    if branched:
        table.add_column("connected to", overflow="fold")
    table.add_column("line", justify="right")
    for at, (layer, entry) in enumerate(zip(layers, record["layers"])):
        row = [f"{entry['name']} ({entry['class']})", _shapes(layer), _number(entry["params"])]
        if branched:
            row.append("\n".join(layers[source].name for source, target in wires if target == at))
        table.add_row(*row, _line(layer, site))
    import shutil

    width = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100
    console = Console(
        file=StringIO(), width=max(width, 60), color_system=None, emoji=False, markup=False, highlight=False
    )
    console.print(table)
    file: Any = console.file
    lines = [line.rstrip() for line in str(file.getvalue()).splitlines()]
    return "\n".join([_title(path, record), "", *lines, "", *_below(record, model, layers)])


def _title(path: str, record: dict[str, Any]) -> str:
    cell = f":cell {record['cell']}" if record["cell"] is not None else ""
    kind = "" if record["class"] == record["name"] else f" ({record['class']})"
    return f"{record['name']}{kind}, {path}{cell}:{record['location']['row']}"


def _below(record: dict[str, Any], model: ModelObject, layers: list[LayerObject]) -> list[str]:
    total, trained = record["total_params"], record["trainable_params"]
    rest = f", not trained: {total - trained:,}" if total is not None and trained is not None else ""
    lines = [f"parameters: {_number(total)}, trained: {_number(trained)}{rest}"]
    why = doubt(model)
    if why is not None:
        lines.append(f"not complete: {why}")
    return lines + _legend(layers)


def _legend(layers: list[LayerObject]) -> list[str]:
    """Where the sizes that are no numbers come from."""
    found: dict[str, None] = {}
    for layer in layers:
        for dim in (dim for shape in _output_shapes(layer) for dim in shape):
            label = dim.origin.label if dim.origin is not None else None
            if isinstance(dim.size, Expr):
                names = sorted(symbol.name for symbol in symbols(dim.size))
                label = names[0] if len(names) == 1 else None
            elif not dim.is_unknown:
                continue
            if label and dim.origin is not None and dim.origin.place is not None:
                span = dim.origin.place.span
                found[f"{'? is ' if dim.is_unknown else ''}{label}, line {span.row}"] = None
    return [f"no numbers: {'; '.join(found)}"] if found else []


def _output_shapes(layer: LayerObject) -> list[Shape]:
    if layer.state.get("by_way"):
        return []
    call = shown_call(layer)
    if call is not None:
        return list(call.output_shapes)
    value: Value = layer.outputs if isinstance(layer, ModelObject) else layer.state.get("tensor")
    return [t.shape for t in flatten(value) if isinstance(t, (Tensor, Array))]


def _shapes(layer: LayerObject) -> str:
    return "\n".join(str(shape) for shape in _output_shapes(layer)) or "?"


def _line(layer: LayerObject, site: ModelSite) -> str:
    if layer.place is None:
        return ""
    span, here = layer.place.span, site.place.span.path
    row = f"{span.cell}:{span.row}" if span.cell is not None else str(span.row)
    return row if span.path == here else f"{os.path.basename(span.path)}:{row}"


def _number(value: int | None) -> str:
    return "?" if value is None else f"{value:,}"
