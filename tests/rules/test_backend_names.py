"""What the rule about keras.backend says to write exists, and is lost where the rule says so."""

from __future__ import annotations

import re

import pytest

from lstmlint_rules.migration.backend_function import KEPT, NOW, NOWHERE, SAME, SAME_BY_POSITION

from .. import oracle


@pytest.mark.keras
def test_every_name_that_is_advised_exists() -> None:
    named = {word for text in NOW.values() for word in re.findall(r"(?:tensorflow\.)?keras(?:\.\w+)+", text)}
    named |= {f"keras.ops.{name}" for name in SAME | SAME_BY_POSITION}
    assert oracle.ask("import keras, tensorflow\n" + "\n".join(sorted(named))).raised is None


@pytest.mark.keras
def test_every_other_function_of_keras_2_is_in_keras_ops_under_its_own_name() -> None:
    program = f"""
import keras, tf_keras
kept, known = {(*KEPT, *NOW, *NOWHERE)!r}, tf_keras.backend
print([n for n in dir(known) if n[0] != "_" and callable(getattr(known, n)) and n not in kept and not hasattr(keras.ops, n)])
print([n for n in {KEPT!r} if not hasattr(keras.backend, n)])
"""
    left, gone = oracle.ask(program).stdout.splitlines()
    assert left == "[]"
    assert gone == "[]"


@pytest.mark.keras
def test_the_functions_that_a_fix_takes_have_the_same_arguments() -> None:
    program = f"""
import inspect, keras, tf_keras
def named(f):
    return list(inspect.signature(f).parameters)
old, new = tf_keras.backend, keras.ops
print([n for n in {sorted(SAME)!r} if named(getattr(old, n)) != named(getattr(new, n))[:len(named(getattr(old, n)))]])
"""
    assert oracle.ask(program).stdout.strip() == "[]"
