"""Projects of several files: models made in one and trained in another, cycles, missing modules."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lstmlint.cli import main
from lstmlint.interpret import disk
from lstmlint.reach import reaches_keras
from lstmlint.runner import check_file, follow_bytes

FILES = {
    "pyproject.toml": "",
    "src/pkg/__init__.py": "from .config import *\nfrom .models import build_model\n",
    "src/pkg/config.py": "N_STEPS = 24\nN_FEATURES = 3\n_HIDDEN = 5\n",
    "src/pkg/models.py": """
import keras
from keras import layers
from .config import N_STEPS
from . import config as cfg
from .sub.blocks import Head

def build_model(units=8, stacked=False):
    model = keras.Sequential([keras.Input((N_STEPS, cfg.N_FEATURES)), layers.LSTM(units)])
    if stacked:
        model.add(layers.LSTM(4))
    model.add(Head(2))
    return model
""",
    "src/pkg/sub/__init__.py": "",
    "src/pkg/sub/blocks.py": """
from keras import layers
class Head(layers.Layer):
    def __init__(self, n):
        super().__init__()
        self.dense = layers.Dense(n)
    def call(self, x):
        return self.dense(x)
""",
    "scripts/train.py": """
import numpy as np
from pkg import build_model, N_STEPS
model = build_model(16)
worse = build_model(4, stacked=True)
""",
    "scripts/other.py": "import os\nfrom json import loads\nmodel = loads('1')\n",
    "loop_a.py": "import loop_b\nSIZE = 3\n",
    "loop_b.py": "import loop_a\nimport keras\nfrom loop_a import SIZE\nmodel = keras.Sequential([keras.Input((SIZE,)), keras.layers.Dense(2)])\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_a_file_that_never_says_keras_is_followed_when_its_modules_do(project: Path) -> None:
    train, other = project / "scripts/train.py", project / "scripts/other.py"
    assert reaches_keras(train.read_bytes(), str(train))
    assert not reaches_keras(other.read_bytes(), str(other))


def test_a_finding_in_another_file_stands_at_the_call_and_names_both_places(project: Path) -> None:
    found = check_file(str(project / "scripts/train.py")).findings
    assert [(f.code, f.span.row) for f in found] == [("RNN002", 5)]
    assert next((Path(r.span.path).name, r.span.row) for r in found[0].related) == ("models.py", 11)
    assert not check_file(str(project / "src/pkg/models.py")).findings


BLOCKS = """
from keras import layers
def block(size=(3, 3)):
    return layers.Conv3D(4, size)
"""
NETS = """
import keras
from keras import layers
import blocks
class Net(keras.Model):
    def __init__(self, inputs, block, **options):
        x = layers.Conv3D(8, (7, 7))(inputs)
        x = layers.MaxPooling3D((3, 3))(x)
        super().__init__(inputs=inputs, outputs=block()(x), **options)
class Small(Net):
    def __init__(self, inputs, **options):
        super().__init__(inputs, blocks.block, **options)
class Large(Net):
    def __init__(self, inputs, size=None, **options):
        super().__init__(inputs, blocks.block, **options)
"""


def test_a_fault_of_the_file_is_not_taken_for_one_of_another_that_was_dropped(tmp_path: Path) -> None:
    (tmp_path / "blocks.py").write_text(BLOCKS, "utf-8")
    (tmp_path / "nets.py").write_text(NETS, "utf-8")
    found = {tuple(f.span.row for f in check_file(str(tmp_path / "nets.py")).findings) for _ in range(12)}
    assert found == {(7, 8, 9)}


def test_constants_and_layers_from_other_files_have_their_values(project: Path) -> None:
    path = project / "scripts/train.py"
    names = follow_bytes(path.read_bytes(), str(path)).ways[0].names
    assert names["N_STEPS"] == 24
    assert "_HIDDEN" not in names
    assert [str(layer.calls[-1].output_shapes[0]) for layer in names["model"].layers] == ["(None, 16)", "(None, 2)"]


def test_a_file_that_its_own_import_imports_again_lists_its_model_once(project: Path) -> None:
    path = project / "loop_b.py"
    assert len(follow_bytes(path.read_bytes(), str(path)).models) == 1


def test_a_module_that_is_not_there_is_a_gap_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "train.py"
    path.write_text("import keras\nfrom helpers import load\nx = load()\n")
    gaps = follow_bytes(path.read_bytes(), str(path)).gaps
    assert any("helpers" in gap.reason and gap.place.span.row in (2, 3) for gap in gaps)


def test_a_target_that_is_not_there_is_said_with_the_file(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summary", f"{project / 'src/pkg/models.py'}::nope"]) == 2
    complaint = capsys.readouterr().err
    assert "nope" in complaint
    assert "models.py" in complaint
    assert "build_model" in complaint


def test_a_module_that_changes_between_two_files_of_one_run_is_read_anew(tmp_path: Path) -> None:
    size, program = tmp_path / "size.py", tmp_path / "model.py"
    program.write_text(
        "import keras\nfrom size import N\nmodel = keras.Sequential([keras.Input((3,)), keras.layers.Dense(N)])\n"
    )
    shapes = []
    for number in (4, 5, 4):
        size.write_text(f"N = {number}\n")
        shapes.append(
            str(
                follow_bytes(program.read_bytes(), str(program))
                .ways[0]
                .names["model"]
                .layers[-1]
                .calls[-1]
                .output_shape
            )
        )
    assert shapes == ["(None, 4)", "(None, 5)", "(None, 4)"]


def test_only_so_many_trees_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_KEPT", 10)
    trees = disk._Trees()
    for path in "abc":
        trees.put(path, "1", path.upper(), 4)
    assert [trees.get(path, "1") for path in "abc"] == [None, "B", "C"]
    trees.put("b", "2", "new", 4)
    assert trees.get("b", "1") is None
    assert (trees.get("b", "2"), trees.get("c", "1")) == ("new", "C")


def test_what_another_file_does_in_a_case_that_may_not_be_is_no_fault_of_the_call(tmp_path: Path) -> None:
    (tmp_path / "blocks.py").write_text(
        "import keras\nfrom config import kind\ndef head(units):\n    if kind == 'old':\n        return keras.layers.Dense(units, init='normal')\n"
        "    return keras.layers.Dense(units)\ndef body(units):\n    return keras.layers.Dense(units, init='normal')\n"
    )
    program = tmp_path / "model.py"
    program.write_text("import keras\nfrom blocks import body, head\nlayer = head(3)\nother = body(3)\n")
    assert [f.span.row for f in check_file(str(program)).findings] == [4]


BUILDER = """
import os, keras
def build():
    model = keras.Sequential([keras.Input((4, 2)), keras.layers.LSTM(3)])
    if os.environ.get("DEEP"):
        model.add(keras.layers.Dense(2))
    return model
"""


@pytest.mark.parametrize(("folder", "ways"), [("src", 2), ("site-packages", 1)])
def test_what_another_module_might_do_is_asked_in_a_project_not_in_an_installed_package(
    tmp_path: Path, folder: str, ways: int
) -> None:
    package = tmp_path / folder / "pack"
    package.mkdir(parents=True)
    for name, text in {
        "__init__": "",
        "build": BUILDER,
        "train": "import keras\nfrom pack.build import build\nmodel = build()\n",
    }.items():
        (package / f"{name}.py").write_text(text, "utf-8")
    path = package / "train.py"
    program = follow_bytes(path.read_bytes(), str(path))
    assert len(program.ways) == ways
    assert [layer.class_name for layer in program.ways[0].models[0].layers][:1] == ["LSTM"]
    own = package / "build.py"
    assert len(follow_bytes(own.read_bytes(), str(own)).ways) == 2


@pytest.mark.parametrize("mark", ("setup.cfg", "requirements.txt", "setup.py", ".git"))
@pytest.mark.parametrize("more", ("", "__init__.py", "examples/requirements.txt", "examples/deep/__init__.py"))
def test_examples_import_the_package_that_stands_in_their_project(tmp_path: Path, mark: str, more: str) -> None:
    files = {mark: "", "nets/__init__.py": "", "nets/sizes.py": "WIDTH = 7\n", "examples/deep/train.py": ""}
    for name in (*files, more):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        if name:
            (tmp_path / name).write_text(files.get(name, ""))
    program = follow_bytes(
        b"import keras\nfrom nets import sizes\nwidth = sizes.WIDTH\n", str(tmp_path / "examples/deep/train.py")
    )
    assert program.ways[0].names["width"] == 7


def test_of_a_large_package_only_what_is_used_is_looked_at(tmp_path: Path) -> None:
    package = tmp_path / "pack"
    package.mkdir()
    last = 60
    for number in range(last + 1):
        after = f"import pack.m{number + 1} as following\n" if number < last else ""
        text = f"import os\n{after}flag = 1 if os.environ.get('F{number}') else 2\nsize{number} = {number}\n"
        (package / f"m{number}.py").write_text(text, "utf-8")
    names = "".join(f"from .m{number} import size{number}\n" for number in (1, 3, last))
    (package / "__init__.py").write_text(names, "utf-8")
    path = tmp_path / "train.py"
    text = f"import keras\nimport pack\nlayer = keras.layers.Dense(pack.size{last})\nif keras.config.floatx() == 'x':\n    n = 3\n"
    program = follow_bytes(text.encode(), str(path))
    assert program.layers[0].arguments["units"] == last
    followed = [file for file, content in program.files.items() if content and file.endswith(".py")]
    assert 20 < len(followed) < 45
    assert len(program.ways) <= 2, "what modules ask while they are imported is worth no way when there are many"
    assert program.gaps


def test_a_module_of_a_package_means_the_standard_library_by_its_names(tmp_path: Path) -> None:
    files = {
        "pack/__init__.py": "",
        "pack/random.py": "def randint(low):\n    return 'ours'\n",
        "pack/seeds.py": "import random\nfrom . import random as own\nseed, name = random.randint(1, 2), own.randint(1)\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    program = follow_bytes(b"import keras\nfrom pack.seeds import seed, name\n", str(tmp_path / "train.py"))
    assert program.ways[0].names["name"] == "ours"
    assert program.ways[0].names["seed"] != "ours"


@pytest.mark.parametrize("folder", ["modules", "modules/deep", "a/b/c/d/e"])
@pytest.mark.parametrize("package", [True, False], ids=["in a package", "by itself"])
def test_a_folder_without_init_is_found_from_where_the_program_stands(
    tmp_path: Path, folder: str, package: bool
) -> None:
    dotted = folder.replace("/", ".")
    files = {
        f"{folder}/nets/blocks.py": "def later():\n    import keras\nWIDTH = 7\ndef block():\n    return WIDTH\n",
        f"{folder}/nets/__init__.py": f"from {dotted}.nets.blocks import *\n" if package else None,
        f"{folder}/use.py": f"from {dotted}.nets.blocks import block, WIDTH\n",
        "train.py": f"from {dotted}.nets import WIDTH as r1\n"
        if package
        else f"from {dotted}.use import WIDTH as r1\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        if text is not None:
            (tmp_path / name).write_text(text)
    script = tmp_path / "train.py"
    theirs = subprocess.run(
        [sys.executable, "-c", f"import runpy; print(runpy.run_path({str(script)!r})['r1'])"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    program = follow_bytes(b"import keras\n" + script.read_bytes(), str(script))
    assert program is not None
    assert [str(record.names["r1"]) for record in program.ways] == [theirs.stdout.strip()]
    text = script.read_text() + "model.fit()\n"
    assert reaches_keras(text.encode(), str(script))


@pytest.mark.parametrize(
    "imported",
    [
        "importlib.import_module('sizes').UNITS",
        "importlib.import_module(name='inner.sizes').UNITS - 1",
        "__import__('inner.sizes').sizes.UNITS - 1",
        "getattr(importlib.import_module(f'{\"siz\"}es'), 'UNITS')",
        "importlib.import_module('inner').sizes.UNITS - 1",
    ],
)
def test_a_module_is_imported_by_its_name(tmp_path: Path, imported: str) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "__init__.py").write_text("")
    (tmp_path / "inner" / "sizes.py").write_text("UNITS = 8\n")
    (tmp_path / "sizes.py").write_text("UNITS = 7\n")
    layers = "importlib.import_module('keras.layers')"
    program = f"import importlib\nimport keras\nimport inner.sizes\nmodel = keras.Sequential([keras.Input((2,)), {layers}.Dense({imported})])\n"
    (model,) = follow_bytes(program.encode(), str(tmp_path / "main.py")).models
    assert str(model.model.outputs.shape) == "(None, 7)"


def test_a_module_whose_name_nobody_knows_is_a_gap(tmp_path: Path) -> None:
    program = (
        b"import importlib, sys, keras\nnet = importlib.import_module('nets.' + sys.argv[1])\nmodel = net.build()\n"
    )
    assert "which module is imported is not known" in [
        gap.reason for gap in follow_bytes(program, str(tmp_path / "main.py")).gaps
    ]
