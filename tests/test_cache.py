"""The cache of results is never wrong: whatever a result rests on, a change of it is seen; damage is quietly mended."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lstmlint import cache, runner
from lstmlint.cache import Cache
from lstmlint.runner import Options, check_paths

STACK = """\
from keras.models import Sequential
from keras.layers import LSTM
from sizes import SEQUENCES

model = Sequential()
model.add(LSTM(8, return_sequences=SEQUENCES, input_shape=(10, 4)))
model.add(LSTM(8))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "model.py").write_text(STACK)
    (tmp_path / "sizes.py").write_text("SEQUENCES = True\n")
    return tmp_path


def codes(project: Path, options: Options | None = None, name: str = "model.py") -> list[str]:
    """What is said of the file with the project's cache, and, as a check, without one."""
    paths = [str(project / name)]
    cache = Cache(str(project / ".lstmlint_cache"))
    with_cache = [f for r in check_paths(paths, lambda _: options or Options(), cache=cache) for f in r.findings]
    without = [f for r in check_paths(paths, lambda _: options or Options()) for f in r.findings]
    assert with_cache == without
    assert [f.fingerprint for f in with_cache] == [f.fingerprint for f in without]
    return [f.code for f in with_cache]


def forbid_following(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("followed again")

    monkeypatch.setattr(runner, "follow_bytes", fail)


def test_what_is_known_is_not_worked_out_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "sizes.py").write_text("SEQUENCES = False\n")
    assert codes(project) == ["RNN002"]
    forbid_following(monkeypatch)
    cache = Cache(str(project / ".lstmlint_cache"))
    results = list(check_paths([str(project / "model.py")], lambda _: Options(), cache=cache))
    assert [f.code for r in results for f in r.findings] == ["RNN002"]


def test_an_edit_of_the_file_is_seen(project: Path) -> None:
    assert codes(project) == []
    (project / "model.py").write_text(STACK.replace("SEQUENCES, ", "False, "))
    assert codes(project) == ["RNN002"]


def test_an_edit_of_an_imported_file_is_seen(project: Path) -> None:
    assert codes(project) == []
    (project / "sizes.py").write_text("SEQUENCES = False\n")
    assert codes(project) == ["RNN002"]


def test_an_imported_file_that_appears_or_goes_is_seen(project: Path) -> None:
    (project / "sizes.py").unlink()
    assert codes(project) == []
    (project / "sizes").mkdir()
    (project / "sizes" / "__init__.py").write_text("SEQUENCES = False\n")
    assert codes(project) == ["RNN002"]
    (project / "sizes.py").write_text("SEQUENCES = True\n")
    codes(project)
    (project / "sizes" / "__init__.py").unlink()
    assert codes(project) == []


def test_an_edit_two_imports_away_is_seen(project: Path) -> None:
    (project / "sizes.py").write_text("from deeper import SEQUENCES\n")
    (project / "deeper.py").write_text("SEQUENCES = True\n")
    assert codes(project) == []
    (project / "deeper.py").write_text("SEQUENCES = False\n")
    assert codes(project) == ["RNN002"]


def test_other_settings_have_other_results(project: Path) -> None:
    (project / "sizes.py").write_text("SEQUENCES = False\n")
    assert codes(project) == ["RNN002"]
    assert codes(project, Options(ignore=("RNN002",))) == []
    assert codes(project) == ["RNN002"]


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '{"key": 1}', "\0\xff"])
def test_a_damaged_entry_is_quietly_replaced(project: Path, damage: str) -> None:
    (project / "sizes.py").write_text("SEQUENCES = False\n")
    assert codes(project) == ["RNN002"]
    entries = list((project / ".lstmlint_cache").glob("*.json"))
    assert entries
    for entry in entries:
        entry.write_text(damage, "latin-1")
    assert codes(project) == ["RNN002"]
    assert all(json.loads(entry.read_text())["findings"] for entry in entries)


def test_entries_with_parts_of_the_wrong_kind_count_as_none(project: Path) -> None:
    (project / "sizes.py").write_text("SEQUENCES = False\n")
    assert codes(project) == ["RNN002"]
    (entry,) = (project / ".lstmlint_cache").glob("*.json")
    whole = json.loads(entry.read_text())
    for name in whole:
        for wrong in (None, 3, "x", [1], {"a": 1}):
            entry.write_text(json.dumps({**whole, name: wrong}))
            assert codes(project) == ["RNN002"], (name, wrong)


def test_the_folder_is_ignored_by_git_and_one_that_cannot_be_written_does_no_harm(project: Path) -> None:
    codes(project)
    assert (project / ".lstmlint_cache" / ".gitignore").read_text() == "*\n"
    (project / "taken").write_text("a file, not a folder")
    cache = Cache(str(project / "taken"))
    assert [r.trouble for r in check_paths([str(project / "model.py")], lambda _: Options(), cache=cache)] == [[]]


def test_an_internal_error_is_not_kept(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    cache = Cache(str(project / ".lstmlint_cache"))
    paths = [str(project / "model.py")]
    with monkeypatch.context() as patch:
        patch.setattr(runner, "follow_bytes", fail)
        assert [len(r.trouble) for r in check_paths(paths, lambda _: Options(), cache=cache)] == [1]
    assert [r.trouble for r in check_paths(paths, lambda _: Options(), cache=cache)] == [[]]


def test_another_version_of_lstmlint_or_of_a_rule_pack_works_everything_out_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = project / "house_rules.py"
    pack.write_text("")
    monkeypatch.syspath_prepend(str(project))
    options = Options(packs=("lstmlint_rules", "house_rules"))
    path, raw = str(project / "model.py"), (project / "model.py").read_bytes()
    Cache(str(project / "kept")).put(path, raw, options, [], [], {})
    assert Cache(str(project / "kept")).get(path, raw, options) == ([], [])
    pack.write_text("# another rule\n")
    assert Cache(str(project / "kept")).get(path, raw, options) is None
    Cache(str(project / "kept")).put(path, raw, options, [], [], {})
    monkeypatch.setattr("lstmlint.cache._fingerprint", lambda packages: "another version")
    assert Cache(str(project / "kept")).get(path, raw, options) is None


def test_a_table_of_data_counts_as_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "__init__.py").write_text("")
    table = tmp_path / "tables" / "architectures.zip"
    table.write_bytes(b"1")
    monkeypatch.syspath_prepend(str(tmp_path))
    before = cache._fingerprint(("tables",))
    assert cache._fingerprint(("tables",)) == before
    table.write_bytes(b"12")
    assert cache._fingerprint(("tables",)) != before


def test_a_script_that_reaches_keras_through_its_own_modules_is_cached(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "train.py").write_text("from model import model\nmodel.fit([1.0], [2.0])\n")
    before = codes(project, name="train.py")
    forbid_following(monkeypatch)
    kept = Cache(str(project / ".lstmlint_cache"))
    results = list(check_paths([str(project / "train.py")], lambda _: Options(), cache=kept))
    assert [f.code for r in results for f in r.findings] == before
    assert not any(r.trouble for r in results)
