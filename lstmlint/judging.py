"""What the rules say of a followed program: which of them are on, which one speaks of a fault, and what comments silence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .diagnostic import Diagnostic, Related, Severity, Span
from .runner import DOCUMENTATION, Options, Result, internal_error

if TYPE_CHECKING:
    from .interpret.budget import Budget


def selected_rules(options: Options) -> list[Any]:
    """The rules that are on: errors and warnings by default, what is selected, without what is ignored."""
    from .packs import load_pack
    from .rule import all_rules, matches

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
    found: Severity = given or rule.severity
    if not options.severity:
        return found
    from .rule import matches

    for selector, severity in options.severity:
        if matches(rule, selector):
            found = Severity(severity)
    return found


def judge(result: Result, on: set[str], options: Options) -> list[Diagnostic]:
    """What the rules say, without what comments silence, and with what there is to say about the comments.

    A rule that fails is trouble, one that comes to no end is a gap; the others have their say.
    """
    from .interpret.budget import Budget
    from .interpret.watch import run_watched

    budget = Budget()
    return run_watched(lambda: _suppressed(result, on, options, budget), budget)


def _suppressed(result: Result, on: set[str], options: Options, budget: Budget) -> list[Diagnostic]:
    from .fingerprint import with_fingerprints
    from .rule import all_rules, find_rule, matches
    from .suppress import has_comments, suppress

    tree = result.program.tree
    if not has_comments(tree.source.text):
        return _judged(result, on, options, budget)

    def means(selector: str, finding: Diagnostic) -> bool:
        rule = find_rule(finding.code)
        return rule is not None and matches(rule, selector)

    # a comment is in use if it silences any rule, whether that is on in this run or not
    everything = {rule.code for rule in all_rules()}
    found, comments = suppress(_judged(result, everything, options, budget), tree, means)
    out_of_budget = any(gap.place.node is tree.module for gap in result.program.gaps)
    for rule in all_rules():
        if rule.review is not None and comments and not out_of_budget:
            found += with_fingerprints([_diagnostic(rule, f, options) for f in rule.review(tuple(comments))], tree)
    return sorted(found, key=lambda d: d.sort_key)


_Weighed = tuple[int, Any, Diagnostic]
"""How specific a rule is, what makes two findings the same, and a finding."""


def _judged(result: Result, on: set[str], options: Options, budget: Budget) -> list[Diagnostic]:
    """What the rules that are on say, and those for errors and warnings whether on or not."""
    from .fingerprint import with_fingerprints
    from .rule import all_rules

    program = result.program
    rules = [r for r in all_rules() if r.code in on or r.severity is not Severity.INFO]
    found = [*_of_faults(result, rules, options, budget)]
    for rule in rules:
        if rule.check is not None:
            with _turn(rule, result, budget):
                for finding in rule.check(program):
                    found.append((rule.specificity, finding.key, _diagnostic(rule, finding, options)))
    best: dict[Any, tuple[tuple[bool, int], Diagnostic]] = {}
    for specificity, key, diagnostic in found:
        key = (
            (diagnostic.code, diagnostic.span)
            if key is None
            else ("key", id(key) if not isinstance(key, (str, tuple)) else key)
        )
        weight = (diagnostic.severity is Severity.ERROR, specificity)
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


def _of_faults(result: Result, rules: list[Any], options: Options, budget: Budget) -> Iterator[_Weighed]:
    """Each fault in the words of the most specific rule that claims it, if that is among `rules`."""
    from .rule import all_rules
    from .story import shape_story

    program = result.program
    used = {rule.code for rule in rules}
    claims = sorted((r for r in all_rules() if r.claim is not None), key=lambda r: -r.specificity)
    for fault in program.faults:
        for rule in claims:
            if ("*" not in rule.kinds and fault.kind not in rule.kinds) or ("*" in rule.kinds and not fault.raises):
                continue
            assert rule.claim is not None
            finding = None
            with _turn(rule, result, budget):
                finding = rule.claim(fault, program)
            if finding is None:
                continue
            if not finding.story:
                finding = replace(finding, story=shape_story(fault))
            conditions = [(f"it happens when {answer}", place) for answer, place in program.conditions_of(fault)]
            if conditions:
                finding = replace(finding, related=(*finding.related, *conditions))
            if rule.code in used:
                call = program.reached_from(fault)
                diagnostic = _brought_home(_diagnostic(rule, finding, options), call)
                # what one call leads to in another file is one finding: it stops at the first
                key = finding.key if call is None else ("reached", diagnostic.span)
                yield rule.specificity, key, diagnostic
            break


@contextmanager
def _turn(rule: Any, result: Result, budget: Budget) -> Iterator[None]:
    """A rule has its say: what goes wrong in it is noted."""
    from .interpret.budget import OutOfBudget

    try:
        with budget.at_work():
            yield
    except (OutOfBudget, MemoryError):
        where = Span(result.path, 1, 1, 1, 1)
        result.settled = False
        result.gaps.append((where, f"the rule {rule.code} {rule.name} comes to no end on this program"))
    except Exception as error:
        result.trouble.append(internal_error(result.path, f"in the rule {rule.code} {rule.name}", error))


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


def _span(place: Any) -> Span:
    return place if isinstance(place, Span) else place.span


def _brought_home(diagnostic: Diagnostic, call: Any) -> Diagnostic:
    """A finding in another file of the project stands at the call in this file that leads there, and names the other place."""
    if call is None:
        return diagnostic
    there = Related("it happens here", diagnostic.span)
    return replace(diagnostic, span=call.span, related=(there, *diagnostic.related), fix=None)
