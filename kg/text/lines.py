"""Lines of a page with their way back to the decoded source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kg.model import SourceRun

BLANKS = " \t\u3000\xa0\ufeff\u200b\u200c\u200d\u2002\u2003\u2009\x0b\x0c\x1c\x1d\x1e\x1f"
_LINE = re.compile("[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029])?")
OUTER = BLANKS + "\r\n\x85\u2028\u2029"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page without its outer blanks; ``runs`` as in SourceRun, counted in the line."""

    text: str
    runs: tuple[SourceRun, ...]
    gap: int = 0  # blank lines before it
    indent: bool = False
    hint: Literal["", "head", "body", "run-in"] = ""  # what the markup says it is; run-in: it shared a line with its text


def text_lines(text: str) -> tuple[Line, ...]:
    """The non-blank lines of plain text, in order; all line ends (CR, LF, CRLF, NEL, U+2028) count."""
    found: list[Line] = []
    gap = 0
    for match in _LINE.finditer(text):
        raw = match.group()
        kept = raw.strip(OUTER + "|")  # | ends the cells of tables that became text
        if kept:
            lead = raw.index(kept[0])
            found.append(Line(kept, (SourceRun(0, match.start() + lead, len(kept)),), gap, lead > 1 or raw[0] == "\u3000"))
            gap = 0
        elif raw:
            gap += 1
    return tuple(found)


# Zero-width and control characters, soft hyphens, marks that turn a line around: web pages have them inside names.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")


def visible(line: Line) -> Line | None:
    """The line without characters that nobody sees; None where nothing is left of it."""
    if _UNSEEN.search(line.text) is None:
        return line
    ends = [0, *(at for unseen in _UNSEEN.finditer(line.text) for at in unseen.span()), len(line.text)]
    kept = [(start, end) for start, end in zip(ends[::2], ends[1::2], strict=True) if start < end]
    text = ""
    runs: list[SourceRun] = []
    for start, end in kept:
        runs += shift(slice_runs(line.runs, start, end), len(text))
        text += line.text[start:end]
    return replace(line, text=text, runs=join_runs(runs)) if text.strip(OUTER) else None


def shift(runs: Iterable[SourceRun], by: int) -> tuple[SourceRun, ...]:
    """Runs counted from ``by`` characters further on."""
    return tuple(SourceRun(r.text_start + by, r.source_start, r.length) for r in runs)


def slice_runs(runs: Sequence[SourceRun], start: int, end: int) -> tuple[SourceRun, ...]:
    """The runs of ``text[start:end]``, counted from ``start``."""
    found = []
    for run in runs:
        low, high = max(run.text_start, start), min(run.text_start + run.length, end)
        if low < high:
            found.append(SourceRun(low - start, run.source_start + low - run.text_start, high - low))
    return tuple(found)


def join_runs(runs: Iterable[SourceRun]) -> tuple[SourceRun, ...]:
    """Neighbouring runs that continue each other in text and source, as one."""
    found: list[SourceRun] = []
    for run in runs:
        last = found[-1] if found else None
        if last and last.text_start + last.length == run.text_start and last.source_start + last.length == run.source_start:
            found[-1] = SourceRun(last.text_start, last.source_start, last.length + run.length)
        elif run.length:
            found.append(run)
    return tuple(found)
