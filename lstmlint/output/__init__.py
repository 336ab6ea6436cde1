"""Findings in every form that people and machines read: one module a form, each with `render(report) -> str`."""

from __future__ import annotations

import importlib

from .report import Lines, Report, repository


def render(wanted: str, report: Report) -> str:
    """The report in one of the formats that the setting `output-format` knows."""
    module, _, function = {"json-lines": "json.render_lines"}.get(wanted, f"{wanted}.render").partition(".")
    text: str = getattr(importlib.import_module(f"{__name__}.{module}"), function)(report)
    return text


__all__ = ["Lines", "Report", "render", "repository"]
