"""Cases of attention layers."""

from __future__ import annotations

from .drawing import Case, Random, Some, call, draws, shape, size, units


def sequences(r: Random, count: int) -> tuple[str, ...]:
    """Query, value and perhaps key: mostly of shapes that go together."""
    width, steps = size(r), r.choice((None, 2, 3, 5))
    found = [(None, r.choice((steps, 4, None)), width)]
    for _ in range(count - 1):
        found.append((None, steps, width if r.random() < 0.8 else size(r)))
    if r.random() < 0.08:
        found[r.randrange(count)] = eval(shape(r, r.choice((2, 4))))
    return tuple(repr(f) for f in found)


@draws("attention", "Attention", "AdditiveAttention")
def draw_attention(r: Random, name: str) -> Case:
    some = Some(r).flags("use_scale").maybe("dropout", 0.1, chance=0.15)
    if name == "Attention":
        some.maybe("score_mode", "dot", "concat", "sum" if r.random() < 0.2 else "dot", chance=0.4)
    count = r.choice((2, 2, 3, 1, 4) if r.random() < 0.2 else (2, 3))
    shapes = sequences(r, count)
    given = f"[{', '.join(f'x{i}' for i in range(count))}]"
    if r.random() < 0.06:
        given = ", ".join(f"x{i}" for i in range(count))
    if r.random() < 0.2:
        given += ", return_attention_scores=True"
    elif r.random() < 0.15:
        given += ", use_causal_mask=True"
    return Case(call(name, some=some), shapes, given)


@draws("attention", "MultiHeadAttention", "GroupQueryAttention")
def draw_multi_head(r: Random, name: str) -> Case:
    some = (
        Some(r)
        .flags("use_bias")
        .maybe("dropout", 0.1, chance=0.15)
        .maybe("use_gate", True, chance=0.15)
        .maybe("sliding_window", 2, chance=0.05)
    )
    if name == "MultiHeadAttention":
        some.maybe("value_dim", 3, 0 if r.random() < 0.1 else 2, chance=0.25).maybe(
            "output_shape", 4, (5,), (2, 3), [6], chance=0.2
        )
        some.maybe("attention_axes", 1, (1,), chance=0.1)
        construct = call(name, units(r), units(r), some=some)
    else:
        heads = r.choice((1, 2, 4))
        construct = call(
            name, str(size(r)), str(heads), str(r.choice((1, heads, 3) if r.random() < 0.3 else (1, heads))), some=some
        )
    count = r.choice((2, 2, 3))
    shapes = sequences(r, count)
    given = (
        r.choice(("x0, x1", "query=x0, value=x1", "x0, value=x1"))
        if count == 2
        else r.choice(("x0, x1, x2", "x0, x1, key=x2", "query=x0, key=x2, value=x1"))
    )
    if r.random() < 0.15:
        given = "x0, x0"
        shapes = shapes[:1]
    if r.random() < 0.04:
        given = "x0"
        shapes = shapes[:1]
    if r.random() < 0.2:
        given += ", return_attention_scores=True"
    elif r.random() < 0.15:
        given += ", use_causal_mask=True"
    return Case(construct, shapes, given)
