"""Every rule says what it does, why, and how to write it instead; its examples are there."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import lstmlint_rules
from lstmlint.packs import load_pack
from lstmlint.rule import Rule, all_rules

load_pack("lstmlint_rules")
RULES = all_rules()
SECTIONS = ("What it does:", "Why is this bad:", "Example:", "Use instead:", "References:")


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_the_documentation_has_every_section_in_order(rule: Rule) -> None:
    places = [rule.documentation.find(section) for section in SECTIONS]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_a_rule_has_bad_and_good_examples(rule: Rule) -> None:
    module = importlib.import_module(rule.module)
    assert module.BAD
    assert module.GOOD


def test_a_module_holds_one_rule() -> None:
    modules = [rule.module for rule in RULES]
    assert len(set(modules)) == len(modules)
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_every_family_says_what_it_is_about() -> None:
    for info in pkgutil.iter_modules(lstmlint_rules.__path__, "lstmlint_rules."):
        assert importlib.import_module(info.name).__doc__
