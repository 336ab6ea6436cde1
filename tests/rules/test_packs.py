"""A rule pack of one's own: named in the configuration, it is loaded, runs, is selected and documented like the built-in one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from lstmlint.packs import register_path, register_text

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
        "from pathlib import Path; from lstmlint.packs import load_pack; from lstmlint.testing import write_docs; "
        "load_pack('our_rules'); print(write_docs(Path('pages'), 'our_rules'))"
    )
    environment = {**os.environ, "PYTHONPATH": str(PACKS)}
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=environment, check=True)
    assert {p.name for p in (tmp_path / "pages").iterdir()} == {"README.md", "too-many-units.md"}
    assert "LSTM(256)" in (tmp_path / "pages" / "too-many-units.md").read_text("utf-8")


def test_the_register_of_the_built_in_pack_says_what_its_modules_say() -> None:
    written = Path(register_path("lstmlint_rules")).read_text("utf-8")
    assert written == register_text("lstmlint_rules"), "python -m lstmlint.testing register writes it anew"


def test_docs_keeps_a_register_true_and_writes_none_where_there_is_none(tmp_path: Path) -> None:
    shutil.copytree(PACKS / "our_rules", tmp_path / "our_rules")
    register = tmp_path / "our_rules" / "register.py"

    def testing(*words: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
        command = [sys.executable, "-m", "lstmlint.testing", *words, "--pack", "our_rules"]
        subprocess.run(command, cwd=tmp_path, env=environment, check=True)

    testing("docs", "--folder", "docs/pages")
    assert not register.exists()
    testing("register")
    written = register.read_text("utf-8")
    assert "OUR001" in written
    register.write_text(written.replace("OUR001", "OUR009"), "utf-8")
    testing("docs", "--folder", "docs/pages")
    assert register.read_text("utf-8") == written


def test_a_rule_in_the_package_itself_is_in_its_register_too(tmp_path: Path) -> None:
    (tmp_path / "small_rules").mkdir()
    source = (PACKS / "our_rules" / "house" / "too_many_units.py").read_text("utf-8")
    (tmp_path / "small_rules" / "__init__.py").write_text(
        source.replace("OUR001", "OUR003").replace("too-many-units", "small-pack"), "utf-8"
    )
    project(tmp_path, 'packs = ["small_rules"]\n')
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    for command in (
        ["lstmlint.testing", "register", "--pack", "small_rules"],
        ["lstmlint", "check", "--no-cache", "--output-format", "json", "model.py"],
    ):
        answer = subprocess.run(
            [sys.executable, "-m", *command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
    assert "OUR003" in (tmp_path / "small_rules" / "register.py").read_text("utf-8")
    assert {row["code"] for row in json.loads(answer.stdout)} == {"OUR003", "RNN002"}


def test_rules_of_a_register_are_imported_when_they_have_to_look_at_something(tmp_path: Path) -> None:
    project(tmp_path, "")
    (tmp_path / "right.py").write_text(PROGRAM.replace("LSTM(1024)", "LSTM(1024, return_sequences=True)"), "utf-8")
    program = (
        "import sys; from lstmlint.cli import main; main(['check', '--no-cache', sys.argv[1]]); "
        "print([name for name in ('missing_return_sequences', 'too_many_units') if any(name in m for m in sys.modules)], file=sys.stderr)"
    )
    for name, imported in (("right.py", "[]"), ("model.py", "['missing_return_sequences']")):
        answer = subprocess.run(
            [sys.executable, "-c", program, name], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        assert answer.stderr.strip() == imported
