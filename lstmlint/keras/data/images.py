"""Pictures: `load_img`, `img_to_array`, and the batches of the old ImageDataGenerator."""

from __future__ import annotations

from ...dims import ANY, NONE, Dim
from ...knowledge import Call, base, function, method
from ...libs.numpy.arrays import as_array, make, size_of, target_dims
from ...libs.numpy.constants import array_len
from ...libs.pillow import PICTURE
from ...shapes import UNKNOWN_SHAPE, Shape
from ...values import Array, Dataset, DictValue, Object, Unknown, Value, is_int, to_dim
from .directories import CHANNELS, class_count

GENERATOR = "keras.preprocessing.image.ImageDataGenerator"
base(GENERATOR, "builtins.object")


@function("keras.utils.load_img", "keras.preprocessing.image.load_img")
def load_img(call: Call) -> Value:
    """A PIL picture: (height, width, channels) as NumPy sees it, without channels when grey."""
    signature = "color_mode='rgb', target_size=None, interpolation='nearest', keep_aspect_ratio=False, **options"
    older = "grayscale=False, " if call.engine.keras_major < 3 else ""
    arguments = call.bind(f"path, {older}{signature}")
    mode, size = arguments["color_mode"], arguments["target_size"]
    dims = target_dims(size) if size is not None else (ANY, ANY)
    if dims is None or len(dims) < 2:
        dims = (ANY, ANY)
    if arguments.get("grayscale") is True:
        mode = "grayscale"
    if not isinstance(mode, str) or mode not in CHANNELS:
        return call.unknown("the picture's colours are not known")
    shape = Shape(dims[:2]) if mode == "grayscale" else Shape((*dims[:2], Dim(CHANNELS[mode])))
    return Array(shape, "int", PICTURE, 8, 0.0, 255.0, place=call.place)


@function("keras.utils.img_to_array", "keras.preprocessing.image.img_to_array")
def img_to_array(call: Call) -> Value:
    """Floats, (height, width, channels); a grey picture gets its channel."""
    source = call.args[0] if call.args else call.kwargs.get("img")
    array = as_array(call, source)
    if array is None or array.shape.rank not in (2, 3) or call.kwargs.get("data_format") is not None:
        return make(call, Shape.any(3), "float", source)
    shape = array.shape.extend(1) if array.shape.rank == 2 else array.shape
    return make(call, shape, "float", source, bits=32, low=array.low, high=array.high)


@function(
    "keras.utils.array_to_img",
    "keras.preprocessing.image.array_to_img",
    "keras.utils.save_img",
    "keras.preprocessing.image.save_img",
)
def array_to_img(call: Call) -> Value:
    """A picture, or nothing for save_img."""
    return None if call.name.endswith("save_img") else call.unknown("the picture is not followed")


@function("keras.utils.smart_resize", "keras.preprocessing.image.smart_resize")
def smart_resize(call: Call) -> Value:
    """The same picture in another size."""
    array = as_array(call, call.args[0] if call.args else call.kwargs.get("x"))
    size = target_dims(call.args[1] if len(call.args) > 1 else call.kwargs.get("size"))
    if array is None or array.shape.rank not in (3, 4) or size is None or len(size) != 2:
        return make(call, UNKNOWN_SHAPE, "float", *call.args)
    dims = array.shape.dims or ()
    return make(call, Shape((*dims[:-3], *size, dims[-1])), "float", array)


method(f"{PICTURE}.__len__")(array_len)


# --- ImageDataGenerator


@function(GENERATOR, "keras.legacy.preprocessing.image.ImageDataGenerator")
def generator(call: Call) -> Value:
    """A generator; it remembers how it was made."""
    made = Object(GENERATOR, place=call.place)
    made.attributes.update({f"~{k}": v for k, v in call.kwargs.items()})
    return made


@method(f"{GENERATOR}.fit", f"{GENERATOR}.standardize")
def fit(call: Call) -> Value:
    """fit(x) learns means and deviations."""
    return None if call.name.endswith("fit") else (call.args[0] if call.args else None)


def _range(call: Call, low: float | None, high: float | None) -> tuple[float | None, float | None]:
    """The range of the pixels after `rescale`; None when something else changes it."""
    own = call.receiver
    options = own.attributes if isinstance(own, Object) else {}
    others = ("~featurewise_center", "~samplewise_center", "~featurewise_std_normalization", "~samplewise_std_normalization",
              "~zca_whitening", "~preprocessing_function", "~brightness_range", "~channel_shift_range", "~cval")  # fmt: skip
    if low is None or high is None or any(options.get(name) not in (None, False) for name in others):
        return None, None
    scale = options.get("~rescale")
    if scale is None:
        return low, high
    return (low * scale, high * scale) if isinstance(scale, (int, float)) and scale > 0 else (None, None)


@method(f"{GENERATOR}.flow")
def flow(call: Call) -> Value:
    """Batches of an array's pictures and of their labels."""
    arguments = call.bind("x, y=None, batch_size=32, shuffle=True, sample_weight=None, **options")
    x, y = as_array(call, arguments["x"]), arguments["y"]
    if x is None or not x.shape.dims or isinstance(y, Unknown) or isinstance(arguments["x"], tuple):
        element: Value = call.unknown("what flows is not known")
    else:
        if x.shape.rank != 4:
            call.refuse(
                "rank", "(samples, height, width, channels)", str(x.shape),
                f"Input data in `NumpyArrayIterator` should have rank 4. You passed an array with shape {x.shape}", array=x,
                blamed=call.arg_places[:1],
            )  # fmt: skip
        low, high = _range(call, x.low, x.high)
        pictures = Array(Shape((NONE, *x.shape.dims[1:])), "float", "numpy.ndarray", 32, low, high, place=call.place)
        element = pictures
        if y is not None:
            labels = as_array(call, y)
            if labels is None or not labels.shape.dims:
                element = (pictures, call.unknown("the labels are not known"))
            else:
                shape = Shape((NONE, *labels.shape.dims[1:]))
                element = (
                    pictures,
                    Array(
                        shape,
                        labels.dtype,
                        "numpy.ndarray",
                        labels.bits,
                        labels.low,
                        labels.high,
                        labels.one_hot,
                        place=call.place,
                    ),
                )
            if arguments["sample_weight"] is not None:
                element = (*element, Array(Shape.of(None), "float", place=call.place))
    rows = x.shape[0] if x is not None and x.shape.dims else None
    size = to_dim(arguments["batch_size"]) if is_int(arguments["batch_size"]) else None
    whole = rows is not None and size is not None and size.known != 0 and "subset" not in arguments.extra
    batches = rows.ceildiv(size) if whole and rows is not None and size is not None else None
    facts = {"endless": True, "shuffled": arguments["shuffle"] is True}
    return Dataset(
        element, True, size, batches, "keras.preprocessing.image.NumpyArrayIterator", call.place, facts=facts
    )


@method(f"{GENERATOR}.flow_from_directory", f"{GENERATOR}.flow_from_dataframe")
def flow_from_files(call: Call) -> Value:
    """Batches of the pictures that a directory or a table names."""
    of_table = call.name.endswith("dataframe")
    front = "dataframe, directory=None, x_col='filename', y_col='class', weight_col=None" if of_table else "directory"
    arguments = call.bind(
        f"{front}, target_size=(256, 256), color_mode='rgb', classes=None, class_mode='categorical', batch_size=32, shuffle=True, **options"
    )
    size = target_dims(arguments["target_size"])
    height, width = size if size is not None and len(size) == 2 else (ANY, ANY)
    mode = arguments["color_mode"]
    channels = Dim(CHANNELS[mode]) if isinstance(mode, str) and mode in CHANNELS else ANY
    low, high = _range(call, 0.0, 255.0)
    options = call.receiver.attributes if isinstance(call.receiver, Object) else {}
    first = options.get("~data_format") not in (None, "channels_last")
    shape = Shape.any(4) if first else Shape((NONE, height, width, channels))
    x = Array(shape, "float", "numpy.ndarray", 32, low, high, place=call.place)
    directory = None if of_table else arguments["directory"]
    count, _ = class_count(call, arguments["classes"], directory, hidden=True)
    y = _labels(call, arguments["class_mode"], count, x, arguments.get("y_col"))
    element = x if y is None else (x, y)
    kind = "DataFrameIterator" if of_table else "DirectoryIterator"
    batch = to_dim(arguments["batch_size"]) if is_int(arguments["batch_size"]) else None
    facts: dict[str, Value] = {"endless": True, "shuffled": arguments["shuffle"] is True}
    if count.exact is not None:
        from ...values import int_value

        facts["num_classes"] = int_value(count)
        facts["class_indices"] = DictValue({}, True, call.unknown("the index of a class", "int"))
    return Dataset(element, True, batch, None, f"keras.preprocessing.image.{kind}", call.place, facts=facts)


def _labels(call: Call, mode: Value, count: Dim, x: Array, columns: Value) -> Value:
    if mode == "categorical":
        return Array(Shape((NONE, count)), "float", "numpy.ndarray", 32, 0.0, 1.0, True, place=call.place)
    if mode in ("binary", "sparse"):
        high = 1.0 if mode == "binary" else None
        return Array(Shape.of(None), "float", "numpy.ndarray", 32, 0.0, high, place=call.place)
    if mode == "input":
        return x
    if mode in ("raw", "other"):
        size = size_of(len(columns.items)) if hasattr(columns, "items") and not columns.open else None
        if isinstance(columns, str):
            return Array(Shape.of(None), None, place=call.place)
        return Array(Shape((NONE, size)), None, place=call.place) if size is not None else Array(UNKNOWN_SHAPE, None)
    return None if mode is None else call.unknown("the class mode is not followed")
