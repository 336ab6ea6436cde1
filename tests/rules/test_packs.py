"""A rule pack of one's own: named in the configuration, it is loaded, runs, is selected and documented like the built-in one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

PACKS = Path(__file__).resolve().parent.parent / "packs"
PROGRAM = (
    "import keras\nmodel = keras.Sequential([keras.Input((10, 3)), keras.layers.LSTM(1024), keras.layers.LSTM(8)])\n"
)


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(PACKS)}
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def project(folder: Path, settings: str) -> Path:
    (folder / "lstmlint.toml").write_text(settings, "utf-8")
    (folder / "model.py").write_text(PROGRAM, "utf-8")
    return folder


def test_a_pack_that_the_configuration_names_runs_beside_the_built_in_one(tmp_path: Path) -> None:
    project(tmp_path, 'packs = ["our_rules"]\n')
    answer = run(tmp_path, "lstmlint", "check", "--no-cache", "--output-format", "json", "model.py")
    assert {row["code"] for row in json.loads(answer.stdout)} == {"OUR001", "RNN002"}


def test_its_rules_are_selected_by_code_name_and_family(tmp_path: Path) -> None:
    project(tmp_path, 'packs = ["our_rules"]\n')
    for word in ("OUR001", "OUR", "too-many-units", "house"):
        answer = run(
            tmp_path, "lstmlint", "check", "--no-cache", "--select", word, "--output-format", "json", "model.py"
        )
        assert {row["code"] for row in json.loads(answer.stdout)} == {"OUR001"}, answer.stderr


def test_without_the_configuration_it_is_not_there(tmp_path: Path) -> None:
    project(tmp_path, "")
    answer = run(tmp_path, "lstmlint", "check", "--no-cache", "--output-format", "json", "model.py")
    assert {row["code"] for row in json.loads(answer.stdout)} == {"RNN002"}


def test_its_pages_are_written_like_those_of_the_built_in_pack(tmp_path: Path) -> None:
    program = (
        "from pathlib import Path; from lstmlint.rule import load_pack; from lstmlint.testing import write_docs; "
        "load_pack('our_rules'); print(write_docs(Path('pages'), 'our_rules'))"
    )
    environment = {**os.environ, "PYTHONPATH": str(PACKS)}
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=environment, check=True)
    assert {p.name for p in (tmp_path / "pages").iterdir()} == {"README.md", "too-many-units.md"}
    assert "LSTM(256)" in (tmp_path / "pages" / "too-many-units.md").read_text("utf-8")
