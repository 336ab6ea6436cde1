"""The pre-commit hooks: declared as pre-commit needs them, and each entry runs on a scratch repository as pre-commit would run it."""

from __future__ import annotations

import pathlib
import shlex
import subprocess
import sys

import pytest
import yaml

TOP = pathlib.Path(__file__).parent.parent
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
WRONG = "from keras.layers import LSTM\nfrom keras.models import Sequential\n\nmodel = Sequential([LSTM(8, input_shape=(5, 2)), LSTM(4)])\n"
RIGHT = "print('nothing of Keras here')\n"


def test_both_hooks_are_there_for_python_and_notebooks_one_process_at_a_time() -> None:
    assert set(HOOKS) == {"lstmlint", "lstmlint-fix"}
    for hook in HOOKS.values():
        assert hook["language"] == "python"
        assert hook["types_or"] == ["python", "jupyter"]
        assert hook["require_serial"] is True


def run_hook(name: str, where: pathlib.Path, *files: str) -> subprocess.CompletedProcess[str]:
    """What pre-commit does: the entry, its args, then the staged files, in the repository's root."""
    hook = HOOKS[name]
    entry = shlex.split(hook["entry"])
    assert entry[0] == "lstmlint"
    command = [sys.executable, "-m", *entry, *hook.get("args", []), *files]
    return subprocess.run(command, cwd=where, capture_output=True, text=True)


@pytest.mark.parametrize("name", sorted(HOOKS))
def test_a_hook_fails_on_a_wrong_file_and_passes_a_right_one(name: str, tmp_path: pathlib.Path) -> None:
    (tmp_path / "a model.py").write_text(WRONG, encoding="utf-8")
    (tmp_path / "plain.py").write_text(RIGHT, encoding="utf-8")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    failed = run_hook(name, tmp_path, "a model.py", "plain.py")
    if name == "lstmlint":
        assert failed.returncode == 1, failed.stderr
        assert "a model.py" in failed.stdout
    else:  # the fix may have mended it: then the file has changed, which pre-commit counts as failed by itself
        assert failed.returncode == 1 or (tmp_path / "a model.py").read_text(encoding="utf-8") != WRONG, failed.stderr
    assert run_hook(name, tmp_path, "plain.py").returncode == 0
