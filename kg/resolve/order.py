"""The order of appearance: where somebody stands in the lists of leaders, and how that place moves.

The order of a list is protocol rank, but only within one list, and within one institution's block of it (the party committee's
members among themselves, then the congress's). A list by strokes of the surname has no rank; a list that ends in 等 has an open
end; who heads the sentence before a list is outside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from kg.resolve.model import AppearanceNode, EventNode, Resolution, Tenure
from kg.resolve.when import bounds

# Who sits in two institutions (区委常委、副区长) stands in the list with the first of them.
INSTITUTIONS = ("党委", "人大", "政府", "政协", "纪委监委", "法院", "检察院", "军队")
_YEAR = 365  # days from which a post seen before or after a list tells no more who somebody was in it


@dataclass(frozen=True, slots=True)
class Standing:
    """One person's place in one list."""

    person: str  # entity id
    name: str
    event: str
    date: str | None  # EDTF
    article: str
    list: int
    label: str | None  # 区领导
    by_stroke: bool
    open: bool
    rank: int  # from 1
    size: int
    relative: float | None  # 0 first, 1 last; None for lists by stroke and lists of one
    institution: str | None  # by the posts held at the time, as far as the corpus knows
    block_rank: int | None  # place in the run of members of the same institution; None for lists by stroke
    block_size: int | None
    block_relative: float | None  # as relative, within that run


def standings(resolution: Resolution) -> tuple[Standing, ...]:
    """Each ranked appearance with its relative place, sorted by person and date."""
    held: dict[str, list[Tenure]] = defaultdict(list)
    for t in resolution.tenures:
        if t.class_ == "office" and t.status != "former":
            held[t.person].append(t)
    systems = {body.id: body.system for body in resolution.bodies}
    names = {person.id: person.name for person in resolution.people}
    found = [standing for event in resolution.events for standing in _of_event(event, held, systems, names)]
    return tuple(sorted(found, key=lambda s: (s.person, s.date or "", s.event, s.article, s.list, s.rank)))


def _of_event(event: EventNode, held: Mapping[str, Sequence[Tenure]], systems: Mapping[str, str], names: Mapping[str, str]
              ) -> list[Standing]:
    lists: dict[tuple[str, int], list[AppearanceNode]] = defaultdict(list)
    for a in event.appearances:
        if a.rank is not None and a.list is not None and a.article is not None:
            lists[a.article, a.list].append(a)
    found = []
    for (article, number), members in sorted(lists.items()):
        members.sort(key=lambda a: (a.rank or 0, a.person))
        size = max(max(a.list_size or 0 for a in members), max(a.rank or 0 for a in members))
        places = _bridged([_institution(held.get(a.person, ()), systems, event.date) for a in members])
        for institution, run in groupby(zip(members, places, strict=True), key=lambda pair: pair[1]):
            block = [a for a, _ in run]
            for block_rank, a in enumerate(block, start=1):
                by_stroke = a.order == "by_stroke"
                rank = a.rank or 0
                found.append(Standing(
                    person=a.person, name=names.get(a.person, a.person), event=event.id, date=event.date, article=article,
                    list=number, label=a.list_label, by_stroke=by_stroke, open=a.open, rank=rank, size=size,
                    relative=None if by_stroke else _relative(rank, size), institution=institution,
                    block_rank=None if by_stroke or institution is None else block_rank,
                    block_size=None if by_stroke or institution is None else len(block),
                    block_relative=None if by_stroke or institution is None else _relative(block_rank, len(block))))
    return found


def _relative(rank: int, size: int) -> float | None:
    return round((rank - 1) / (size - 1), 4) if size > 1 else None


def _bridged(places: Sequence[str | None]) -> list[str | None]:
    """Somebody of no known post between two members of one institution is one of them."""
    found = list(places)
    for n, place in enumerate(places):
        before = next((p for p in places[n::-1] if p), None)
        after = next((p for p in places[n:] if p), None)
        if place is None and before == after:
            found[n] = before
    return found


def _institution(tenures: Sequence[Tenure], systems: Mapping[str, str], date: str | None) -> str | None:
    """The first, by protocol, of the institutions that somebody is seen in on a date, else at the nearest time within a year."""
    span = bounds(date)
    seen = [(_distance(t, span[0]) if span else 0, systems.get(t.body or "")) for t in tenures]
    nearest = min((days for days, system in seen if system in INSTITUTIONS), default=_YEAR + 1)
    own = {system for days, system in seen if days == nearest <= _YEAR}
    return next((system for system in INSTITUTIONS if system in own), None)


def _distance(tenure: Tenure, day: date) -> int:
    """Days from a date to the nearest sight of a tenure; 0 between its first and its last."""
    first, last = bounds(tenure.first_seen), bounds(tenure.last_seen)
    if not first or not last:
        return _YEAR + 1
    return max((first[0] - day).days, (day - last[1]).days, 0)
