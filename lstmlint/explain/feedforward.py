"""Dense, Embedding and what applies another layer step by step, in words."""

from __future__ import annotations

from ..values import LayerObject
from .subject import Explanation, Subject, explains, named


@explains("Dense")
def dense(subject: Subject) -> Explanation:
    shape, units = subject.shape, subject.size("units")
    if not shape.rank or units is None:
        return Explanation()
    features = shape[-1]
    who = f"Each of its {subject.named_size('units')} units is" if units.known != 1 else "Its one unit is"
    lines = [
        f"{who} a weighted sum of all {named(features)} numbers on the last axis, plus a bias: that axis becomes {units} wide."
    ]
    if shape.rank == 3:
        lines.append(
            f"It does so for each of the {named(shape[1])} steps on its own, with the same weights: steps don't see each other here."
        )
    elif shape.rank > 3:
        lines.append("It does so at every position of the other axes on its own, with the same weights.")
    activation = subject.value("activation")
    if isinstance(activation, str) and activation != "linear":
        lines.append(_activation(str(activation), units))
    weights = {
        "kernel": f"one column of {features} weights for each of the {units} units",
        "bias": "one number for each unit",
    }
    f, u = features.known, units.known
    formula = None
    if f is not None and u is not None:
        bias = subject.value("use_bias", True) is True
        formula = (f"{f} * {u} + {u}", f * u + u) if bias else (f"{f} * {u}", f * u)
    return Explanation(lines, weights, formula)


def _activation(name: str, units: object) -> str:
    said = {
        "softmax": f"softmax makes the {units} numbers positive with sum 1: a probability for each class.",
        "sigmoid": "sigmoid squeezes each number between 0 and 1, each on its own: a probability for each unit.",
        "relu": "relu lets positive numbers through and makes negative ones 0.",
        "tanh": "tanh squeezes each number between -1 and 1.",
    }
    return said.get(name, f"Then {name} is applied to each number.")


@explains("Embedding")
def embedding(subject: Subject) -> Explanation:
    rows, width = subject.named_size("input_dim"), subject.named_size("output_dim")
    lines = [
        f"A table with {rows} rows of {width} numbers: each whole number in the input is a row's index, and is replaced by that row.",
        f"So indices must be {_less_than(subject)}, and the output has one axis more: {subject.shape} becomes {subject.result}.",
    ]
    if subject.flag("mask_zero"):
        lines.append("mask_zero=True: steps with index 0 are padding, and layers that know masks skip them.")
    return Explanation(lines, {"embeddings": "a row for each index, learnt like any other weight"})


def _less_than(subject: Subject) -> str:
    rows = subject.size("input_dim")
    known = rows.known if rows is not None else None
    return f"0 to {known - 1}" if known is not None else f"less than {rows}"


@explains("TimeDistributed")
def time_distributed(subject: Subject) -> Explanation:
    inner = subject.value("layer")
    name = inner.class_name if isinstance(inner, LayerObject) else "the layer"
    if subject.shape.rank is None or subject.shape.rank < 2:
        return Explanation()
    return Explanation(
        [
            f"It applies one {name}, with one set of weights, to each of the {named(subject.shape[1])} steps on its own: steps don't see each other.",
            *(
                ["A Dense does this by itself on three axes, so TimeDistributed is not needed here."]
                if name == "Dense" and subject.shape.rank == 3
                else []
            ),
        ]
    )


@explains("Activation", "ReLU", "LeakyReLU", "ELU", "PReLU", "Softmax")
def activation(subject: Subject) -> Explanation:
    name = subject.value("activation") if subject.layer.class_name == "Activation" else subject.layer.class_name
    if name in ("softmax", "Softmax") and subject.shape.rank:
        return Explanation([_activation("softmax", subject.shape[-1])])
    return Explanation(
        [f"It applies {name if isinstance(name, str) else 'a function'} to each number on its own; the shape stays."]
    )
