"""Nothing for nothing: what each command may import, read off `sys.modules` of a fresh interpreter."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PARSER = {"libcst"}
PAINTER = {"rich", "pygments"}
FOREIGN = {"tensorflow", "keras", "tf_keras", "numpy", "pandas", "sklearn", "scipy", "pygls", "lsprotocol", "dask"}
HEAVY = PARSER | PAINTER | FOREIGN | {"asyncio", "multiprocessing", "unittest", "pydoc"}

PLAIN = "import os\nprint(os.sep)\n"
MODEL = "import keras\nfrom keras.layers import Dense\nmodel = keras.Sequential([keras.Input((3,)), Dense(2)])\n"
WRONG = (
    "import keras\nfrom keras.layers import LSTM\nmodel = keras.Sequential([keras.Input((3, 2)), LSTM(2), LSTM(2)])\n"
)
MANY_WAYS = f"import os\n{MODEL}" + "".join(
    f"if os.environ.get('{n}'):\n    model.add(Dense({n}))\n" for n in range(1, 16)
)
NEWER = f"type Size = int\n{MODEL}"

ALLOWED: dict[str, tuple[str, list[str], set[str]]] = {
    "import lstmlint": (PLAIN, [], set()),
    "check, no Keras": (PLAIN, ["check", "--isolated", "FILE"], set()),
    "check, nothing wrong": (MODEL, ["check", "--isolated", "--no-cache", "FILE"], set()),
    "check, concise": (WRONG, ["check", "--isolated", "--no-cache", "--output-format", "concise", "FILE"], set()),
    "check, json": (WRONG, ["check", "--isolated", "--no-cache", "--output-format", "json", "FILE"], set()),
    "check, full": (WRONG, ["check", "--isolated", "--no-cache", "FILE"], PAINTER),
    "check, a gap of the whole file": (
        MANY_WAYS,
        ["check", "--isolated", "--no-cache", "--show-gaps", "--output-format", "concise", "FILE"],
        set(),
    ),
    "check, of a newer Python": (NEWER, ["check", "--isolated", "--no-cache", "FILE"], PARSER | PAINTER),
    "summary, json": (MODEL, ["summary", "--output-format", "json", "FILE"], set()),
    "explain": (MODEL, ["explain", "FILE"], set()),
    "rule": (PLAIN, ["rule", "RNN002"], set()),
    "version": (PLAIN, ["--version"], set()),
}
"""What the file says, the command, and which heavy packages it may have imported at its end."""

PROGRAM = """\
import io, json, sys
import lstmlint
words = json.loads(sys.argv[1])
before = sys.stdout
if words:
    from lstmlint.cli import main
    sys.stdout = io.TextIOWrapper(io.BytesIO())
    try:
        main(words)
    except SystemExit:
        pass
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=before)
"""


@pytest.mark.parametrize("name", ALLOWED)
def test_a_command_imports_only_what_it_needs(name: str, tmp_path: Path) -> None:
    text, words, allowed = ALLOWED[name]
    file = tmp_path / "program.py"
    file.write_text(text)
    given = json.dumps([str(file) if word == "FILE" else word for word in words])
    done = subprocess.run([sys.executable, "-c", PROGRAM, given], capture_output=True, text=True, check=True)
    imported = set(json.loads(done.stdout))
    assert imported & HEAVY <= allowed


def test_a_file_without_keras_is_read_once(tmp_path: Path) -> None:
    file = tmp_path / "program.py"
    file.write_text(PLAIN)
    program = (
        "import sys\nfrom lstmlint.cli import main\nopened = []\n"
        "sys.addaudithook(lambda event, given: opened.append(given[0]) if event == 'open' else None)\n"
        "status = main(['check', '--isolated', sys.argv[1]])\nprint(status, opened.count(sys.argv[1]), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=True)
    assert done.stderr.split() == ["0", "1"]
