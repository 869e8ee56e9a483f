"""Bylines: who wrote, photographed and signed an article.

They stand behind the dateline (本报讯（记者 王石渠 通讯员 刘禹）), on lines of their own under the headline or at the end,
or glued to the end of a paragraph (…参加会议。记者 冉石川). Each place is a rule; the grammar of the credit itself is
``kg.text.credits``. Editors and sources are credits, nobody's byline.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from kg import lexicon
from kg.model import Article, Byline, BylineRole, Evidence
from kg.text.articles import CAPTION, is_author_line
from kg.text.credits import CLOSING, MAX_CREDIT, OPENING, Credit, has_usual_surname, may_be_credit, read_credit
from kg.text.layout import dateline_end, tail_credit

_LEAD_REACH = 140  # characters in which a first paragraph gives its credit
_BRACKET = re.compile(r"[（(【\[［]([^（()）【】\[\]［］。]{2,120})[)）】\]］]")
_OPEN_LEAD = re.compile(
    r"[：:\s]*([^，。,：:（(\d]{0,12}?(?:记者|通讯员)[^，。,：:（(\d]{2,40}?)(?:报道)?"
    r"(?=[：:]|[ \u3000]?\d{1,2}[月日]|[ \u3000]\d|报道|近日|日前)"
)
_PICTURE = re.compile(r"[（(]([^（()）。，]{0,14}[^（()）。，\s]{2,4}\s*/?摄(?:影)?)[)）]")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the article's text with its place in it and what it stands beside."""

    text: str
    start: int
    first: bool  # the first below the headline
    last: bool  # nothing but credits, notes and dates below it
    signs: bool  # the very last line of more than one paragraph
    headline: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """A credit in a line: ``start``/``end`` of all of it (with 本报讯), ``names`` where its grammar reads them; in the line."""

    start: int
    end: int
    names: tuple[Credit, ...]


def bylines(article: Article) -> tuple[Byline, ...]:
    """The bylines of an article, each name once, in the order of the text.

    A name without a role word is a reporter's at the end of an article and the author's under a headline. Evidence is the
    credit, to the character.
    """
    found: dict[str, Byline] = {}
    for rule, line, credit in _credits(article.text, article.body_start):
        evidence = _evidence(article.text, line.start + credit.start, line.start + credit.end)
        for name in credit.names:
            if name.role != "staff" and name.name not in found:
                role: BylineRole = name.role or ("author" if rule == "author_line" else "reporter")
                found[name.name] = Byline(name.name, role, (evidence,), rule)
    return tuple(found.values())


def credit_spans(article: Article) -> tuple[tuple[int, int], ...]:
    """Spans of credits (本报讯（记者 …）, 责任编辑 …, 某某 摄), sorted, half-open: nobody in them is in the news."""
    return tuple(
        (line.start + credit.start, line.start + credit.end) for _, line, credit in _credits(article.text, article.body_start)
    )


def _evidence(text: str, start: int, end: int) -> Evidence:
    return Evidence(start, end, text[start:end])


@lru_cache(maxsize=64)  # asked twice for each article: for its bylines, and for the spans where nobody is in the news
def _credits(text: str, body_start: int) -> tuple[tuple[str, _Line, _Found], ...]:
    found: list[tuple[str, _Line, _Found]] = []
    for line in _lines(text, body_start):
        taken = 0
        for rule, read in RULES:
            credit = read(line)
            if credit and credit.start >= taken:
                found.append((rule, line, credit))
                taken = credit.end
    return tuple(found)


def _lines(text: str, body_start: int) -> list[_Line]:
    found: list[_Line] = []
    rows = text.split("\n")
    prose = [i for i, row in enumerate(rows) if len(row) > 30 and "。" in row and not CAPTION.match(row)]
    last = prose[-1] if prose else len(rows) - 1
    at, first = 0, True
    for i, row in enumerate(rows):
        headline = at < body_start
        found.append(_Line(row, at, first and not headline, i >= last, i == len(rows) - 1 > 0, headline))
        first = first and headline
        at += len(row) + 1
    return found


def lead(line: _Line) -> _Found | None:
    """``本报讯（记者 王石渠 通讯员 刘禹）5月20日，…``, ``（记者 某某）…``, ``本报讯 记者某某报道：…``"""
    if line.headline or len(line.text) < 4:
        return None
    dateline = dateline_end(line.text)
    for bracket in _BRACKET.finditer(line.text, 0, _LEAD_REACH):
        near = dateline is not None and bracket.start() <= dateline + 2
        if not near and not may_be_credit(bracket.group()):
            continue
        names = read_credit(line.text, bracket.start(), bracket.end())
        if names is None or (not near and not any(n.role for n in names)) or not (names or near):
            continue
        if bracket.end() == len(line.text) or (not near and "。" in line.text[: bracket.start()]):
            continue
        return _Found(0 if near or bracket.start() == 0 else bracket.start(), bracket.end(), names)
    if dateline is not None:
        unbracketed = _OPEN_LEAD.match(line.text, dateline)
        names = read_credit(line.text, *unbracketed.span(1)) if unbracketed else None
        if unbracketed and names:
            return _Found(0, unbracketed.end(), names)
    return None


def credit_line(line: _Line) -> _Found | None:
    """``记者 柴晓棠 通讯员 姜黎 文/图``, ``（段云）``, ``责任编辑：某某``: a line that is a credit and nothing else."""
    if line.headline or not 2 <= len(line.text) <= MAX_CREDIT or "。" in line.text[:-1]:
        return None
    bracketed = line.text[0] in OPENING and line.text[-1] in CLOSING
    if not bracketed and not may_be_credit(line.text):
        return None
    names = read_credit(line.text)
    if names is None or not (bracketed or not names or any(n.role for n in names)):
        return None
    if bracketed and not any(n.role for n in names) and not line.last:
        return None
    return _Found(0, len(line.text), names)


def author_line(line: _Line) -> _Found | None:
    """``李清禾`` under the headline of a commentary or a poem."""
    names = _names_alone(line) if line.first else None
    if names:
        return _Found(0, len(line.text), names)
    if line.first and not line.headline and is_author_line(line.text):
        bare = "".join(line.text.split()).lstrip("□■●◆☆★△▲○◎")
        return _Found(0, len(line.text), (Credit(bare, "author", 0, len(line.text)),))
    return None


def signature(line: _Line) -> _Found | None:
    """``许来伟``, ``某县老促会 谭 华`` alone under the last paragraph."""
    names = _names_alone(line, with_office=True) if line.signs else None
    return _Found(0, len(line.text), names) if names else None


def _names_alone(line: _Line, with_office: bool = False) -> tuple[Credit, ...] | None:
    """Up to three names and nothing else (but their office before them), each with a surname that is not rare."""
    if line.headline or not 0 < len(line.text) <= (24 if with_office else 16):
        return None
    if line.text[0] in OPENING or line.text[-1] in "：:" or may_be_credit(line.text):
        return None
    names = read_credit(line.text) or ()
    start = names[0].start if with_office and names and " " in line.text[: names[0].start].replace("\u3000", " ") else 0
    whole = sum(c.isalpha() for c in line.text[start:]) == sum(len(n.name) for n in names)
    sure = whole and len(names) <= 3 and all(has_usual_surname(n.name) and n.name not in _posts() for n in names)
    return names if sure else None


@cache
def _posts() -> frozenset[str]:
    """Titles that begin like names: 秘书长"""
    return frozenset(lexicon.forms("posts"))


def tail(line: _Line) -> _Found | None:
    """``…参加会议。记者 冉石川 通讯员 姜黎``, ``…（段云）``: a credit glued to the end of a paragraph."""
    if line.headline or len(line.text) < 8:
        return None
    start = tail_credit(line.text)
    names = read_credit(line.text, start) if start is not None else None
    if start is None or names is None or not (line.last or any(n.role for n in names)):
        return None
    return _Found(start, len(line.text), names)


def picture(line: _Line) -> _Found | None:
    """``图为施工现场（段云 摄）。``: a photographer in brackets inside a caption."""
    inside = _PICTURE.search(line.text) if "摄" in line.text and not line.headline else None
    names = read_credit(line.text, *inside.span()) if inside else None
    return _Found(inside.start(), inside.end(), names) if inside and names else None


RULES: list[tuple[str, Callable[[_Line], _Found | None]]] = [
    ("credit_line", credit_line),
    ("author_line", author_line),
    ("signature", signature),
    ("lead", lead),
    ("picture", picture),
    ("tail", tail),
]
