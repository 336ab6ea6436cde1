"""How a layer turns its input into its output, in words and numbers, with the user's own names."""

from __future__ import annotations

from typing import Any

from ..keras.counting import sublayers_of, total_parameters
from ..program import LayerCall
from ..values import LayerObject, ModelObject, Weight
from . import convolution, feedforward, joining, keeping, recurrent
from .subject import EXPLAINERS, Explanation, Subject

WIDTH = 110


def program(followed: Any, row: int | None) -> str:
    """Every layer of the program in the order of its calls, or those on one line."""
    blocks: list[str] = []
    seen: set[int] = set()
    own = followed.tree.source.path
    for call in followed.layer_calls:
        place = call.layer.place or call.place
        spans = [p.span for p in (place, call.place) if p.span.path == own]
        if (
            id(call.layer) in seen
            or not spans
            or (row is not None and not any(s.row <= row <= s.end_row for s in spans))
        ):
            continue
        seen.add(id(call.layer))
        blocks.append(layer(call.layer, call))
    return "\n\n".join(blocks)


def layer(subject: LayerObject, call: LayerCall) -> str:
    """One layer: a heading, what it does, its weights and how many parameters they make."""
    span = (subject.place or call.place).span
    where = f"cell {span.cell}, line {span.row}" if span.cell is not None else f"line {span.row}"
    shapes = ", ".join(str(shape) for shape in call.input_shapes) or "?"
    lines = [
        f"{where}: {subject.class_name} `{subject.name}`: {shapes} -> {', '.join(str(s) for s in call.output_shapes) or '?'}"
    ]
    if call.refused is not None:
        need = f": it needs {call.refused.required}" if call.refused.required else ""
        return f"{lines[0]}\n  It refuses {call.refused.got or shapes}{need}."
    explainer = EXPLAINERS.get(subject.type_name) if subject.user_class is None else None
    said = explainer(Subject(subject, call)) if explainer is not None else Explanation()
    lines += _indented(said.lines)
    if len(subject.calls) > 1:
        lines.append(f"  It is used {len(subject.calls)} times, with the same weights each time.")
    return "\n".join(lines + _weights(subject, said))


def _indented(lines: list[str]) -> list[str]:
    """Sentences wrapped, drawings as they are."""
    import textwrap

    found: list[str] = []
    for line in lines:
        if not line or line.startswith(" "):
            found.append(f"  {line}".rstrip())
        else:
            found += textwrap.wrap(line, WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
    return found


def _weights(subject: LayerObject, said: Explanation) -> list[str]:
    total = total_parameters(subject)
    if subject.opaque or subject.weights_unknown:
        return [f"  Its weights are not known: {subject.weights_unknown or subject.opaque}."]
    inner = [] if isinstance(subject, ModelObject) else [s for s in sublayers_of(subject) if s.weights]
    rows = [_row("", weight, said.weights.get(weight.name, "")) for weight in subject.weights]
    rows += [_row(f"{sub.name}: ", weight, "") for sub in inner for weight in sub.weights]
    if not rows:
        return ["  It has no weights." if total.known == 0 else f"  Together its layers have {total} parameters."]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = ["  Its weights:"]
    for name, shape, count, why in rows:
        lines.append(f"    {name:{widths[0]}}  {shape:{widths[1]}}  {count:>{widths[2]}}  {why}".rstrip())
    sums = " + ".join(row[2] for row in rows) + " = " if 1 < len(rows) < 10 else ""
    formula = said.formula
    filled = f"{formula[0]} = " if formula is not None and formula[1] == total.known and len(rows) > 1 else ""
    return [*lines, f"  Together {sums}{filled}{total} parameters."]


def _row(prefix: str, weight: Weight, why: str) -> tuple[str, str, str, str]:
    trained = why if weight.trainable else f"{why} (not trained)".strip() if "not trained" not in why else why
    return f"{prefix}{weight.name}", str(weight.shape), str(weight.count), trained


__all__ = ["convolution", "feedforward", "joining", "keeping", "layer", "program", "recurrent"]
