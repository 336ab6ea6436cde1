"""The contract of rules: what a rule is, how it finds and claims, and the register of all rules by code, name and family.

A rule is one file. Its module docstring is its documentation (sections: What it does, Why is this bad, Example, Use instead,
Fix safety, References); `BAD` and `GOOD` are lists of whole programs that are its tests; one function carries the decorator:

    @check("RNN004", "units-are-timesteps", Severity.WARNING)      # looks at the Program itself
    def units_are_timesteps(program: Program) -> Iterator[Finding]: ...

    @claim("RNN002", "missing-return-sequences", Severity.ERROR, kinds=("rank",), specificity=10)
    def missing_return_sequences(fault: Fault, program: Program) -> Finding | None: ...

    @review("STY901", "unused-suppression", Severity.WARNING)      # looks at the comments that silence findings
    def unused_suppression(suppressions: tuple[Suppression, ...]) -> Iterator[Finding]: ...

Each fault goes to the claims of its kind in order of falling specificity; the first that returns a Finding has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from .diagnostic import Applicability, Diagnostic, Edit, Fix, Related, Severity, ShapePair, Span, Suppression
from .faults import Fault
from .frozen import dataclass
from .places import Origin, Place
from .program import Program


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has to say about one place. Places may be `Place` or `Span`; the runner makes a Diagnostic of it.

    `related` are labelled places, `story` the numbered steps of the shape story. `key` identifies the mistake: of two findings
    with the same key (an object or a place) the one of the more specific rule stays.
    """

    place: Place | Span
    message: str
    related: tuple[tuple[str, Place | Span], ...] = ()
    story: tuple[tuple[str, Place | Span], ...] = ()
    shapes: ShapePair | None = None
    fix: Fix | None = None
    key: Any = None
    severity: Severity | None = None


CheckFunction = Callable[[Program], Iterator[Finding]]
ClaimFunction = Callable[[Fault, Program], "Finding | None"]
ReviewFunction = Callable[[tuple[Suppression, ...]], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule. One of `check`, `claim` and `review` is set; `kinds` are the fault kinds that a claim looks at ("*" for all)."""

    code: str
    name: str
    severity: Severity
    module: str
    check: CheckFunction | None = None
    claim: ClaimFunction | None = None
    review: ReviewFunction | None = None
    kinds: tuple[str, ...] = ()
    specificity: int = 0

    @property
    def family(self) -> str:
        """The name of the folder that the rule lives in ("recurrent")."""
        parts = self.module.split(".")
        return parts[-2] if len(parts) > 1 else parts[-1]

    @property
    def documentation(self) -> str:
        """The rule's documentation: its module's docstring."""
        import importlib

        return (importlib.import_module(self.module).__doc__ or "").strip()

    @property
    def summary(self) -> str:
        """The first line of the documentation."""
        return self.documentation.partition("\n")[0]


_rules: dict[str, Rule] = {}
_codes: dict[str, str] = {}
"""The codes of the registered names."""
_CODE, _NAME = re.compile(r"[A-Z]{3,5}\d{3}"), re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def register_rule(rule: Rule) -> None:
    """Make a rule known; ValueError when another has its code or its name."""
    for old in (_rules.get(rule.code), _rules.get(_codes.get(rule.name, ""))):
        if old is not None and old.module != rule.module:
            raise ValueError(f"{rule.module}: the code {rule.code} or the name {rule.name} is taken by {old.module}")
    if not _CODE.fullmatch(rule.code) or not _NAME.fullmatch(rule.name):
        raise ValueError(
            f"{rule.module}: a code is letters and three digits, a name is kebab-case: {rule.code} {rule.name}"
        )
    _rules[rule.code] = rule
    _codes[rule.name] = rule.code


def check(code: str, name: str, severity: Severity) -> Callable[[CheckFunction], CheckFunction]:
    """Register a rule that looks at the whole Program."""

    def register(function: CheckFunction) -> CheckFunction:
        register_rule(Rule(code, name, severity, function.__module__, check=function))
        return function

    return register


def claim(
    code: str, name: str, severity: Severity, *, kinds: Iterable[str], specificity: int = 0
) -> Callable[[ClaimFunction], ClaimFunction]:
    """Register a rule that claims faults of these kinds."""

    def register(function: ClaimFunction) -> ClaimFunction:
        register_rule(
            Rule(code, name, severity, function.__module__, claim=function, kinds=tuple(kinds), specificity=specificity)
        )
        return function

    return register


def review(code: str, name: str, severity: Severity) -> Callable[[ReviewFunction], ReviewFunction]:
    """Register a rule that looks at the comments which silence findings, once it is known what each of them silenced."""

    def register(function: ReviewFunction) -> ReviewFunction:
        register_rule(Rule(code, name, severity, function.__module__, review=function))
        return function

    return register


def all_rules() -> list[Rule]:
    """Every registered rule, by code."""
    return [_rules[code] for code in sorted(_rules)]


def find_rule(word: str) -> Rule | None:
    """The rule with this code or name, in any case."""
    for rule in _rules.values():
        if word.upper() == rule.code or word.lower() == rule.name:
            return rule
    return None


def matches(rule: Rule, selector: str) -> bool:
    """Does a code, code prefix, name, family or "ALL" select the rule?"""
    return (
        selector.upper() == "ALL"
        or selector.lower() in (rule.name, rule.family)
        or rule.code.startswith(selector.upper())
    )


def unknown_selector(selector: str) -> str | None:
    """What is wrong with a selector that selects nothing, with the name that was probably meant; None when it selects something."""
    import difflib

    if any(matches(rule, selector) for rule in all_rules()):
        return None
    known = list(dict.fromkeys(w for rule in all_rules() for w in (rule.code, rule.name, rule.family)))
    near = difflib.get_close_matches(selector, known, 1) or difflib.get_close_matches(selector.upper(), known, 1)
    hint = f" (did you mean '{near[0]}'?)" if near else ""
    return f"no rule, family or code prefix is called '{selector}'{hint}"


def replace_text(place: Place | Span, content: str) -> Edit:
    """An edit that puts `content` in the place of a node."""
    return Edit(place if isinstance(place, Span) else place.span, content)


__all__ = [
    "Applicability", "Diagnostic", "Edit", "Fault", "Finding", "Fix", "Origin", "Place", "Program", "Related", "Rule", "Severity", "ShapePair", "Span",
    "Suppression", "all_rules", "check", "claim", "find_rule", "matches", "register_rule", "replace", "replace_text", "review", "unknown_selector",
]  # fmt: skip
