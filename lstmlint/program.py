"""What was found by following a program: layer calls, models, their uses, arrays, faults and gaps. What rules see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import field, fields
from functools import cached_property
from typing import Any

from .faults import Fault, Gap
from .frozen import dataclass
from .places import Place
from .shapes import Shape
from .values import Arguments, Array, Dataset, LayerObject, Mask, ModelObject, Tensor, Value, flatten


@dataclass(slots=True, eq=False, repr=False)
class LayerCall:
    """One application of a layer to inputs (by a call, by `add`, or while a Sequential is built).

    `inputs` and `outputs` are nested as Keras has them (a Tensor, or a tuple of them). `mask_effect` is "kept", "consumed",
    "destroyed", "lost" or None where no mask came in. `place` is the call; for Sequential the layer's own construction.
    """

    layer: LayerObject
    inputs: Value
    outputs: Value
    place: Place
    kwargs: dict[str, Value] = field(default_factory=dict)
    mask_in: Mask | None = None
    mask_effect: str | None = None
    refused: Fault | None = None
    in_model: ModelObject | None = None
    positional: int = 1
    """How many of the arguments were given by position; with 0 the first one came by the name `first`."""
    first: str = "inputs"
    mask_given: Tensor | None = None
    """The mask of its input, where Keras 3 gives the layer that as a further argument."""
    given: Value = None
    """The inputs in the lists and dicts in which the program has them."""

    @property
    def arguments_in_order(self) -> list[Value]:
        """Input and other arguments as Keras flattens them: those by position first, then those by name, sorted."""
        given = list(self.kwargs.items())
        by_position = [value for _, value in given[: max(self.positional - 1, 0)]]
        named = dict(given[max(self.positional - 1, 0) :])
        if self.positional == 0:
            named[self.first] = self.inputs
        else:
            by_position.insert(0, self.inputs)
        if self.mask_given is not None:
            named["mask"] = self.mask_given
        return [*by_position, *(named[name] for name in sorted(named))]

    @property
    def input_shapes(self) -> tuple[Shape, ...]:
        return tuple(t.shape for t in flatten(self.inputs) if isinstance(t, (Tensor, Array)))

    @property
    def output_shapes(self) -> tuple[Shape, ...]:
        return tuple(t.shape for t in flatten(self.outputs) if isinstance(t, (Tensor, Array)))

    @property
    def input_shape(self) -> Shape:
        """The shape of the only (or first) input, unknown when there is none."""
        return self.input_shapes[0] if self.input_shapes else Shape(None)

    @property
    def output_shape(self) -> Shape:
        """The shape of the only (or first) output, unknown when there is none."""
        return self.output_shapes[0] if self.output_shapes else Shape(None)


def shown_call(layer: LayerObject) -> LayerCall | None:
    """The call whose shapes a summary shows: the last one on symbolic tensors, or the last one where there is none."""
    calls: list[LayerCall] = layer.calls
    symbolic = (call for call in reversed(calls) if any(isinstance(t, Tensor) for t in flatten(call.inputs)))
    return next(symbolic, calls[-1] if calls else None)


@dataclass(slots=True, eq=False, repr=False)
class Compile:
    """`model.compile(...)`.

    `layers` and `output` are the model's at its first use with this compile, or here where it is compiled anew before that.
    A model that was loaded is compiled by that of the saved one, whose `model` this stays.
    """

    model: ModelObject
    arguments: Arguments
    place: Place
    layers: tuple[LayerObject, ...] = ()
    output: Value = None
    used: bool = False

    def note(self) -> None:
        """Keep what the model is now."""
        self.layers, self.output = tuple(self.model.layers), self.model.outputs

    @property
    def loss(self) -> Value:
        return self.arguments.get("loss")

    @property
    def optimizer(self) -> Value:
        return self.arguments.get("optimizer")

    @property
    def metrics(self) -> Value:
        return self.arguments.get("metrics")


@dataclass(slots=True, eq=False, repr=False)
class Use:
    """`fit`, `evaluate`, `predict`, `train_on_batch` and their relatives: which model, which data.

    `method` is the method's name; `x`, `y`, `validation` are Arrays, Datasets, nested containers of them, or unknown;
    `compile` is the compile in force; `layers` and `output` are the model's at this moment.
    """

    method: str
    model: ModelObject
    arguments: Arguments
    place: Place
    x: Value = None
    y: Value = None
    validation: Value = None
    compile: Compile | None = None
    layers: tuple[LayerObject, ...] = ()
    output: Value = None
    verdict: str | None = None
    """"raises", "broadcasts" or "fine" where that could be worked out."""


@dataclass(slots=True, eq=False, repr=False)
class LibraryCall:
    """Any call of a library function or method: its canonical name, receiver, arguments as written, and result."""

    name: str
    args: tuple[Value, ...]
    kwargs: dict[str, Value]
    place: Place
    result: Value = None
    receiver: Value = None
    arg_places: tuple[Place, ...] = ()
    kwarg_places: dict[str, Place] = field(default_factory=dict)
    caught: bool = False
    refused: Fault | None = None
    spelled: str = ""
    """The function's name as the user's import says it ("tensorflow.keras.backend.mean"), "" for methods."""
    for_version: bool = False
    """Is it made on a condition that chooses by a library's version?"""


@dataclass(slots=True, eq=False, repr=False)
class Import:
    """One imported name: canonical and as spelled; `alias` is what it is called in the file; `guarded` inside try/except."""

    name: str
    spelled: str
    alias: str
    place: Place
    guarded: bool = False


@dataclass(slots=True, eq=False, repr=False)
class Lacking:
    """`module.name`, read where the library has no such name: canonical and as spelled; `guarded` inside try/except; `hidden` for a module that is
    there, but that its package doesn't show yet."""

    name: str
    spelled: str
    place: Place
    guarded: bool = False
    hidden: bool = False


@dataclass(slots=True, eq=False, repr=False)
class Binding:
    """`name = value`: every assignment whose value is a tensor, layer, model, array, dataset, number or object."""

    name: str
    value: Value
    place: Place


@dataclass(slots=True, eq=False, repr=False)
class Assertion:
    """`assert left == right`, both sides evaluated."""

    left: Value
    right: Value
    operator: str
    place: Place
    left_place: Place
    right_place: Place


@dataclass(slots=True, eq=False, repr=False)
class ModelSite:
    """A place in the source that creates a model, with the model of its last execution."""

    model: ModelObject
    place: Place
    name: str


Turn = tuple[str, bool]
"""A condition, as `ast.unparse` writes it, and the side that it is turned to on a way."""


@dataclass(slots=True, repr=False)
class Record:
    """What one way through the program found, in the order in which it happened."""

    layers: list[LayerObject] = field(default_factory=list)
    layer_calls: list[LayerCall] = field(default_factory=list)
    models: list[ModelObject] = field(default_factory=list)
    compiles: list[Compile] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    arrays: list[Array] = field(default_factory=list)
    datasets: list[Dataset] = field(default_factory=list)
    calls: list[LibraryCall] = field(default_factory=list)
    imports: list[Import] = field(default_factory=list)
    lacking: list[Lacking] = field(default_factory=list)
    bindings: list[Binding] = field(default_factory=list)
    assertions: list[Assertion] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    expected: list[Place] = field(default_factory=list)
    """The statements of which a test expects that they raise (those in `with pytest.raises(...)`)."""
    names: dict[str, Value] = field(default_factory=dict)
    """The module's names at its end."""
    reached: dict[int, tuple[Fault, Place]] = field(default_factory=dict)
    """For faults (by identity, and held, so that none is taken for one that was dropped) in another file: the call in the file itself through which
    they come about."""
    saved: dict[str, ModelObject] = field(default_factory=dict)
    """The models that were saved, by path."""
    uncalled: int | None = None
    """From which of the models on the program makes none by itself: they come from functions that nobody calls."""
    enclosing: dict[int, Any] = field(default_factory=dict)
    """The scopes (`lstmlint.interpret.scopes.Scope`) in which functions, lambdas and classes were defined, by identity."""
    applied: dict[int, LayerCall] = field(default_factory=dict)
    """Every call of a layer, by identity, those as well that were taken back."""
    settings: dict[str, Value] = field(default_factory=dict)
    """What the program has set by now for all layers that follow ("dtype", "image_data_format"); unknown values are Unknown."""
    _called: set[str] = field(default_factory=set, init=False)
    _counted: int = field(default=0, init=False)

    def called(self) -> Set[str]:
        """The names of the library functions and methods that were called by now. (`calls` only grows; each is looked at once.)"""
        if self._counted < len(self.calls):
            self._called.update(call.name for call in self.calls[self._counted :])
            self._counted = len(self.calls)
        return self._called

    @property
    def built(self) -> int:
        """How many layers and models there are by now."""
        return len(self.layers) + len(self.models)

    def lists(self) -> dict[str, list[Any]]:
        """The lists of the record themselves, by name."""
        return {f.name: found for f in fields(self) if isinstance(found := getattr(self, f.name), list)}

    def take_apart(self) -> None:
        """Undo what holds on to itself (functions and the names where they stand, layers and their calls, models and how they are compiled), so that
        all of it goes at once when nobody needs it, without a search for cycles. Nothing can be asked of the record any more."""
        for call in self.applied.values():
            call.layer.calls.clear()
            call.inputs = call.outputs = call.in_model = None
        for layer in [*self.layers, *self.models]:
            layer.sublayers.clear()
            layer.attributes.clear()
            layer.state.clear()
        for model in self.models:
            model.layers.clear()
            model.compiled = model.inputs = model.outputs = None
        for scope in self.enclosing.values():
            scope.names.clear()
            scope.receiver = scope.function = None
        for found in (getattr(self, f.name) for f in fields(self)):
            if isinstance(found, (list, dict)):
                found.clear()

    def hides(self, spelled: str, keras_major: int) -> bool:
        """Is a name, as the program spells it, that of a module which its package doesn't show yet, because nothing has imported it?"""
        if keras_major < 3 or not spelled.endswith(".saving"):
            return False
        from .keras.api import UNTIL_IMPORTED

        return spelled == UNTIL_IMPORTED and not any(made.spelled.startswith(spelled) for made in self.imports)

    def last_models(self) -> dict[int, ModelObject]:
        """By the node that makes it, the last model of each place, and rather one that the program makes by itself."""
        own = {id(m.place.node): m for m in self.models[: self.uncalled] if m.place is not None}
        return {id(m.place.node): m for m in self.models if m.place is not None} | own


def _mark_differences(model: ModelObject, other: ModelObject) -> None:
    """A layer whose shape is another one on another way has no shape that can be told (`state["by_way"]`)."""
    if other is model or len(other.layers) != len(model.layers):
        return
    for mine, theirs in zip(model.layers, other.layers):
        here = [str(s) for call in mine.calls[-1:] for s in call.output_shapes]
        there = [str(s) for call in theirs.calls[-1:] for s in call.output_shapes]
        sizes = [str(w.shape) for w in mine.weights], [str(w.shape) for w in theirs.weights]
        if here != there or sizes[0] != sizes[1]:
            mine.state["by_way"] = True


OTHER_LAYERS = "its layers depend on a condition that can't be decided here"
"""Why a model is incomplete that is followed on each way, but has other layers on some."""


@dataclass(frozen=True, eq=False, repr=False)
class Program:
    """A file, followed: the records of every way that was taken, and its syntax tree.

    Each property goes through all ways and gives each thing once per place (the last way's); rules that look at how things hang
    together within one way iterate over `ways`.
    """

    tree: Any
    ways: tuple[Record, ...]
    keras_major: int = 3
    target: str | None = None
    """The function or class that was asked for, with its arguments, instead of what the file does by itself."""
    files: Mapping[str, str | None] = field(default_factory=dict)
    """Every path that following it asked for, with the mark (see `looks`) of what was seen there."""
    settled: bool = True
    """False when the time ran out: on another day more may be seen."""
    holding: Mapping[tuple[int, str], tuple[tuple[str, Place], ...]] = field(default_factory=dict)
    """For faults that do not happen on every way, by node (identity) and kind: the conditions that decide it."""
    turns: tuple[tuple[int, Turn] | None, ...] = ()
    """For each way the number of the earlier one that it leaves, and at which turn; None for the first."""
    recurring: Any = None
    """What the turns of its loops change (`interpret.recurring.Recurring`)."""
    branches_left: bool = False
    """Are there branches that none of the ways has taken?"""

    def take_apart(self) -> None:
        """Let go of everything that was seen (see `Record.take_apart`): what a run over many files does with each program when it is done with it."""
        for way in self.ways:
            way.take_apart()

    def _once(self, lists: Iterable[list[Any]], key: Any = None) -> Iterator[Any]:
        seen: dict[Any, Any] = {}
        for items in lists:
            for item in items:
                seen[key(item) if key else (id(item.place.node) if item.place else id(item))] = item
        return iter(seen.values())

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """Every fault of every way, once per place and kind."""
        return tuple(
            self._once((w.faults for w in self.ways), key=lambda f: (id(f.place.node), f.kind, f.required, f.got))
        )

    def reached_from(self, fault: Fault) -> Place | None:
        """The call in this file through which a fault in another one comes about; None for one that this file doesn't cause."""
        return next((way.reached[id(fault)][1] for way in self.ways if id(fault) in way.reached), None)

    def conditions_of(self, fault: Fault) -> tuple[tuple[str, Place], ...]:
        """The conditions that can't be known and decide whether a fault happens: how they are answered where it does ("this is true"), and where
        they stand. Empty for a fault of every way."""
        return self.holding.get((id(fault.place.node), fault.kind), ())

    def came_with_keras_3(self, spelled: str, keyword: str | None = None) -> str | None:
        """What of a public name ("keras.ops.mean") Keras 3 has and Keras 2 hasn't, as it is spelled; with a keyword, whether Keras 3 takes it."""
        from .keras.api import came_with_keras_3, takes

        root, dot, rest = spelled.partition("keras.")
        if not dot or root not in ("", "tf_", "tensorflow."):
            return None
        if keyword is not None:
            return keyword if takes(dot + rest, keyword) else None
        found = came_with_keras_3(dot + rest)
        return None if found is None else root + found

    def spelled_right(self, name: str) -> str | None:
        """How a class of Keras is spelled whose canonical name is written in other capitals, with letters exchanged or underscores; None for any
        other name."""
        from .keras.names import similar

        return similar(name) if name.startswith("keras.") else None

    def classes_called(self, name: str) -> tuple[str, ...]:
        """The public names of Keras's classes that a program may mean by a short name ("Dense", "Lstm", "Droput"), the likeliest first."""
        from .keras.names import classes_called

        return classes_called(name, self.keras_major)

    def exports(self, name: str) -> bool:
        """Does the Keras that the program is for export a class or function under this name ("keras.layers.LSTM")?"""
        from .keras.api import exported

        return name in exported(self.keras_major)

    def lacks(self, spelled: str) -> bool:
        """Has the Keras that the program is for no such name in a public module, as the program spells it ("keras.losses.mse", "keras.layers.Dens"),
        or its TensorFlow none that TensorFlow 1 had?"""
        from .keras.api import lacks

        return lacks(spelled, self.keras_major)

    def has_not(self, spelled: str) -> bool:
        """The same, of `keras.backend` too, whose names are a matter of a rule of their own."""
        from .keras.api import has_not

        return has_not(spelled, self.keras_major)

    def first_lacking(self, spelled: str) -> str | None:
        """The beginning of an imported name that is lacking: "keras.model.Sequential" -> "keras.model". None where nothing is known to be."""
        from .keras.api import first_lacking

        return first_lacking(spelled, self.keras_major)

    def likeliest(self, spelled: str) -> str | None:
        """What may be meant by a name that a module of Keras doesn't have: "keras.layers.flatten" -> "keras.layers.Flatten"."""
        from .keras.names import likeliest

        return likeliest(spelled, self.keras_major)

    def exported_by_keras_2(self, spelled: str) -> bool:
        """Did Keras 2 export a class or function under this name ("keras.losses.MSE", or as TensorFlow shows it)?"""
        from .keras.api import exported

        return spelled.removeprefix("tensorflow.") in exported(2)

    def since_tensorflow_1(self, spelled: str) -> str | None:
        """Where TensorFlow 2 has what TensorFlow 1 had under this name ("tensorflow.set_random_seed"); None for every other name."""
        from .keras.api import since_tensorflow_1

        return since_tensorflow_1(spelled)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Every gap of every way, once per place and reason."""
        return tuple(self._once((w.gaps for w in self.ways), key=lambda g: (id(g.place.node), g.reason)))

    @cached_property
    def expected(self) -> tuple[Place, ...]:
        """The statements of which a test expects that they raise."""
        return tuple(self._once((w.expected for w in self.ways), key=lambda place: id(place.node)))

    @cached_property
    def layers(self) -> tuple[LayerObject, ...]:
        """Each layer, the last one of each place; what `input_shape=` puts in front of a layer stands where that one does."""

        def key(layer: LayerObject) -> Any:
            return (id(layer.place.node) if layer.place else id(layer), layer.class_name == "InputLayer")

        return tuple(self._once((w.layers for w in self.ways), key=key))

    @cached_property
    def layer_calls(self) -> tuple[LayerCall, ...]:
        """Each layer call, the last one for each place and layer."""
        return tuple(
            self._once(
                (w.layer_calls for w in self.ways),
                key=lambda c: (id(c.place.node), id(c.layer.place.node) if c.layer.place else 0),
            )
        )

    @cached_property
    def models(self) -> tuple[ModelSite, ...]:
        """Every place that creates a model, with its last model (a complete one before an incomplete one across ways)."""
        last = [way.last_models() for way in self.ways]
        best: dict[int, ModelObject] = {}
        for here in last:
            for key, model in here.items():
                old = best.get(key)
                if old is None or (old.unlisted and not model.unlisted) or (not old.layers and model.layers):
                    best[key] = model
        for key, model in best.items():
            others = [here[key] for here in last if key in here]
            classes = {tuple(layer.class_name for layer in other.layers) for other in others}
            if len(classes) > 1 and model.incomplete is None:
                model.incomplete = OTHER_LAYERS
            for other in others:
                _mark_differences(model, other)
        return tuple(ModelSite(m, m.place, m.name) for m in best.values() if m.place is not None)

    @cached_property
    def compiles(self) -> tuple[Compile, ...]:
        return tuple(self._once(w.compiles for w in self.ways))

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        return tuple(self._once(w.uses for w in self.ways))

    @cached_property
    def calls(self) -> tuple[LibraryCall, ...]:
        return tuple(self._once(w.calls for w in self.ways))

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        return tuple(self._once((w.imports for w in self.ways), key=lambda i: (id(i.place.node), i.name)))

    @cached_property
    def lacking(self) -> tuple[Lacking, ...]:
        """Names of libraries that are read and not there."""
        return tuple(self._once(w.lacking for w in self.ways))

    @cached_property
    def bindings(self) -> tuple[Binding, ...]:
        return tuple(self._once((w.bindings for w in self.ways), key=lambda b: (id(b.place.node), b.name)))

    @cached_property
    def assertions(self) -> tuple[Assertion, ...]:
        return tuple(self._once(w.assertions for w in self.ways))
