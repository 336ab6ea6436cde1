"""What Keras's optimizers need in order to take a step."""

from __future__ import annotations

from ...faults import Moment
from ...knowledge import Call
from ...program import Use
from ...values import Object

_NUMBERS = (
    "beta_1", "beta_2", "rho", "epsilon", "epsilon_1", "epsilon_2", "initial_accumulator_value", "beta_2_decay", "clip_threshold",
)  # fmt: skip
"""Arguments of optimizers that Keras 3 calculates with at the first step, whatever they are. In Keras 2 an epsilon of None was the default one."""


def refuse_none(call: Call, use: Use) -> None:
    """`Adam(epsilon=None)`: the first step of the training raises."""
    optimizer = use.compile.optimizer if use.compile is not None else None
    if not isinstance(optimizer, Object) or optimizer.user_class is not None or optimizer.arguments is None:
        return
    given = optimizer.arguments
    if not optimizer.type_name.startswith("keras.optimizers.") or optimizer.class_name in ("Ftrl", "Lion", "Muon"):
        return
    for name in _NUMBERS:
        if given.explicit(name) and given.get(name) is None:
            call.refuse(
                "optimizer-none", "a number", "None", "None values not supported.", moment=Moment.FIT, blamed=(given.place(name),),
                subject=optimizer.type_name, argument=name, optimizer=optimizer, use=use,
            )  # fmt: skip
