"""Findings as a JUnit report: a suite for each file, a failed test for each finding."""

from __future__ import annotations

import re
from itertools import groupby
from xml.etree import ElementTree

from ..patterns import pattern
from .concise import where
from .report import Report

_NOT_XML = pattern("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    """The document. Without findings it holds one test that passed."""
    count = str(len(report.findings))
    top = ElementTree.Element("testsuites", name="lstmlint", tests=count, failures=count, errors="0")
    for path, group in groupby(report.findings, key=lambda f: f.span.path):
        findings, name = list(group), report.relative(path)
        number = str(len(findings))
        suite = ElementTree.SubElement(top, "testsuite", name=_clean(name), tests=number, failures=number, errors="0")
        for finding in findings:
            case = ElementTree.SubElement(
                suite,
                "testcase",
                name=f"{finding.code} {finding.name}",
                classname=_clean(re.sub(r"\.(py|ipynb)$", "", name)),
                file=_clean(name),
                line=str(finding.span.row),
            )
            failure = ElementTree.SubElement(
                case, "failure", message=_clean(finding.message), type=str(finding.severity)
            )
            failure.text = _clean(f"{where(finding.span)}: {finding.severity}: {finding.message}")
    if not report.findings:
        top.set("tests", "1")
        suite = ElementTree.SubElement(top, "testsuite", name="lstmlint", tests="1", failures="0", errors="0")
        ElementTree.SubElement(suite, "testcase", name="no findings", classname="lstmlint")
    ElementTree.indent(top)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(top, encoding="unicode")


def _clean(text: str) -> str:
    """The text without the characters that XML can't hold."""
    return _NOT_XML.sub("\ufffd", text)
