"""Tables and arrays in files of the project have the columns and shapes that pandas and NumPy read, or unknown ones; never others."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from .chains import Tally, compare

pytest.importorskip("pandas")

IMPORTS = "import numpy as np\nimport pandas as pd\n"
NAMES = ["a", "b", "long name", "", "a", "Unnamed: 1", '"q,r"', " c", "x.1", "7", "é", "a.1", '""', "NA"]
FIELDS = ["1", "2.5", "", "text", '"x,y"', "-3e4", " 4", "nan", "2020-01-01", '"a ""b"""']
OPTIONS = [
    "", "", "", "header=None", "header=0", "header=1", "index_col=0", "index_col=[0, 1]", "index_col=False", "usecols=[0, 1]", "usecols=[1, 0]",
    "usecols=[2]", "skiprows=1", "skiprows=2, header=None", "nrows=2", "comment='#'", "sep=';'", "sep=r'\\s+'", "delimiter=','", "delim_whitespace=False",
    "parse_dates=[0]", "dtype=str", "header=None, index_col=0", "encoding='latin-1'", "skipinitialspace=True", "engine='python'", "thousands='.'",
    "skip_blank_lines=False", "quotechar=\"'\"", "na_values=['x']", "sep=None, engine='python'", "header=[0, 1]", "index_col='a'", "usecols=['a', 'b']",
    "usecols=lambda n: n != 'a'", "names=['p', 'q', 'r']", "header=0, names=['p', 'q', 'r']", "encoding='utf-8-sig'",
]  # fmt: skip


def _csv(rng: random.Random) -> bytes:
    separator = rng.choice([",", ",", ",", ";", "\t", " "])
    width = rng.randrange(1, 5)
    lines = [separator.join(rng.choice(NAMES) for _ in range(width))]
    if rng.random() < 0.3:
        lines[0] = separator.join("pqrstuv"[:width])
    for _ in range(rng.randrange(0, 5)):
        lines.append(separator.join(rng.choice(FIELDS) for _ in range(width + (rng.random() < 0.1))))
    for _ in range(rng.choice([0, 0, 1, 2])):
        lines.insert(rng.randrange(len(lines) + 1), rng.choice(["", "  ", "# note", "# a, b", f"{separator}"]))
    if rng.random() < 0.1:  # a name for each column of the data but the first ones
        lines[1:] = [f"0{separator}{line}" for line in lines[1:]]
    text = rng.choice(["\n", "\r\n"]).join(lines) + rng.choice(["", "\n"])
    return text.encode(rng.choice(["utf-8", "utf-8", "utf-8", "utf-8-sig", "latin-1"]))


def test_columns_of_a_table_are_those_that_pandas_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rng, tally = random.Random(2), Tally()
    for i in range(600):
        Path(f"t{i}.csv").write_bytes(_csv(rng))
        options = "".join(f", {option}" for option in [rng.choice(OPTIONS)] if option)
        if rng.random() < 0.15 and "sep" not in options and "delim" not in options:
            program = f"x = pd.read_table('t{i}.csv'{options})"
        else:
            program = f"x = pd.read_csv('t{i}.csv'{options})"
        compare(IMPORTS + program, tally)
        compare(f"{IMPORTS}{program}\nx = x.values", tally)
    assert not tally.wrong, "\n\n".join(tally.wrong[:5]) + f"\n{tally}"
    assert not tally.refused, tally


WIDTHS = [
    "x.shape[1]",
    "list(x.columns)",
    "x.iloc[:, 1:].values.shape[1]",
    "x.drop(columns=['b']).columns.tolist()",
    "len(x.columns)",
]


@pytest.mark.parametrize("asked", WIDTHS)
def test_what_is_made_of_the_columns_is_known(asked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()
    Path("data/t.csv").write_text("a,b,c\n1,2,3\n4,5,6\n")
    tally = Tally()
    compare(f"{IMPORTS}x = pd.read_csv('data/t.csv')\nx = {asked}", tally)
    assert not tally.wrong, tally.wrong
    assert not tally.unknown, tally


SAVED = ["np.zeros((5, 24, 3), 'float32')", "np.arange(7)", "np.ones((2, 3), order='F')", "np.float64(3)", "np.zeros((0, 4), 'uint8')",
         "np.array(['a', 'bc'])", "np.zeros((3, 2), bool)", "np.zeros(3, 'complex64')", "np.array([1, 'a'], dtype=object)",
         "np.zeros(4, [('p', 'f4'), ('q', 'i8')])"]  # fmt: skip


@pytest.mark.parametrize("made", SAVED)
def test_a_saved_array_has_its_shape(made: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    monkeypatch.chdir(tmp_path)
    np.save("x.npy", eval(made, {"np": np}))
    tally = Tally()
    compare(f"{IMPORTS}x = np.load('x.npy', allow_pickle=True)", tally)
    assert not tally.wrong, tally.wrong
    assert bool(tally.unknown) == ("object" in made or "(" in made.partition("[(")[1]), tally


TABLES = [
    "1,2,3\n4,5,6\n",
    "1 2 3\n4 5 6\n7 8 9\n",
    "# c\n1,2\n\n3,4 # d\n",
    "1\n2\n3\n",
    "1,2,3\n",
    "h1,h2\n1,2\n3,4\n",
    "1;2\n3;4\n",
    "1,2,\n3,4,\n",
]
ARGUMENTS = ["", "delimiter=','", "delimiter=',', skiprows=1", "delimiter=',', usecols=(0, 1)", "delimiter=',', usecols=0", "dtype=int, delimiter=','",
             "delimiter=',', skip_header=1", "delimiter=',', unpack=True", "delimiter=',', max_rows=1", "delimiter=';'", "dtype=None, delimiter=','",
             "delimiter=',', ndmin=2", "delimiter=',', usecols=[1]", "delimiter=',', names=True"]  # fmt: skip


@pytest.mark.parametrize("function", ["loadtxt", "genfromtxt"])
def test_a_table_of_numbers_has_its_columns(function: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tally = Tally()
    for i, text in enumerate(TABLES):
        Path(f"t{i}.csv").write_text(text)
        for arguments in ARGUMENTS:
            separator = ", " if arguments else ""
            compare(f"{IMPORTS}x = np.{function}('t{i}.csv'{separator}{arguments})", tally)
    assert not tally.wrong, "\n\n".join(tally.wrong[:5])
    assert not tally.refused, tally
    assert tally.ran - tally.unknown > 5, tally
