"""The earliest and latest day that an EDTF date can mean; the page compares only those."""

from __future__ import annotations

import calendar
import re

Span = tuple[str, str]
_POINT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$")
_OPEN = ("", "..")
FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"


def span(edtf: str | None) -> Span | None:
    """First and last day (``YYYY-MM-DD``) of ``edtf``: a day, month, year, or an interval of them with either end open.

    None for no date, for one whose year is unknown (``XXXX-04-25``) and for anything else that fixes no day. An unspecified
    day or month (``2021-04-XX``) means the whole month or year.
    """
    if not edtf:
        return None
    if "/" not in edtf:
        return _point(edtf)
    left, right = edtf.split("/", 1)
    first, last = _point(left), _point(right)
    if (first is None and left not in _OPEN) or (last is None and right not in _OPEN) or (first is None and last is None):
        return None
    return (first[0] if first else FIRST_DAY, last[1] if last else LAST_DAY)


def hull(*spans: Span | None) -> Span | None:
    """The shortest span that covers all of ``spans``; None where none is known."""
    known = [one for one in spans if one]
    return (min(a for a, _ in known), max(b for _, b in known)) if known else None


def meets(one: Span, since: str | None, until: str | None) -> bool:
    """Whether some day of ``one`` may lie in the window; either side of the window may be open."""
    return (since is None or one[1] >= since) and (until is None or one[0] <= until)


def _point(text: str) -> Span | None:
    match = _POINT.match(text.rstrip("?~%").replace("-XX", ""))
    if not match:
        return None
    year, month, day = match.groups()
    if int(year) < 1 or not 1 <= int(month or 1) <= 12:
        return None
    if not month:
        return (f"{year}-01-01", f"{year}-12-31")
    length = calendar.monthrange(int(year), int(month))[1]
    if not day:
        return (f"{year}-{month}-01", f"{year}-{month}-{length:02d}")
    return (f"{year}-{month}-{day}",) * 2 if 1 <= int(day) <= length else None
