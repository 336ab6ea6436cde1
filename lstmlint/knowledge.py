"""The register of what libraries mean: one plain function per qualified name, found when a program uses the name.

Names are canonical ("keras.layers.LSTM", "numpy.reshape", "builtins.len"), however the user imported them. A module of
knowledge registers handlers with `@function`, `@method` and `@attribute`; the interpreter looks them up here and
knows no library by name. The module that knows a library is imported when the library is first used (`PROVIDERS`).

Names of methods and attributes are qualified by the type that provides them: a value's type name (`type_of`) is looked up
first, then its bases (`base`, `bases_of`). Special methods go by Python's names: "numpy.ndarray.__getitem__",
`__len__`, `__iter__`, `__call__`, `__enter__`, `__contains__`, `__bool__`; binary operators all go to `__operator__`
(args: operator text such as "+" or "@" or "==", other, reflected: bool), unary ones to `__unary__` (args: "-", "not", "~").
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import Any, NoReturn, Protocol, TypeVar

from .dims import Dim, TracedInt
from .faults import Fault, Gap, Moment, Refusal
from .frozen import dataclass
from .looks import BEGINNING
from .places import Origin, Place
from .values import (
    Arguments,
    Array,
    BoundArgument,
    BoundMethod,
    Counter,
    Dataset,
    DefaultDict,
    Deque,
    DictValue,
    InstanceDict,
    IteratorValue,
    LazyIterator,
    ListValue,
    NamedTuple,
    Object,
    OneOf,
    PathValue,
    RangeValue,
    SetValue,
    ShapeList,
    ShapeTuple,
    SizesTensor,
    SliceValue,
    Tensor,
    TrainingParams,
    Unknown,
    Value,
)


class Files(Protocol):
    """The files of the project as the program finds them when it runs."""

    def beginning(self, path: Value, most: int = BEGINNING) -> bytes | None:
        """The first bytes of the one file that the program means by this path; None where it is not there, or the program may have written it."""

    def names(self, path: Value) -> list[tuple[str, bool]] | None:
        """The entries of the one folder that is meant by this path, each with whether it is a folder; None as with files."""

    def written(self, path: Value) -> None:
        """The program writes a file, or makes a folder, of this name; an unknown one may be any."""

    def moved(self) -> None:
        """From here on relative paths mean something else, nobody knows what."""


class Engine(Protocol):
    """What knowledge may ask of the interpreter."""

    keras_major: int
    in_unknown_loop: str | None
    """Why what happens now may happen any number of times ("a loop of unknown length"), or None."""
    unseen: int
    """How many calls have gone to what can't be followed."""
    put: dict[str, Value]
    """What the program has put into modules and classes of libraries itself, by name."""
    files: Files
    record: Any
    """The `lstmlint.program.Record` of this way: append layer calls, models, fits, ... to its lists."""

    def call(
        self, function: Value, args: Iterable[Value], kwargs: Mapping[str, Value] | None = None, *, place: Place
    ) -> Value:
        """Call any callable value: a user's function, a layer, a library function."""

    def attempt(
        self, function: Value, args: Iterable[Value], kwargs: Mapping[str, Value] | None = None, *, place: Place
    ) -> Value:
        """`call` as inside of a `try`: unknown where it ends in an exception, of which nothing is recorded."""

    def call_often(self, function: Value, args: Iterable[Value], *, place: Place) -> Value:
        """`call` of which nobody knows how often it happens: what it changes beside its result is marked as approximate."""

    def get_attribute(self, value: Value, name: str, place: Place) -> Value:
        """`value.name`"""

    def set_attribute(self, value: Value, name: str, new: Value, place: Place) -> None:
        """`value.name = new`"""

    def get_item(self, value: Value, index: Value, place: Place) -> Value:
        """`value[index]`"""

    def find_method(self, value: Value, name: str) -> Value | None:
        """The user's own method `name` of an object, bound; None where only a library class (or nobody) defines it."""

    def iterate(self, value: Value, place: Place) -> list[Value] | None:
        """The items of an iterable, None when they can't all be known."""

    def number_of(self, value: Value) -> Any:
        """Which thing a value is, the same on every way."""

    def takes(self, exception: str) -> bool:
        """Does a handler around what happens now take an exception of this class, and go on?"""

    def truth(self, value: Value) -> bool | None:
        """True, False, or None when it can't be known."""

    def fault(self, fault: Fault) -> None:
        """Record a fault that does not stop the program (a silent one, or one at a later moment)."""

    def gap(self, reason: str, place: Place) -> Unknown:
        """Record that the tool loses track here; gives the unknown value to go on with."""

    @property
    def is_rewritten(self) -> bool:
        """Is a function followed whose Python `tf.function` rewrites into TensorFlow's, or what such a one calls?"""

    def name_for(self, prefix: str) -> str:
        """Keras's automatic name for the next object of this kind: lstm, lstm_1, ..."""

    def hide_name(self, prefix: str) -> None:
        """Something of this kind may have taken an automatic name, or have been given one that can't be seen."""

    def names_are_sure(self, prefix: str) -> bool:
        """Is it known how many automatic names of this kind have been taken?"""

    def numbers_are_sure(self, prefix: str) -> bool:
        """Do automatic names of this kind begin where it is known? What nobody calls may be called before what was followed before it, or alone."""

    def reset_names(self) -> None:
        """What `keras.backend.clear_session()` does to automatic names."""


class MissingArgument(IndexError):
    """A call without an argument that its function can't do without."""


class Few(list[Value]):
    """The arguments of a call that has few: a handler that asks for one more learns that the program doesn't give it."""

    def __getitem__(self, index: Any) -> Any:
        try:
            return super().__getitem__(index)
        except IndexError:
            raise MissingArgument from None


@dataclass(slots=True, eq=False)
class Call:
    """One call of a library function, as a handler receives it.

    `args` and `kwargs` are values; `arg_places`/`kwarg_places` say where each stands. `receiver` is the object for methods and
    attributes. `open` is True when a `*x` or `**x` could not be seen into, so that arguments may be missing.
    """

    name: str
    args: list[Value]
    kwargs: dict[str, Value]
    place: Place
    engine: Engine
    receiver: Value = None
    arg_places: list[Place] = field(default_factory=list)
    kwarg_places: dict[str, Place] = field(default_factory=dict)
    open: bool = False

    def bind(self, signature: str) -> Arguments:
        """Bind to a signature written as Python writes it: "a, newshape=None, *rest, axis=-1, **options".

        Defaults are literals. A wrong number of arguments or an unknown keyword raises the Refusal that Python's TypeError is.
        """
        return bind(self, parse_signature(signature))

    def unknown(self, reason: str, kind: str | None = None) -> Unknown:
        """An unknown value made at this call, with its reason (no gap is recorded)."""
        return Unknown(
            reason, self.place, kind, key=(id(self.place.node), self.name), origin=Origin(self.name, self.place)
        )

    def refuse(
        self,
        kind: str,
        required: str = "",
        got: str = "",
        message: str = "",
        *,
        moment: Moment = Moment.RUN,
        blamed: Iterable[Place | None] = (),
        exception: str = "ValueError",
        subject: Any = None,
        **details: Any,
    ) -> NoReturn:
        """Say that the library raises here."""
        places = tuple(p for p in blamed if p is not None)
        raise Refusal(
            Fault(
                kind,
                moment,
                self.place,
                subject if subject is not None else self.name,
                required,
                got,
                places,
                message,
                True,
                details,
            ),
            exception,
        )

    def notice(
        self,
        kind: str,
        message: str = "",
        *,
        moment: Moment = Moment.RUN,
        blamed: Iterable[Place | None] = (),
        subject: Any = None,
        **details: Any,
    ) -> None:
        """Record something that the library does silently and the author can't have meant."""
        places = tuple(p for p in blamed if p is not None)
        self.engine.fault(
            Fault(
                kind,
                moment,
                self.place,
                subject if subject is not None else self.name,
                "",
                "",
                places,
                message,
                False,
                details,
            )
        )


Handler = Callable[[Call], Value]
H = TypeVar("H", bound=Callable[..., Any])

_functions: dict[str, Handler] = {}
_attributes: dict[str, Handler] = {}
_class_methods: set[str] = set()
_constants: dict[str, Value] = {}
_bases: dict[str, tuple[str, ...]] = {}
_removed: dict[str, str] = {}
_silent: set[str] = set()

_EVERYWHERE = (
    "lstmlint.libs.decorators",
    "lstmlint.libs.contexts",
    "lstmlint.libs.testcases",
    "lstmlint.libs.versions",
)
"""Modules that know one kind of thing in many packages."""

_TWO_PYTHONS, _OF_TWO_PYTHONS = ("six", "future", "past"), "lstmlint.libs.two_pythons"
"""Packages for programs that run with Python 2 and 3, and the module that knows them."""

PROVIDERS: dict[str, tuple[str, ...]] = {
    "PIL": ("lstmlint.libs.pillow", *_EVERYWHERE),
    "builtins": ("lstmlint.libs.builtins",),
    "cv2": ("lstmlint.libs.opencv",),
    **dict.fromkeys(["gym", "gymnasium"], ("lstmlint.libs.environments", *_EVERYWHERE)),
    "keras": ("lstmlint.keras", *_EVERYWHERE),
    "numpy": ("lstmlint.libs.numpy.everything",),
    "pandas": ("lstmlint.libs.pandas",),
    "sklearn": ("lstmlint.libs.sklearn",),
    "tensorflow": (
        "lstmlint.libs.tensorflow",
        "lstmlint.libs.tfdata.everything",
        *_EVERYWHERE,
        "lstmlint.keras.ops.symbolic_tensorflow",
    ),
    "tensorflow_datasets": ("lstmlint.libs.tfdata.everything",),
    "tqdm": ("lstmlint.libs.progress",),
    **dict.fromkeys(_TWO_PYTHONS, (_OF_TWO_PYTHONS, *_EVERYWHERE)),
}
"""Top-level package -> the modules that know it. Every other package of the standard library is in `lstmlint.libs.stdlib`."""

BYSTANDERS = frozenset(
    ["IPython", "graphviz", "matplotlib", "mpl_toolkits", "plotly", "seaborn", "tensorboard", "termcolor", "wandb"]
)
"""Packages that only show and log: they change nothing that they are given, and no model is made of what they return."""

_loaded: set[str] = set()

CANONICAL: dict[str, str] = {
    "keras": "lstmlint.keras.names",
    "tf_keras": "lstmlint.keras.names",
    "tensorflow": "lstmlint.keras.names",
}
"""Top-level package -> the module whose `canonical(spelled)` says what a name of that package really is, and which names there are."""

_RENAMING = {**CANONICAL, **dict.fromkeys(_TWO_PYTHONS, _OF_TWO_PYTHONS)}
"""The same with packages of which nothing more is known than how they call what others have."""


@functools.lru_cache(maxsize=8192)
def canonical(spelled: str) -> str:
    """The canonical name of an imported name: "tensorflow.keras.layers.LSTM" -> "keras.layers.LSTM"."""
    module = _RENAMING.get(_package(spelled))
    if module is None:
        return spelled
    answer: str = importlib.import_module(module).canonical(spelled)
    return answer


def is_bystander(name: str) -> bool:
    """Does the package of this function only show or log what it is given?"""
    return _package(name) in BYSTANDERS


@functools.lru_cache(maxsize=8192)
def is_public(name: str) -> bool:
    """Does the library whose package this is export something under this canonical name, known to us or not?"""
    module = CANONICAL.get(_package(name))
    return module is not None and bool(importlib.import_module(module).is_public(name))


def exports_module(name: str) -> bool:
    """Does the library whose package this is export things from a module of this canonical name?"""
    module = CANONICAL.get(_package(name))
    return module is not None and bool(importlib.import_module(module).is_module(name))


@functools.lru_cache(maxsize=8192)
def lacks(spelled: str, keras_major: int) -> bool:
    """Has a library no such name, as the program spells it, although one that is much like it has?"""
    module = CANONICAL.get(_package(spelled))
    return module is not None and bool(importlib.import_module(module).lacks(spelled, keras_major))


@functools.lru_cache(maxsize=8192)
def has_not(spelled: str, keras_major: int) -> bool:
    """Does reading the name, as the program spells it, raise AttributeError, and importing it ImportError?"""
    module = CANONICAL.get(_package(spelled))
    return module is not None and bool(importlib.import_module(module).has_not(spelled, keras_major))


@functools.lru_cache(maxsize=8192)
def defines(class_name: str, attribute: str) -> bool:
    """Has a library's class surely such an attribute, so that what stands behind it among a class's bases is not asked for it?"""
    module = CANONICAL.get(_package(class_name))
    return (
        module is not None
        and class_name.startswith("keras.")
        and bool(importlib.import_module(module).defines(class_name, attribute))
    )


_TYPE_NAMES: dict[type, str] = {
    bool: "builtins.bool",
    int: "builtins.int",
    TracedInt: "builtins.int",
    Dim: "builtins.int",
    float: "builtins.float",
    complex: "builtins.complex",
    str: "builtins.str",
    bytes: "builtins.bytes",
    tuple: "builtins.tuple",
    type(None): "builtins.NoneType",
    type(...): "builtins.ellipsis",
    ListValue: "builtins.list",
    DictValue: "builtins.dict",
    InstanceDict: "builtins.dict",
    SetValue: "builtins.set",
    RangeValue: "builtins.range",
    SliceValue: "builtins.slice",
    IteratorValue: "builtins.generator",
    LazyIterator: "builtins.generator",
    NamedTuple: "builtins.tuple",
    ShapeTuple: "builtins.tuple",
    SizesTensor: "builtins.tuple",
    ShapeList: "builtins.list",
    DefaultDict: "collections.defaultdict",
    TrainingParams: "builtins.dict",
    Counter: "collections.Counter",
    Deque: "collections.deque",
    PathValue: "pathlib.Path",
    Tensor: "keras.KerasTensor",
}


def type_of(value: Value) -> str | None:
    """The qualified name of the type under which methods and attributes of a value are registered; None when unknown."""
    found = _TYPE_NAMES.get(type(value))
    if found is not None:
        return found
    if isinstance(value, (Array, Dataset, Object)):
        return value.type_name
    if isinstance(value, OneOf):
        kind = value.kind or "object"
        return kind if "." in kind else f"builtins.{kind}"
    return None


def provide(package: str) -> None:
    """Import the modules that know a top-level package, once."""
    if package in _loaded:
        return
    _loaded.add(package)
    for module in PROVIDERS.get(package, ("lstmlint.libs.stdlib", *_EVERYWHERE)):
        importlib.import_module(module)


def function(*names: str) -> Callable[[H], H]:
    """Register a handler for functions and classes (their construction) under their canonical names."""

    def register(handler: H) -> H:
        for name in names:
            _functions[name] = handler
        return handler

    return register


def class_method(*names: str) -> Callable[[H], H]:
    """The same for class methods. Called on a class of the user's that inherits it, the receiver is that class."""
    _class_methods.update(names)
    return function(*names)


def is_class_method(name: str) -> bool:
    """Was the name registered by `class_method`?"""
    return name in _class_methods


Watch = Callable[[str, list[Value]], "Handler | None"]
"""Asked before a function of a package is called, with its name and its arguments: the handler to take instead, or None."""

_watches: dict[str, Watch] = {}


def watch(package: str, asked: Watch) -> None:
    """Let another library have the first word on what is passed to this package's functions."""
    _watches[package] = asked


def watching(name: str, values: list[Value]) -> Handler | None:
    """The handler that a watch puts before a function's own; None for nearly every call."""
    asked = _watches.get(_package(name))
    return None if asked is None else asked(name, values)


Finish = Callable[[Engine, BoundMethod], None]
"""Told of a method of the user's that has been run, on an object that keeps it."""

_finishes: dict[str, Finish] = {}


def finishing(name: str) -> Callable[[Finish], Finish]:
    """Register what a library does once a method of this name, written by the user, has been run on one of its objects."""

    def register(told: Finish) -> Finish:
        _finishes[name] = told
        return told

    return register


def finish(engine: Engine, done: BoundMethod) -> None:
    """Let the library whose method the user has overridden do what it does afterwards; nothing for nearly every call."""
    told = _finishes.get(done.function.name)
    if told is not None:
        told(engine, done)


method = function
"""Register a handler for methods: "numpy.ndarray.reshape". The object is `call.receiver`."""


def attribute(*names: str) -> Callable[[H], H]:
    """Register a handler for attributes that are not methods: "numpy.ndarray.shape"."""

    def register(handler: H) -> H:
        for name in names:
            _attributes[name] = handler
        return handler

    return register


def constant(name: str, value: Value) -> None:
    """Register a constant: "math.pi"."""
    _constants[name] = value


def silent(*names: str) -> None:
    """Functions and methods that always give None: they change something, show it or store it."""
    _silent.update(names)


def gives_nothing(name: str) -> bool:
    """Does this function or method always give None?"""
    _provide_for(name)
    return name in _silent


def base(name: str, *bases: str) -> None:
    """Say what a library class inherits from."""
    _bases[name] = bases
    _lines.clear()


def _package(name: str) -> str:
    return name.partition(".")[0]


def _provide_for(name: str) -> None:
    """Import what knows the package of a name; names come again and again, so that is looked up once."""
    if name not in _asked:
        provide(_package(name))
        _asked.add(name)


_asked: set[str] = set()


def find_function(name: str) -> Handler | None:
    """The handler of a canonical name."""
    _provide_for(name)
    return _functions.get(name)


def find_attribute(name: str) -> Handler | None:
    """The attribute handler of a qualified name."""
    _provide_for(name)
    return _attributes.get(name)


def has_constant(name: str) -> bool:
    """Is the name a registered constant?"""
    _provide_for(name)
    return name in _constants


def get_constant(name: str) -> Value:
    """The value of a registered constant. KeyError when there is none."""
    return _constants[name]


_lines: dict[str, tuple[str, ...]] = {}
"""What `bases_of` has found."""


def bases_of(name: str) -> tuple[str, ...]:
    """The class itself and everything that it inherits from, nearest first."""
    found = _lines.get(name)
    if found is not None:
        return found
    _provide_for(name)
    order: list[str] = []
    queue = [name]
    while queue:
        current = queue.pop(0)
        if current not in order:
            order.append(current)
            queue.extend(_bases.get(current, ()))
    _lines[name] = tuple(order)
    return _lines[name]


def is_subclass(name: str, ancestor: str) -> bool:
    """Does the library class `name` inherit from `ancestor` (or is it the same)?"""
    return ancestor in bases_of(name)


def is_class(name: str) -> bool:
    """Is the name known to be a class?"""
    _provide_for(name)
    return name in _bases


@functools.lru_cache(maxsize=8192)
def may_be_any_value(name: str) -> bool:
    """Is nothing known of what a module has under this name (`config.UNITS`), so that it may be a number, a text or None as well as a function?

    A package is a module, and what is spelled as classes are is taken for one.
    """
    if "." not in name or is_like_a_class(name):
        return False
    return not (find_function(name) or find_attribute(name) or has_constant(name) or is_public(name))


def is_like_a_class(name: str) -> bool:
    """Is the name known to be a class, or spelled as classes are?"""
    short = name.rpartition(".")[2]
    return is_class(name) or (short[:1].isupper() and not short.isupper())


def find_method(type_name: str, name: str) -> tuple[str, Handler] | None:
    """The handler of a method on a type or one of its bases, with the qualified name that provides it."""
    for owner in bases_of(type_name):
        handler = find_function(f"{owner}.{name}")
        if handler is not None:
            return f"{owner}.{name}", handler
    return None


def find_attribute_of(type_name: str, name: str) -> Handler | None:
    """The handler of an attribute on a type or one of its bases."""
    for owner in bases_of(type_name):
        handler = find_attribute(f"{owner}.{name}")
        if handler is not None:
            return handler
    return None


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a signature. `kind` is "positional", "keyword", "var" (*args) or "kwargs" (**options)."""

    name: str
    kind: str = "positional"
    default: Value = None
    required: bool = True


class Signature(tuple[Parameter, ...]):
    """Parameters in order, and what binding a call needs to know of them, worked out once."""

    @functools.cached_property
    def slots(self) -> tuple[str, ...]:
        """The parameters that take what is given by position."""
        return tuple(p.name for p in self if p.kind == "positional")

    @functools.cached_property
    def names(self) -> frozenset[str]:
        """The parameters that take what is given by name."""
        return frozenset(p.name for p in self if p.kind in ("positional", "keyword"))

    @functools.cached_property
    def takes_rest(self) -> bool:
        """Is there a `*args`?"""
        return any(p.kind == "var" for p in self)

    @functools.cached_property
    def takes_extra(self) -> bool:
        """Is there a `**kwargs`?"""
        return any(p.kind == "kwargs" for p in self)

    @functools.cached_property
    def defaults(self) -> tuple[tuple[Parameter, BoundArgument], ...]:
        """The named parameters, each with what it is when nobody gives it."""
        return tuple((p, BoundArgument(p.default, None, False)) for p in self if p.name in self.names)


@functools.lru_cache(maxsize=4096)
def parse_signature(text: str) -> Signature:
    """Read a signature such as "x, axis=-1, *, keepdims=False, **options" (defaults are literals; names in it are strings)."""
    import ast

    tree = ast.parse(f"def f({text}): pass").body[0]
    assert isinstance(tree, ast.FunctionDef)
    spec = tree.args

    def default(node: ast.expr | None) -> tuple[Value, bool]:
        if node is None:
            return None, True
        try:
            return ast.literal_eval(node), False
        except ValueError:
            return ast.unparse(node), False

    found: list[Parameter] = []
    positional = [*spec.posonlyargs, *spec.args]
    padding: list[ast.expr | None] = [None] * (len(positional) - len(spec.defaults))
    for arg, node in zip(positional, padding + list(spec.defaults)):
        value, required = default(node)
        found.append(Parameter(arg.arg, "positional", value, required))
    if spec.vararg:
        found.append(Parameter(spec.vararg.arg, "var", required=False))
    for arg, node in zip(spec.kwonlyargs, spec.kw_defaults):
        value, required = default(node)
        found.append(Parameter(arg.arg, "keyword", value, required))
    if spec.kwarg:
        found.append(Parameter(spec.kwarg.arg, "kwargs", required=False))
    return Signature(found)


def bind(call: Call, parameters: tuple[Parameter, ...]) -> Arguments:
    """Bind a call to parameters as Python does; TypeError becomes a Refusal."""
    short = call.name.rpartition(".")[2]
    bound: dict[str, BoundArgument] = {}
    extra: dict[str, BoundArgument] = {}
    rest: list[BoundArgument] = []
    signature = parameters if isinstance(parameters, Signature) else Signature(parameters)
    slots, names = signature.slots, signature.names
    for i, value in enumerate(call.args):
        place = call.arg_places[i] if i < len(call.arg_places) else None
        argument = BoundArgument(value, place, True)
        if i < len(slots):
            bound[slots[i]] = argument
        elif signature.takes_rest:
            rest.append(argument)
        else:
            call.refuse(
                "too-many-arguments", f"at most {len(slots)} positional arguments", f"{len(call.args)}",
                f"{short}() takes {len(slots)} positional arguments but {len(call.args)} were given", exception="TypeError",
                blamed=(place,), argument_index=i, passes_itself=call.receiver is not None and call.args[0] is call.receiver,
            )  # fmt: skip
    for name, value in call.kwargs.items():
        place = call.kwarg_places.get(name)
        if name in names:
            if name in bound:
                call.refuse(
                    "duplicate-argument", "", name, f"{short}() got multiple values for argument '{name}'",
                    exception="TypeError", blamed=(place,), argument=name,
                )  # fmt: skip
            bound[name] = BoundArgument(value, place, True)
        elif signature.takes_extra:
            extra[name] = BoundArgument(value, place, True)
        else:
            call.refuse(
                "unknown-argument", "", name, f"{short}() got an unexpected keyword argument '{name}'",
                exception="TypeError", blamed=(place,), argument=name, accepted=sorted(names), taken=frozenset(bound),
            )  # fmt: skip
    for parameter, default in signature.defaults:
        if parameter.name in bound:
            continue
        if call.open:
            reason = f"`{parameter.name}` may come from a `*` or `**` argument that can't be seen"
            bound[parameter.name] = BoundArgument(Unknown(reason, call.place), None, False)
        elif parameter.required:
            call.refuse(
                "missing-argument", parameter.name, "", f"{short}() missing required argument: '{parameter.name}'",
                exception="TypeError", argument=parameter.name, given=dict(call.kwarg_places),
            )  # fmt: skip
        else:
            bound[parameter.name] = default
    return Arguments(bound, extra, tuple(rest), call.open)


__all__ = [
    "Call", "Engine", "Gap", "Handler", "Parameter", "attribute", "base", "bases_of", "bind", "canonical", "constant", "find_attribute", "find_attribute_of",
    "find_function", "find_method", "function", "get_constant", "has_constant", "is_class", "is_subclass", "method", "parse_signature", "provide", "type_of", "Dim",
]  # fmt: skip
