"""What a layer receives and returns, for the editor's hover."""

from __future__ import annotations

from typing import Any

from ..keras.counting import total_parameters


def hover(program: Any, row: int, column: int) -> tuple[str, Any] | None:
    """Markdown about the innermost layer call at a place (from 1, in code points), and its span; None where there is none."""
    here = (row, column)
    best: tuple[str, Any] | None = None
    own = program.tree.source.path
    for call in program.layer_calls:
        for place in dict.fromkeys(p for p in (call.layer.place, call.place) if p is not None):
            span = place.span
            if span.path != own or not (span.row, span.column) <= here < (span.end_row, span.end_column):
                continue
            if best is None or _size(span) < _size(best[1]):
                best = (_text(call), span)
    return best


def _size(span: Any) -> tuple[int, int]:
    return (span.end_row - span.row, span.end_column - span.column)


def _text(call: Any) -> str:
    layer = call.layer
    lines = [f"**{layer.class_name}** `{layer.name}`", "", f"`{call.input_shape}` → `{call.output_shape}`"]
    if call.refused is not None:
        lines[2] = f"gets `{call.input_shape}`, which it refuses: it needs {call.refused.required or 'something else'}"
    for weight in layer.weights:
        lines.append(f"- {weight.name} `{weight.shape}`")
    count = total_parameters(layer).known
    if layer.weights and count is not None:
        lines.append(f"\n{count:,} parameters")
    return "\n".join(lines)
