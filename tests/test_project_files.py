"""Data and settings in files of the project: where a path leads, what the program has written itself, and what a result rests on."""

from __future__ import annotations

import json
import os
import struct
from pathlib import Path

import pytest

from lstmlint.cache import Cache
from lstmlint.dims import Dim
from lstmlint.libs.bridge import known, to_python
from lstmlint.runner import Options, check_file, check_paths, follow_bytes
from lstmlint.summary import as_json
from lstmlint.values import Unknown

READ = """
import os, json
from pathlib import Path
import pandas as pd
from keras import Input, Sequential
from keras.layers import Dense
BEFORE
df = pd.read_csv(PATH)
model = Sequential([Input((df.shape[1],)), Dense(1)])
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for folder in ("data", "src", "pics/cat", "pics/dog", "pics/.hidden"):
        (root / folder).mkdir(parents=True)
    (root / "pyproject.toml").write_text("")
    (root / "data" / "t.csv").write_text("a,b,c\n1,2,3\n")
    (tmp_path / "outside.csv").write_text("a,b\n1,2\n")
    (root / "settings.json").write_text('{"model": {"units": 6, "layers": [4, 5]}}')
    return root


def _parameters(file: Path, program: str) -> list[int | None]:
    file.write_text(program)
    followed = follow_bytes(program.encode(), str(file))
    return [m["total_params"] for m in json.loads(as_json([(str(file), followed)]))["files"][0]["models"]]


def _read(project: Path, path: str, before: str = "", script: str = "src/train.py") -> int | None:
    """How many parameters the model has that is as wide as the table: one for each column and one more."""
    program = READ.replace("PATH", path).replace("BEFORE", before)
    return _parameters(project / script, program)[0]


@pytest.mark.parametrize(
    "path",
    [
        "'data/t.csv'", "'../data/t.csv'", "'./data/t.csv'", "os.path.join('data', 't.csv')",
        "os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'data', 't.csv')", "f\"{'data'}/t.csv\"", "filepath_or_buffer='data/t.csv'",
        "Path('data') / 't.csv'", "Path(__file__).resolve().parent.parent / 'data' / 't.csv'", "str(Path('data', 't.csv'))",
        "f\"{Path('data')}/t.csv\"", "os.path.join(Path('data'), 't.csv')", "'data' / Path('t.txt').with_suffix('.csv')",
        "Path(__file__).parents[1].joinpath('data', 't.csv')", "os.fspath(Path('data/t.csv'))",
    ],
)  # fmt: skip
def test_a_path_leads_to_the_one_file_that_it_can_mean(project: Path, path: str) -> None:
    assert _read(project, path) == 4


def test_a_program_can_be_started_in_its_folder_or_above_it(project: Path) -> None:
    assert _read(project, "'data/t.csv'", script="train.py") == 4
    (project / "src" / "data").mkdir()
    (project / "src" / "data" / "t.csv").write_text("a,b,c\n1,2,3\n")
    assert _read(project, "'data/t.csv'") is None  # it depends on where it is started


@pytest.mark.parametrize(
    "path",
    [
        "'../../outside.csv'",
        "'data/none.csv'",
        "'data'",
        "''",
        "'https://x.org/data/t.csv'",
        "input()",
        "'data/t.csv\\0'",
        "'link.csv'",
    ],
)
def test_what_is_not_there_or_outside_of_the_project_is_not_known(project: Path, path: str) -> None:
    (project / "link.csv").symlink_to(project.parent / "outside.csv")
    assert _read(project, path) is None
    assert _read(project, f"{str(project.parent / 'outside.csv')!r}") is None


@pytest.mark.parametrize(
    "before",
    [
        "pd.DataFrame({'a': [1]}).to_csv('data/t.csv')", "pd.DataFrame({'a': [1]}).to_csv(path_or_buf='t.csv')",
        "open('../data/t.csv', 'w').write('a,b')", "open('data/t.csv', mode='a')", "os.chdir('data')", "os.remove('data/t.csv')",
        "os.rename('x.csv', 'data/t.csv')", "open(input(), 'w')", "import numpy as np\nnp.savetxt('data/t.csv', [[1]])", "open('data/t.csv', input())",
        "Path('data/t.csv').write_text('a,b')", "(Path('data') / 't.csv').open('w')", "Path('x.csv').rename('data/t.csv')",
        "os.remove(Path('data/t.csv'))",
    ],
)  # fmt: skip
def test_what_the_program_has_written_is_not_what_was_there(project: Path, before: str) -> None:
    assert _read(project, "'data/t.csv'", before) is None


@pytest.mark.parametrize(
    "before",
    [
        "open('other.csv', 'w')",
        "open('data/t.csv').read()",
        "os.makedirs('out', exist_ok=True)",
        "os.makedirs(input())",
    ],
)
def test_what_was_written_elsewhere_changes_nothing(project: Path, before: str) -> None:
    assert _read(project, "'data/t.csv'", before) == 4


def test_a_cell_that_moves_makes_relative_paths_unknown(project: Path) -> None:
    def notebook(first: str) -> list[int | None]:
        cells = [first, READ.replace("PATH", "'data/t.csv'").replace("BEFORE", "")]
        document = {
            "cells": [{"cell_type": "code", "source": c, "metadata": {}, "outputs": [], "execution_count": None} for c in cells],
            "metadata": {}, "nbformat": 4, "nbformat_minor": 4,
        }  # fmt: skip
        return _parameters(project / "n.ipynb", json.dumps(document))

    assert notebook("%time x = 1") == [4]
    assert notebook("%cd /content") == [None]
    assert notebook("!ls\nif True:\n  %cd  -q data") == [None]


def test_without_a_mark_of_the_project_only_what_is_beside_the_program_is_looked_at(project: Path) -> None:
    (project / "pyproject.toml").unlink()
    assert _read(project, "'../data/t.csv'") is None
    assert _read(project, "'data/t.csv'", script="train.py") == 4
    (project / "README.md").write_text("")
    assert _read(project, "'../data/t.csv'") == 4


@pytest.mark.parametrize(
    "content",
    [
        b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
        b"\x1f\x8b\x08",
        b"a,b\0,c",
        b"\xff\xfe\xfd,b\n",
        b"",
        b"a" * 70_000,
    ],
)
def test_what_is_no_table_is_not_known(project: Path, content: bytes) -> None:
    (project / "data" / "t.csv").write_bytes(content)
    assert _read(project, "'data/t.csv'") is None


def test_of_a_large_file_the_first_lines_are_read(project: Path) -> None:
    (project / "data" / "t.csv").write_text("a,b,c\n" + "1,2,3\n" * 100_000)
    assert _read(project, "'data/t.csv'") == 4


def _npy(header: str) -> bytes:
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + bytes(64)


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (_npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n"), 4),
        (_npy("{'descr': '|O', 'fortran_order': False, 'shape': (2, 3), }\n"), None),
        (_npy("{'descr': '<f4', 'shape': __import__('os')}"), None),
        (_npy("{'descr': '<f4', 'shape': (2, 'a')}"), None),
        (b"\x93NUMPY", None),
        (_npy("{" * 3000), None),
    ],
)
def test_headers_of_arrays(project: Path, content: bytes, rows: int | None) -> None:
    (project / "x.npy").write_bytes(content)
    program = "import numpy as np\nfrom keras import Input, Sequential\nfrom keras.layers import Dense\nx = np.load('x.npy')\n"
    program += "model = Sequential([Input((x.shape[1],)), Dense(1)])\n"
    assert _parameters(project / "a.py", program) == [rows]


JSON = "import json\nfrom keras import Input, Sequential\nfrom keras.layers import Dense\n{}\nmodel = Sequential([Input((2,)), Dense(units)])\n"


@pytest.mark.parametrize(
    "code",
    [
        "with open('settings.json') as f:\n    units = json.load(f)['model']['units']",
        "units = json.load(open('settings.json', 'rb'))['model']['units']",
        "units = sum(json.load(fp=open('settings.json'))['model']['layers']) - 3",
        "units = json.loads('{\"units\": 6}')['units']",
        "from pathlib import Path\nunits = json.loads(Path('settings.json').read_text())['model']['units']",
        "with open('settings.json') as f:\n    units = json.loads(f.read())['model']['units']",
    ],
)
def test_settings_are_read(project: Path, code: str) -> None:
    assert _parameters(project / "a.py", JSON.format(code)) == [18]


@pytest.mark.parametrize(
    "code",
    [
        "f = open('settings.json')\njson.load(f)\nunits = json.load(f)['model']['units']",
        "units = json.load(open('settings.json'), object_hook=dict)['model']['units']",
        "units = json.load(open('none.json'))['model']['units']",
        "units = json.loads('{')['units']",
    ],
)
def test_other_settings_are_not_known(project: Path, code: str) -> None:
    assert _parameters(project / "a.py", JSON.format(code)) == [None]


@pytest.mark.parametrize(
    ("made", "classes"),
    [
        ("len(keras.utils.image_dataset_from_directory('pics').class_names)", 2),
        ("len(os.listdir('pics'))", 3),
        ("len(os.listdir('data'))", None),
        ("keras.preprocessing.image.ImageDataGenerator().flow_from_directory('pics').num_classes", 3),
        ("len(keras.utils.image_dataset_from_directory('none').class_names)", None),
        ("len(keras.utils.image_dataset_from_directory(directory='pics', class_names=['cat']).class_names)", 1),
    ],
)
def test_folders_are_classes(project: Path, made: str, classes: int | None) -> None:
    program = f"import os, keras\nfrom keras import Input, Sequential\nfrom keras.layers import Dense\nn = {made}\nmodel = Sequential([Input((2,)), Dense(n)])\n"
    assert _parameters(project / "a.py", program) == [classes and 3 * classes]
    made_more = program.replace("n = ", "os.makedirs('pics/bird', exist_ok=True)\nn = ", 1)
    assert _parameters(project / "a.py", made_more) == [3 if classes == 1 else None]


def test_a_finding_rests_on_the_data(project: Path) -> None:
    file = project / "a.py"
    file.write_text(
        "import os, numpy as np, pandas as pd\nfrom keras import Input, Sequential\nfrom keras.layers import Dense\n"
        "x = pd.read_csv('data/t.csv')\nmodel = Sequential([Input((3,)), Dense(len(os.listdir('pics')))])\nmodel.compile(loss='mse')\n"
        "model.fit(x, np.zeros((1, 3)))\n"
    )

    def codes() -> list[str]:
        cache = Cache(str(project / ".lstmlint_cache"))
        found = [f.code for r in check_paths([str(file)], lambda _: Options(), cache=cache) for f in r.findings]
        assert found == [f.code for f in check_file(str(file)).findings]
        return found

    assert codes() == []
    (project / "data" / "t.csv").write_text("a,b\n1,2\n")
    assert codes() == ["DAT005"]
    (project / "data" / "t.csv").unlink()
    assert codes() == []
    (project / "data" / "t.csv").write_text("a,b,c\n1,2,3\n")
    (project / "pics" / "bird").mkdir()
    assert codes() == ["OUT010"]


def test_a_pipe_is_not_read(project: Path) -> None:
    os.mkfifo(project / "data" / "pipe.csv")
    assert _read(project, "'data/pipe.csv'") is None


PATHS = [
    "str(Path('a') / 'b.csv')", "Path('a/b.csv').name", "Path('a/b.tar.gz').stem", "Path('a/b.csv').suffix", "str(Path('a/../b').parent)",
    "Path('/a//b/./c').parts", "[str(p) for p in Path('a/b/c').parents]", "str(Path('/a/b').resolve())", "str('x' / Path('b'))", "f'{Path()}'",
    "f'{Path(\"a\")!s:>3}'", "Path('a') == 'a'", "str(Path('a', Path('b'), 'c').with_name('d'))", "os.path.basename(Path('a/b'))",
    "len(str(Path('a') / 'bcd'))", "str(Path('a').parent.parent)", "os.fspath(Path('a'))", "os.path.join('x', Path('y'))", "isinstance(Path('a'), str)",
    "Path('a.b').with_suffix('').name", "repr(Path('a').name)", "str(Path('a') / '/b')", "Path('a') / 3", "Path('a').with_name('')", "bool(Path(''))",
    "Path('a') in ['a']", "{Path('a'): 1}.get('a', 2)", "'%s' % Path('a')", "'{}'.format(Path('a'))", "Path('a') < Path('b')", "Path('a').as_posix()",
]  # fmt: skip


@pytest.mark.parametrize("expression", PATHS)
def test_paths_are_what_python_makes_of_them(expression: str) -> None:
    head = "import os\nfrom pathlib import Path\n"
    followed = follow_bytes(f"{head}import keras\nx = {expression}\n".encode(), "paths.py")
    ours = followed.ways[-1].names["x"]
    scope: dict[str, object] = {}
    try:
        exec(f"{head}x = {expression}", scope)
    except (TypeError, ValueError):
        return
    unknown = isinstance(ours, (Unknown, Dim))
    if not unknown:
        assert known(ours)
        assert to_python(ours) == scope["x"]
    assert unknown == (expression in PATHS[-9:] or " == " in expression)
