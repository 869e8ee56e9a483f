"""The case tables of extraction: rows with strengths, an article out of a sentence, and what was found in the tables' words.

``strength`` is ``ok``, or ``known`` for a fault that is known: such a case must fail, so that its mend is
noticed and the mark taken off.
``⏎`` in a text is a line end; what stands before the first one is the headline, which may be empty.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.extract.article import extract
from kg.model import Article, Change, Event, Post, Record

FOLDER = Path(__file__).parent.parent / "cases"
PLACE = ("衡泽市", "丹阜区")
ISSUED = "2021-04-28"
_MARK = re.compile(r"\[([^\[\]｜]+)｜([a-z]+)\]")
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """The rows of ``NAME.tsv``; lines that start with ``#`` are comments."""
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE))


def by_strength(name: str) -> Callable[[Callable[..., None]], Any]:
    """Parametrize a test over a table: rows marked ``known`` must fail."""
    marks = {"ok": (), "known": (pytest.mark.xfail(strict=True, reason="known fault", raises=AssertionError),)}
    return pytest.mark.parametrize(
        "row", [pytest.param(row, marks=marks[row["strength"]], id=plain(row["text"])[:40]) for row in rows(name)]
    )


def plain(marked: str) -> str:
    """``[虎岩｜person]出席`` without its marks, lines broken."""
    return _MARK.sub(r"\1", marked).replace("⏎", "\n")


def marks(marked: str) -> list[tuple[int, int, str]]:
    """Spans in ``plain(marked)`` with the kind that they are marked as."""
    found, taken = [], 0
    for match in _MARK.finditer(marked):
        start = match.start() - taken
        found.append((start, start + len(match[1]), match[2]))
        taken += len(match.group()) - len(match[1])
    return found


def article(text: str, place: str = "", published: str | None = ISSUED) -> Article:
    """The article of a case; ``place`` is a chain with slashes, 衡泽市/丹阜区 where it is empty."""
    headline, broken, _ = text.partition("\n")
    chain = tuple(place.split("/")) if place else PLACE
    return Article(
        "a",
        "page.txt",
        1,
        headline,
        text.removeprefix("\n"),
        len(headline) + 1 if broken and headline else 0,
        published=published,
        place=chain,
    )


def read(row: Row) -> Record:
    return extract(article(plain(row["text"]), row.get("place") or ""))


def listed(cell: str) -> list[str]:
    """The items of a cell; ``-`` is none."""
    return [] if cell == "-" else sorted(item.strip() for item in cell.split(";"))


def post(found: Post) -> str:
    """``高建设 丹阜区委|区委书记 former``; the class only where it is no office."""
    more = [found.status or "", found.class_ if found.class_ != "office" else ""]
    return " ".join([found.person, f"{found.body or '?'}|{found.post}", *(word for word in more if word)])


def roles(events: tuple[Event, ...]) -> list[str]:
    """``高建设 chair+speak``, over all events of an article."""
    by_person: dict[str, set[str]] = {}
    for event in events:
        for appearance in event.appearances:
            by_person.setdefault(appearance.person, set()).add(appearance.role)
    return sorted(f"{name} {'+'.join(sorted(found))}" for name, found in by_person.items())


def change(found: Change) -> str:
    """``appoint 高建设 丹阜区委|区委书记 2021-04-25 by 丹阜区人大常委会``."""
    said = [found.act, found.person, f"{found.body or '?'}|{found.post}", found.date or "-", f"by {found.by}" if found.by else ""]
    return " ".join(word for word in said if word)


def occasion(found: Event) -> str:
    """``meeting 2021-04-25 推进会``."""
    return f"{found.kind} {found.date or '-'} {found.name}"
