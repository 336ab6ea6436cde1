"""A message shows an argument as Python writes it, and never by a name of lstmlint's own."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source

load_pack("lstmlint_rules")

HEAD = "import keras\nfrom keras.layers import BatchNormalization, Conv1D, Dense\nx = keras.Input((5, 3))\nread = [int(a) for a in open('axes')]\n"


@pytest.mark.parametrize(
    "call, shown",
    [
        ("BatchNormalization(axis=[1])", "not [1]"),
        ("BatchNormalization(axis=read)", "not [...]"),
        ("BatchNormalization(axis=None)", "not None"),
        ("Dense(read)", "[...]"),
    ],
)
def test_an_argument_is_shown_as_python_writes_it(call: str, shown: str) -> None:
    [message] = [f.message for f in check_source(f"{HEAD}{call}(x)\n") if f.severity.value == "error"]
    assert shown in message
    assert "Value" not in message.replace("ValueError", "")
