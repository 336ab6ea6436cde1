"""Attributes that objects of Keras 3 don't have: those that Keras 2 had, and those that are spelled wrong."""

from __future__ import annotations

import ast
import functools

from ..knowledge import Call, Engine, method
from ..libs.bridge import library_bases
from ..nodes import walk
from ..places import Origin
from ..values import ClassValue, LayerObject, ModelObject, Object, Tensor, Unknown, Value, is_private
from .api import members
from .edition import other_backend
from .inside import inside_call

_MODELS = ("keras.Functional", "keras.Sequential", "keras.Model")
_TENSORS = ("keras.KerasTensor",)
_OLDER_MODELS = frozenset(
    [
        "container_nodes", "constraints", "flattened_layers", "get_updates_for", "input_layers", "layers_by_depth", "loss_functions",
        "metrics_tensors", "metrics_updates", "nodes_by_depth", "output_layers", "regularizers", "sample_weight_modes", "targets", "total_loss",
        "uses_learning_phase", "_check_trainable_weights_consistency", "_collected_trainable_weights", "_feed_input_names", "_feed_input_shapes",
        "_feed_inputs", "_feed_loss_fns", "_feed_output_names", "_feed_output_shapes", "_feed_outputs", "_feed_sample_weights", "_feed_targets",
        "_get_trainable_state", "_init_graph_network", "_input_coordinates", "_input_layers", "_is_compiled", "_is_graph_network",
        "_layers_by_depth", "_make_predict_function", "_make_test_function", "_make_train_function", "_output_coordinates", "_output_layers",
        "_set_inputs", "_set_trainable_state", "_standardize_user_data", "_undeduplicated_weights", "_uses_dynamic_learning_phase",
    ]
)  # fmt: skip
_OLDER_OPTIMIZERS = frozenset(
    [
        "decay", "initial_decay", "updates", "_create_all_weights", "_create_slots", "_decayed_lr", "_get_hyper", "_hyper", "_initial_decay",
        "_serialize_hyperparameter", "_set_hyper",
    ]
)  # fmt: skip
_OLDER_TENSORS = frozenset(["_keras_shape", "_uses_learning_phase"])
"""What models, optimizers and tensors of earlier versions of Keras had, and those of its last one before 3, from which the tables are, have not, or
only for themselves. Found in Keras 2.0 to 2.15; the tests hold objects of Keras 3 against it."""
_HISTORY = "keras.callbacks.History"
_LIKE = 0.8
"""How much a name must resemble another one to be taken for it."""


def surely_lacks(value: Value, name: str, major: int) -> bool:
    """Has the value surely no attribute of this name? Of names that neither Keras 2 had nor any is like, nothing is said: a later Keras may have
    them."""
    if major < 3 or (name.startswith("_") and not _is_older(value, name)):
        return False
    classes = _classes(value)
    there = _there(classes)
    if isinstance(value, ModelObject) and value.kind == "Functional":
        there = there.difference(_OF_SEQUENTIAL)
    if not there or name in there or (isinstance(value, Object) and name in value.attributes):
        return False
    return (
        _is_older(value, name)
        or _had(classes, name)
        or _meant_of_others(value, name) is not None
        or (isinstance(value, Tensor) and name in OF_ARRAYS)
        or _nearest(classes, name) is not None
    )


OF_ARRAYS = frozenset(
    [
        "T", "all", "any", "argmax", "argmin", "astype", "clip", "copy", "cumsum", "fill", "flatten", "item", "max", "mean", "min", "prod", "ravel",
        "repeat", "reshape", "round", "std", "sum", "swapaxes", "tolist", "transpose", "var",
    ]
)  # fmt: skip
"""What NumPy's arrays can do themselves, and most symbolic tensors can't."""
OF_OTHERS = {
    "append": "add", "eval": "evaluate", "load_state_dict": "set_weights", "parameters": "trainable_variables", "score": "evaluate",
    "state_dict": "get_weights", "train": "fit",
}  # fmt: skip
"""What models of scikit-learn and PyTorch have, and lists: what does it in Keras."""
_OF_SEQUENTIAL = ("add", "pop")


def _meant_of_others(value: Value, name: str) -> str | None:
    """What a model has for this name that it never had, but models of another kind have; None where that can't be told."""
    if not isinstance(value, ModelObject):
        return None
    if value.kind != "Sequential" and name in (*_OF_SEQUENTIAL, "append"):
        return "Sequential" if value.kind == "Functional" else None
    return OF_OTHERS.get(name)


def lacks_in_call(engine: Engine, value: Value, name: Value) -> bool:
    """Is the value a tensor in a user's `call`, one of TensorFlow's there, and the name that of what only NumPy's arrays have?"""
    if name not in OF_ARRAYS or not isinstance(value, Tensor) or value.shape.rank is None or not inside_call():
        return False
    from ..libs.tensorflow.tensors import has_numpy_behaviour

    return engine.keras_major >= 3 and not other_backend(engine) and not has_numpy_behaviour(engine)


def lacks_of_own(value: Object, name: str, major: int) -> bool:
    """Has an object of the user's class, all of whose bases are known, no attribute of this name? A later Keras will hardly bring what the program
    has a name of its own for."""
    if major < 3 or value.approximate or value.user_class is None or name in value.attributes or hasattr(object, name):
        return False
    if isinstance(value, LayerObject) and (value.opaque or value.state.get("escaped")):
        return False
    libraries = library_bases(value.user_class)
    if libraries is None or not all(library.startswith("keras.") for library in libraries):
        return False
    own = [cls for cls in value.user_class.mro() if isinstance(cls, ClassValue)]
    if value.user_class.defines(name, *_DYNAMIC) or any(name in _set_later(cls) for cls in own):
        return False
    there = _there(tuple(libraries))
    return bool(there) and name not in there


def _set_later(cls: ClassValue) -> frozenset[str]:
    """The attributes that methods of a class set which may be called at any time."""
    found: frozenset[str] | None = getattr(cls.node, "set_later_", None)
    if found is None:
        later = [n for n in cls.node.body if isinstance(n, ast.FunctionDef) and n.name not in ("__init__", "build")]
        stored = (n.attr for n in walk(*later) if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store))
        found = cls.node.set_later_ = frozenset(stored)
    return found


_DYNAMIC = ("__getattr__", "__getattribute__", "~metaclass")
"""With one of these in its class an object may have any attribute."""


def _is_older(value: Value, name: str) -> bool:
    """Had objects of this kind an attribute of this name in some version before 3 that the tables don't know of?"""
    if isinstance(value, Tensor):
        return name in _OLDER_TENSORS
    if isinstance(value, ModelObject):
        return name in _OLDER_MODELS
    of_keras = isinstance(value, Object) and value.type_name.startswith("keras.optimizers.")
    return of_keras and value.class_name != "Optimizer" and name in _OLDER_OPTIMIZERS


def _classes(value: Value) -> tuple[str, ...]:
    """The classes in Keras's tables whose attributes a value may have; none where it is not known to be just that: an object of a class of the user's
    own, one that was loaded, or one that was given to what can't be seen."""
    if isinstance(value, Tensor):
        return _TENSORS if value.shape.rank is not None and not inside_call() else ()
    if not isinstance(value, Object) or value.user_class is not None or value.approximate:
        return ()
    if isinstance(value, LayerObject) and value.opaque:
        return ()
    if isinstance(value, ModelObject):
        return () if value.incomplete or value.state.get("escaped") else _MODELS
    return (value.type_name,)


@functools.cache
def _there(classes: tuple[str, ...]) -> frozenset[str]:
    """What the objects of these classes may have in Keras 3; nothing where that isn't known."""
    found = [members(name) for name in classes]
    known = [row for row in found if row is not None]
    if not known or len(known) < len(found):
        return frozenset()
    anywhere = members("") if classes != _TENSORS else None
    return frozenset().union(anywhere or (), *known)


def _had(classes: tuple[str, ...], name: str) -> bool:
    """Had the objects of one of these classes an attribute of this name in Keras 2?"""
    return any(name in (members(cls, 2) or ()) for cls in classes)


@functools.cache
def _nearest(classes: tuple[str, ...], name: str) -> str | None:
    """The attribute that is spelled most like this name; None where none is like it."""
    own = sorted(frozenset[str]().union(*(members(cls) or () for cls in classes)))
    same = [one for one in own if one.casefold() == name.casefold()]
    return next(iter(same or _near(name, own)), None)


def _near(name: str, names: list[str]) -> list[str]:
    import difflib

    return difflib.get_close_matches(name, names, 1, _LIKE)


@method("keras.optimizers.Optimizer.__setattr__")
def set_attribute(call: Call) -> Value:
    """`optimizer.lr = 0.1`: in Keras 3 an attribute that nobody reads; the learning rate stays."""
    optimizer, name = call.receiver, call.args[0]
    if call.engine.keras_major >= 3 and name == "lr" and isinstance(optimizer, Object) and optimizer.user_class is None:
        call.notice("ignored-attribute", subject=optimizer, attribute=name)
    if call.engine.keras_major >= 3 and name == "learning_rate" and isinstance(optimizer, Object):
        from .training.rates import is_schedule, refuse_setting

        made = optimizer.arguments.get("learning_rate") if optimizer.arguments is not None else None
        new = call.args[1]
        number = isinstance(new, (int, float)) or (isinstance(new, Unknown) and new.kind in ("int", "float"))
        if number and optimizer.user_class is None and is_schedule(made):
            refuse_setting(call, optimizer)
    return None


@method("keras.layers.Layer.~lacking")
def lacking_own(call: Call) -> Value:
    """`self.lstm2` in the `call` of a layer or model whose constructor sets `self.lstm_2`."""
    value, name = call.receiver, call.args[0]
    if (
        isinstance(value, LayerObject)
        and isinstance(name, str)
        and inside_call()
        and call.engine.record.uncalled is None
    ):
        if lacks_of_own(value, name, call.engine.keras_major):
            own = [attribute for attribute in value.attributes if not is_private(attribute)]
            call.refuse(
                "no-own-attribute", "", name, f"'{value.class_name}' object has no attribute '{name}'", exception="AttributeError", subject=value,
                attribute=name, meant=next(iter(_near(name, own)), None), own=own,
            )  # fmt: skip
    return NotImplemented


@method("keras.layers.Layer.__getitem__", f"{_HISTORY}.__getitem__")
def indexed(call: Call) -> Value:
    """`model[0]`, `history["loss"]`: neither has items."""
    value = call.receiver
    if isinstance(value, Object) and not value.approximate:
        if value.user_class is None or lacks_of_own(value, "__getitem__", call.engine.keras_major):
            call.refuse(
                "no-items", "", "[]", f"'{value.class_name}' object is not subscriptable", exception="TypeError", subject=value, key=call.args[0]
            )  # fmt: skip
    return call.unknown("what stands at this index is not known")


@method(
    "keras.layers.Layer.__getattr__", "keras.optimizers.Optimizer.__getattr__", "keras.callbacks.Callback.__getattr__",
    "keras.metrics.Metric.__getattr__", "keras.losses.Loss.__getattr__", "keras.KerasTensor.__getattr__",
)  # fmt: skip
def missing(call: Call) -> Value:
    """`model.sumary()`, `optimizer.lr`: AttributeError."""
    value, name = call.receiver, call.args[0]
    if isinstance(value, Object) and value.type_name == _HISTORY and name in (members("keras.Model") or ()):
        if name not in (members(_HISTORY) or ()) and name not in value.attributes:
            call.refuse(
                "history-used", "", name, f"'History' object has no attribute '{name}'", exception="AttributeError", subject=value, attribute=name
            )  # fmt: skip
    if isinstance(name, str) and surely_lacks(value, name, call.engine.keras_major):
        owner, classes = value.class_name if isinstance(value, Object) else "KerasTensor", _classes(value)
        call.refuse(
            "no-attribute", "", name, f"'{owner}' object has no attribute '{name}'", exception="AttributeError", subject=value, attribute=name,
            meant=_meant_of_others(value, name) or _nearest(classes, name), gone=_had(classes, name) or _is_older(value, name),
            other=name in OF_OTHERS or isinstance(value, Tensor),
        )  # fmt: skip
    if lacks_in_call(call.engine, value, name):
        call.refuse(
            "no-attribute", "", name, f"'SymbolicTensor' object has no attribute '{name}'", exception="AttributeError", subject=value,
            attribute=name, meant=None, gone=False, other=True,
        )  # fmt: skip
    which = value.uid if isinstance(value, Tensor) else id(value)
    return Unknown(
        f"`{name}` of {getattr(value, 'class_name', 'a symbolic tensor')} is not known", call.place,
        key=("attribute", type(value).__name__, which, name), origin=Origin(str(name), call.place),
    )  # fmt: skip
