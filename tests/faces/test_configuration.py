"""Configuration: read where it should be, explained, and never silently ignored."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from lstmlint.cli import main
from lstmlint.config import BY_NAME, KEYS
from lstmlint.config.pins import pinned
from lstmlint.config.reading import load
from lstmlint.config.schema import documentation, schema

TOP = Path(__file__).parent.parent.parent
STACKED = (
    "from keras import Sequential\nfrom keras.layers import LSTM, Dense\n"
    "m = Sequential([LSTM(32, input_shape=(10, 64)), LSTM(8), Dense(2)])\n"
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "stacked.py").write_text(STACKED)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('\n[tool.lstmlint]\nselekt = ["RNN"]\n', "pyproject.toml:3: unknown setting 'selekt' (did you mean 'select'?)"),
        ('[tool.lstmlint]\nselect = [\n  "SHP",\n  "RNM002",\n]\n', "pyproject.toml:4: select: no rule, family or code prefix is called 'RNM002' (did you mean 'RNN002'?)"),
        ('[tool.lstmlint]\nselect = "RNN"\n', "pyproject.toml:2: select takes a list of rules"),
        ('[tool.lstmlint]\nfail-on = "eror"\n', "pyproject.toml:2: fail-on: 'eror' is none of its values (did you mean 'error'?)"),
        ("[tool.lstmlint]\nkeras = 4\n", "pyproject.toml:2: keras: 4 is none of its values (there are 2, 3)"),
        ('[tool.lstmlint.severity]\nRNN002 = "warn"\n', "pyproject.toml:2: severity: 'warn' is no severity (did you mean 'warning'?)"),
        ('[tool.lstmlint.per-file-ignores]\n"a.py" = ["missing-return-sequence"]\n', "pyproject.toml:2: per-file-ignores: no rule"),
        ('[tool.lstmlint]\npacks = ["no_such_pack"]\n', "pyproject.toml:2: packs: no_such_pack can't be imported"),
        ("[tool.lstmlint]\nselect = [\n", "pyproject.toml: is not TOML"),
        ("[tool.lstmlint\nselect = []\n", "pyproject.toml: is not TOML"),
    ],
)  # fmt: skip
def test_a_mistake_is_answered_with_its_place_and_the_likely_name(
    project: Path, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "pyproject.toml").write_text(text)
    assert main(["stacked.py"]) == 2
    assert said in capsys.readouterr().err
    assert main(["stacked.py", "--isolated"]) == 1


def test_a_pyproject_that_says_nothing_to_us_is_left_alone(project: Path) -> None:
    (project / "pyproject.toml").write_text('[project.scripts]\nlstmlint = "x:y"\n[tool.other]\na = [\n')
    assert main(["stacked.py"]) == 1


def test_the_nearest_file_wins(project: Path) -> None:
    (project / "lstmlint.toml").write_text('ignore = ["RNN002"]\n')
    (project / "inner").mkdir()
    (project / "inner" / "a.py").write_text(STACKED)
    assert main(["stacked.py", "inner"]) == 0
    (project / "inner" / "lstmlint.toml").write_text("")
    assert main(["stacked.py"]) == 0
    assert main(["inner"]) == 1
    assert main(["inner", "--config", "lstmlint.toml"]) == 0


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ('per-file-ignores = { "st*.py" = ["recurrent"] }', 0),
        ('per-file-ignores = { "other/*.py" = ["recurrent"] }', 1),
        ('select = ["SHP"]', 0),
        ('fail-on = "error"', 1),
        ('severity = { RNN = "warning" }\nfail-on = "error"', 0),
        ('severity = { missing-return-sequences = "info" }', 0),
        ('extend-exclude = ["stacked.py"]', 0),
        ('exclude = ["stack*"]', 0),
    ],
)
def test_a_setting_does_what_it_says(project: Path, text: str, status: int) -> None:
    (project / "lstmlint.toml").write_text(text + "\n")
    assert main(["stacked.py"]) == status


def test_what_is_selected_on_the_command_line_is_selected(project: Path) -> None:
    (project / "lstmlint.toml").write_text('ignore = ["RNN002"]\n')
    assert main(["stacked.py", "--select", "RNN002"]) == 1


def test_a_rule_pack_of_the_projects_own(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "house_rules_of_a_test").mkdir()
    (project / "house_rules_of_a_test" / "__init__.py").write_text(
        '"""No models here."""\nfrom lstmlint.rule import Finding, Severity, check\n\n\n'
        '@check("HSE001", "no-models", Severity.WARNING)\ndef no_models(program):\n'
        '    for call in program.layer_calls:\n        yield Finding(call.place, "No models here.")\n'
    )
    (project / "lstmlint.toml").write_text('packs = ["house_rules_of_a_test"]\nselect = ["no-models"]\n')
    try:
        assert main(["stacked.py", "--output-format", "concise"]) == 1
        assert "No models here. [HSE001 no-models]" in capsys.readouterr().out
    finally:
        from lstmlint import packs, rule

        rule._rules.pop("HSE001")
        packs._loaded.discard("house_rules_of_a_test")


def test_src_says_where_imports_start(project: Path) -> None:
    (project / "lib").mkdir()
    (project / "lib" / "flags.py").write_text("SEQUENCES = False\n")
    (project / "a.py").write_text(
        "import keras, flags\nfrom keras.layers import LSTM\n"
        "m = keras.Sequential([keras.Input((5, 2)), LSTM(4, return_sequences=flags.SEQUENCES), LSTM(4)])\n"
    )
    assert main(["a.py"]) == 0
    (project / "lstmlint.toml").write_text('src = ["lib"]\n')
    assert main(["a.py"]) == 1


def test_config_says_where_every_value_comes_from(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "requirements.txt").write_text("numpy\nkeras==2.15.0\n")
    (project / "lstmlint.toml").write_text('\nignore = ["RNN002"]\n')
    assert main(["config"]) == 0
    out = capsys.readouterr().out
    assert 'ignore = ["RNN002"]' in out
    for source in ("lstmlint.toml:2", "requirements.txt:2", "default"):
        assert f"# {source}" in out
    assert [line.split(" ")[0] for line in out.splitlines()[1:] if not line.startswith("#")] == [
        key.name for key in KEYS if key.name != "baseline"
    ]


@pytest.mark.parametrize(
    ("file", "text", "major"),
    [
        ("requirements.txt", "keras==2.15.0\n", 2),
        ("requirements.txt", "tensorflow==2.15.*  # old\n", 2),
        ("requirements.txt", "tensorflow-cpu>=2.16,<3\n", 3),
        ("requirements.txt", "tensorflow>=2.4\n", None),
        ("requirements.txt", "# keras==2.3\nnumpy==1.2\n", None),
        ("requirements.txt", "tensorflow==2.15\nkeras>=3.0\n", 3),
        ("requirements-dev.txt", "keras < 3\n", 2),
        ("requirements.txt", "tf-keras==2.15\nkeras-tuner==1.4\nkeras-nlp<1\n", None),
        ("pyproject.toml", '[project]\ndependencies = ["tensorflow[and-cuda] ~= 2.12.0"]\n', 2),
        ("pyproject.toml", '[tool.poetry.dependencies]\nkeras = "^2.4"\n', 2),
        ("pyproject.toml", '[tool.poetry.dependencies]\ntensorflow = "^2.10"\n', None),
        ("poetry.lock", '[[package]]\nname = "keras"\nversion = "2.14.0"\n', 2),
        ("uv.lock", '[[package]]\nname = "tensorflow"\nversion = "2.18.0"\n', 3),
        ("Pipfile.lock", '{"default": {"keras": {"hashes": ["a"], "version": "==2.9.0"}}}', 2),
        ("environment.yml", "dependencies:\n  - tensorflow=2.10\n", 2),
        ("setup.py", "setup(install_requires=['keras>=2.0,<3'])\n", 2),
    ],
)
def test_the_projects_pin_says_which_keras(tmp_path: Path, file: str, text: str, major: int | None) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / file).write_text(text)
    found = pinned(str(tmp_path))
    assert (found and found[0]) == major


def test_the_schema_and_the_documentation_are_those_of_the_table() -> None:
    assert json.loads((TOP / "docs" / "lstmlint.schema.json").read_text()) == schema(), (
        "python -m lstmlint.testing docs"
    )
    assert documentation() in (TOP / "docs" / "configuration.md").read_text(), "python -m lstmlint.testing docs"


def test_schema_and_reader_agree_on_every_example(tmp_path: Path) -> None:
    for key in KEYS:
        (tmp_path / "lstmlint.toml").write_text(key.example + "\n")
        values = load(str(tmp_path / "lstmlint.toml"))
        assert list(values) == [key.name]
        tomllib = pytest.importorskip("tomllib")

        jsonschema.validate(tomllib.loads(key.example), schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"selekt": ["RNN"]}, schema())
    assert set(BY_NAME) == set(schema()["properties"])


def test_git_ignores_at_every_level(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / ".git").mkdir()
    (project / ".gitignore").write_text("*_old.py\n/data/\n")
    for folder in ("data", "src/data", "src/keep"):
        (project / folder).mkdir(parents=True)
        (project / folder / "m.py").write_text(STACKED)
        (project / folder / "m_old.py").write_text(STACKED)
    (project / "src" / "keep" / ".gitignore").write_text("!m_old.py\n")
    (project / "src" / "data" / ".gitignore").write_text("*\n")
    main(["--output-format", "concise"])
    out = capsys.readouterr().out
    assert sorted({line.split(":")[0].removeprefix("./") for line in out.splitlines()}) == [
        "src/keep/m.py", "src/keep/m_old.py", "stacked.py",
    ]  # fmt: skip


def test_a_symlink_loop_ends(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "deep").mkdir()
    (project / "deep" / "again").symlink_to(project, target_is_directory=True)
    assert main(["--output-format", "concise"]) == 1
    assert capsys.readouterr().out.count("RNN002") == 1
