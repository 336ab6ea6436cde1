"""Layers that join, attend to or rearrange their inputs, in words."""

from __future__ import annotations

from .subject import Explanation, Subject, explains, named


@explains("Concatenate")
def concatenate(subject: Subject) -> Explanation:
    shapes = subject.call.input_shapes
    axis = subject.value("axis", -1)
    if not isinstance(axis, int) or any(shape.rank is None for shape in shapes) or not shapes:
        return Explanation()
    sizes = " + ".join(named(shape.get(axis)) for shape in shapes)
    return Explanation(
        [
            f"It puts {len(shapes)} inputs one behind the other along axis {int(axis)}: {sizes} = {subject.result.get(axis)}. The other axes must agree."
        ]
    )


@explains("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum")
def elementwise(subject: Subject) -> Explanation:
    does = {
        "Add": "sum",
        "Subtract": "difference",
        "Multiply": "product",
        "Average": "mean",
        "Maximum": "larger",
        "Minimum": "smaller",
    }
    return Explanation(
        [
            f"It takes the {does[subject.layer.class_name]} of {len(subject.call.input_shapes)} inputs number by number, so they must have the same shape."
        ]
    )


@explains("Dot")
def dot(subject: Subject) -> Explanation:
    shapes = " and ".join(str(shape) for shape in subject.call.input_shapes)
    return Explanation([f"It multiplies {shapes} and sums over the chosen axes, which go away: {subject.result}."])


@explains("Attention", "AdditiveAttention")
def attention(subject: Subject) -> Explanation:
    shapes = subject.call.input_shapes
    if len(shapes) < 2 or shapes[0].rank != 3 or shapes[1].rank != 3:
        return Explanation()
    score = "their dot product" if subject.layer.class_name == "Attention" else "a sum of both, through tanh"
    return Explanation(
        [
            f"Each of the {named(shapes[0][1])} steps of the query looks at all {named(shapes[1][1])} steps of the value, and weighs them by {score} (softmax: the weights sum to 1).",
            f"What comes out is the weighted mean of the value's rows, one for each query step: {subject.result}.",
        ]
    )


@explains("MultiHeadAttention")
def multi_head(subject: Subject) -> Explanation:
    heads, width = subject.named_size("num_heads"), subject.named_size("key_dim")
    features = subject.shape.get(-1)
    return Explanation(
        [
            f"{heads} heads look at the sequence side by side. Each makes queries and keys of {width} numbers from every step, and lets each step look at all others.",
            f"Their results are put together and brought back to {features} features: {subject.result}. The number of timesteps is in no weight.",
        ]
    )


@explains("Flatten")
def flatten(subject: Subject) -> Explanation:
    if subject.shape.rank is None:
        return Explanation()
    sizes = " * ".join(named(dim) for dim in subject.shape.dims[1:]) if subject.shape.dims else ""
    lines = [f"It writes everything but the batch axis in one row: {sizes} = {subject.result.get(-1)}."]
    if subject.shape.rank == 3:
        lines.append("The time axis is gone after it: no recurrent layer can follow.")
    return Explanation(lines)


@explains("Reshape", "Permute")
def rearrange(subject: Subject) -> Explanation:
    if subject.layer.class_name == "Permute":
        return Explanation([f"It swaps axes without changing a number: {subject.shape} becomes {subject.result}."])
    return Explanation(
        [
            f"It reads the same numbers in the same order into other axes: {subject.shape} becomes {subject.result}. It does not swap axes."
        ]
    )


@explains("RepeatVector")
def repeat(subject: Subject) -> Explanation:
    return Explanation(
        [
            f"It copies its one row {subject.named_size('n')} times, as the steps of a new time axis: {subject.shape} becomes {subject.result}."
        ]
    )
