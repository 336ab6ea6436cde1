"""Shell completion: the scripts know every command and option, and bash can read its own."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from lstmlint.cli import COMMANDS, main
from lstmlint.cli.completion import SHELLS


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_knows_commands_and_options(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("shtab")
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    for word in (*COMMANDS, "unsafe-fixes", "output-format"):
        assert word in script


def test_bash_completes(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("shtab")
    if shutil.which("bash") is None:
        pytest.skip("needs bash")
    main(["completion", "bash"])
    script = capsys.readouterr().out
    ask = 'COMP_WORDS=(lstmlint su); COMP_CWORD=1; COMP_LINE="lstmlint su"; COMP_POINT=11; f=$(complete -p lstmlint | sed "s/.*-F //; s/ .*//"); $f; echo "${COMPREPLY[@]}"'
    done = subprocess.run(["bash", "-c", f"{script}\n{ask}"], capture_output=True, text=True, check=False)
    assert "summary" in done.stdout, done.stderr
