"""Dates as EDTF strings: their bounds in days, and the year that a page left out."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from kg.text import dates

_POINT = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_YEARLESS = re.compile(r"XXXX-(\d\d)-(\d\d)")
# A page may tell of what happens on the day it comes out, and a morning paper of the same evening; more is a wrong year.
_AHEAD = timedelta(days=3)


@lru_cache(maxsize=1 << 16)
def bounds(edtf: str | None) -> tuple[date, date] | None:
    """The first and the last day that an EDTF date can mean; None where it has no year or is no date.

    >>> bounds("2021-04")
    (datetime.date(2021, 4, 1), datetime.date(2021, 4, 30))
    """
    if not edtf:
        return None
    first, _, last = edtf.replace("~", "").replace("?", "").replace("%", "").partition("/")
    start = _point(first)
    end = _point(last) if last else start
    if start is None or end is None or end[1] < start[0]:
        return None
    return start[0], end[1]


@lru_cache(maxsize=1 << 16)
def days_of(edtf: str | None) -> tuple[str | None, str | None]:
    """The earliest and the latest day, ISO, that an EDTF date can mean; None for an open or unknown one, and for what is no date.
    Unlike ``bounds`` it takes every kind of EDTF that records made elsewhere may hold (``2021-04/..``)."""
    try:
        return dates.bounds(edtf)
    except ValueError:
        return None, None


def _point(text: str) -> tuple[date, date] | None:
    match = _POINT.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(match[name]) if match[name] else 0 for name in ("year", "month", "day"))
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return first, first
    last_month = month or 12
    return first, date(year, last_month, monthrange(year, last_month)[1])


def start_of(edtf: str) -> str:
    """The first date of an interval, the date itself otherwise."""
    return edtf.partition("/")[0]


def end_of(edtf: str) -> str:
    """The last date of an interval, the date itself otherwise."""
    return edtf.rpartition("/")[2]


def yearless(edtf: str | None) -> bool:
    return bool(edtf) and "X" in str(edtf)


def month_days(edtf: str | None) -> tuple[tuple[int, int], ...]:
    """Month and day of each point of a date that names days: ``XXXX-12-03/XXXX-12-04`` -> ((12, 3), (12, 4))."""
    return tuple((int(m), int(d)) for m, d in re.findall(r"(?:\d{4}|XXXX)-(\d\d)-(\d\d)", edtf or ""))


def with_year(edtf: str, issue: date) -> str:
    """A date without its year in the latest year in which it does not lie after the issue (a few days' grace).

    >>> with_year("XXXX-12-28", date(2021, 1, 4))
    '2020-12-28'
    """
    return _fill(edtf, lambda month, day: next((y for y in (issue.year, issue.year - 1)
                                                if _is_day(y, month, day) and date(y, month, day) <= issue + _AHEAD), None))


def near(edtf: str, anchor: date) -> str:
    """A date without its year in the year that brings it nearest to ``anchor``.

    >>> near("XXXX-01-03", date(2020, 12, 2))
    '2021-01-03'
    """
    def year(month: int, day: int) -> int | None:
        options = [y for y in (anchor.year, anchor.year - 1, anchor.year + 1) if _is_day(y, month, day)]
        return min(options, key=lambda y: abs((date(y, month, day) - anchor).days), default=None)
    return _fill(edtf, year)


def _fill(edtf: str, year_of: object) -> str:
    assert callable(year_of)

    def put(match: re.Match[str]) -> str:
        month, day = int(match[1]), int(match[2])
        year = year_of(month, day)
        return match[0] if year is None else f"{year:04d}-{month:02d}-{day:02d}"
    return _YEARLESS.sub(put, edtf)


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
