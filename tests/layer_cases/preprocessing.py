"""Cases of preprocessing: images, sound, categories and text."""

from __future__ import annotations

from .drawing import Case, Random, Some, call, draws, near, shape, size, units


def image(r: Random, *channels: int) -> str:
    batch = r.choice((None, None, 2))
    sizes = [None if r.random() < 0.1 else r.randint(2, 9) for _ in range(2)]
    found = (batch, *sizes, r.choice(channels or (3, 3, 3, 1, 4)))
    if r.random() < 0.1:
        found = r.choice((found[1:], (*found, 2), found[2:]))
    return repr(found)


FACTORS = {
    "RandomBrightness": ("0.2", "(-0.1, 0.1)", "2.0"), "RandomContrast": ("0.2", "(0.1, 0.3)", "1.5"), "RandomRotation": ("0.2", "(-0.1, 0.3)", "2.0"),
    "RandomZoom": ("0.2", "(-0.1, 0.3)", "2.0"), "RandomTranslation": ("0.1, 0.2", "(0.1, 0.2), 0.3", "2.0, 0.1"), "RandomFlip": ("", "'horizontal'", "'sideways'"),
    "RandomColorDegeneration": ("0.5", "1.5"), "RandomColorJitter": ("", "brightness_factor=0.3", "hue_factor=2.0"), "RandomGrayscale": ("", "0.3", "1.5"),
    "RandomHue": ("0.2", "1.5"), "RandomPosterization": ("3", "9"), "RandomSaturation": ("0.4", "1.5"), "RandomSharpness": ("0.4", "1.5"),
    "RandomShear": ("", "0.2, 0.1", "2.0"), "RandomPerspective": ("", "0.4", "1.5"), "RandomGaussianBlur": ("", "0.4", "1.5"), "RandomInvert": ("", "0.4"),
    "RandomErasing": ("", "0.4"), "RandomElasticTransform": ("", "0.4"), "Solarization": ("", "0.4"), "AutoContrast": ("",), "Equalization": ("",),
    "AugMix": ("",), "RandAugment": ("",), "MixUp": ("",), "CutMix": ("",), "ContrastLimitedAdaptiveHistogramEqualization": ("",), "MaxNumBoundingBoxes": ("3",),
}  # fmt: skip


@draws("images", *FACTORS)
def draw_augmentation(r: Random, name: str) -> Case:
    some = Some(r).maybe("data_format", "channels_last", "channels_first", chance=0.15).maybe("seed", 3, chance=0.1)
    if name in ("RandomTranslation", "RandomRotation", "RandomZoom", "RandomShear"):
        some.maybe("fill_mode", "constant", "reflect", "no_such", chance=0.1)
    return Case(call(name, r.choice(FACTORS[name]), some=some), (image(r),), maskable=r.random() < 0.1)


@draws("images", "Resizing", "CenterCrop", "RandomCrop")
def draw_sized(r: Random, name: str) -> Case:
    some = Some(r).maybe("data_format", "channels_last", "channels_first", chance=0.3)
    if name == "Resizing":
        some.maybe("interpolation", "nearest", "bilinear", "cubic", chance=0.1).maybe(
            "crop_to_aspect_ratio", True, chance=0.1
        )
    first = image(r)
    return Case(
        call(name, str(size(r)), str(size(r)), some=some), (first,), again=(image(r),), maskable=r.random() < 0.1
    )


@draws("sound", "MelSpectrogram")
def draw_mel(r: Random, name: str) -> Case:
    some = (
        Some(r)
        .maybe("fft_length", 16, 32, chance=0.8)
        .maybe("sequence_stride", 4, 8, chance=0.8)
        .maybe("num_mel_bins", 5, 8, chance=0.7)
        .maybe("sequence_length", 8, 64 if r.random() < 0.2 else 16, chance=0.3)
    )
    return Case(call(name, some=some), (shape(r, r.choice((1, 2, 2, 2)), low=20, high=60),))


@draws("sound", "STFTSpectrogram")
def draw_stft(r: Random, name: str) -> Case:
    some = Some(r).maybe(
        "mode", "log", "real", "imag", "stft", "psd", "angle", "power" if r.random() < 0.2 else "log", chance=0.7
    )
    some.maybe("frame_length", 8, 16, chance=0.9).maybe(
        "frame_step", 4, 2, 60 if r.random() < 0.2 else 4, chance=0.5
    ).maybe("fft_length", 16, 32, 4 if r.random() < 0.2 else 16, chance=0.4)
    some.maybe("padding", "valid", "same", "causal" if r.random() < 0.2 else "same").maybe(
        "expand_dims", True, False
    ).maybe("data_format", "channels_first", "channels_last", chance=0.3)
    return Case(call(name, some=some), (shape(r, 3, low=10, high=60, open_axes=0.05),), maskable=r.random() < 0.3)


def numbers(r: Random) -> str:
    return shape(r, r.choice((1, 2, 2, 2, 3)), high=4)


@draws("categories", "CategoryEncoding")
def draw_category(r: Random, name: str) -> Case:
    some = (
        Some(r)
        .maybe("num_tokens", 4, 6, 0 if r.random() < 0.2 else 5, chance=0.93)
        .maybe("output_mode", "multi_hot", "one_hot", "count", "int" if r.random() < 0.2 else "one_hot", chance=0.7)
    )
    return Case(call(name, some=some), (numbers(r),), dtypes=(r.choice(("int32", "int64", "float32")),), maskable=False)


@draws("categories", "Discretization")
def draw_discretization(r: Random, name: str) -> Case:
    some = Some(r).maybe(
        "output_mode", "int", "multi_hot", "one_hot", "count", "many" if r.random() < 0.2 else "int", chance=0.7
    )
    some.maybe("bin_boundaries", [0.0, 1.0, 2.0], [1.0], chance=0.8).maybe("num_bins", 4, chance=0.25).maybe(
        "sparse", True, chance=0.05
    )
    some.r = Random(0)
    return Case(call(name, some=some), (numbers(r),), maskable=False)


@draws("categories", "Hashing")
def draw_hashing(r: Random, name: str) -> Case:
    some = (
        Some(r)
        .maybe("output_mode", "int", "multi_hot", "one_hot", "count", chance=0.6)
        .maybe("salt", 3, (1, 2), (1, 2, 3) if r.random() < 0.3 else 5, chance=0.2)
        .maybe("mask_value", 0, chance=0.1)
    )
    return Case(call(name, units(r), some=some), (numbers(r),), dtypes=(r.choice(("int64", "string")),), maskable=False)


@draws("categories", "HashedCrossing")
def draw_crossing(r: Random, name: str) -> Case:
    some = Some(r).maybe("output_mode", "int", "one_hot", "multi_hot" if r.random() < 0.2 else "int", chance=0.6)
    first = numbers(r)
    others = [first if r.random() < 0.75 else near(r, first) for _ in range(1 if r.random() < 0.9 else 2)]
    return Case(
        call(name, str(size(r) + 1), some=some), (first, *others), dtypes=("int64", "int64", "int64"), maskable=False
    )


@draws("categories", "StringLookup", "IntegerLookup")
def draw_lookup(r: Random, name: str) -> Case:
    vocabulary = ["a", "b", "c"] if name == "StringLookup" else [3, 5, 7]
    if r.random() < 0.06:
        vocabulary[2] = vocabulary[0]
    some = (
        Some(r)
        .maybe("vocabulary", vocabulary, chance=0.75)
        .maybe(
            "output_mode",
            "int",
            "one_hot",
            "multi_hot",
            "count",
            "tf_idf",
            "bag" if r.random() < 0.2 else "int",
            chance=0.6,
        )
    )
    some.maybe("max_tokens", 3, 5, 10, 1 if r.random() < 0.2 else 10, chance=0.3).maybe(
        "pad_to_max_tokens", True, chance=0.2
    ).maybe("num_oov_indices", 0, 2, -1 if r.random() < 0.2 else 1, chance=0.25)
    some.maybe("mask_token", "" if name == "StringLookup" else 0, chance=0.25).maybe("invert", True, chance=0.1)
    dtype = "int64" if name == "IntegerLookup" or any("invert" in p for p in some.parts) else "string"
    adapted = not any(p.startswith("vocabulary") for p in some.parts) and r.random() < 0.5
    return Case(call(name, some=some), (numbers(r),), dtypes=(dtype,), maskable=False, setup="ADAPT" if adapted else "")


@draws("categories", "TextVectorization")
def draw_text(r: Random, name: str) -> Case:
    some = (
        Some(r)
        .maybe("max_tokens", 5, 10, 1 if r.random() < 0.1 else 10, chance=0.6)
        .maybe("output_mode", "int", "multi_hot", "count", "tf_idf", "bag" if r.random() < 0.2 else "int", chance=0.5)
    )
    some.maybe("output_sequence_length", 4, 6, chance=0.4).maybe("vocabulary", ["a", "b"], chance=0.4).maybe(
        "split", None, "character", "whitespace", "word" if r.random() < 0.2 else "whitespace", chance=0.2
    )
    some.maybe("standardize", None, "lower", "upper" if r.random() < 0.3 else "lower", chance=0.2).maybe(
        "pad_to_max_tokens", True, chance=0.2
    ).maybe("ngrams", 2, (1, 2), "2" if r.random() < 0.3 else 2, chance=0.1)
    return Case(
        call(name, some=some),
        (r.choice(("(None,)", "(None, 1)", "(None, 1)", "(None, 3)")),),
        dtypes=("string",),
        maskable=False,
    )


@draws("categories", "Pipeline")
def draw_pipeline(r: Random, name: str) -> Case:
    inner = [
        r.choice(
            (
                "keras.layers.Rescaling(0.5)",
                f"keras.layers.Resizing({size(r)}, {size(r)})",
                "keras.layers.RandomFlip()",
                f"keras.layers.Dense({units(r)})",
                "keras.layers.Flatten()",
            )
        )
        for _ in range(r.choice((1, 2, 3)))
    ]
    return Case(call(name, f"[{', '.join(inner)}]", some=Some(r)), (image(r),), maskable=False)
