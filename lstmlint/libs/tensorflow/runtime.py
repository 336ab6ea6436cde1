"""What steers TensorFlow and changes no shape: seeds, devices, gradient tapes, distribution strategies."""

from __future__ import annotations

from ...knowledge import Call, base, function, method
from ...values import ListValue, Object, Unknown, Value

TAPE = "tensorflow.GradientTape"
CHECKPOINT = "checkpoint of TensorFlow"
"""The key of the name of one begins with this."""
EARLY = "tensorflow.compat.v1.train."
"""Where TensorFlow 2 keeps the optimizers of TensorFlow 1."""


@function(
    "tensorflow.random.set_seed", "tensorflow.compat.v1.set_random_seed", "tensorflow.get_logger", "tensorflow.config.run_functions_eagerly",
    "tensorflow.config.set_visible_devices", "tensorflow.config.experimental.set_memory_growth", "tensorflow.config.optimizer.set_jit",
    "tensorflow.config.experimental.enable_op_determinism", "tensorflow.config.set_soft_device_placement", "tensorflow.print",
    "tensorflow.config.experimental_run_functions_eagerly", "tensorflow.config.set_logical_device_configuration",
)  # fmt: skip
def setting(call: Call) -> Value:
    """Seeds and switches give None. A logger is used for what it prints."""
    return call.unknown("a logger") if call.name.endswith("get_logger") else None


@function(
    "tensorflow.config.list_physical_devices", "tensorflow.config.list_logical_devices",
    "tensorflow.config.experimental.list_physical_devices", "tensorflow.config.experimental.list_logical_devices",
)  # fmt: skip
def devices(call: Call) -> Value:
    """As many devices as the machine has."""
    return ListValue([], True, call.unknown("a device of the machine"), None, call.place)


@function("tensorflow.train.latest_checkpoint", "tensorflow.compat.v1.train.latest_checkpoint")
def latest_checkpoint(call: Call) -> Value:
    """The name of a checkpoint in TensorFlow's own format, or None where there is none."""
    return Unknown("which checkpoint is the latest is not known", call.place, key=(CHECKPOINT, id(call.place.node)))


base(TAPE, "contextlib.AbstractContextManager")


@function(TAPE)
def tape(call: Call) -> Value:
    """`tf.GradientTape()`: watches what is computed inside of its `with`."""
    return Object(TAPE, place=call.place)


@function(
    *(
        f"{EARLY}{name}Optimizer"
        for name in ("Adadelta", "Adagrad", "Adam", "Ftrl", "GradientDescent", "Momentum", "RMSProp")
    )
)
def early_optimizer(call: Call) -> Value:
    """An optimizer of TensorFlow 1, which is none of Keras's."""
    return Object(call.name, place=call.place)


@method(f"{TAPE}.watch", f"{TAPE}.reset")
def nothing(call: Call) -> Value:
    """What gives nothing."""
    return None


@method(f"{TAPE}.gradient", f"{TAPE}.jacobian", f"{TAPE}.batch_jacobian", f"{TAPE}.stop_recording")
def gradient(call: Call) -> Value:
    """The gradients are not followed."""
    return call.unknown("a gradient is not followed")
