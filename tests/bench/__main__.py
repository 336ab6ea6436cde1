"""Measure lstmlint against other linters, bare LibCST parsing and Keras itself, each comparison in one sitting.

    python -m tests.bench [COMPARISON ...] [--runs N] [--corpus FOLDER ...]

Comparisons: small, tree, corpus, cache, linters, applications, growth (all when none is named). Tools that are not installed are left out;
--tools names a folder with further executables (ruff, pylint, flake8, fixit, torchfix). Nothing here asserts on a clock.
"""

from __future__ import annotations

import argparse
import importlib.util
import pathlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping

from .clock import compare, table

PARSE = (
    "import pathlib, sys, libcst\n"
    "for word in sys.argv[1:]:\n"
    "    top = pathlib.Path(word)\n"
    "    for path in sorted(top.rglob('*.py')) if top.is_dir() else [top]:\n"
    "        try: libcst.parse_module(path.read_text('utf-8'))\n"
    "        except Exception: pass\n"
)
SMALL = """\
from keras.models import Sequential
from keras.layers import LSTM, Dense

timesteps, features = 10, 64
model = Sequential()
model.add(LSTM(32, input_shape=(timesteps, features)))
model.add(Dense(2, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam")
"""
PLAIN = '''\
"""A module without Keras."""

import os
import sys


def function_{n}(first, second=None):
    """Add things."""
    total = 0
    for number in range(10):
        total += number * {n}
    return total, first, second, os.sep, sys.path
'''
LINT = [sys.executable, "-m", "lstmlint", "check", "--isolated", "--no-cache", "--exit-zero", "-q", "--jobs", "1"]


def keras_source() -> pathlib.Path | None:
    """The installed Keras's own sources, found without importing it."""
    found = importlib.util.find_spec("keras")
    return pathlib.Path(found.origin).parent / "src" if found is not None and found.origin else None


class Bench:
    """The comparisons; each gives a text with its figures."""

    def __init__(self, runs: int, corpus: list[str], tools: str | None, scratch: pathlib.Path) -> None:
        self.runs = runs
        self.corpus = corpus
        self.tools = tools
        self.scratch = scratch

    def tool(self, name: str) -> str | None:
        """Where an executable is, None when it isn't."""
        beside = shutil.which(name, path=str(pathlib.Path(sys.executable).parent))
        return (shutil.which(name, path=self.tools) if self.tools else None) or beside or shutil.which(name)

    def small(self) -> str:
        """One small Keras file, cold."""
        file = self.scratch / "small.py"
        file.write_text(SMALL, "utf-8")
        commands = {
            "parsing it with LibCST": [sys.executable, "-c", PARSE, str(file)],
            "lstmlint": [*LINT, str(file)],
            "python -c pass": [sys.executable, "-c", "pass"],
        }
        return table("one small Keras file, cold", compare(commands, self.runs), "parsing it with LibCST")

    def tree(self) -> str:
        """A thousand files without Keras."""
        top = self._files("plain", 1000, PLAIN)
        commands = {"python -c pass": [sys.executable, "-c", "pass"], "lstmlint": [*LINT, str(top)]}
        ruff = self.tool("ruff")
        if ruff:
            commands["ruff check"] = [ruff, "check", "-q", "--isolated", "--no-cache", "--exit-zero", str(top)]
        reading = "import pathlib,sys\nfor p in pathlib.Path(sys.argv[1]).rglob('*.py'): p.read_bytes()"
        commands["reading them in Python"] = [sys.executable, "-c", reading, str(top)]
        return table("1,000 Python files without Keras", compare(commands, self.runs), "python -c pass")

    def _corpus(self) -> list[str]:
        source = keras_source()
        own = [str(source / "applications"), str(source / "layers")] if source else []
        return own + self.corpus

    def corpus_(self) -> str:
        """Keras's own layers and applications, and what was named, against bare parsing."""
        texts = []
        for folder in self._corpus():
            commands = {
                "parsing with LibCST": [sys.executable, "-c", PARSE, folder],
                "lstmlint": [*LINT, folder],
            }
            texts.append(table(folder, compare(commands, max(1, self.runs // 2), warm=0), "parsing with LibCST"))
        return "\n".join(texts)

    def cache(self) -> str:
        """The same files with an empty and with a full cache."""
        texts = []
        for folder in self._corpus():
            store = self.scratch / "cache"
            cached = [word for word in LINT if word != "--no-cache"] + ["--cache-dir", str(store), folder]
            cold = ["sh", "-c", 'rm -rf "$0"; exec "$@"', str(store), *cached]
            commands = {"cold": cold, "warm": cached}
            texts.append(table(f"a cache: {folder}", compare(commands, max(1, self.runs // 2), warm=0), "cold"))
        return "\n".join(texts)

    def linters(self) -> str:
        """Other linters on the same files."""
        texts = []
        for folder in self._corpus():
            commands: dict[str, list[str]] = {"lstmlint": [*LINT, folder]}
            rows: Mapping[str, list[str]] = {
                "ruff": ["check", "-q", "--isolated", "--no-cache", "--exit-zero", folder],
                "flake8": ["--isolated", "--exit-zero", "-j", "1", folder],
                "pylint": ["-j", "1", "--exit-zero", "--recursive=y", folder],
                "torchfix": [folder],
                "fixit": ["-q", "lint", folder],
            }
            for name, words in rows.items():
                found = self.tool(name)
                if found:
                    commands[name] = [found, *words]
            texts.append(table(f"linters on {folder}", compare(commands, max(1, self.runs // 4), warm=0), "lstmlint"))
        return "\n".join(texts)

    def applications(self) -> str:
        """The models of keras.applications: followed from their source, and built by Keras."""
        source = keras_source()
        if source is None:
            return "applications: Keras is not installed"
        names = {
            "resnet.py": ["ResNet50", "ResNet101", "ResNet152"], "vgg16.py": ["VGG16"], "vgg19.py": ["VGG19"],
            "mobilenet_v2.py": ["MobileNetV2"], "densenet.py": ["DenseNet121", "DenseNet169", "DenseNet201"],
            "efficientnet.py": [f"EfficientNetB{n}" for n in range(8)], "xception.py": ["Xception"], "inception_v3.py": ["InceptionV3"],
            "inception_resnet_v2.py": ["InceptionResNetV2"], "nasnet.py": ["NASNetMobile", "NASNetLarge"], "mobilenet.py": ["MobileNet"],
            "mobilenet_v3.py": ["MobileNetV3Small", "MobileNetV3Large"], "resnet_v2.py": ["ResNet50V2", "ResNet101V2", "ResNet152V2"],
            "convnext.py": [f"ConvNeXt{size}" for size in ("Tiny", "Small", "Base", "Large", "XLarge")],
            "efficientnet_v2.py": [f"EfficientNetV2{size}" for size in ("B0", "B1", "B2", "B3", "S", "M", "L")],
        }  # fmt: skip
        words = [
            f"{source / 'applications' / file}::{name}(weights=None)" for file, found in names.items() for name in found
        ]
        every = [name for found in names.values() for name in found]
        build = "import sys, keras\nfor name in sys.argv[1:]: getattr(keras.applications, name)(weights=None); keras.backend.clear_session()"
        commands = {
            "Keras builds them": [sys.executable, "-c", build, *every],
            "lstmlint summary of their source": [sys.executable, "-m", "lstmlint", "summary", "--output-format", "json", *words],
            "import keras": [sys.executable, "-c", "import keras"],
        }  # fmt: skip
        return table(
            f"{len(every)} models of keras.applications",
            compare(commands, 1, warm=0),
            "lstmlint summary of their source",
        )

    def growth(self) -> str:
        """Twice the work, twice the time?"""
        texts = []
        files = {f"{n:,} files": [*LINT, str(self._files(f"grow{n}", n, SMALL))] for n in (100, 1000, 10_000)}
        texts.append(table("many small Keras files", compare(files, 1, warm=0), "100 files"))
        layers = {}
        for n in (100, 1000, 10_000):
            path = self.scratch / f"layers{n}.py"
            rows = "".join(f"model.add(Dense({8 + i % 8}))\n" for i in range(n))
            path.write_text(
                f"import keras\nfrom keras.layers import Dense\nmodel = keras.Sequential([keras.Input((8,))])\n{rows}",
                "utf-8",
            )
            layers[f"{n:,} layers"] = [*LINT, str(path)]
        texts.append(table("one file with many layers", compare(layers, 1, warm=0), "100 layers"))
        return "\n".join(texts)

    def _files(self, name: str, count: int, text: str) -> pathlib.Path:
        top = self.scratch / name
        for n in range(count):
            path = top / f"package_{n // 100}" / f"module_{n}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("{n}", str(n)) + f"# {n}\n", "utf-8")
        return top


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    names = ("small", "tree", "corpus", "cache", "linters", "applications", "growth")
    parser.add_argument("comparisons", nargs="*", choices=[*names, []], default=[], metavar="COMPARISON")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument(
        "--corpus", nargs="*", default=[], metavar="FOLDER", help="folders of Keras programs to lint as well"
    )
    parser.add_argument("--tools", help="a folder with further linters")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(given.runs, given.corpus, given.tools, pathlib.Path(scratch))
        for name in given.comparisons or names:
            comparison: Callable[[], str] = getattr(bench, name if name != "corpus" else "corpus_")
            print(comparison(), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
