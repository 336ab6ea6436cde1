"""The language server: diagnostics as you type, fixes as code actions, shapes on hover. Needs the extra lstmlint[lsp]."""

from __future__ import annotations

import asyncio
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from .. import __version__
from ..diagnostic import Applicability
from ..runner import Result
from .checking import check, options
from .convert import diagnostic, overlaps, place, quick_fix, span_range
from .hover import hover

_PAUSE = 0.25
"""Seconds without typing before a changed text is checked."""


class Server(LanguageServer):
    """Holds the last result for each open file."""

    def __init__(self) -> None:
        super().__init__("lstmlint", __version__)
        self.results: dict[str, tuple[int | None, Result]] = {}
        self.complaints: set[str] = set()

    def look(self, uri: str) -> None:
        """Check an open file and publish what was found; complain once about what could not be done."""
        document = self.workspace.get_text_document(uri)
        result = check(document.source, to_fs_path(uri) or "untitled.py")
        self.results[uri] = (document.version, result)
        for line in () if _syntax_only(result) else result.trouble:
            if line not in self.complaints:
                self.complaints.add(line)
                self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"lstmlint: {line}"))
        found = [diagnostic(f, document) for f in result.findings]
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, document.version))

    def current(self, uri: str) -> Result | None:
        """The result for the text as it is now, checked anew where that is older."""
        document = self.workspace.get_text_document(uri)
        version, result = self.results.get(uri, (None, None))
        if result is None or version != document.version:
            self.look(uri)
            _, result = self.results[uri]
        return result


def _syntax_only(result: Result) -> bool:
    """Half-typed code is no trouble that a person has to be told in a box."""
    return any(f.code == "invalid-syntax" for f in result.findings)


def make_server() -> Server:
    """The server with everything that it can do."""
    server = Server()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
        ls.look(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
        ls.look(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
        await asyncio.sleep(_PAUSE)
        uri, version = params.text_document.uri, params.text_document.version
        if (
            uri in ls.results and ls.workspace.get_text_document(uri).version == version
        ):  # still open, and typing has paused
            ls.look(uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
        ls.results.pop(params.text_document.uri, None)
        ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll]),
    )
    def actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
        return code_actions(ls, params)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hovered(ls: Server, params: types.HoverParams) -> types.Hover | None:
        result = ls.current(params.text_document.uri)
        if result is None or result.program is None:
            return None
        document = ls.workspace.get_text_document(params.text_document.uri)
        found = hover(result.program, *place(params.position, document))
        if found is None:
            return None
        text, span = found
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), span_range(span, document))

    return server


def code_actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """The fixes of the findings in a range, and all safe fixes of the file at once."""
    uri, only = params.text_document.uri, params.context.only
    result, document = ls.current(uri), ls.workspace.get_text_document(uri)
    if result is None:
        return []

    def wanted(kind: str) -> bool:
        return not only or any(kind == o or kind.startswith(f"{o}.") for o in only)

    found: list[types.CodeAction] = []
    if wanted(types.CodeActionKind.QuickFix):
        here = [f for f in result.findings if overlaps(f.span, params.range, document)]
        found += [quick_fix(f, document) for f in here if f.fix is not None]
    safe = [f for f in result.findings if f.fix is not None and f.fix.applicability is Applicability.SAFE]
    if safe and wanted(types.CodeActionKind.SourceFixAll):
        found.append(_fix_all(document, result))
    return found


def _fix_all(document: Any, result: Result) -> types.CodeAction:
    from ..fixes import mend

    raw = document.source.encode("utf-8", "surrogatepass")
    after = mend(raw, result.path, options(result.path)).raw.decode("utf-8", "surrogatepass")
    end = types.Position(document.source.count("\n") + document.source.count("\r") + 1, 0)
    edit = types.TextEdit(types.Range(types.Position(0, 0), end), after)
    return types.CodeAction(
        title="Apply all safe fixes of lstmlint",
        kind=types.CodeActionKind.SourceFixAll,
        edit=types.WorkspaceEdit(changes={document.uri: [edit]}),
    )


def run() -> int:
    """Serve on standard input and output until the client says goodbye."""
    make_server().start_io()
    return 0


__all__ = ["Server", "make_server", "run"]
