"""A name that is called and that nothing can have made: told only where that is sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstmlint.runner import check_source


def test_a_class_of_keras_that_nothing_imports_is_told() -> None:
    said = check_source("import keras\nmodel = keras.Sequential([Dense(3)])\n")
    assert [(f.code, f.span.row, f.span.column) for f in said] == [("API033", 2, 27)]


def test_it_is_said_which_file_lacks_the_import(tmp_path: Path) -> None:
    (tmp_path / "nets.py").write_text("def make():\n    return Sequential()\n")
    text = "from keras.models import Sequential\nfrom nets import *\nmodel = make()\n"
    (said,) = check_source(text, str(tmp_path / "train.py"))
    assert (said.code, said.span.row) == ("API033", 3)
    assert said.message == (
        "`Sequential` is neither defined nor imported in nets.py, so that Python raises NameError. "
        "Import it there: from keras.models import Sequential."
    )


@pytest.mark.parametrize(
    "before",
    ["# MAGIC %run ./imports", "get_ipython().run_line_magic('run', 'imports.ipynb')", "exec(open('imports.py').read())",
     "from helpers import *", "try:\n    from keras.layers import Dense\nexcept ImportError:\n    pass"],
)  # fmt: skip
def test_what_something_unseen_may_have_made_is_not(before: str) -> None:
    assert check_source(f"{before}\nimport keras\nmodel = keras.Sequential([Dense(3)])\n") == []
