"""Runs the rules over files: bytes in, diagnostics out, and one broken file or rule never hides what the others say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .diagnostic import Diagnostic, Severity, Span

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from .cache import Cache
    from .repeats import Shown

DEFAULT_PACK = "lstmlint_rules"
LARGEST = 1_000_000
"""Characters of code in one file; the parser needs up to a thousand bytes for each."""
DOCUMENTATION = "https://github.com/lstmlint/lstmlint/blob/main/docs/rules/{name}.md"


@dataclass(slots=True)
class Options:
    """What a run does: which rules (by code, prefix, name or family), for which Keras, with which packs."""

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    keras_major: int = 3
    packs: tuple[str, ...] = (DEFAULT_PACK,)
    severity: tuple[tuple[str, str], ...] = ()
    """Other severities, by code, prefix, name or family; the last that matches counts."""
    roots: tuple[str, ...] = ()
    """Folders from which the project's imports start, besides those that are found."""
    fix: str | None = None
    """"safe" or "unsafe": apply these fixes first, and report what is left."""


@dataclass(slots=True)
class Result:
    """What became of one file. `trouble` are messages about what could not be done (unreadable, internal errors).

    `findings` are those of the rules that are on; `serious` are all errors and warnings, of every rule. `program` is there until the result is
    `light`; `source` (None where nothing mentions Keras) and `gaps` stay. `before` and `after` are the file's bytes where fixes changed them, by the findings in `fixed`.
    """

    path: str
    findings: list[Diagnostic] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    program: Any = None
    serious: list[Diagnostic] = field(default_factory=list)
    source: Any = None
    gaps: list[tuple[Span, str]] = field(default_factory=list)
    settled: bool = True
    """Would another run find the same? Not where a rule was ended because of its time."""
    fixed: list[Diagnostic] = field(default_factory=list)
    before: bytes = b""
    after: bytes = b""

    def light(self) -> Result:
        """The result without the program, which is large: what a run over many files keeps."""
        if self.program is not None:
            self.gaps += [(gap.place.span, gap.reason) for gap in self.program.gaps]
        return self.dismissed()

    def dismissed(self) -> Result:
        """The result, done with its program."""
        if self.program is not None:
            self.program.take_apart()
            self.program = None
        return self


def check_paths(
    paths: Iterable[str],
    options_for: Callable[[str], Options],
    *,
    cache: Cache | None = None,
    processes: int | None = 1,
    executor: Executor | None = None,
) -> Iterator[Result]:
    """Check files, each with its own options; the results come in the order given and are light.

    `cache` remembers results between runs. `processes` share the work (None: as many as it is worth), or `executor` does it: any
    executor of `concurrent.futures`' kind, such as a Dask client's.
    """
    from .parallel import check_all

    yield from check_all(((p, options_for(p)) for p in paths), processes=processes, executor=executor, cache=cache)


def read(path: str) -> bytes | Result:
    """A file's content, or the result that says why it can't be had."""
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except OSError as error:
        return Result(path, trouble=[f"{path}: {error.strerror or error}"])


def check_file(path: str, options: Options | None = None, cache: Cache | None = None) -> Result:
    """Check one file, after its fixes where these are wanted (the file itself is not written); the result is light."""
    raw = read(path)
    return raw if isinstance(raw, Result) else check_content(raw, path, options or Options(), cache)


def check_content(raw: bytes, path: str, options: Options, cache: Cache | None = None) -> Result:
    """Check a file's content, after its fixes where these are wanted, and keep what was found; the result is light."""
    result = check_or_mend(raw, path, options)
    program = result.program
    result.light()
    settled = program is not None and program.settled and result.settled
    if cache is not None and settled and not result.trouble and options.fix is None:
        cache.put(path, raw, options, result.findings, result.gaps, program.files)
    return result


def check_or_mend(raw: bytes, path: str, options: Options) -> Result:
    """Check a file's content, after its fixes where these are wanted."""
    if options.fix is None:
        return check_bytes(raw, path, options)
    from .fixes import mend

    mended = mend(raw, path, options, unsafe=options.fix == "unsafe")
    mended.result.fixed, mended.result.before, mended.result.after = mended.fixed, raw, mended.raw
    return mended.result


def check_source(text: str, path: str = "<string>.py", options: Options | None = None) -> list[Diagnostic]:
    """The findings of a program given as text. RuntimeError for what could not be done."""
    result = check_bytes(text.encode("utf-8"), path, options)
    if result.trouble:
        raise RuntimeError("; ".join(result.trouble))
    return result.findings


def check_bytes(raw: bytes, path: str, options: Options | None = None) -> Result:
    """Check a file's content. A file that doesn't mention Keras is only scanned. Fixes that don't hold are dropped."""
    options = options or Options()
    result = examine(raw, path, options)
    if any(f.fix is not None for f in result.findings):
        from .proofs import that_hold

        result.findings = that_hold(result, raw, options)
    if path.endswith(".ipynb") and result.findings and not result.trouble:
        from .cell_order import note_order

        result.findings = note_order(
            result.findings, raw, lambda other: examine(other, path, options).dismissed().findings
        )
    return result


def examine(raw: bytes, path: str, options: Options, shown: Shown | None = None) -> Result:
    """Check a file's content, with what is `shown` by the same file before a small edit; the fixes are what the rules propose, unproved."""
    result = Result(path)
    try:
        result.program = follow_bytes(raw, path, options.keras_major, roots=options.roots, shown=shown)
    except SyntaxProblem as problem:
        span = problem.span
        result.findings.append(Diagnostic("invalid-syntax", "invalid-syntax", Severity.ERROR, problem.message, span))
        result.trouble.append(f"{path}:{span.row}:{span.column}: {problem.message}")
        return result
    except TooLarge as problem:
        result.gaps.append((Span(path, 1, 1, 1, 1), str(problem).removeprefix(f"{path}: ")))
        return result
    except FileProblem as problem:
        result.trouble.append(str(problem))
        return result
    except Exception as error:
        result.trouble.append(internal_error(path, "while the program was followed", error))
        return result
    if result.program is not None:
        from .judging import judge, selected_rules

        result.source = result.program.tree.source
        on = {rule.code for rule in selected_rules(options)}
        found = judge(result, on, options)
        result.serious = [f for f in found if f.severity is not Severity.INFO]
        result.findings = [f for f in found if f.code in on]
    return result


class FileProblem(Exception):
    """A file that can't be read as source, with a message that names it."""


class TooLarge(FileProblem):
    """A file with so much code that parsing it alone could take all memory."""


class SyntaxProblem(Exception):
    """Source that is not Python, and where."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.message = message
        self.span = span


def follow_bytes(
    raw: bytes,
    path: str,
    keras_major: int = 3,
    target: str | None = None,
    roots: tuple[str, ...] = (),
    tree: Any = None,
    shown: Shown | None = None,
) -> Any:
    """Follow a file's program; None when it doesn't mention Keras. `tree` is what it was parsed to, when it was; `shown` what
    is known of it from before a small edit.

    Raises FileProblem and SyntaxProblem.
    """
    from .source import has_keras_marker

    marked = has_keras_marker(raw)
    if target is None and not marked and path.endswith(".ipynb"):
        return None
    from .reach import reaches_keras

    if not marked and not reaches_keras(raw, path, roots):
        _compiles(raw, path)
        return None
    from .interpret import TargetProblem, follow
    from .keras.edition import edition_of_project
    from .reach import reached

    tree = tree or _parsed(raw, path)
    major = edition_of_project(
        tree, keras_major, reached(tree.source.text.encode(errors="replace"), path, roots, packages=True)
    )
    try:
        return follow(tree, keras_major=major, target=target, roots=roots, shown=shown)
    except TargetProblem as problem:
        raise FileProblem(f"{path}: {problem}") from None


def _parsed(raw: bytes, path: str) -> Any:
    from .notebook import read
    from .source import SourceFailure
    from .syntax import SyntaxFailure, parse

    try:
        source = read(raw, path)
    except SourceFailure as failure:
        raise FileProblem(str(failure)) from None
    if len(source.text) > LARGEST:
        raise TooLarge(f"{path}: {len(source.text):,} characters of code are more than lstmlint follows ({LARGEST:,})")
    try:
        return parse(source)
    except SyntaxFailure as failure:
        raise SyntaxProblem(failure.message, failure.span) from None


def _compiles(raw: bytes, path: str) -> None:
    """A file without Keras is not followed, but bytes that are no text are named."""
    if b"\0" in raw[:8192]:
        from .source import SourceFailure, decode

        try:
            decode(raw, path)
        except SourceFailure as failure:
            raise FileProblem(str(failure)) from None


def internal_error(path: str, where: str, error: Exception) -> str:
    return (
        f"{path}: internal error {where}: {type(error).__name__}: {error}. This is a fault of lstmlint; please report it at "
        "https://github.com/lstmlint/lstmlint/issues with the file."
    )
