"""The machine: the state of one way through a program, and the services that knowledge asks of the interpreter."""

from __future__ import annotations

import ast
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from ..dims import Dim, Expr, bounds
from ..faults import Fault, Gap, Leaving, Moment, Refusal
from ..knowledge import (
    Call,
    Few,
    Files,
    Handler,
    MissingArgument,
    bases_of,
    find_function,
    finish,
    get_constant,
    gives_nothing,
    has_constant,
    is_bystander,
    is_class,
    is_subclass,
    type_of,
    watching,
)
from ..knowledge import find_method as find_library_method
from ..nodes import returns_nothing
from ..places import Place
from ..program import LibraryCall, Record
from ..shapes import Shape
from ..values import (
    ESCAPED,
    REWRITTEN,
    Absent,
    Array,
    BoundMethod,
    BuiltFunction,
    ClassValue,
    DictValue,
    External,
    ExternalMethod,
    FunctionValue,
    LayerObject,
    LazyIterator,
    ListValue,
    ModelObject,
    ModuleValue,
    NamedTuple,
    Nothing,
    Object,
    Partial,
    ShapeTuple,
    Unknown,
    Value,
    none_for_absent,
)
from . import assigning, attributes, deciding, functions, handed, protocols, questions
from .budget import Budget, OutOfBudget
from .classes import bind_to, construct
from .disk import Disk
from .flow import Raised
from .left_open import is_unsure, unsure
from .lookup import PropertyValue, StaticValue, SuperValue, lookup
from .modules import star_name
from .open_sizes import OpenName
from .operators import PythonError
from .project_files import ProjectFiles
from .recurring import Recurring
from .scopes import MISSING, Scope
from .stated import Stated
from .turns import Loop, any_number_of_turns
from .ways import Decisions, Question, bounded

STRICT = bool(os.environ.get("LSTMLINT_STRICT"))
"""Set in tests: an error inside the engine is raised instead of becoming a gap."""


def _passes_on(node: Any, argument: object) -> bool:
    """Does a call pass on what a function that nobody has called was not given: its `*args` and `**kwargs`, or a name that is None as yet?"""
    return isinstance(node, ast.Call) and (
        any(isinstance(a, ast.Starred) for a in node.args)
        or any(k.arg is None or (k.arg == argument and not isinstance(k.value, ast.Constant)) for k in node.keywords)
    )


def _wants_instance(owner: str, name: str, first: Value) -> bool:
    """Is the first argument of `owner.name(...)` the instance that the method belongs to?"""
    if functions.is_instance_method(owner, name):
        return True
    return isinstance(first, Object) and is_class(owner) and is_subclass(first.type_name, owner)


def _as_none(handler: Handler) -> Handler:
    """The handler, which sees None for what is `Absent`; if it refuses that, the same as for anything that isn't known. `Nothing` is None for
    certain; a layer that is called asks for it itself."""

    def trying(call: Call) -> Value:
        args = type(call.args)(none_for_absent(value) for value in call.args)
        kwargs = {name: none_for_absent(value) for name, value in call.kwargs.items()}
        nothing = next((value for value in (*call.args, *call.kwargs.values()) if isinstance(value, Nothing)), None)
        if nothing is not None and call.name.endswith(".__call__"):
            return handler(call)
        try:
            return handler(replace(call, args=args, kwargs=kwargs))
        except Refusal as refusal:
            if nothing is None:
                return handler(call)
            fault = replace(refusal.fault, details={**refusal.fault.details, "nothing": nothing})
            raise Refusal(fault, refusal.exception) from None

    return trying


def _times(value: Value) -> int:
    """How often a function of the user's has been followed."""
    while isinstance(value, (BoundMethod, Partial)):
        value = value.function
    return value.times if isinstance(value, FunctionValue) else 0


_WITHOUT_LAYERS = ("tensorflow.", "numpy.", "pandas.", "sklearn.", "scipy.")
"""Libraries whose objects are no Keras layers (`tensorflow.keras` goes by its own name)."""


def _calculated(fault: Fault) -> bool:
    """Does a fault compare sizes that are expressions of what is not known?

    In a function that nobody has called, a condition that was decided may have said something else of them.
    """
    values = [v for value in fault.details.values() for v in (value if isinstance(value, tuple) else (value,))]
    dims = [v for v in values if isinstance(v, Dim)]
    for value in values:
        shape = value.shape if isinstance(value, Array) else value
        dims += (shape.dims or ()) if isinstance(shape, Shape) else ()
    return any(isinstance(dim.size, Expr) for dim in dims)


_MANY_MODULES = 32
"""A package may have hundreds of modules that import each other, of which a file uses a few."""


class Machine:
    """One way through a program. Implements `lstmlint.knowledge.Engine`."""

    def __init__(
        self, path: str, budget: Budget, decisions: Decisions, keras_major: int, disk: Disk, recurring: Recurring
    ) -> None:
        self.budget = budget
        self.decisions = decisions
        self.keras_major = keras_major
        self.record = Record()
        self.in_unknown_loop: str | None = None
        self.unseen = 0
        self.escaped: list[int] = []
        """By number, the arrays and objects that were handed to code that can't be seen."""
        self.loops: list[Loop] = []
        """The loops that are being followed."""
        self.recurring = recurring
        """What the turns of loops have been seen to change; shared by all ways."""
        self.trail: list[Any] = []
        """The functions that were called in loops, in order."""
        self.answers: dict[Any, Value] = {}
        """What is not known of a question that was asked before, by the question."""
        self.parts: dict[Any, tuple[Place, ...]] = {}
        """Where the parts of conditions with `and` and `or` stand."""
        self.stated: dict[int, tuple[Stated, ...]] = {}
        """Shapes that comments state, by the statement that they belong to."""
        self.stated_sizes: dict[tuple[str, str], Dim] = {}
        """What the names in stated shapes stand for, by file and name."""
        self.undecided = 0
        """How many conditions were decided by assumption in loops, where each turn may decide otherwise."""
        self.varying = 0
        """How many of them ask about something that is another thing in each turn."""
        self.asked: dict[Any, tuple[Any, Any]] = {}
        """What conditions of this way asked about, each with where it was first asked and its number in the order of asking there."""
        self.counted: dict[Any, int] = {}
        self.reads_sizes = False
        """Has anything read a size of a shape?"""
        self.sizes_read: dict[int, ShapeTuple] = {}
        """The expressions, by identity, that read a size of a shape, with the shape."""
        self.open_names: dict[tuple[int, str], OpenName] = {}
        """The names and attributes that got a None out of a shape."""
        self.guards = 0
        self.one_version = 0
        """How many conditions that choose by a library's version enclose what is followed."""
        self.takers: list[Callable[[Raised], bool]] = []
        """Of each `try` and `with` that encloses what is followed, what tells whether it takes an exception and goes on."""
        self.put: dict[str, Value] = {}
        """What the program has put into modules and classes of libraries itself: `keras.layers.Mine = Mine`."""
        self.any_absent = False
        """May there be a value that is None on a condition that can't be decided?"""
        self.speculative = False
        """True while functions that nobody calls are followed: what is wrong with such a call is our own invention."""
        self.trial: set[int] | None = None
        """On trial (see `trial`): the nodes, by identity, that have asked anything of a library."""
        self.failed_assertions = 0
        """How many assertions have failed that were passed over."""
        self.depth = 0
        self.functions: list[FunctionValue] = []
        self.own_names: set[str] = set()
        """The names of the program's own functions and methods."""
        self.classes: list[ClassValue] = []
        self.active: list[Any] = []
        self.endless: Counter[int] = Counter()
        """How often a function (its node's identity) was left because nobody knows how deep it goes into itself."""
        self.sites: list[tuple[Place, int]] = []
        """The calls of the user's functions that are being followed, outermost first, and how many conditions that can't be known had been asked when each began."""
        self.long_loops: dict[int, int] = {}
        """Loops that were too long to be unrolled, and after how many turns that was seen."""
        self.handling: list[Raised] = []
        """The exceptions whose handlers are being followed: what a bare `raise` raises again."""
        self.roots: tuple[str, ...] = ()
        """Folders from which imports start, besides those that are found."""
        self._names: dict[str, int] = {}
        self._named_before: frozenset[str] = frozenset()
        self.modules: dict[str, ModuleValue] = {}
        """The project's modules by path: each is followed once on a way."""
        self.importing = 0
        """How many modules are being followed because another one imports them."""
        self.disk = disk
        """Parsed files by path, None for those that can't be read; shared by all ways."""
        self.files: Files = ProjectFiles(path, disk)

    # names ------------------------------------------------------------------------------------------------------------

    def builtin(self, name: str) -> Value:
        """What a star import brings under a name, else what `builtins` has; None when nothing."""
        module = self.active[-1].module if self.active else None
        starred = star_name(module.names, name) if module is not None else None
        if starred is not None:
            return starred
        full = f"builtins.{name}"
        if find_function(full) is not None or is_class(full):
            return External(full, None, name)
        if has_constant(full):
            return get_constant(full)
        if name in functions.BUILTINS or name in functions.EXCEPTIONS:
            return External(full, None, name)
        return None

    @property
    def guarded(self) -> bool:
        """Is what is followed meant for the case that something may not be there: inside a `try`, or for one version of a library?"""
        return self.guards > 0 or self.one_version > 0

    @property
    def is_rewritten(self) -> bool:
        """Is a function followed whose Python `tf.function` rewrites into TensorFlow's, or what such a one calls?"""
        return any(scope.function is not None and REWRITTEN in scope.function.attributes for scope in self.active)

    def takes(self, exception: str) -> bool:
        """Does a handler around what is followed take an exception of this class, and go on?"""
        raised = Raised(exception)
        return any(taker(raised) for taker in reversed(self.takers))

    @property
    def imports_many(self) -> bool:
        """Does the program import so much of its project that each part is only looked at when it is used?"""
        return len(self.modules) >= _MANY_MODULES

    def absent(self, reason: str, place: Place, node: Any) -> Absent:
        """None as a condition that can't be decided left it: by the expression or the target `node`."""
        self.any_absent = True
        return Absent(reason, place, key=("absent", id(node)))

    def nothing(self, function: Value, place: Place) -> Nothing | None:
        """The None of this call, known for that of what never gives anything back where it is one."""
        own = function.function if isinstance(function, BoundMethod) else function
        if isinstance(own, FunctionValue):
            inherited = own.owner is not None and self.speculative  # a class that inherits it may have another one
            if inherited or not returns_nothing(own.node):
                return None
            name, written = own.name, own
        elif isinstance(own, (External, ExternalMethod)) and gives_nothing(own.name):
            name, written = own.name, None
        else:
            return None
        self.any_absent = True
        key = ("nothing", id(place.node))
        return Nothing(f"`{name.rpartition('.')[2]}()` returns nothing", place, key=key, function=written, name=name)

    def refuse_nothing(self, value: Nothing, use: str, exception: str, message: str, place: Place) -> None:
        """Python refuses what is done with such a None: `.name`, `[]`, an operator, `for`, or `=`, which unpacks it."""
        details = {"nothing": value, "use": use}
        self.raise_fault(
            Fault("nothing-returned", Moment.RUN, place, value.name, "", "None", (), message, details=details),
            exception,
        )

    def assign_name(self, scope: Scope, name: str, value: Value, node: Any) -> None:
        """`name = value`: integers remember the name, arrays and tensors take it."""
        assigning.assign_name(self, scope, name, value, node)

    def trace(self, value: Value, label: str, place: Place) -> Value:
        """The value with its new name as its origin."""
        return assigning.trace(value, label, place)

    def assign(self, target: ast.expr, value: Value, scope: Scope) -> None:
        """Assign to a name, attribute, subscript, or a tuple of such."""
        assigning.assign(self, target, value, scope)

    def evaluate(self, node: ast.expr, scope: Scope) -> Value:
        """The value of an expression."""
        from .expressions import evaluate

        return evaluate(self, node, scope)

    # calls ------------------------------------------------------------------------------------------------------------

    def call(
        self,
        function: Value,
        args: Iterable[Value],
        kwargs: Mapping[str, Value] | None = None,
        *,
        place: Place,
        arg_places: list[Place] | None = None,
        kwarg_places: dict[str, Place] | None = None,
        open: bool = False,
        function_node: ast.expr | None = None,
        scope: Scope | None = None,
    ) -> Value:
        """Call any callable value."""
        self.budget.step()
        arguments, keywords = list(args), dict(kwargs or {})
        where: dict[str, Any] = {"arg_places": arg_places or [], "kwarg_places": kwarg_places or {}, "open": open}
        if isinstance(function, External):
            noted = len(self.record.calls)
            try:
                return self._call_external(function, arguments, keywords, place, where)
            finally:
                if len(self.record.calls) > noted and self.record.calls[-1].place is place:
                    self.record.calls[-1].spelled = function.spelled
        if isinstance(function, ExternalMethod):
            handler = find_function(function.name)
            if handler is not None:
                return self.handle(
                    function.name, handler, arguments, keywords, place, receiver=function.receiver, **where
                )
            return self.lost(
                f"`{function.name}()` is not known", place, [function.receiver, *arguments, *keywords.values()]
            )
        if isinstance(function, FunctionValue):
            return functions.call_function(self, function, arguments, keywords, place, **where)
        if isinstance(function, BoundMethod):
            where["arg_places"] = [place, *where["arg_places"]]
            result = functions.call_function(
                self, function.function, [function.receiver, *arguments], keywords, place, **where
            )
            finish(self, function)
            return result
        if isinstance(function, ClassValue):
            return construct(self, function, arguments, keywords, place, **where)
        if isinstance(function, Partial):
            merged = {**function.kwargs, **keywords}
            where["arg_places"] = [place] * len(function.args) + where["arg_places"]
            where["open"] = open or function.open
            return self.call(function.function, [*function.args, *arguments], merged, place=place, **where)
        if isinstance(function, BuiltFunction):
            call = Call(function.name, arguments, keywords, place, self, **where)
            return self._guarded(call, function.run)
        if isinstance(function, Object):
            method = self.find_method(function, "__call__")
            library = find_library_method(function.type_name, "__call__")
            if method is not None:
                return self.call(method, arguments, keywords, place=place, **where)
            if library is not None:
                return self.handle(library[0], library[1], arguments, keywords, place, receiver=function, **where)
        if isinstance(function, Unknown):
            self.unseen += 1
            given = [*arguments, *keywords.values()]
            self.escape(given, function.reason)
            function.apply(given)
            key = bounded(questions.key_of_call(self, function, given, place)) if function.key is not None else None
            return Unknown(function.reason, place, key=key, of=function)
        type_name = type_of(function)
        library = find_library_method(type_name, "__call__") if type_name else None
        if library is not None:
            return self.handle(library[0], library[1], arguments, keywords, place, receiver=function, **where)
        return self.lost("what is called here is not known", place, [*arguments, *keywords.values()])

    def attempt(
        self, function: Value, args: Iterable[Value], kwargs: Mapping[str, Value] | None = None, *, place: Place
    ) -> Value:
        """`call` as inside of a `try`: unknown where it ends in an exception, of which nothing is recorded."""
        self.guards += 1
        self.takers.append(lambda raised: True)
        try:
            return self.call(function, args, kwargs, place=place)
        except Raised as raised:
            return Unknown(f"it raises {raised.name.rpartition('.')[2]}", place)
        finally:
            self.takers.pop()
            self.guards -= 1

    def call_often(self, function: Value, args: Iterable[Value], *, place: Place) -> Value:
        """`call` of which nobody knows how often it happens: what it changes beside its result is marked as approximate."""
        if isinstance(function, External):
            return self.call(function, args, place=place)
        why = "a call that happens any number of times"
        with any_number_of_turns(self, self.active[-1], why, place.node):
            return self.call(function, args, place=place)

    def _call_external(
        self, function: External, args: list[Value], kwargs: dict[str, Value], place: Place, where: dict[str, Any]
    ) -> Value:
        native = functions.NATIVE.get(function.name)
        if native is not None:
            made = native(self, args, kwargs, place)
            if isinstance(made, Partial):
                made.open = where["open"]
            return made
        owner, _, name = function.name.rpartition(".")
        handler = watching(function.name, [*args, *kwargs.values()]) or find_function(function.name)
        # str.lower(text), Layer.__init__(self)
        if handler is not None and args and _wants_instance(owner, name, args[0]):
            where["arg_places"] = where["arg_places"][1:]
            return self.handle(function.name, handler, args[1:], kwargs, place, receiver=args[0], **where)
        if handler is not None:
            return self.handle(function.name, handler, args, kwargs, place, **where)
        if is_class(owner) and args:  # Class.method(instance, ...)
            found = find_library_method(owner, name)
            if found is not None:
                where["arg_places"] = where["arg_places"][1:]
                return self.handle(found[0], found[1], args[1:], kwargs, place, receiver=args[0], **where)
        if function.name.startswith("builtins.") and name in functions.EXCEPTIONS:
            return Object(function.name, place=place)
        self._remember(function.name, args, kwargs, place, None, where, Unknown("not known"), None)
        if is_bystander(function.name):
            self.escape(handed.callables([*args, *kwargs.values()]), "it may be called")
            return Unknown(f"`{function.spelled or function.name}()` only shows something", place)
        made = self.lost(f"`{function.spelled or function.name}()` is not known", place, [*args, *kwargs.values()])
        made.plain = function.name.startswith(_WITHOUT_LAYERS)
        return made

    def handle(
        self,
        name: str,
        handler: Handler,
        args: list[Value],
        kwargs: dict[str, Value],
        place: Place,
        receiver: Value = None,
        arg_places: list[Place] | None = None,
        kwarg_places: dict[str, Place] | None = None,
        open: bool = False,
    ) -> Value:
        """Run a handler of the knowledge base, and take note of the call."""
        if self.any_absent and any(isinstance(value, Absent) for value in (*args, *kwargs.values())):
            handler = _as_none(handler)
        args = Few(args) if len(args) < 3 else args
        call = Call(name, args, kwargs, place, self, receiver, arg_places or [], kwarg_places or {}, open)
        given = handed.callables((*args, *kwargs.values()))
        before = [_times(value) for value in given]
        found = self._guarded(call, handler)
        if given and type(found) not in handed.CALLABLE and not handed.keeps_apart(name):
            for value, times in zip(given, before):
                if _times(value) == times:  # the handler doesn't call it, but the library does
                    handed.changed_by(self, value)
        return questions.same_answer(self, call, found) if questions.only_asks(name) else found

    def _guarded(self, call: Call, handler: Handler) -> Value:
        if self.trial is not None:
            self.trial.add(id(call.place.node))
        refused: Fault | None = None
        where = {"arg_places": call.arg_places, "kwarg_places": call.kwarg_places}
        try:
            result = handler(call)
        except Refusal as refusal:
            refused = refusal.fault
            if is_unsure(call):
                return self.gap(f"not all arguments of `{call.name}()` are known", call.place)
            raises = Unknown("Keras raises here" if "keras" in call.name else "this raises", call.place)
            result = raises if refusal.instead is None else refusal.instead
            self._remember(call.name, call.args, call.kwargs, call.place, call.receiver, where, result, refused)
            self.raise_fault(refused, refusal.exception)
            return result
        except (Raised, OutOfBudget):
            raise
        except Leaving as leaving:
            raise Raised(leaving.exception) from None
        except MissingArgument:
            result = self.gap(f"not all arguments of `{call.name}()` are known", call.place)
        except RecursionError:
            result = self.gap("nested too deeply to be followed", call.place)
        except MemoryError:
            result = self.gap("what this makes is too large to follow", call.place)
        except Exception as error:
            if STRICT or type(error).__name__ == "EnoughYields":
                raise
            result = self.gap(
                f"lstmlint failed on `{call.name}` ({type(error).__name__}: {error}); please report this", call.place
            )
        if is_unsure(call):
            result = unsure(call, result)
        if not call.name.endswith(("__operator__", "__getitem__")):
            self._remember(call.name, call.args, call.kwargs, call.place, call.receiver, where, result, None)
        return result

    def _remember(
        self, name: str, args: list[Value], kwargs: dict[str, Value], place: Place, receiver: Value, where: dict[str, Any],
        result: Value, refused: Fault | None,
    ) -> None:  # fmt: skip
        if name.startswith("builtins."):
            return
        self.record.calls.append(
            LibraryCall(
                name, tuple(args), kwargs, place, result, receiver, tuple(where["arg_places"]), where["kwarg_places"],
                self.guarded, refused, for_version=self.one_version > 0,
            )
        )  # fmt: skip

    def raise_fault(self, fault: Fault, exception: str) -> None:
        """What a library refuses goes to the handler that the program has for it, or is a finding."""
        if self.guards:
            raise Raised(exception, None, fault)
        if not self.supposed(fault):
            self.fault(fault)

    def supposed(self, fault: Fault) -> bool:
        """Is a fault only for what a function that nobody calls was supposed to be given?"""
        if not self.speculative:
            return False
        if fault.kind in ("call", "tuple-index") or (fault.kind == "unpack" and not fault.details.get("layer_outputs")):
            return True
        if fault.kind == "missing-argument" and (
            isinstance(fault.place.node, ast.ClassDef) or _passes_on(fault.place.node, fault.details.get("argument"))
        ):  # a class that nobody makes an object of; an argument that the function was not given either
            return True
        return bool(self.decisions.made) and _calculated(fault)

    def python_error(self, error: PythonError, place: Place) -> Value:
        """An operation that Python itself refuses: the program's handler gets it, or its value is unknown."""
        if self.guards:
            raise Raised(error.name)
        return self.gap(f"Python raises {error.name} here: {error.message}", place)

    def lost(self, reason: str, place: Place, values: list[Value]) -> Unknown:
        """A call that can't be followed: its result is unknown, and what it was given may have been changed."""
        self.unseen += 1
        self.escape(values, reason)
        return self.gap(reason, place)

    def escape(self, values: Iterable[Value], reason: str) -> None:
        """Mutable things handed to code that can't be seen may be changed there."""
        for value in values:
            if isinstance(value, (Object, Array)):
                self.escaped.append(value.uid)
            if isinstance(value, ModelObject):
                value.state["escaped"] = reason
                if value.kind == "Sequential" and not value.built:
                    value.incomplete = value.incomplete or reason
            elif isinstance(value, LayerObject):
                value.state["escaped"] = reason
            elif isinstance(value, ListValue):
                value.open = True
                self.escape(value.items, reason)
            elif isinstance(value, DictValue):
                value.open = True
                self.escape(value.entries.values(), reason)
            elif isinstance(value, Unknown):
                value.looked_into()
            elif isinstance(value, tuple):
                self.escape(value, reason)
            elif isinstance(value, Array):
                value.write()
            elif isinstance(value, handed.CALLABLE):
                handed.changed_by(self, value)
            elif isinstance(value, LazyIterator) and value.fresh:
                self.escape(value.items, reason)  # whoever has it goes through it
            elif isinstance(value, Object) and type(value) is Object and value.user_class is not None:
                value.approximate = value.approximate or reason
            elif isinstance(value, Object) and type(value) is Object:
                value.attributes.setdefault(ESCAPED, reason)

    # functions and classes ----------------------------------------------------------------------------------------------

    def make_function(self, name: str, node: Any, scope: Scope) -> FunctionValue:
        """A function or lambda, its defaults evaluated."""
        return functions.make_function(self, name, node, scope)

    def decorate(self, decorator: Value, value: Value, place: Place) -> Value:
        """What a decorator makes of a function or class."""
        return functions.decorate(self, decorator, value, place)

    def super_of(self, scope: Scope, node: ast.Call) -> Value:
        """`super()` or `super(Class, self)`"""
        args = [self.evaluate(a, scope) for a in node.args if not isinstance(a, ast.Starred)]
        here: Scope | None = scope
        while here is not None and (here.function is None or here.function.owner is None):
            here = here.parent
        owner = args[0] if args else (here.function.owner if here is not None and here.function is not None else None)
        receiver = args[1] if len(args) > 1 else (here.receiver if here is not None else None)
        if isinstance(owner, ClassValue):
            return SuperValue(owner, receiver)
        return self.gap("`super()` can't be followed here", scope.place(node))

    def find_method(self, value: Value, name: str) -> Value | None:
        """The user's own method of an object, bound; None where no class of the user's defines it."""
        if isinstance(value, NamedTuple):
            found = lookup(value.user_class, name)
            return BoundMethod(found, value) if isinstance(found, FunctionValue) else None
        if isinstance(value, Object) and value.user_class is not None:
            found = lookup(value.user_class, name)
            if found is not MISSING:
                place = value.place
                assert place is not None or not isinstance(found, PropertyValue)
                return (
                    bind_to(self, found, value, value.user_class, place)
                    if place is not None
                    else BoundMethod(found, value)
                )
        return None

    def enter(self, manager: Value, place: Place) -> Value:
        """`with manager as ...`"""
        if isinstance(manager, Object):
            method = self.find_method(manager, "__enter__")
            if method is not None:
                return self.call(method, [], place=place)
        type_name = type_of(manager)
        found = find_library_method(type_name, "__enter__") if type_name else None
        if found is not None:
            return self.handle(found[0], found[1], [], {}, place, receiver=manager)
        return manager if isinstance(manager, Object) else Unknown("what the context manager gives is not known", place)

    def leave(self, manager: Value, place: Place, raised: Raised | None) -> bool:
        """The end of a `with`; True when the user's own manager swallows the exception, or may do so."""
        method = self.find_method(manager, "__exit__") if isinstance(manager, Object) else None
        if method is None:
            return False
        if raised is None:
            self.call(method, [None, None, None], place=place)
            return False
        given = [raised.type_of_it(place), raised.value_of_it(place), Unknown("a traceback", place)]
        return self.truth(self.call(method, given, place=place)) is not False

    # attributes and items -----------------------------------------------------------------------------------------------

    def get_attribute(self, value: Value, name: str, place: Place) -> Value:
        """`value.name`"""
        return attributes.get_attribute(self, value, name, place)

    def set_attribute(self, value: Value, name: str, new: Value, place: Place) -> None:
        """`value.name = new`"""
        attributes.set_attribute(self, value, name, new, place)

    def get_item(self, value: Value, index: Value, place: Place, index_place: Place | None = None) -> Value:
        """`value[index]`"""
        return protocols.get_item(self, value, index, place, index_place)

    def set_item(self, value: Value, index: Value, new: Value, place: Place) -> None:
        """`value[index] = new`"""
        protocols.set_item(self, value, index, new, place)

    def iterate(self, value: Value, place: Place) -> list[Value] | None:
        """The items of an iterable, None when they can't all be known."""
        return protocols.iterate(self, value, place)

    def sample_of(self, value: Value, place: Place) -> Value:
        """What one item of an iterable is like, when the items can't all be known."""
        return protocols.sample_of(self, value, place)

    def contains(self, item: Value, container: Value, place: Place) -> bool | None:
        """`item in container`"""
        return protocols.is_inside(self, item, container, place)

    def truth(self, value: Value) -> bool | None:
        """True, False, or None when it can't be known."""
        return protocols.truth(self, value)

    def decide(self, value: Value, node: Any, *, default: bool, worthwhile: bool, as_yet: bool = False) -> bool:
        """The truth of a condition; where it can't be known, this way's decision about it (see `Decisions.decide`)."""
        return deciding.decide(self, value, node, default=default, worthwhile=worthwhile, as_yet=as_yet)

    def decide_failing(self, statement: ast.stmt, question: Question) -> bool:
        """Does a statement fail that reads a file? As nobody knows it, first it does not."""
        return deciding.decide_failing(self, statement, question)

    def number_of(self, value: Value) -> Any:
        """Which thing that conditions ask about this is. Every way through the program makes its things anew, in the same order."""
        key = value.size if isinstance(value, Dim) else id(value)
        if key not in self.asked:
            start = self.decisions.start
            number = self.counted[start] = self.counted.get(start, 0) + 1
            self.asked[key] = ((start, number), value)
        return self.asked[key][0]

    def size_key(self, size: Dim) -> Any:
        """What makes two conditions about a size that isn't known the same one."""
        low, high = bounds(size.exact) if size.exact is not None else (None, None)
        return ("dim", str(size.size), self.number_of(size), low, high)

    # findings and names ---------------------------------------------------------------------------------------------------

    def fault(self, fault: Fault) -> None:
        """Record a fault, and for one in another file the call in this file that leads there."""
        if self.one_version:
            return
        own = self.active[0].module.tree if self.active else None
        if own is not None and fault.place.tree is not own:
            site, asked = next(((s, count) for s, count in reversed(self.sites) if s.tree is own), (None, 0))
            if site is not None:
                if fault.raises and self.decisions.count > asked:
                    return  # what another file does in a case that nobody knows to happen is not the fault of this call
                self.record.reached[id(fault)] = fault, site
        self.record.faults.append(fault)

    def gap(self, reason: str, place: Place) -> Unknown:
        """Record that the tool loses track here."""
        self.record.gaps.append(Gap(place, reason))
        return Unknown(reason, place, key=("gap", id(place.node)))

    def name_for(self, prefix: str) -> str:
        """Keras's automatic name: lstm, lstm_1, ..."""
        count = self._names.get(prefix, 0)
        self._names[prefix] = count + 1
        return prefix if not count else f"{prefix}_{count}"

    def hide_name(self, prefix: str) -> None:
        """Something may have taken an automatic name, or have been given one: later numbers are not sure."""
        self._names[f"{prefix}?"] = 1

    def names_are_sure(self, prefix: str) -> bool:
        """Is it known how many automatic names of this kind have been taken?"""
        return f"{prefix}?" not in self._names

    def numbers_are_sure(self, prefix: str) -> bool:
        """Has nothing that was followed before taken an automatic name of this kind, or was that before for sure?"""
        return prefix not in self._named_before

    def begin_start(self) -> None:
        """Something that nobody calls is followed next: nobody knows whether what was followed so far has run by then."""
        self._named_before = frozenset(self._names)

    def names_used(self) -> dict[str, int]:
        """How often each prefix has given an automatic name."""
        return dict(self._names)

    def use_up_names(self, used: dict[str, int]) -> None:
        """Automatic names go on as after what gave so many."""
        self._names = dict(used)

    def reset_names(self) -> None:
        """Automatic names start again."""
        self._names.clear()
        self._named_before = frozenset()


__all__ = ["Machine", "StaticValue", "bases_of"]
