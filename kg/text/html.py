"""HTML pages (stub)."""

from __future__ import annotations

from kg.text.lines import Line


def html_lines(source: str) -> tuple[Line, ...]:
    """Lines of the article's body."""
    return ()
