"""A mistake in an imported file is one finding at the call that leads there."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstmlint.cli import main

HOME = "import keras\nfrom scaling import Scale\ny = Scale()(keras.Input((3,)))\n"
SCALING = """import keras
class Scale(keras.layers.Layer):
    def build(self, s):
        self.a = self.add_weight("a", shape=(3,))
        self.b = self.add_weight("b", shape=(3,))
    def call(self, x):
        return x * self.a + self.b
"""


def test_it_is_one_finding_and_the_other_file_is_named_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "home.py").write_text(HOME)
    (tmp_path / "scaling.py").write_text(SCALING)
    assert main(["--isolated", "--no-cache", "home.py"]) == 1
    out = capsys.readouterr().out
    assert "Found 1 error in 1 file." in out
    assert "--> home.py:3:5" in out
    assert "--> scaling.py:4:34" in out
    assert str(tmp_path) not in out
    assert out.count('Write name="a".') == 1
