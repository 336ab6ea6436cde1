"""One name for each thing of Keras, however the program imports it."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from .api import SHOWN_BY_TENSORFLOW, exported, home, members, packages, shown_in
from .api import has_not as without
from .api import lacks as lacking

_PREFIXES = (
    "tensorflow.python.keras.api._v2.keras", "tensorflow.python.keras.api", "tensorflow.python.keras",
    "tensorflow.compat.v1.keras", "tensorflow.compat.v2.keras", "tensorflow._api.v2.keras", "tensorflow._api.v2.v2.keras",
    "tensorflow.contrib.keras", "tensorflow.keras", "tf_keras.api._v2.keras", "tf_keras.api", "tf_keras.src", "tf_keras",
    "keras._tf_keras.keras", "keras.api._v2.keras", "keras.api", "keras.src",
)  # fmt: skip

_OF_TENSORFLOW_1 = {
    "tensorflow.losses.mean_squared_error", "tensorflow.metrics.mean_absolute_error", "tensorflow.metrics.mean_squared_error",
}  # fmt: skip
"""Functions that TensorFlow 1 had there, with parameters of their own, where TensorFlow with Keras 3 has none of this name."""

_COLLAPSED = {
    "layers", "optimizers", "losses", "metrics", "callbacks", "initializers", "regularizers", "constraints", "applications",
}  # fmt: skip
"""Packages whose inner modules only hold what the package itself exports."""

_KEPT = {"legacy", "schedules", "experimental"}
"""Inner modules that are public on their own, so that their names differ from the package's."""

_MOVED = {
    "keras.models.Sequential": "keras.Sequential",
    "keras.models.Model": "keras.Model",
    "keras.models.Functional": "keras.Model",
    "keras.Functional": "keras.Model",
    "keras.training.Model": "keras.Model",
    "keras.layers.Input": "keras.Input",
    "keras.layers.InputSpec": "keras.InputSpec",
    "keras.Layer": "keras.layers.Layer",
    "keras.layers.base_layer.Layer": "keras.layers.Layer",
    "keras.KerasTensor": "keras.KerasTensor",
    "keras.utils.np_utils": "keras.utils",
    "keras.utils.vis_utils": "keras.utils",
    "keras.utils.generic_utils": "keras.utils",
    "keras.utils.all_utils": "keras.utils",
    "keras.utils.data_utils": "keras.utils",
    "keras.utils.layer_utils": "keras.utils",
    "keras.preprocessing.sequence.pad_sequences": "keras.utils.pad_sequences",
    "keras.utils.data_utils.pad_sequences": "keras.utils.pad_sequences",
    "keras.preprocessing.timeseries_dataset_from_array": "keras.utils.timeseries_dataset_from_array",
    "keras.preprocessing.image_dataset_from_directory": "keras.utils.image_dataset_from_directory",
    "keras.preprocessing.text_dataset_from_directory": "keras.utils.text_dataset_from_directory",
    "keras.saving.load_model": "keras.models.load_model",
    "keras.saving.save_model": "keras.models.save_model",
    "keras.backend.common.keras_tensor.KerasTensor": "keras.KerasTensor",
}

_ENGINE = {
    "Model": "keras.Model", "Sequential": "keras.Sequential", "Functional": "keras.Model", "Layer": "keras.layers.Layer",
    "Input": "keras.Input", "InputLayer": "keras.layers.InputLayer", "InputSpec": "keras.InputSpec",
    "get_source_inputs": "keras.utils.get_source_inputs",
}  # fmt: skip


@functools.lru_cache(maxsize=8192)
def canonical(spelled: str) -> str:
    """The name under which knowledge is registered: "tensorflow.keras.layers.core.Dense" -> "keras.layers.Dense".

    Names that have nothing to do with Keras come back as they are.
    """
    name = spelled
    if name.startswith(("keras.src.", "tf_keras.src.")):
        found = _at_home(name)
        if found is not None:
            return found
    for prefix in _PREFIXES:
        if name == prefix:
            return "keras"
        if name.startswith(prefix + "."):
            name = "keras" + name[len(prefix) :]
            break
    else:
        name = _of_tensorflow(name)
    if not name.startswith("keras."):
        return name
    return _inside(name)


def _of_tensorflow(name: str) -> str:
    """The name in Keras of what TensorFlow 2 shows without `keras`: "tensorflow.losses.Huber" -> "keras.losses.Huber"."""
    module, _, inner = name.removeprefix("tensorflow.").removeprefix("compat.v2.").partition(".")
    if not name.startswith("tensorflow.") or module not in SHOWN_BY_TENSORFLOW or not inner or name in _OF_TENSORFLOW_1:
        return name
    return f"keras.{module}.{inner}"


def is_public(name: str) -> bool:
    """Does Keras export something under this name, whether or not anything is known of it?"""
    return name in exported() or name in exported(2)


def is_module(name: str) -> bool:
    """Does Keras 3 export things from a module of this name?"""
    return name in packages()


def lacks(spelled: str, major: int) -> bool:
    """Has this Keras no such name in a public module, as the program spells it?"""
    return lacking(spelled, major)


def has_not(spelled: str, major: int) -> bool:
    """The same, of every public module: what `hasattr` says."""
    return without(spelled, major)


def defines(class_name: str, attribute: str) -> bool:
    """Has a class of Keras surely such an attribute or method, its own or inherited?"""
    there = members(class_name)
    return there is not None and (
        attribute in there or attribute == "__init__" or (attribute == "__call__" and "call" in there)
    )


def is_gone(name: str) -> bool:
    """Did Keras 2 export this name, and does Keras 3 no longer?"""
    return name in exported(2) and name not in exported()


def similar(name: str) -> str | None:
    """Of a canonical name that no Keras exports: the class of the same module with the same letters, whatever their order and case. None where
    there is none, or the name is no class's."""
    module, _, short = name.rpartition(".")
    if not short[:1].isupper() or is_public(name):
        return None
    return _by_letters().get((module, _letters(short)))


_GROWING = ("keras.ops", "keras.random")
"""Modules that get new names with each version, many of them spelled nearly like old ones (`sum`, `nansum`)."""


def likeliest(spelled: str, major: int) -> str | None:
    """What a program may mean by a name that a module doesn't have: of the same module what has its letters, of a module of Keras's source
    where its names are, then what another module has under this name, then what is spelled nearly so. "keras.layers.flatten" -> "keras.layers.Flatten"; None
    where nothing is like it."""
    root = "tensorflow." if spelled.startswith("tensorflow.") else ""
    module, _, short = spelled.removeprefix(root).rpartition(".")
    within = module if module.startswith("keras") else f"keras.{module}"
    everything = sorted(
        exported(major) | packages(major),
        key=lambda n: (n.startswith(("keras.ops.", "keras.legacy.")), n.count("."), n),
    )
    inside = {name.rpartition(".")[2]: name for name in everything if name.rpartition(".")[0] == within}
    near = [name for name in packages(major) if within == "keras" and name.removesuffix("s") == f"keras.{short}"]
    near += [inside[name] for name in inside if _letters(name) == _letters(short)]
    near += [name for name in (shown_in(f"{within}.{short}"),) if name is not None and major >= 3]
    near += [name for name in everything if name.rpartition(".")[2] == short]
    small = {} if within in _GROWING else {name.casefold(): name for name in inside}
    near += [inside[small[name]] for name in _nearest(short.casefold(), small, 0.8)]
    return next((root + name for name in near if not lacking(root + name, major)), None)


def _nearest(name: str, names: Iterable[str], likeness: float) -> list[str]:
    """The one of the names that is spelled most like this one, if one is so at least."""
    import difflib

    return difflib.get_close_matches(name, list(names), 1, likeness)


def classes_called(short: str, major: int = 3) -> tuple[str, ...]:
    """The public names of the classes that are called so, shortest first, else of the one that is spelled nearly so."""
    found = sorted(
        (n for n in _classes(major).get(short, ())),
        key=lambda name: (name.count("."), not name.startswith("keras.layers."), name),
    )
    if found:
        return tuple(found)
    if not short[:1].isupper():
        functions = any(name.rpartition(".")[2] == short for name in exported(major))
        layers = (name for name, full in _classes(major).items() if any(n.startswith("keras.layers.") for n in full))
        near = [] if functions or short == "layer" else [name for name in layers if name.casefold() == short]
        return classes_called(near[0], major) if near else ()
    near = [name for name in _classes(major) if _letters(name) == _letters(short)]
    if not near:
        alike = {name for name in _classes(major) if len(name) == len(short) and name[0] == short[0]}
        near = _nearest(short, _classes(major), 0.84) or _nearest(short, sorted(alike), 0.8)
    return classes_called(near[0], major) if near else ()


@functools.cache
def _classes(major: int) -> dict[str, tuple[str, ...]]:
    """The public names of every exported class by its short name."""
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(exported(major)):
        short = name.rpartition(".")[2]
        if short[:1].isupper():
            found[short] = (*found.get(short, ()), name)
    return found


def _letters(short: str) -> str:
    return "".join(sorted(short.casefold().replace("_", "")))


@functools.cache
def _by_letters() -> dict[tuple[str, str], str]:
    """The short names of exported classes by module and letters, where only one has those."""
    found: dict[tuple[str, str], set[str]] = {}
    for name in exported() | exported(2):
        module, _, short = name.rpartition(".")
        if short[:1].isupper():
            found.setdefault((module, _letters(short)), set()).add(short)
    return {key: names.pop() for key, names in found.items() if len(names) == 1}


def _at_home(name: str) -> str | None:
    """The public name of something that is spelled as Keras's own source defines it, or of a member of it."""
    major = 2 if name.startswith("tf_") else 3
    parts = name.removeprefix("tf_").split(".")
    for end in range(len(parts), 3, -1):
        found = home(".".join(parts[:end]), major)
        if found is not None:
            return ".".join([_inside(found), *parts[end:]])
    return None


def _inside(name: str) -> str:
    for _ in range(3):  # a module may have moved before its members did
        before = name
        parts = name.split(".")
        for end in range(len(parts), 1, -1):
            head = ".".join(parts[:end])
            if head in _MOVED and _MOVED[head] != head:
                name = ".".join([_MOVED[head], *parts[end:]])
                break
        else:
            name = _collapse(parts)
        if name == before:
            break
    return _alias(name)


def _collapse(parts: list[str]) -> str:
    if parts[1] in ("engine", "models", "legacy") and len(parts) > 3:
        for i in range(2, len(parts)):
            if parts[i] in _ENGINE:
                return ".".join([_ENGINE[parts[i]], *parts[i + 1 :]])
    if parts[1] == "engine" and len(parts) == 3 and parts[2] in _ENGINE:
        return _ENGINE[parts[2]]
    if parts[1] == "layers" and parts[2:4] == ["experimental", "preprocessing"] and len(parts) > 4:
        return ".".join(["keras.layers", *parts[4:]])
    if parts[1] == "layers" and parts[2:3] == ["experimental"] and len(parts) > 3 and parts[3][:1].isupper():
        return ".".join(["keras.layers", *parts[3:]])
    if parts[1] == "layers" and len(parts) == 4 and parts[2] in ("merge", "merging"):
        return f"keras.layers.{parts[3]}"
    if parts[1] in _COLLAPSED and len(parts) > 3 and parts[2] not in _KEPT and parts[2][:1].islower():
        for i in range(3, len(parts)):
            if parts[i][:1].isupper():
                return ".".join(["keras", parts[1], *parts[i:]])
    return ".".join(parts)


def _alias(name: str) -> str:
    """Second names of the same class ("keras.layers.Convolution1D" -> "keras.layers.Conv1D", "keras.regularizers.l2" -> "...L2")."""
    parts = name.split(".")
    if len(parts) >= 3 and (parts[2][:1].isupper() or parts[1] in ("regularizers", "constraints", "initializers")):
        of = _aliases().get(".".join(parts[:3]))
        if of is not None:
            return ".".join([of, *parts[3:]])
    return name


@functools.lru_cache(maxsize=1)
def _aliases() -> dict[str, str]:
    from .spec import ALIASES

    return dict(_SECOND_NAMES) | {k: v for k, v in ALIASES.items() if k not in _SECOND_NAMES}


_SECOND_NAMES = {
    "keras.layers.Convolution1D": "keras.layers.Conv1D",
    "keras.layers.Convolution2D": "keras.layers.Conv2D",
    "keras.layers.Convolution3D": "keras.layers.Conv3D",
    "keras.layers.Convolution1DTranspose": "keras.layers.Conv1DTranspose",
    "keras.layers.Convolution2DTranspose": "keras.layers.Conv2DTranspose",
    "keras.layers.Convolution3DTranspose": "keras.layers.Conv3DTranspose",
    "keras.layers.Deconvolution2D": "keras.layers.Conv2DTranspose",
    "keras.layers.Deconvolution3D": "keras.layers.Conv3DTranspose",
    "keras.layers.SeparableConvolution1D": "keras.layers.SeparableConv1D",
    "keras.layers.SeparableConvolution2D": "keras.layers.SeparableConv2D",
    "keras.layers.MaxPool1D": "keras.layers.MaxPooling1D",
    "keras.layers.MaxPool2D": "keras.layers.MaxPooling2D",
    "keras.layers.MaxPool3D": "keras.layers.MaxPooling3D",
    "keras.layers.AvgPool1D": "keras.layers.AveragePooling1D",
    "keras.layers.AvgPool2D": "keras.layers.AveragePooling2D",
    "keras.layers.AvgPool3D": "keras.layers.AveragePooling3D",
    "keras.layers.GlobalMaxPool1D": "keras.layers.GlobalMaxPooling1D",
    "keras.layers.GlobalMaxPool2D": "keras.layers.GlobalMaxPooling2D",
    "keras.layers.GlobalMaxPool3D": "keras.layers.GlobalMaxPooling3D",
    "keras.layers.GlobalAvgPool1D": "keras.layers.GlobalAveragePooling1D",
    "keras.layers.GlobalAvgPool2D": "keras.layers.GlobalAveragePooling2D",
    "keras.layers.GlobalAvgPool3D": "keras.layers.GlobalAveragePooling3D",
    "keras.regularizers.l1": "keras.regularizers.L1",
    "keras.regularizers.l1_l2": "keras.regularizers.L1L2",
    "keras.regularizers.l2": "keras.regularizers.L2",
    "keras.regularizers.orthogonal_regularizer": "keras.regularizers.OrthogonalRegularizer",
    "keras.constraints.max_norm": "keras.constraints.MaxNorm",
    "keras.constraints.min_max_norm": "keras.constraints.MinMaxNorm",
    "keras.constraints.non_neg": "keras.constraints.NonNeg",
    "keras.constraints.unit_norm": "keras.constraints.UnitNorm",
    "keras.initializers.constant": "keras.initializers.Constant",
    "keras.initializers.identity": "keras.initializers.Identity",
    "keras.initializers.ones": "keras.initializers.Ones",
    "keras.initializers.zeros": "keras.initializers.Zeros",
    "keras.initializers.glorot_normal": "keras.initializers.GlorotNormal",
    "keras.initializers.glorot_uniform": "keras.initializers.GlorotUniform",
    "keras.initializers.he_normal": "keras.initializers.HeNormal",
    "keras.initializers.he_uniform": "keras.initializers.HeUniform",
    "keras.initializers.lecun_normal": "keras.initializers.LecunNormal",
    "keras.initializers.lecun_uniform": "keras.initializers.LecunUniform",
    "keras.initializers.orthogonal": "keras.initializers.Orthogonal",
    "keras.initializers.random_normal": "keras.initializers.RandomNormal",
    "keras.initializers.random_uniform": "keras.initializers.RandomUniform",
    "keras.initializers.truncated_normal": "keras.initializers.TruncatedNormal",
    "keras.initializers.variance_scaling": "keras.initializers.VarianceScaling",
    "keras.initializers.IdentityInitializer": "keras.initializers.Identity",
    "keras.initializers.OrthogonalInitializer": "keras.initializers.Orthogonal",
    "keras.initializers.STFTInitializer": "keras.initializers.STFT",
    "keras.initializers.stft": "keras.initializers.STFT",
}
