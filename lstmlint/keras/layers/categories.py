"""Preprocessing of numbers, categories and text: normalising, binning, hashing, encoding, looking up."""

from __future__ import annotations

from dataclasses import replace

from ...dims import ANY, Dim, Role, same, symbol
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import Array, Unknown, Value, Weight, is_int, is_known, to_dim
from ..spec import Outcome, TensorSpec, Use, layer
from ..tensors import tensors_in
from .adapting import looks_up
from .arguments import items, listed, number, one_of, refuse, shown

ENCODINGS = ("one_hot", "multi_hot", "count")


def _both(use: Use) -> None:
    mean, variance = use.value("mean"), use.value("variance")
    if (mean is None) != (variance is None) and not isinstance(mean, Unknown) and not isinstance(variance, Unknown):
        refuse(
            use,
            "mean" if mean is not None else "variance",
            "both `mean` and `variance`",
            "When setting values directly, both `mean` and `variance` must be set.",
        )


@layer("keras.layers.Normalization", constructor=_both)
def normalization(use: Use) -> Outcome:
    """Mean and variance along the kept axes, which are counted as weights unless they are given."""
    x, axis = use.tensor, use.value("axis", -1)
    row = [] if axis is None else listed(axis)
    if row is None or not all(isinstance(a, int) for a in row):
        return Outcome(x, weights_unknown="its axes are not known")
    rank = x.shape.rank
    given = use.value("mean") is not None
    if rank is None:
        return Outcome(x, weights_unknown=None if given else "its input's shape is not known")
    if any(not -rank <= a < rank for a in row):
        use.refuse(
            "axis", f"axes of {x.shape}", shown(axis), f"All `axis` values must be in the range [-ndim, ndim). Received inputs with ndim={rank}, while axis={shown(axis)}",
            blamed=("axis",), shape=x.shape,
        )  # fmt: skip
    kept = [x.shape[a] for a in sorted(a % rank for a in row)]
    if not use.layer.built and any(d.is_none for d in kept):
        use.refuse(
            "undefined-axis", "kept axes of known size", str(x.shape), f"All `axis` values to be kept must have a known shape. Received axis={shown(axis)}.",
            shape=x.shape,
        )  # fmt: skip
    if given:
        mean = use.value("mean")
        row = items(mean)
        flat = row is not None and len(kept) <= 1 and all(isinstance(v, (int, float)) for v in row)
        fits = flat and row is not None and any(same(len(row), size) for size in (Dim(1), *kept))
        return Outcome(x if isinstance(mean, (int, float)) or fits else x.with_shape(UNKNOWN_SHAPE))
    shape = Shape(tuple(kept))
    weights = [
        Weight("mean", shape, False),
        Weight("variance", shape, False),
        Weight("count", Shape.of(), False, "int32"),
    ]
    return Outcome(x, weights)


def _num_tokens(use: Use) -> None:
    one_of("output_mode", "binary", *ENCODINGS)(use)
    value = use.value("num_tokens")
    if value is None:
        refuse(use, "num_tokens", "a number of tokens", "num_tokens must be set to use this layer.")
    found = number(value)
    if found is not None and found < 1:
        refuse(
            use,
            "num_tokens",
            "1 or more",
            f"`num_tokens` must be >= 1. Received: num_tokens={found}.",
            "not-a-positive-integer",
        )


@layer("keras.layers.CategoryEncoding", constructor=_num_tokens)
def category_encoding(use: Use) -> Outcome:
    x, mode, depth = use.tensor, use.value("output_mode", "multi_hot"), use.size("num_tokens").with_role(Role.CLASS)
    if x.shape.dims is None or not is_known(mode):
        return Outcome(x.with_shape(UNKNOWN_SHAPE), mask="destroy")
    dims = list(x.shape.dims)
    if not dims:
        return Outcome(x.with_shape(Shape.of(depth)), mask="destroy")
    if mode == "one_hot":
        if dims[-1].size != 1 and dims[-1].known is None and not dims[-1].is_none:
            return Outcome(x.with_shape(UNKNOWN_SHAPE), mask="destroy")
        if dims[-1].size != 1 or len(dims) == 1:
            return Outcome(x.with_shape(Shape((*dims, depth))), mask="destroy")
    return Outcome(x.with_shape(Shape((*dims[:-1], depth))), mask="destroy")


def _bins(use: Use) -> None:
    one_of("output_mode", "int", *ENCODINGS)(use)
    if use.value("sparse") is True and use.value("output_mode") == "int":
        refuse(
            use,
            "sparse",
            "an encoding for `output_mode`",
            "`sparse=True` may only be used if `output_mode` is not 'int'.",
        )
    count, edges = use.value("num_bins"), use.value("bin_boundaries")
    if isinstance(count, int) and count < 0:
        refuse(
            use, "num_bins", "0 or more", f"`num_bins` must be greater than or equal to 0. Received: `num_bins={count}`"
        )
    if count is not None and edges is not None and not isinstance(count, Unknown) and not isinstance(edges, Unknown):
        refuse(
            use, "num_bins", "`num_bins` or `bin_boundaries`", "Both `num_bins` and `bin_boundaries` should not be set."
        )
    if count is None and edges is None:
        refuse(
            use, "num_bins", "`num_bins` or `bin_boundaries`", "You need to set either `num_bins` or `bin_boundaries`."
        )


@layer("keras.layers.Discretization", constructor=_bins)
def discretization(use: Use) -> Outcome:
    x, mode = use.tensor, use.value("output_mode", "int")
    if mode == "int":
        return Outcome(replace(x, dtype="int32"), mask="destroy", dtype="own")
    edges = items(use.value("bin_boundaries"))
    depth = (
        Dim(len(edges) + 1)
        if edges is not None
        else use.size("num_bins")
        if use.value("bin_boundaries") is None
        else ANY
    )
    if x.shape.dims is None or not is_known(mode):
        return Outcome(x.with_shape(UNKNOWN_SHAPE), mask="destroy")
    dims = list(x.shape.dims)
    if mode == "one_hot":
        made = dims[:-1] if dims and dims[-1].size == 1 and len(dims) > 1 else dims
        return Outcome(x.with_shape(Shape((*made, depth))), mask="destroy")
    return Outcome(x.with_shape(Shape((dims[0], *dims[2:], depth) if len(dims) >= 2 else (depth,))), mask="destroy")


def _hash_arguments(use: Use) -> None:
    bins, mode, salt = use.value("num_bins"), use.value("output_mode", "int"), use.value("salt")
    if bins is None or isinstance(bins, str) or (number(bins) is not None and bins <= 0):
        refuse(
            use, "num_bins", "a positive integer for `num_bins`", f"The `num_bins` for `Hashing` cannot be `None` or non-positive values. Received: num_bins={shown(bins)}.",
            "not-a-positive-integer",
        )  # fmt: skip
    dtype = use.config.get("dtype")
    if mode == "int" and isinstance(dtype, str) and dtype not in ("int32", "int64"):
        refuse(
            use,
            "dtype",
            "an integer type",
            "When `output_mode=\"int\"`, `dtype` should be an integer type, 'int32' or 'in64'.",
        )
    one_of("output_mode", "int", *ENCODINGS)(use)
    if use.value("sparse") is True and mode == "int":
        refuse(
            use, "sparse", "an encoding for `output_mode`", "`sparse` may only be true if `output_mode` is not 'int'."
        )
    row = items(salt)
    if isinstance(salt, (str, float)) or (row is not None and len(row) != 2):
        refuse(
            use,
            "salt",
            "an integer or two",
            f"The `salt` argument for `Hashing` can only be a tuple of size 2 integers, or a single integer. Received: salt={shown(salt)}.",
        )


@layer("keras.layers.Hashing", constructor=_hash_arguments)
def hashing(use: Use) -> Outcome:
    x, mode, bins = use.tensor, use.value("output_mode", "int"), _bin_count(use)
    if mode == "int":
        return Outcome(replace(x, dtype=str(use.config.get("dtype") or "int64")), mask="destroy", dtype="own")
    if x.shape.dims is None or not is_known(mode):
        return Outcome(x.with_shape(UNKNOWN_SHAPE), mask="destroy")
    count = use.value("num_bins")
    if isinstance(count, float):
        sizes = ", ".join(str(dim) for dim in x.shape.dims[:-1])
        use.refuse(
            "not-a-positive-integer", "a positive integer for `num_bins`", repr(count),
            f"Cannot convert '({sizes}, {count})' to a shape. Found invalid dimension '{count}' of type '<class 'float'>'.",
            blamed=("num_bins",), argument="num_bins", value=count,
        )  # fmt: skip
    made = replace(x, shape=Shape((*x.shape.dims[:-1], bins)), dtype=use.kept_dtype)
    return Outcome(made, mask="destroy", dtype="own")


def _bin_count(use: Use) -> Dim:
    value = use.value("num_bins")
    return Dim(int(value)) if isinstance(value, bool) else use.size("num_bins")


@layer("keras.layers.HashedCrossing", constructor=one_of("output_mode", "int", "one_hot"))
def hashed_crossing(use: Use) -> Outcome:
    """Two tensors of the same last axis."""
    found, mode = use.tensors, use.value("output_mode", "int")
    if isinstance(use.inputs, TensorSpec) or len(found) != 2:
        if any(t.shape.is_unknown for t in found):
            return Outcome(TensorSpec(UNKNOWN_SHAPE), mask="destroy")
        use.refuse("input-count", "2 inputs", f"{len(found)}", "Expected as input a list/tuple of 2 tensors.")
    one, two = found[0].shape, found[1].shape
    if one.dims is None or two.dims is None or not is_known(mode):
        return Outcome(TensorSpec(UNKNOWN_SHAPE), mask="destroy")
    if not one.dims or not two.dims:
        if not tensors_in(use.kwargs.get("~values")):  # numbers are crossed; only without them the shapes are looked at
            return Outcome(TensorSpec(UNKNOWN_SHAPE), mask="destroy")
        use.refuse(
            "rank", "inputs with an axis", f"{one} and {two}", "tuple index out of range", exception="IndexError"
        )
    if same(one[-1], two[-1]) is False or one[-1].is_none != two[-1].is_none:
        use.refuse(
            "merge",
            "two inputs of the same shape",
            f"{one} and {two}",
            "Expected the two input tensors to have identical shapes.",
            shapes=(one, two),
        )
    dtype = "int64" if mode == "int" and use.config.get("dtype") is None else use.dtype
    kept = one.dims if mode == "int" or one[-1].size != 1 else one.dims[:-1]
    made = Shape(kept) if mode == "int" else Shape((*kept, use.size("num_bins")))
    return Outcome(replace(found[0], shape=made, dtype=dtype), mask="destroy", dtype="own")


def _vocabulary(use: Use) -> tuple[int | None, bool]:
    """How many different tokens a given vocabulary has (None when that isn't known), and whether there is one at all."""
    value: Value = use.layer.state.get("vocabulary", use.value("vocabulary"))
    row = items(value)
    if row is not None:
        return len(row), True
    if isinstance(value, Array) and value.shape.rank == 1:
        return value.shape[0].known, True
    return None, value is not None


def _lookup_size(use: Use, mask_token: Value, mode: object) -> Dim:
    """The number of indices: the special ones and the vocabulary. What `adapt` finds is a number with a name."""
    if use.value("pad_to_max_tokens") is True:
        return use.size("max_tokens")
    oov = use.size("num_oov_indices") if use.config.argument("num_oov_indices") is not None else Dim(1)
    count, given = _vocabulary(use)
    special = oov + (1 if mask_token is not None and mode == "int" else 0)
    if count is not None:
        return special + _without_special(use, count, mask_token, mode)
    if given or use.layer.state.get("adapted"):
        found = use.layer.state.setdefault("vocabulary_size", Dim(symbol("vocabulary_size")))
        return Dim(found.size, Role.CLASS)
    return Dim(None)


def _without_special(use: Use, count: int, mask_token: Value, mode: object) -> Dim:
    """A vocabulary may name the special tokens itself, at its beginning."""
    row = items(use.layer.state.get("vocabulary", use.value("vocabulary"))) or []
    oov = use.value("num_oov_indices", 1)
    oov_token = use.config.get("oov_token", "[UNK]")
    if not isinstance(oov, int) or not all(is_known(v) for v in row):
        return ANY
    special = ([mask_token] if mask_token is not None and mode == "int" else []) + [oov_token] * oov
    return Dim(count - len(special) if special and row[: len(special)] == special else count)


def _lookup_arguments(use: Use) -> None:
    limit, pad, oov = use.value("max_tokens"), use.value("pad_to_max_tokens"), use.value("num_oov_indices", 1)
    mode = use.value("output_mode", "int")
    if isinstance(limit, int) and limit <= 1:
        refuse(
            use, "max_tokens", "2 or more", f"If set, `max_tokens` must be greater than 1. Received: max_tokens={limit}"
        )
    if pad is True and limit is None:
        refuse(use, "pad_to_max_tokens", "`max_tokens` as well", "If pad_to_max_tokens is True, must set `max_tokens`.")
    if isinstance(oov, int) and oov < 0:
        refuse(
            use,
            "num_oov_indices",
            "0 or more",
            f"`num_oov_indices` must be greater than or equal to 0. Received: num_oov_indices={oov}",
        )
    one_of("output_mode", "int", "binary", "tf-idf", "tf_idf", *ENCODINGS)(use)
    if use.value("invert", False) is True and isinstance(mode, str) and mode != "int":
        refuse(
            use,
            "output_mode",
            "'int'",
            f"`output_mode` must be `'int'` when `invert` is true. Received: output_mode={mode}",
        )
    if use.value("sparse") is True and mode == "int":
        refuse(
            use, "sparse", "an encoding for `output_mode`", "`sparse` may only be true if `output_mode` is not 'int'."
        )
    _vocabulary_arguments(use, limit, mode)


def _vocabulary_arguments(use: Use, limit: Value, mode: Value) -> None:
    row, weights = items(use.value("vocabulary")), use.value("idf_weights")
    if weights is not None and isinstance(mode, str) and mode not in ("tf_idf", "tf-idf"):
        refuse(
            use,
            "idf_weights",
            "output_mode='tf_idf'",
            "`idf_weights` should only be set if `output_mode` is `'tf_idf'`.",
        )
    if row is None:
        return
    if mode in ("tf_idf", "tf-idf") and weights is None:
        refuse(
            use,
            "vocabulary",
            "`idf_weights` as well",
            "When specifying the `vocabulary` argument, in TF-IDF output mode, the `idf_weights` argument must also be provided.",
        )
    if not row:
        refuse(use, "vocabulary", "at least one token", "Cannot set an empty vocabulary. Received: vocabulary=[]")
    if all(is_known(v) for v in row) and len(set(row)) < len(row):
        refuse(
            use,
            "vocabulary",
            "each token once",
            "The passed vocabulary has at least one repeated term. Please uniquify your dataset.",
        )
    mask = "" if use.layer.class_name == "TextVectorization" else use.value("mask_token")
    size = _lookup_size(use, mask, mode)
    if (
        isinstance(limit, int)
        and use.value("pad_to_max_tokens") is not True
        and size.known is not None
        and size.known > limit
    ):
        _too_many(use, size, limit)
    if isinstance(limit, int) and use.value("pad_to_max_tokens") is True:
        unseen = use.value("num_oov_indices", 1) or 0
        if not isinstance(unseen, int):
            return
        special = unseen + (1 if mask is not None and mode == "int" else 0)
        found = _without_special(use, len(row), mask, mode) + special
        if found.known is not None and found.known > limit:
            _too_many(use, found, limit)


def _too_many(use: Use, size: Dim, limit: int) -> None:
    refuse(
        use, "vocabulary", f"at most max_tokens={limit} tokens, the special ones included",
        f"Attempted to set a vocabulary larger than the maximum vocab size. Received vocabulary size is {size}; `max_tokens` is {limit}.",
    )  # fmt: skip


@layer("keras.layers.StringLookup", "keras.layers.IntegerLookup", constructor=_lookup_arguments)
def lookup(use: Use) -> Outcome:
    looks_up(use)
    x, mode = use.tensor, use.value("output_mode", "int")
    if mode == "int":
        return Outcome(replace(x, dtype="int64"), mask="destroy", dtype="own")
    return _encoded(use, x, mode, use.value("mask_token"))


def _encoded(use: Use, x: TensorSpec, mode: Value, mask_token: Value) -> Outcome:
    depth = _lookup_size(use, mask_token, mode)
    if x.shape.dims is None or not is_known(mode):
        return Outcome(x.with_shape(UNKNOWN_SHAPE), mask="destroy")
    dims = list(x.shape.dims)
    made = dims if mode == "one_hot" and not (len(dims) > 1 and dims[-1].size == 1) else dims[:-1]
    return Outcome(replace(x, shape=Shape((*made, depth)), dtype="float32"), mask="destroy", dtype="own")


def _text_arguments(use: Use) -> None:
    one_of("standardize", "lower_and_strip_punctuation", "lower", "strip_punctuation", None)(use)
    one_of("split", "whitespace", "character", None)(use)
    one_of("output_mode", "int", "binary", "tf-idf", "tf_idf", *ENCODINGS)(use)
    mode, length, grams = use.value("output_mode", "int"), use.value("output_sequence_length"), use.value("ngrams")
    if is_known(grams) and not (
        grams is None or isinstance(grams, int) or (isinstance(grams, tuple) and all(isinstance(g, int) for g in grams))
    ):
        refuse(
            use,
            "ngrams",
            "an integer or a tuple of them",
            f"`ngrams` must be None, an integer, or a tuple of integers. Received: ngrams={shown(grams)}",
        )
    if mode == "int" and isinstance(length, (str, float, tuple)):
        refuse(
            use,
            "output_sequence_length",
            "an integer or None",
            "`output_sequence_length` must be either None or an integer when `output_mode` is 'int'.",
        )
    if isinstance(mode, str) and mode != "int" and length is not None:
        refuse(
            use, "output_sequence_length", "output_mode='int'",
            f"`output_sequence_length` must not be set if `output_mode` is not 'int'. Received output_sequence_length={shown(length)}.",
        )  # fmt: skip
    limit = use.value("max_tokens")
    if isinstance(limit, int) and limit <= 1:
        refuse(
            use, "max_tokens", "2 or more", f"If set, `max_tokens` must be greater than 1. Received: max_tokens={limit}"
        )
    if use.value("pad_to_max_tokens") is True and limit is None:
        refuse(use, "pad_to_max_tokens", "`max_tokens` as well", "If pad_to_max_tokens is True, must set `max_tokens`.")
    _vocabulary_arguments(use, limit, mode)


@layer("keras.layers.TextVectorization", constructor=_text_arguments)
def text_vectorization(use: Use) -> Outcome:
    """Strings become rows of token numbers, or one encoding for each string."""
    looks_up(use)
    x, mode, length = use.tensor, use.value("output_mode", "int"), use.value("output_sequence_length")
    if x.shape.dims is None or not is_known(mode):
        return Outcome(x.with_shape(UNKNOWN_SHAPE), mask="destroy")
    if mode == "int":
        size = to_dim(length) if length is None or is_int(length) else ANY
        made = Shape.of(x.shape.get(0), size.with_role(Role.TIME))
        return Outcome(replace(x, shape=made, dtype="int64"), mask="destroy", dtype="own")
    dims = list(x.shape.dims)
    split = use.value("split")
    if split is None:
        dims = [*dims, Dim(1)] if len(dims) <= 1 else dims
    else:
        dims = [*dims, Dim(None)]
    return _encoded(use, x.with_shape(Shape(tuple(dims))), mode, "")
