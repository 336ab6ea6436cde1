"""Gym and Gymnasium: the spaces of well-known environments, as the library has them where it is installed."""

from __future__ import annotations

from typing import Any

import pytest

from lstmlint.interpret import follow
from lstmlint.libs.environments import _SPACES
from lstmlint.program import Program, Record
from lstmlint.source import Source
from lstmlint.summary import model_record
from lstmlint.syntax import parse


def followed(program: str) -> Program:
    return follow(parse(Source("program.py", program)))


def way(program: str) -> Record:
    return followed(program).ways[0]


@pytest.mark.parametrize("name", _SPACES)
def test_the_library_says_the_same(name: str) -> None:
    gymnasium = pytest.importorskip("gymnasium")
    known = [found for found in gymnasium.registry if found.partition("-v")[0] == name]
    if not known:
        pytest.skip("made by another package")
    try:
        made = gymnasium.make(known[-1])
    except gymnasium.error.DependencyNotInstalled as error:
        pytest.skip(str(error))

    def size(space: Any) -> Any:
        return int(space.n) if hasattr(space, "n") else space.shape

    assert (size(made.observation_space), size(made.action_space)) == _SPACES[name]


AGENT = """
import {package} as gym
import keras
import numpy as np

class Agent:
    def __init__(self, env):
        self.env = env
        self.states, self.actions = env.observation_space.shape[0], env.action_space.n
        self.model = keras.Sequential([keras.Input((self.states,)), keras.layers.Dense(24, "relu"), keras.layers.Dense(self.actions)])

agent = Agent(gym.make("{name}").unwrapped)
for episode in range(100):
    {reset}
    done = False
    while not done:
        action = env.action_space.sample() if np.random.rand() < 0.1 else np.argmax(agent.model.predict(np.reshape(state, (1, agent.states))))
        {step}
""".replace("env.action_space.sample()", "agent.env.action_space.sample()")
OLD = {"reset": "state = agent.env.reset()", "step": "state, reward, done, info = agent.env.step(action)"}
NEW = {
    "reset": "state, info = agent.env.reset()",
    "step": "state, reward, done, truncated, info = agent.env.step(action)",
}


@pytest.mark.parametrize(
    ("package", "name", "calls", "sizes"),
    [
        ("gym", "CartPole-v0", OLD, (4, 2)),
        ("gym", "CartPole-v1", NEW, (4, 2)),
        ("gymnasium", "LunarLander-v3", NEW, (8, 4)),
        ("gym", "MsPacman-ram-v0", OLD, None),
    ],
)
def test_an_agent_has_the_sizes_of_its_environment(
    package: str, name: str, calls: dict[str, str], sizes: tuple[int, int] | None
) -> None:
    found = followed(AGENT.format(package=package, name=name, **calls))
    assert not found.faults
    (model,) = found.models
    record = model_record(model)
    if sizes is None:
        assert record["total_params"] is None
    else:
        assert record["output_shapes"] == [[None, sizes[1]]]
        assert record["input_shapes"] == [[None, sizes[0]]]


def test_spaces_of_ones_own() -> None:
    found = way("""
import numpy as np
from gymnasium import spaces
a = spaces.Box(low=0, high=1, shape=(5, 2), dtype=np.float32)
b = spaces.Box(np.zeros(3), np.ones(3))
c = spaces.Discrete(7)
sizes = a.shape, b.shape, c.n, a.sample().shape
""")
    assert found.names["sizes"] == ((5, 2), (3,), 7, (5, 2))


def test_arguments_may_change_the_spaces() -> None:
    found = way("import gym\na = gym.make('FrozenLake-v1', map_name='8x8')\nn = a.observation_space.n\n")
    assert not isinstance(found.names["n"], int)
