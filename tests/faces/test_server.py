"""The language server, talked to over standard input and output as an editor does."""

from __future__ import annotations

import importlib.util
import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lstmlint.cli import main

needs_pygls = pytest.mark.skipif(importlib.util.find_spec("pygls") is None, reason="needs the extra lstmlint[lsp]")
WRONG = 'from keras import Sequential\nfrom keras.layers import LSTM\nt = "\U0001f600"; m = Sequential([LSTM(8, input_shape=(5, 2)), LSTM(4)])\n'
LINE = WRONG.splitlines()[2]


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class Editor:
    """The smallest editor: sends requests and notifications, and waits for what it wants to hear."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lstmlint", "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
        )
        self.heard: queue.Queue[dict[str, Any]] = queue.Queue()
        self.number = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while True:
            length = 0
            while (line := stream.readline().strip()) != b"":
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not length:
                return
            self.heard.put(json.loads(stream.read(length)))

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def notify(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, **params: Any) -> Any:
        self.number += 1
        self._send({"id": self.number, "method": method, "params": params})
        while True:
            message = self.heard.get(timeout=30)
            if message.get("id") == self.number:
                assert "error" not in message, message
                return message["result"]

    def diagnostics(self) -> list[dict[str, Any]]:
        while True:
            message = self.heard.get(timeout=30)
            if message.get("method") == "textDocument/publishDiagnostics":
                found: list[dict[str, Any]] = message["params"]["diagnostics"]
                return found


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[Editor]:
    found = Editor(tmp_path)
    try:
        found.ask("initialize", processId=None, rootUri=tmp_path.as_uri(), capabilities={})
        found.notify("initialized")
        yield found
    finally:
        found.process.kill()
        found.process.wait()


def opened(editor: Editor, folder: Path, text: str) -> str:
    uri = (folder / "a b.py").as_uri()
    editor.notify("textDocument/didOpen", textDocument={"uri": uri, "languageId": "python", "version": 1, "text": text})
    return uri


@needs_pygls
def test_it_finds_fixes_and_explains_in_a_file_that_was_never_saved(editor: Editor, tmp_path: Path) -> None:
    uri = opened(editor, tmp_path, WRONG)
    (found,) = editor.diagnostics()
    start = utf16(LINE[: LINE.index("LSTM(4)")])
    assert (found["code"], found["severity"], found["source"]) == ("RNN002", 1, "lstmlint")
    assert found["range"] == {"start": {"line": 2, "character": start}, "end": {"line": 2, "character": start + 7}}
    assert found["relatedInformation"][0]["location"]["uri"] == uri

    actions = editor.ask(
        "textDocument/codeAction", textDocument={"uri": uri}, range=found["range"], context={"diagnostics": []}
    )
    fix = next(a for a in actions if a["kind"] == "quickfix")
    (edit,) = fix["edit"]["changes"][uri]
    at = utf16(LINE[: LINE.index("(5, 2))") + 6])
    assert edit == {
        "newText": ", return_sequences=True",
        "range": {"start": {"line": 2, "character": at}, "end": {"line": 2, "character": at}},
    }
    everything = next(a for a in actions if a["kind"] == "source.fixAll")
    fixed = everything["edit"]["changes"][uri][0]["newText"]

    editor.notify("textDocument/didChange", textDocument={"uri": uri, "version": 2}, contentChanges=[{"text": fixed}])
    assert editor.diagnostics() == []
    shapes = editor.ask("textDocument/hover", textDocument={"uri": uri}, position={"line": 2, "character": start - 20})
    assert "(None, 5, 8)" in shapes["contents"]["value"]

    editor.notify("textDocument/didClose", textDocument={"uri": uri})
    assert editor.diagnostics() == []
    assert editor.ask("shutdown") is None
    editor.notify("exit")
    assert editor.process.wait(30) == 0


@needs_pygls
def test_it_follows_the_projects_configuration(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "lstmlint.toml").write_text('ignore = ["RNN002"]\n')
    uri = opened(editor, tmp_path, WRONG)
    assert editor.diagnostics() == []
    (tmp_path / "lstmlint.toml").write_text("")
    editor.notify("textDocument/didSave", textDocument={"uri": uri})
    assert [d["code"] for d in editor.diagnostics()] == ["RNN002"]


@needs_pygls
def test_half_typed_code_is_a_diagnostic_and_no_crash(editor: Editor, tmp_path: Path) -> None:
    opened(editor, tmp_path, "import keras\nm = keras.Sequential([\n")
    assert [d["code"] for d in editor.diagnostics()] == ["invalid-syntax"]


def test_without_the_extra_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert main(["server"]) == 2
    assert "pip install 'lstmlint[lsp]'" in capsys.readouterr().err
