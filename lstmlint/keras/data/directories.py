"""Datasets of the files of a directory: pictures, texts, sounds, and labels from the names of its folders."""

from __future__ import annotations

from ...dims import ANY, NONE, Dim
from ...knowledge import Call, function
from ...libs.bridge import label, length_of
from ...libs.numpy.arrays import size_of, target_dims
from ...libs.tfdata.elements import DATASET, TENSOR, without_first
from ...places import Origin
from ...shapes import Shape
from ...values import Arguments, Array, Dataset, ListValue, Unknown, Value, fresh_int, is_int, to_dim

CHANNELS = {"rgb": 3, "rgba": 4, "grayscale": 1}


def class_count(call: Call, names: Value, directory: Value, hidden: bool = False) -> tuple[Dim, Value]:
    """How many classes a directory has, and the list of their names: its folders, of which `hidden` ones may count as well."""
    if isinstance(names, (ListValue, tuple)):
        size = length_of(call, names)
        return size if size is not None else ANY, names
    there = call.engine.files.names(directory)
    folders = [name for name, is_folder in there or () if is_folder and (hidden or not name.startswith("."))]
    if folders:
        origin = Origin(f"the folders in {directory}", call.place)
        return Dim(len(folders), None, origin), ListValue(list(folders), place=call.place)
    size = fresh_int("num_classes", call.place, least=1)
    return size, ListValue(
        [], True, Unknown("the names of the classes are the directory's", call.place, "str"), size, call.place
    )


def labels_of(call: Call, mode: Value, count: Dim) -> Value:
    """What `label_mode` makes of the labels of a batch; None for no labels."""
    if mode == "int":
        high = float(count.known - 1) if count.known is not None else None
        return Array(Shape.of(None), "int", TENSOR, 32, 0.0, high, place=call.place, facts=_classes(count))
    if mode == "categorical":
        return Array(Shape((NONE, count)), "float", TENSOR, 32, 0.0, 1.0, True, place=call.place)
    if mode == "binary":
        return Array(Shape.of(None, 1), "float", TENSOR, 32, 0.0, 1.0, place=call.place)
    return None if mode is None else call.unknown("how the labels are given is not known")


def _classes(count: Dim) -> dict[str, Value]:
    return {"classes": count.known} if count.known is not None else {}


def _datasets(call: Call, x: Value, arguments: Arguments) -> Value:
    mode = arguments["label_mode"] if arguments["labels"] is not None else None
    if isinstance(arguments["labels"], Unknown):
        mode = arguments["labels"]
    inferred = arguments["labels"] == "inferred"
    count, names = class_count(call, arguments["class_names"], arguments["directory"] if inferred else None)
    y = labels_of(call, mode, count)
    element = x if y is None else (x, y)
    size, batched = arguments["batch_size"], True
    if size is None:
        element, batched = without_first(element), False
    facts = {"class_names": names, "shuffled": arguments["shuffle"] is True}

    def one() -> Dataset:
        batch = to_dim(size) if is_int(size) else None
        return Dataset(element, batched, batch, None, DATASET, call.place, facts=dict(facts))

    if isinstance(arguments["subset"], Unknown):
        return call.unknown("which subset it is is not known")
    return (one(), one()) if arguments["subset"] == "both" else one()


@function("keras.utils.image_dataset_from_directory", "keras.preprocessing.image.image_dataset_from_directory")
def images(call: Call) -> Value:
    """Batches of (height, width, channels), floats up to 255, with labels."""
    arguments = call.bind(
        "directory, labels='inferred', label_mode='int', class_names=None, color_mode='rgb', batch_size=32, image_size=(256, 256), "
        "shuffle=True, seed=None, validation_split=None, subset=None, interpolation='bilinear', follow_links=False, crop_to_aspect_ratio=False, "
        "pad_to_aspect_ratio=False, data_format=None, format='tf', verbose=True, **options"
    )
    size = target_dims(arguments["image_size"])
    height, width = size if size is not None and len(size) == 2 else (ANY, ANY)
    mode = arguments["color_mode"]
    channels = Dim(CHANNELS[mode]) if isinstance(mode, str) and mode in CHANNELS else ANY
    first = arguments["data_format"] not in (None, "channels_last")
    shape = Shape.any(4) if first else Shape((NONE, height, width, channels))
    x = Array(shape, "float", TENSOR, 32, 0.0, 255.0, name=label(call, 30), place=call.place)
    return _datasets(call, x, arguments)


@function("keras.utils.text_dataset_from_directory", "keras.preprocessing.text.text_dataset_from_directory")
def texts(call: Call) -> Value:
    """Batches of strings, with labels."""
    arguments = call.bind(
        "directory, labels='inferred', label_mode='int', class_names=None, batch_size=32, max_length=None, shuffle=True, seed=None, "
        "validation_split=None, subset=None, follow_links=False, format='tf', verbose=True, **options"
    )
    return _datasets(call, Array(Shape.of(None), "string", TENSOR, place=call.place), arguments)


@function("keras.utils.audio_dataset_from_directory")
def sounds(call: Call) -> Value:
    """Batches of (samples, channels), with labels."""
    arguments = call.bind(
        "directory, labels='inferred', label_mode='int', class_names=None, batch_size=32, sampling_rate=None, "
        "output_sequence_length=None, ragged=False, shuffle=True, seed=None, validation_split=None, subset=None, follow_links=False, "
        "verbose=True, **options"
    )
    if arguments["ragged"] is not False:
        return call.unknown("ragged batches are not followed")
    length = arguments["output_sequence_length"]
    steps = NONE if length is None else size_of(length)
    x = Array(Shape((NONE, steps, NONE)), "float", TENSOR, 32, place=call.place)
    return _datasets(call, x, arguments)
