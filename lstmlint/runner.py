"""Runs the rules over files: bytes in, diagnostics out, and one broken file or rule never hides what the others say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from .diagnostic import Diagnostic, Related, Severity, Span

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from .cache import Cache

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
    `light`; `source` and `gaps` stay. `before` and `after` are the file's bytes where fixes changed them, by the findings in `fixed`.
    """

    path: str
    findings: list[Diagnostic] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    program: Any = None
    serious: list[Diagnostic] = field(default_factory=list)
    source: Any = None
    gaps: list[tuple[Span, str]] = field(default_factory=list)
    fixed: list[Diagnostic] = field(default_factory=list)
    before: bytes = b""
    after: bytes = b""

    def light(self) -> Result:
        """The result without the program, which is large: what a run over many files keeps."""
        if self.program is not None:
            self.source = self.program.tree.source
            self.gaps = [(gap.place.span, gap.reason) for gap in self.program.gaps]
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
    if cache is not None and program is not None and program.settled and not result.trouble and options.fix is None:
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
        from .fixes import that_hold

        result.findings = that_hold(result, raw, options)
    if path.endswith(".ipynb") and result.findings and not result.trouble:
        from .cell_order import note_order

        result.findings = note_order(result.findings, raw, lambda other: examine(other, path, options).findings)
    return result


def examine(raw: bytes, path: str, options: Options) -> Result:
    """Check a file's content; the fixes are what the rules propose, unproved."""
    result = Result(path)
    try:
        result.program = follow_bytes(raw, path, options.keras_major, roots=options.roots)
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
        result.trouble.append(_internal(path, "while the program was followed", error))
        return result
    if result.program is not None:
        on = {rule.code for rule in selected_rules(options)}
        found = _suppressed(result, on, options)
        result.serious = [f for f in found if f.severity is not Severity.INFO]
        result.findings = [f for f in found if f.code in on]
    return result


def _suppressed(result: Result, on: set[str], options: Options) -> list[Diagnostic]:
    """What the rules say, without what comments silence, and with what there is to say about the comments."""
    from .fingerprint import with_fingerprints
    from .rule import all_rules, find_rule, matches
    from .suppress import has_comments, suppress

    tree = result.program.tree
    if not has_comments(tree.source.text):
        return _judge(result, on, options)

    def means(selector: str, finding: Diagnostic) -> bool:
        rule = find_rule(finding.code)
        return rule is not None and matches(rule, selector)

    # a comment is in use if it silences any rule, whether that is on in this run or not
    everything = {rule.code for rule in all_rules()}
    found, comments = suppress(_judge(result, everything, options), tree, means)
    out_of_budget = any(gap.place.node is tree.module for gap in result.program.gaps)
    for rule in all_rules():
        if rule.review is not None and comments and not out_of_budget:
            found += with_fingerprints([_diagnostic(rule, f, options) for f in rule.review(tuple(comments))], tree)
    return sorted(found, key=lambda d: d.sort_key)


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
) -> Any:
    """Follow a file's program; None when it doesn't mention Keras. `tree` is what it was parsed to, when it was.

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
        return follow(tree, keras_major=major, target=target, roots=roots)
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


def selected_rules(options: Options) -> list[Any]:
    """The rules that are on: errors and warnings by default, what is selected, without what is ignored."""
    from .rule import all_rules, load_pack, matches

    for pack in options.packs:
        load_pack(pack)
    chosen = []
    for rule in all_rules():
        default = severity_of(rule, options) is not Severity.INFO
        on = any(matches(rule, s) for s in options.select) if options.select else default
        on = on or any(matches(rule, s) for s in options.extend_select)
        if on and not any(matches(rule, s) for s in options.ignore):
            chosen.append(rule)
    return chosen


def severity_of(rule: Any, options: Options, given: Severity | None = None) -> Severity:
    """How severe a rule's findings are in this run."""
    from .rule import matches

    found: Severity = given or rule.severity
    for selector, severity in options.severity:
        if matches(rule, selector):
            found = Severity(severity)
    return found


def _judge(result: Result, on: set[str], options: Options) -> list[Diagnostic]:
    """What the rules that are on say, and those for errors and warnings whether on or not."""
    from .fingerprint import with_fingerprints
    from .rule import all_rules
    from .story import shape_story

    program = result.program
    rules = [r for r in all_rules() if r.code in on or r.severity is not Severity.INFO]
    used = {rule.code for rule in rules}
    found: list[tuple[int, Any, Diagnostic]] = []
    claims = sorted((r for r in all_rules() if r.claim is not None), key=lambda r: -r.specificity)
    for fault in program.faults:
        for rule in claims:
            if "*" not in rule.kinds and fault.kind not in rule.kinds:
                continue
            if "*" in rule.kinds and not fault.raises:
                continue
            assert rule.claim is not None
            try:
                finding = rule.claim(fault, program)
            except Exception as error:
                result.trouble.append(_internal(result.path, f"in the rule {rule.code} {rule.name}", error))
                continue
            if finding is not None:
                if not finding.story:
                    finding = replace(finding, story=shape_story(fault))
                if rule.code in used:
                    call = program.reached_from(fault)
                    diagnostic = _brought_home(_diagnostic(rule, finding, options), call)
                    # what one call leads to in another file is one finding: it stops at the first
                    key = finding.key if call is None else ("reached", diagnostic.span)
                    found.append((rule.specificity, key, diagnostic))
                break
    for rule in rules:
        if rule.check is None:
            continue
        try:
            for finding in rule.check(program):
                found.append((rule.specificity, finding.key, _diagnostic(rule, finding, options)))
        except Exception as error:
            result.trouble.append(_internal(result.path, f"in the rule {rule.code} {rule.name}", error))
    best: dict[Any, tuple[int, Diagnostic]] = {}
    for weight, key, diagnostic in found:
        key = (
            (diagnostic.code, diagnostic.span)
            if key is None
            else ("key", id(key) if not isinstance(key, (str, tuple)) else key)
        )
        if key not in best or weight > best[key][0]:
            best[key] = (weight, diagnostic)
    once = {
        (d.code, d.span): d for _, d in reversed(best.values())
    }  # a rule speaks once of a place, whichever call or way leads there
    errors = any(d.severity is Severity.ERROR for d in once.values())
    expected = [place.span for place in program.expected] if errors else []  # places are measured only for a reason
    mine = [
        d
        for d in once.values()
        if d.span.path == program.tree.source.path
        and not (d.severity is Severity.ERROR and any(span.contains(d.span) for span in expected))
    ]
    return with_fingerprints(sorted(mine, key=lambda d: d.sort_key), program.tree)


def _span(place: Any) -> Span:
    return place if isinstance(place, Span) else place.span


def _diagnostic(rule: Any, finding: Any, options: Options) -> Diagnostic:
    return Diagnostic(
        rule.code,
        rule.name,
        severity_of(rule, options, finding.severity),
        finding.message,
        _span(finding.place),
        tuple(Related(text, _span(place)) for text, place in finding.related),
        tuple(Related(text, _span(place)) for text, place in finding.story),
        finding.shapes,
        finding.fix,
        url=DOCUMENTATION.format(name=rule.name),
    )


def _brought_home(diagnostic: Diagnostic, call: Any) -> Diagnostic:
    """A finding in another file of the project stands at the call in this file that leads there, and names the other place."""
    if call is None:
        return diagnostic
    there = Related("it happens here", diagnostic.span)
    return replace(diagnostic, span=call.span, related=(there, *diagnostic.related), fix=None)


def _internal(path: str, where: str, error: Exception) -> str:
    return (
        f"{path}: internal error {where}: {type(error).__name__}: {error}. This is a fault of lstmlint; please report it at "
        "https://github.com/lstmlint/lstmlint/issues with the file."
    )
