"""What a value of the user's program can be to us.

Known Python constants are themselves: `int` (often a `TracedInt`, which knows where it comes from), `float`, `str`,
`bytes`, `bool`, `None`, `...`, `complex`; known tuples are Python tuples of values. An integer that is not known is a
`Dim` over symbols. Everything else is one of the classes below. Containers are mutable and compared by identity, as in
Python: one run of the interpreter owns them.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from .dims import ANY, Dim, Expr, TracedInt, symbol
from .frozen import dataclass
from .places import Origin, Place
from .shapes import UNKNOWN_SHAPE, Shape

if TYPE_CHECKING:
    from .program import LayerCall

Value = Any

_counter = itertools.count(1)


def next_uid() -> int:
    """The number of whatever is made next: what has a smaller one was made before."""
    return next(_counter)


class Brief:
    """Values hold values, in circles too: what one shows of itself is its kind, never what it holds."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{getattr(self, 'type_name', None) or type(self).__name__}>"


@dataclass(slots=True, eq=False, repr=False)
class Unknown(Brief):
    """A value that we don't know, because ...

    `reason` is a sentence fragment that a person understands ("`load()` is not in this project").
    `kind` is the Python type's name where that much is known ("int", "str", "float", "bool", "list", ...).
    `key` identifies the unknown within one way through the program, so that equal conditions decide equally.
    `among` are the objects of which it is one, where that much is known: what is done to it may have been done to any of them.
    `of` is what it is an attribute, an item or the result of, where that is not known either.
    `applied` says that it, or something of it, has been called with a tensor: it may be a layer, unless it is `plain`, what a library
    without Keras layers has made (a table of `tf.lookup`).
    `ends` are the characters with which it begins and ends, if it is a text of which that much is known.
    """

    reason: str
    place: Place | None = None
    kind: str | None = None
    key: Any = None
    origin: Origin | None = None
    among: tuple[Any, ...] = ()
    of: Unknown | None = None
    applied: bool = False
    plain: bool = False
    ends: tuple[str, str] = ("", "")

    def apply(self, arguments: Iterable[Any]) -> None:
        """Take note that it is called with these, or lists of them. Of what it comes from that says something only if a tensor is among them."""
        given: list[Any] = []
        for value in arguments:
            given += value if isinstance(value, tuple) else value.items if isinstance(value, ListValue) else [value]
        tensors = any(isinstance(value, (Tensor, Array)) for value in given)
        self.applied = not self.plain and (
            self.applied or tensors or any(isinstance(value, Unknown) for value in given)
        )
        source = self.of if tensors else None
        while source is not None:
            source.applied, source = not source.plain, source.of

    def looked_into(self) -> None:
        """Take note that the program looks into it (`path.endswith(...)`): it may know more of a text's ends from there on than is known here."""
        self.ends = ("", "")

    def __str__(self) -> str:
        return "?"


@dataclass(slots=True, eq=False, repr=False)
class VariablesOf(Unknown):
    """The variables of a model that can't be listed one by one: whose they are is known."""

    owner: Any = None


@dataclass(slots=True, eq=False, repr=False)
class PathValue(Unknown):
    """A path of `pathlib`: what it is written as is known, and nothing of what is there."""

    text: str = ""


@dataclass(slots=True, eq=False, repr=False)
class Absent(Unknown):
    """None, as long as a condition that nobody can decide is taken to fail.

    Conditions see the None, and so does what it is given to, as long as that takes one. That something refuses None is nobody's
    mistake: the program may well know, in other words, that the condition holds there.
    """


@dataclass(slots=True, eq=False, repr=False)
class Nothing(Absent):
    """None, which a call gives because what it calls never gives anything back: a `function` of the program's without `return`, or one of a library,
    by its `name`. That something refuses it is a mistake of who made the call."""

    function: Any = None
    name: str = ""


@dataclass(slots=True, eq=False, repr=False)
class OneOf(Unknown):
    """One of a few plain Python values, and nobody knows which: what comes of a library's version, for each version that there may be.

    `values` has what it is for each case, in the order of the cases; `source` says what the cases are of ("keras"), so that two values
    of one source are taken case by case. A value without a source is the same in every case.
    """

    values: tuple[Any, ...] = ()
    source: str = ""


_LONGEST_END = 500
"""Characters that are remembered of either end of a text."""


NUMBER = "{number}"
"""What stands in the ends of a text for a number that isn't known."""


def ends_of(pieces: Sequence[Value]) -> tuple[str, str]:
    """How a text of these pieces, one after the other, begins and ends; a piece that is no text may be anything.

    For a number there is its name in braces ("{epoch}.h5"): whatever it is, it is written in digits.
    """

    def end(row: Iterable[Value], which: int) -> str:
        found = ""
        for piece in row:
            shown = piece if isinstance(piece, str) else text_of_number(piece)
            more = _end_of(piece, which) if shown is None else shown
            found = found + more if which == 0 else more + found
            if shown is None:
                break
        return found[:_LONGEST_END] if which == 0 else found[-_LONGEST_END:]

    return end(pieces, 0), end(reversed(pieces), 1)


def _end_of(piece: Value, which: int) -> str:
    return piece.ends[which] if isinstance(piece, Unknown) else ""


def text_of_number(value: Value) -> str | None:
    """A number that isn't known, in a text's ends; None for anything else."""
    if isinstance(value, Dim):
        name = str(value)
        return f"{{{name}}}" if name.isidentifier() else NUMBER
    if not isinstance(value, Unknown) or value.kind not in ("int", "float"):
        return None
    return f"{{{value.origin.label}}}" if value.origin is not None and value.origin.label.isidentifier() else NUMBER


def none_for_absent(value: Value) -> Value:
    """None for what is `Absent`, else the value."""
    return None if isinstance(value, Absent) else value


NO_WEIGHTS_YET = "no weights yet"
"""What the list of a layer's weights `lists` that has none because nothing has built it."""


@dataclass(slots=True, eq=False, repr=False)
class ListValue(Brief):
    """A list. When `open`, there may be more or other items than `items` shows (an unknown loop appended);
    `sample` is then what an item looks like, and `length` the symbolic length where there is one. `lists` says what of which object a
    library has listed here: ("layers", model)."""

    items: list[Value] = field(default_factory=list)
    open: bool = False
    sample: Value = None
    length: Dim | None = None
    place: Place | None = None
    lists: tuple[str, Any] | None = None

    def loosen(self) -> None:
        """After this nobody knows which items the list has."""
        self.open = True
        self.length = None


@dataclass(slots=True, eq=False, repr=False)
class SetValue(Brief):
    """A set or frozenset of known constants; `open` as for lists."""

    items: list[Value] = field(default_factory=list)
    open: bool = False
    frozen: bool = False
    sample: Value = None


@dataclass(slots=True, eq=False, repr=False)
class DictValue(Brief):
    """A dict with hashable constant keys in insertion order; when `open`, it may have other keys too, or lack these."""

    entries: dict[Any, Value] = field(default_factory=dict)
    open: bool = False
    sample: Value = None

    def sorted_keys(self) -> list[Any]:
        """The keys in the order in which Keras flattens a dict: sorted, or as they were inserted where that can't be."""
        try:
            return sorted(self.entries)
        except TypeError:
            return list(self.entries)


@dataclass(slots=True, eq=False, repr=False)
class RangeValue(Brief):
    """`range(start, stop, step)`; the ends may be symbolic."""

    start: int | Dim
    stop: int | Dim
    step: int | Dim = 1


@dataclass(slots=True, eq=False, repr=False)
class SliceValue(Brief):
    """`start:stop:step`, as an index."""

    start: Value = None
    stop: Value = None
    step: Value = None


@dataclass(slots=True, eq=False, repr=False)
class IteratorValue(Brief):
    """An iterator or a generator that has been run: what it still yields. `open` as for lists."""

    items: list[Value]
    open: bool = False
    sample: Value = None
    position: int = 0
    length: Dim | None = None
    zipped: tuple[Value, ...] = ()
    """What `zip` has made it of."""

    def loosen(self, sample: Value) -> None:
        """After this nobody knows which item comes next."""
        self.items, self.open, self.sample, self.length = [], True, sample, None


def _has_run(at_yield: Callable[[Value], None] | None) -> IteratorValue:
    """What is left of a generator's work when it is done: it would hold all that it had seen."""
    return IteratorValue([])


class LazyIterator(IteratorValue):
    """A generator that has not been run: it runs, to its end, when something of it is first asked for.

    `run` takes what is to happen at each `yield` (None: the values are collected).
    """

    __slots__ = ("_made", "_run")

    def __init__(self, run: Callable[[Callable[[Value], None] | None], IteratorValue]) -> None:
        self._run = run
        self._made: IteratorValue | None = None
        self.position, self.zipped = 0, ()

    def _ran(self) -> IteratorValue:
        if self._made is None:
            self._made = IteratorValue([], True)  # for whoever asks while it runs
            self._made = self._run(None)
            self._run = _has_run
        return self._made

    def drive(self, at_yield: Callable[[Value], None]) -> None:
        """Run it with `at_yield` at each `yield`, as a `with` statement does. Afterwards nothing is left of it."""
        if self._made is None:
            self._made = IteratorValue([])
            self._run(at_yield)
            self._run = _has_run

    def loosen(self, sample: Value) -> None:
        """After this nobody knows which item comes next."""
        self._made = IteratorValue([], True, sample)

    @property
    def fresh(self) -> bool:
        """Has nothing of it been asked for?"""
        return self._made is None

    @property
    def items(self) -> list[Value]:  # type: ignore[override]
        return self._ran().items

    @property
    def open(self) -> bool:  # type: ignore[override]
        return self._ran().open

    @property
    def sample(self) -> Value:
        return self._ran().sample

    @property
    def length(self) -> Dim | None:  # type: ignore[override]
        return self._ran().length


class ShapeTuple(tuple[Value, ...]):
    """The shape of a tensor as Keras 3 gives it: a tuple. It remembers that, because what its None are can't be seen of them.

    fixed   sizes that data have: a None in it is a size that isn't known here, and nothing is claimed of it
    graph   TensorFlow's own kind of shape, as the tensors of a layer's `call` have it, with more attributes than a tuple
    """

    fixed: bool
    graph: bool

    @classmethod
    def make(cls, sizes: Iterable[Value], *, fixed: bool = False, graph: bool = False) -> ShapeTuple:
        """The shape with these sizes."""
        made = cls(sizes)
        made.fixed, made.graph = fixed, graph
        return made

    def part(self, sizes: Iterable[Value]) -> ShapeTuple:
        """Some of its sizes (`shape[1:]`)."""
        return ShapeTuple.make(sizes, fixed=self.fixed, graph=self.graph)


@dataclass(slots=True, eq=False, repr=False)
class ShapeList(ListValue):
    """The sizes of a shape as a list: `x.shape.as_list()`, `list(x.shape)`."""

    shape: ShapeTuple = field(default_factory=ShapeTuple)


class SizesTensor(tuple[Value, ...]):
    """What `tf.shape(x)` gives of a symbolic tensor: the sizes, as a tensor, which Python can neither count nor go through."""


class TypeUnion(tuple[Value, ...]):
    """`int | str`: the classes, which is what `isinstance` takes it for."""


class NamedTuple(tuple[Value, ...]):
    """An instance of a named tuple: a tuple that knows its class, the user's or one made by `namedtuple()`."""

    user_class: ClassValue
    fields: tuple[str, ...]

    @classmethod
    def make(cls, user_class: ClassValue, fields: tuple[str, ...], items: Iterable[Value]) -> NamedTuple:
        """The instance with these items, in the order of the fields."""
        made = cls(items)
        made.user_class = user_class
        made.fields = fields
        return made


@dataclass(slots=True, eq=False, repr=False)
class InstanceDict(DictValue):
    """`instance.__dict__`: its entries are the instance's attributes."""

    owner: Any = None


@dataclass(slots=True, eq=False, repr=False)
class DefaultDict(DictValue):
    """`collections.defaultdict`: what `factory()` gives stands under a key that is missing."""

    factory: Value = None


@dataclass(slots=True, eq=False, repr=False)
class ModelConfig(DictValue):
    """What `model.get_config()` gives: it remembers the model."""

    model: ModelObject | None = None


@dataclass(slots=True, eq=False, repr=False)
class ModelText(Unknown):
    """What `model.to_json()` gives: a text that can't be read here, but it remembers the model, its layers and what it was compiled with."""

    model: ModelObject | None = None
    layers: tuple[LayerObject, ...] = ()
    compiled: Any = None


@dataclass(slots=True, eq=False, repr=False)
class TrainingParams(DictValue):
    """`self.params` of a callback while its model is trained."""


@dataclass(slots=True, eq=False, repr=False)
class Counter(DictValue):
    """`collections.Counter`: a key that is missing counts 0."""


@dataclass(slots=True, eq=False, repr=False)
class Deque(ListValue):
    """`collections.deque`: a list with two ends, and a greatest length where `most` says so."""

    most: int | None = None


@dataclass(slots=True, eq=False, repr=False)
class External(Brief):
    """Something imported from outside the project, under its canonical qualified name ("keras.layers.LSTM", "numpy").

    Modules, classes, functions and constants alike; what is known of it is registered in `lstmlint.knowledge`.
    """

    name: str
    imported: Place | None = None
    spelled: str = ""
    """The name as the user's import says it ("tensorflow.keras.layers.LSTM")."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, External) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)


CACHE = "~cache"
"""The attribute of a function that has its results so far, where it gives them again for the same arguments."""

REWRITTEN = "~rewritten"
"""The attribute of a function whose Python TensorFlow rewrites: `if`, `for` and `len` work on tensors there."""


@dataclass(slots=True, eq=False, repr=False)
class FunctionValue(Brief):
    """A function or lambda of the user's. The interpreter's own fields: `scope`, `defaults`, `node`."""

    name: str
    node: Any
    tree: Any
    scope: Any
    defaults: Mapping[str, Value] = field(default_factory=dict)
    owner: ClassValue | None = None
    module: Any = None
    attributes: dict[str, Value] = field(default_factory=dict)
    called: bool = False
    times: int = 0
    """How often a call of it has been followed."""


@dataclass(slots=True, eq=False, repr=False)
class BoundMethod(Brief):
    """A function of the user's bound to its `self` or `cls`."""

    function: FunctionValue
    receiver: Value


@dataclass(slots=True, eq=False, repr=False)
class ExternalMethod(Brief):
    """A library method bound to its receiver: `name` is qualified by the type that provides it ("keras.Model.fit")."""

    name: str
    receiver: Value


@dataclass(slots=True, eq=False, repr=False)
class Partial(Brief):
    """`functools.partial(function, *args, **kwargs)`; `open` where not all of the arguments are known."""

    function: Value
    args: tuple[Value, ...]
    kwargs: dict[str, Value]
    open: bool = False


@dataclass(slots=True, eq=False, repr=False)
class BuiltFunction(Brief):
    """A function made by the engine itself (what a decorator or a factory returned): called with a `Call`."""

    name: str
    run: Callable[[Any], Value]


def _is_neutral(name: str) -> bool:
    """Bases that say something about a class and give it nothing: `Generic`, `Protocol`, `ABC`, `object`."""
    if name in ("typing.NamedTuple", "typing.TypedDict", "typing_extensions.TypedDict"):
        return False
    return name == "builtins.object" or name.startswith(("typing.", "typing_extensions.", "abc."))


@dataclass(slots=True, eq=False, repr=False)
class ClassValue(Brief):
    """A class of the user's. `bases` are ClassValues, Externals or Unknowns, in order."""

    name: str
    node: Any
    tree: Any
    bases: tuple[Value, ...]
    attributes: dict[str, Value] = field(default_factory=dict)
    scope: Any = None
    module: Any = None
    constructed: bool = False
    keywords: dict[str, Value] = field(default_factory=dict)
    order: tuple[Value, ...] | None = None
    """What comes after the class in the method resolution order, once somebody has asked."""

    def mro(self) -> tuple[Value, ...]:
        """This class and everything that it inherits from, in Python's order (C3); libraries' classes stand for theirs."""
        if self.order is None:
            self.order = self._linearised()
        return (self, *self.order)

    def _linearised(self) -> tuple[Value, ...]:
        rows = [list(b.mro()) if isinstance(b, ClassValue) else [b] for b in self.bases]
        rows.append(list(self.bases))
        order: list[Value] = []
        while rows := [row for row in rows if row]:
            heads = [row[0] for row in rows]
            # where Python would refuse the bases, the first one in sight goes on
            head = next((h for h in heads if not any(h in row[1:] for row in rows)), heads[0])
            order.append(head)
            rows = [[cls for cls in row if cls is not head and cls != head] for row in rows]
        return tuple(order)

    def defines(self, *names: str) -> bool:
        """Does the class itself, or one of the user's that it inherits from, define one of these names?"""
        return any(isinstance(cls, ClassValue) and not cls.attributes.keys().isdisjoint(names) for cls in self.mro())

    @property
    def external_base(self) -> str | None:
        """The qualified name of the nearest library class that this class inherits from."""
        for cls in self.mro():
            if isinstance(cls, External) and not _is_neutral(cls.name):
                return cls.name
        return None


@dataclass(slots=True, eq=False, repr=False)
class ModuleValue(Brief):
    """A module of the user's project, followed once: `followed` says whether that has begun."""

    name: str
    path: str
    names: dict[str, Value] = field(default_factory=dict)
    followed: bool = True


@dataclass(slots=True)
class BoundArgument:
    """One argument of a call: its value, where it stands, and whether the user wrote it (or the default applies)."""

    value: Value
    place: Place | None = None
    explicit: bool = True


class Arguments(Mapping[str, Value]):
    """The arguments of a call bound to their parameters' names; iterating gives names, indexing gives values."""

    __slots__ = ("_bound", "extra", "open", "var_args")

    def __init__(
        self,
        bound: dict[str, BoundArgument],
        extra: dict[str, BoundArgument] | None = None,
        var_args: tuple[BoundArgument, ...] = (),
        open: bool = False,
    ) -> None:
        self._bound = bound
        self.extra = extra or {}
        """What `**kwargs` of the signature took."""
        self.var_args = var_args
        """What `*args` of the signature took."""
        self.open = open
        """True when the call has a `*x` or `**x` that we couldn't see into: absent arguments are then unknown."""

    def __getitem__(self, name: str) -> Value:
        found = self._bound.get(name) or self.extra[name]
        return found.value

    def get(self, name: str, default: Any = None) -> Value:
        found = self._bound.get(name) or self.extra.get(name)
        return default if found is None else found.value

    def __iter__(self) -> Iterator[str]:
        return iter(self._bound)

    def __len__(self) -> int:
        return len(self._bound)

    def argument(self, name: str) -> BoundArgument | None:
        """The whole argument, place included."""
        return self._bound.get(name) or self.extra.get(name)

    def explicit(self, name: str) -> bool:
        """Did the user write it?"""
        found = self.argument(name)
        return found is not None and found.explicit

    def written(self) -> list[tuple[str, BoundArgument]]:
        """Those that the user wrote, by their parameters' names; without what `**kwargs` of the signature took."""
        return [(name, argument) for name, argument in self._bound.items() if argument.explicit]

    def place(self, name: str) -> Place | None:
        """Where it stands, if the user wrote it."""
        found = self.argument(name)
        return found.place if found else None

    def set(self, name: str, value: Value, place: Place | None = None, explicit: bool = False) -> None:
        """Add or replace an argument (defaults that a library fills in itself)."""
        self._bound[name] = BoundArgument(value, place, explicit)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Made(Brief):
    """How a value was made: by which library function, of which values, where. The links of the "where from" chain."""

    by: str
    inputs: tuple[Value, ...] = ()
    place: Place | None = None
    arguments: Arguments | None = None


_VIEWS = frozenset(
    (
        "T", "__getitem__", "__iter__", "array_split", "asanyarray", "asarray", "ascontiguousarray", "astype", "atleast_1d", "atleast_2d",
        "atleast_3d", "broadcast_to", "diagonal", "expand_dims", "hsplit", "iloc", "loc", "moveaxis", "ravel", "reshape", "rollaxis", "split",
        "squeeze", "swapaxes", "to_numpy", "transpose", "values", "view", "vsplit",
    )
)  # fmt: skip
"""Functions and methods whose result may be the same memory as what they are given first."""


@dataclass(slots=True, eq=False, repr=False)
class Array(Brief):
    """An array that holds data: NumPy, pandas, an eager tf.Tensor, a sparse matrix. NumPy scalars have shape ().

    dtype    "float", "int", "bool", "string", "object", "complex", "datetime" or None; `bits` where known ("float64" -> 64)
    low/high known bounds of the values (inclusive); `one_hot` True when rows are one-hot, False when surely not
    columns  column names of a DataFrame, name of a Series; None when unknown
    constant the values themselves where small and known (nested tuples), else None
    facts    what else is known of the data, by name; operations that keep the rows keep them, those that mix rows drop them:
        "scaled_by"   the scaler Object whose `transform` made the values; its attribute "~fitted_on" is the tuple of Arrays that it
                      was fitted on, in order
        "split"       "train" or "test": which piece of `train_test_split` this is; "split_of" is the Array that was split,
                      "split_id" the same object for all pieces of one call, "split_at" at which place the Array was given to it
        "loaded"      where a data set of Keras was loaded, "train" or "test", and 0 for the data or 1 for their labels
        "shuffled"    True when the rows are in random order, False when surely in the order of their source
        "window_of"   the Array (or list) over which a window was slid, "window" the Dim that says how long a window is
        "classes"     the number of classes where the values are labels 0 ... classes - 1
        "binary"      True when all values are 0 or 1
        "item"        what an item of an array of objects is (the list of a review's words)
        "predicted_by" the model whose `predict` made it
        names that start with "~" are the engine's own notes and nothing for rules
    """

    shape: Shape
    dtype: str | None = None
    type_name: str = "numpy.ndarray"
    bits: int | None = None
    low: float | None = None
    high: float | None = None
    one_hot: bool | None = None
    columns: tuple[Any, ...] | None = None
    constant: Any = None
    name: str | None = None
    made: Made | None = None
    place: Place | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    uid: int = field(default_factory=lambda: next(_counter))

    @property
    def origin(self) -> Origin:
        """The array as a link of an origin chain."""
        return Origin(self.name or (self.made.by if self.made else "array"), self.place)

    @property
    def is_empty(self) -> bool:
        """Has it surely no values, because one of its axes has the size 0?"""
        return any(dim.known == 0 for dim in self.shape.dims or ())

    def another(self) -> Array:
        """One more array of which the same is known."""
        return replace(self, uid=next(_counter))

    def write(self) -> None:
        """Something is written into it: nothing is known of its values any more, nor of those of the arrays that it is a view of."""
        for array in self._looked_through():
            array.constant = array.low = array.high = array.one_hot = None
            array.facts["~written"] = True

    @property
    def may_be_written(self) -> bool:
        """Was something written into an array that this one is a view of, so that its values may have become others?"""
        return any("~written" in array.facts for array in self._looked_through())

    def _looked_through(self) -> Iterator[Array]:
        """The array, the one that it is a view of, and so on."""
        array: Array | None = self
        for _ in range(20):
            if array is None:
                return
            yield array
            made = array.made
            source = made.inputs[0] if made is not None and made.inputs else None
            view = made is not None and made.by.rpartition(".")[2] in _VIEWS
            array = source if view and isinstance(source, Array) and array.shape.rank != 0 else None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Mask(Brief):
    """The mask that a tensor carries: from which layer call (Embedding or Masking) it comes, its own shape where that is known, and the
    symbolic tensor that it is: Keras 3 calculates masks by operations, which are nodes of a model's graph."""

    source: Place | None = None
    shape: Shape | None = None
    tensor: Tensor | None = None


LOOP = "loop"
"""The fact of a Tensor which each turn of a loop made of the one before, nobody knows how often: why that makes a model uncounted."""


@dataclass(slots=True, eq=False, repr=False)
class Tensor(Brief):
    """A symbolic Keras tensor (KerasTensor), the batch axis included.

    call   the layer call that made it (None for an Input and for `keras.ops` results, whose `made` tells)
    index  which output of that call
    """

    shape: Shape
    dtype: str | None = "float32"
    call: LayerCall | None = None
    index: int = 0
    mask: Mask | None = None
    place: Place | None = None
    name: str | None = None
    made: Made | None = None
    sparse: bool = False
    facts: dict[str, Any] = field(default_factory=dict)
    uid: int = field(default_factory=lambda: next(_counter))


@dataclass(slots=True, eq=False, repr=False)
class Dataset(Brief):
    """A tf.data.Dataset, a Python generator of batches, or a Sequence: what one element is.

    element    nested tuples/dicts (Python tuple, DictValue) of Arrays: their shapes include the batch axis when `batched`
    batched    True when elements are batches, False when single samples, None unknown
    cardinality number of elements, where known; endless ones have none and the fact "endless"
    facts      "shuffled" True after `shuffle`; "endless" after `repeat()`; "taken" the argument of `take`; "class_names" of a directory
    """

    element: Value
    batched: bool | None = None
    batch_size: Dim | None = None
    cardinality: Dim | None = None
    type_name: str = "tensorflow.data.Dataset"
    place: Place | None = None
    made: Made | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True, eq=False, repr=False)
class Object(Brief):
    """An instance: of a library class (optimizer, loss, callback, scaler, tokenizer, ...) or of a class of the user's.

    type_name   the qualified name of the nearest library class ("sklearn.preprocessing.StandardScaler"; "builtins.object")
    user_class  the user's class, if it is one
    arguments   how the library constructor was called
    attributes  what was set on it, by the user's code or by knowledge (private state under names starting with "~")
    """

    type_name: str
    user_class: ClassValue | None = None
    arguments: Arguments | None = None
    attributes: dict[str, Value] = field(default_factory=dict)
    place: Place | None = None
    uid: int = field(default_factory=lambda: next(_counter))
    approximate: str | None = None
    """Why not everything that happened to it is known ("changed in a loop of unknown length"), or None."""

    @property
    def class_name(self) -> str:
        """The class's own name, as the user knows it."""
        return self.user_class.name if self.user_class else self.type_name.rpartition(".")[2]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Weight(Brief):
    """A weight as Keras's `build` makes it: name, shape, whether it is trained."""

    name: str
    shape: Shape
    trainable: bool = True
    dtype: str = "float32"

    @property
    def count(self) -> Dim:
        """The number of parameters in it."""
        return self.shape.size()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class InputSpec(Brief):
    """What a layer requires of its input, as Keras's InputSpec: rank, least and greatest rank, sizes of axes."""

    ndim: int | None = None
    min_ndim: int | None = None
    max_ndim: int | None = None
    axes: Mapping[int, Dim] = field(default_factory=dict)


@dataclass(slots=True, eq=False, repr=False)
class LayerObject(Object):
    """A layer: configuration, whether it is built, its weights, and how it was called.

    `name` is as Keras would name it. `weights` are the layer's own; those of `sublayers` count as well (see
    `lstmlint.keras.counting`). `weights_unknown` says why the weights are not (all) known.
    """

    name: str = ""
    built: bool = False
    weights: list[Weight] = field(default_factory=list)
    weights_unknown: str | None = None
    trainable: bool = True
    sublayers: list[LayerObject] = field(default_factory=list)
    calls: list[LayerCall] = field(default_factory=list)
    input_spec: InputSpec | None = None
    opaque: str | None = None
    """Why nothing is known about what the layer does, or None."""
    state: dict[str, Any] = field(default_factory=dict)
    """What knowledge needs to remember between build and later calls."""

    @property
    def unlisted(self) -> str | None:
        """Why a model's `layers` may not be all of the layers, or None."""
        return None


@dataclass(slots=True, eq=False, repr=False)
class ModelObject(LayerObject):
    """A model. `kind` is "Sequential", "Functional" or "Subclass".

    layers     what `model.layers` holds, in that order
    inputs     the input tensors (nested as the user gave them); None while unknown
    outputs    the output tensors (nested as the user gave them)
    incomplete why a layer may be missing, or None
    uncounted  why some of the layers may be there more often, or None: the shapes hold, a loop's turns can't be counted
    compiled   the last Compile record
    """

    kind: str = "Sequential"
    layers: list[LayerObject] = field(default_factory=list)
    inputs: Value = None
    outputs: Value = None
    incomplete: str | None = None
    uncounted: str | None = None
    compiled: Any = None

    def forget(self) -> None:
        """It is not built (any more): nothing is known of its input and output."""
        self.inputs = self.outputs = None
        self.built = False

    @property
    def unlisted(self) -> str | None:
        return self.incomplete or self.uncounted


ESCAPED = "~escaped"
"""The attribute of a library's object that says why code that can't be seen may have changed it."""


def is_private(name: object) -> bool:
    """Is this attribute the engine's own? A program may have keys of any kind in an instance's `__dict__`."""
    return isinstance(name, str) and name.startswith("~")


def fresh_int(name: str, place: Place | None = None, least: int = 0, cause: Origin | None = None) -> Dim:
    """An unknown integer with a name and an origin."""
    return Dim(symbol(name, least), None, Origin(name, place, cause))


def int_value(dim: Dim, reason: str = "the size is not known") -> Value:
    """A dimension as the Python value that `x.shape[i]` is: an int, a symbolic Dim, None, or unknown."""
    if dim.size is None:
        return None
    if isinstance(dim.size, int):
        return TracedInt(dim.size, dim.origin)
    if isinstance(dim.size, Expr):
        return dim
    return Unknown(reason, kind=None, origin=dim.origin)


def is_int(value: Value) -> bool:
    """A Python integer, known or symbolic; bools are not."""
    return (isinstance(value, int) and not isinstance(value, bool)) or isinstance(value, Dim)


def to_dim(value: Value) -> Dim:
    """The size that a Python value stands for; unknown for anything that is not an integer or None."""
    if isinstance(value, Dim):
        return value
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return Dim.of(value)
    if isinstance(value, Array) and value.shape.rank == 0 and isinstance(value.constant, int):
        return Dim(value.constant, None, value.origin)
    if isinstance(value, Unknown):
        return Dim(ANY.size, None, value.origin)
    return ANY


def to_shape(value: Value) -> Shape:
    """The shape that a tuple or list of sizes stands for; unknown when it can't be seen."""
    if isinstance(value, tuple):
        return Shape(tuple(to_dim(v) for v in value))
    if isinstance(value, ListValue) and not value.open:
        return Shape(tuple(to_dim(v) for v in value.items))
    return UNKNOWN_SHAPE


def is_known(value: Value) -> bool:
    """A value that equals itself as a Python constant: numbers, strings, None, tuples of such."""
    if isinstance(value, tuple):
        return all(is_known(v) for v in value)
    return value is None or value is ... or isinstance(value, (bool, int, float, str, bytes, complex))


_DEEPEST = 100
"""Levels of a nesting. What is deeper (a list that holds itself) is no data, and taken for a leaf."""
_MOST_LEAVES = 10_000_000


def flatten(value: Value) -> list[Value]:
    """The leaves of nested tuples, lists and dicts, in Keras's order (dicts by sorted keys). MemoryError when there are too many."""
    leaves: list[Value] = []
    _gather(value, leaves, 0)
    return leaves


def _gather(value: Value, leaves: list[Value], level: int) -> None:
    inner: Iterable[Value] | None = None
    if level < _DEEPEST:
        if isinstance(value, tuple):
            inner = value
        elif isinstance(value, ListValue):
            inner = value.items
        elif isinstance(value, DictValue):
            inner = [value.entries[key] for key in value.sorted_keys()]
    if inner is None:
        leaves.append(value)
        return
    for item in inner:
        _gather(item, leaves, level + 1)
    if len(leaves) > _MOST_LEAVES:
        raise MemoryError(f"more than {_MOST_LEAVES:,} values in one another")
