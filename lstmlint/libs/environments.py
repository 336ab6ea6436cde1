"""Gym and Gymnasium: what the well-known environments show of themselves and take, so that a network of `env.action_space.n` units has a size."""

from __future__ import annotations

from typing import Any

from ..knowledge import Call, attribute, base, function, method
from ..patterns import pattern
from ..shapes import UNKNOWN_SHAPE, Shape
from ..values import Array, DictValue, Object, Value, is_int
from .numpy.arrays import as_array, target_dims

ENVIRONMENT = "gymnasium.made"
"""What `make` gives. (Not `gymnasium.Env`, from which programs inherit: what that has is not known.)"""
BOX, DISCRETE = "gymnasium.spaces.Box", "gymnasium.spaces.Discrete"
for _name in (ENVIRONMENT, BOX, DISCRETE):
    base(_name, "builtins.object")

_SPACES: dict[str, tuple[Any, Any]] = {
    "Acrobot": ((6,), 3),
    "BipedalWalker": ((24,), (4,)),
    "BipedalWalkerHardcore": ((24,), (4,)),
    "CarRacing": ((96, 96, 3), (3,)),
    "CartPole": ((4,), 2),
    "CliffWalking": (48, 4),
    "FrozenLake": (16, 4),
    "FrozenLake8x8": (64, 4),
    "LunarLander": ((8,), 4),
    "LunarLanderContinuous": ((8,), (2,)),
    "MountainCar": ((2,), 3),
    "MountainCarContinuous": ((2,), (1,)),
    "Pendulum": ((3,), (1,)),
    "Taxi": (500, 6),
    "Breakout": ((210, 160, 3), 4),
    "Pong": ((210, 160, 3), 6),
}
"""Observations and actions: the shape of a box, or how many there are."""
_ID = pattern(r"(?:ALE/)?([A-Za-z0-9]+?)(?:Deterministic|NoFrameskip)?-v\d+\Z")
_HARMLESS = frozenset(["render_mode", "max_episode_steps", "disable_env_checker", "autoreset"])
"""Arguments of `make` that leave the spaces as they are."""


def _space(call: Call, size: Any) -> Object:
    return _discrete(call, size) if isinstance(size, int) else Object(BOX, attributes={"shape": size}, place=call.place)


def _discrete(call: Call, count: Value) -> Object:
    return Object(DISCRETE, attributes={"n": count, "shape": ()}, place=call.place)


def _both(*names: str) -> tuple[str, ...]:
    return tuple(f"{package}.{name}" for package in ("gym", "gymnasium") for name in names)


@function(*_both("make"))
def make(call: Call) -> Value:
    """gymnasium.make(id)"""
    name = call.args[0] if call.args else call.kwargs.get("id")
    found = _ID.match(name) if isinstance(name, str) else None
    made = Object(ENVIRONMENT, place=call.place)
    made.attributes["~package"] = call.name.partition(".")[0]
    spaces = _SPACES.get(found.group(1)) if found is not None else None
    if spaces is not None and not call.open and call.kwargs.keys() <= _HARMLESS | {"id"}:
        seen, done = spaces
        made.attributes |= {"observation_space": _space(call, seen), "action_space": _space(call, done)}
    return made


@function(*_both("spaces.Discrete"))
def discrete(call: Call) -> Value:
    """spaces.Discrete(n)"""
    return _discrete(call, call.args[0] if call.args else call.kwargs.get("n"))


@function(*_both("spaces.Box"))
def box(call: Call) -> Value:
    """spaces.Box(low, high, shape=None): without a shape that of its limits."""
    low = call.args[0] if call.args else call.kwargs.get("low")
    shape: Value = call.args[2] if len(call.args) > 2 else call.kwargs.get("shape")
    made = Object(BOX, place=call.place)
    if shape is None:
        limits = as_array(call, low)
        dims = limits.shape.dims if limits is not None else None
        known = [dim.known for dim in dims or ()]
        if dims is not None and None not in known:
            made.attributes["shape"] = tuple(known)
    elif is_int(shape) or isinstance(shape, tuple):
        made.attributes["shape"] = (shape,) if is_int(shape) else shape
    return made


@attribute(f"{ENVIRONMENT}.unwrapped", f"{ENVIRONMENT}.env")
def unwrapped(call: Call) -> Value:
    """The environment within its wrappers, which show the same."""
    return call.receiver


def _sample(call: Call, space: Value) -> Value:
    """One element of a space."""
    if isinstance(space, Object) and space.type_name == DISCRETE:
        return call.unknown("which element of the space it is is not known", "int")
    dims = target_dims(space.attributes.get("shape")) if isinstance(space, Object) else None
    return Array(Shape(dims) if dims is not None else UNKNOWN_SHAPE, None, place=call.place)


@method(f"{BOX}.sample", f"{DISCRETE}.sample")
def sample(call: Call) -> Value:
    """space.sample()"""
    return _sample(call, call.receiver)


def _observed(call: Call) -> Value:
    own = call.receiver
    space = own.attributes.get("observation_space") if isinstance(own, Object) else None
    return _sample(call, space) if space is not None else call.unknown("what is observed is not known")


def _is_old(call: Call) -> bool:
    """Is it Gym, of which some versions give less?"""
    return not isinstance(call.receiver, Object) or call.receiver.attributes.get("~package") != "gymnasium"


@method(f"{ENVIRONMENT}.reset")
def reset(call: Call) -> Value:
    """env.reset(): Gymnasium's give the observation and a dict, Gym's did that from 0.26 on."""
    if _is_old(call):
        return call.unknown("whether an observation or a pair is given is up to the version of gym")
    return _observed(call), DictValue({}, True)


@method(f"{ENVIRONMENT}.step")
def step(call: Call) -> Value:
    """env.step(action): observation, reward, terminated, truncated, info; Gym's gave four things before 0.26."""
    if _is_old(call):
        return call.unknown("whether four or five things are given is up to the version of gym")
    end = [call.unknown(f"whether the episode was {how} is not known", "bool") for how in ("terminated", "truncated")]
    return _observed(call), call.unknown("the reward is not known", "float"), *end, DictValue({}, True)


@method(f"{ENVIRONMENT}.render")
def render(call: Call) -> Value:
    """What is drawn, or nothing."""
    return call.unknown("what is rendered is not known")


@method(f"{ENVIRONMENT}.close", f"{ENVIRONMENT}.seed")
def end(call: Call) -> Value:
    """What ends or seeds an environment gives nothing that matters."""
    return None
