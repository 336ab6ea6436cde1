"""Do two shapes of a batch go together, silently or not at all: Keras's squeezing of last axes, and broadcasting, with three answers."""

from __future__ import annotations

from enum import Enum

from ...dims import Dim, same
from ...frozen import dataclass
from ...shapes import UNKNOWN_SHAPE, Shape


class Agreement(str, Enum):
    """What happens when the two meet."""

    FINE = "fine"
    BROADCASTS = "broadcasts"
    RAISES = "raises"
    UNKNOWN = "unknown"
    WRONG = "wrong"
    """It raises or it broadcasts: which one can't be told, but it isn't right."""

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Verdict:
    """An agreement and, in Keras's words as far as we know them, why. `result` is the shape that comes out."""

    agreement: Agreement
    why: str = ""
    result: Shape = UNKNOWN_SHAPE


FINE = Verdict(Agreement.FINE)
UNKNOWN = Verdict(Agreement.UNKNOWN)


def is_one(dim: Dim) -> bool | None:
    """Is the axis of size 1? None when it can't be told."""
    return same(dim, 1)


def squeeze_or_expand(a: Shape, b: Shape) -> tuple[Shape, Shape] | None:
    """Keras's `squeeze_or_expand_to_same_rank`: a last axis of 1 comes or goes where the ranks differ by one. None when unknown."""
    if a.dims is None or b.dims is None:
        return None
    if len(a.dims) == len(b.dims) + 1:
        one = is_one(a[-1])
        if one is None:
            return None
        if one:
            return (a, b.extend(1)) if len(b.dims) == 1 else (a.slice(0, -1), b)
    elif len(b.dims) == len(a.dims) + 1:
        one = is_one(b[-1])
        if one is None:
            return None
        if one:
            return (a.extend(1), b) if len(a.dims) == 1 else (a, b.slice(0, -1))
    return a, b


def elementwise(a: Shape, b: Shape) -> Verdict:
    """`a * b` as NumPy broadcasts it, without any squeezing before."""
    if a.dims is None or b.dims is None:
        return UNKNOWN
    rank = max(len(a.dims), len(b.dims))
    stretched = unknown = conflict = False
    result: list[Dim] = []
    for i in range(-1, -rank - 1, -1):
        x = a.dims[i] if -i <= len(a.dims) else None
        y = b.dims[i] if -i <= len(b.dims) else None
        if x is None or y is None:
            here = x or y
            assert here is not None
            stretched = stretched or is_one(here) is not True
            result.insert(0, here)
            continue
        equal = same(x, y)
        ones = is_one(x), is_one(y)
        if equal:
            result.insert(0, x)
        elif True in ones:
            other = ones[1] if ones[0] else ones[0]
            stretched = stretched or other is False
            unknown = unknown or other is None
            result.insert(0, y if ones[0] else x)
        elif equal is False and ones == (False, False):
            conflict = True
            result.insert(0, x)
        else:
            unknown = True
            result.insert(0, x if ones[0] is False else y)
    shape = Shape(tuple(result))
    if conflict:
        return Verdict(Agreement.RAISES, f"Incompatible shapes: {a} vs. {b}", shape)
    if stretched:
        return Verdict(Agreement.WRONG if unknown else Agreement.BROADCASTS, "", shape)
    return Verdict(Agreement.UNKNOWN if unknown else Agreement.FINE, "", shape)


def squeezed(true: Shape, predicted: Shape) -> Verdict:
    """Both squeezed or expanded to the same rank where Keras does so, then element by element."""
    pair = squeeze_or_expand(true, predicted)
    return UNKNOWN if pair is None else elementwise(*pair)


def exactly(true: Shape, predicted: Shape) -> Verdict:
    """The two must have the same rank and the same sizes (`binary_crossentropy`, `categorical_crossentropy`)."""
    if true.dims is None or predicted.dims is None:
        return UNKNOWN
    told = f"Received: target.shape={true}, output.shape={predicted}"
    if len(true.dims) != len(predicted.dims):
        return Verdict(
            Agreement.RAISES, f"Arguments `target` and `output` must have the same rank (ndim). {told}", predicted
        )
    answers = [same(x, y) for x, y in zip(true.dims, predicted.dims)]
    if False in answers:
        return Verdict(Agreement.RAISES, f"Arguments `target` and `output` must have the same shape. {told}", predicted)
    return Verdict(Agreement.UNKNOWN if None in answers else Agreement.FINE, "", predicted)


def same_size(a: Dim, b: Dim, why: str) -> Verdict:
    """Two numbers of elements must be the same."""
    equal = same(a, b)
    return UNKNOWN if equal is None else FINE if equal else Verdict(Agreement.RAISES, why)


def worst(*verdicts: Verdict) -> Verdict:
    """What happens when several things happen: one that raises decides, then what can't be told, then what is silent."""
    for agreement in (Agreement.RAISES, Agreement.WRONG, Agreement.BROADCASTS, Agreement.UNKNOWN):
        for verdict in verdicts:
            if verdict.agreement is agreement:
                return verdict
    return verdicts[0] if verdicts else FINE
