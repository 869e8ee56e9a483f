"""The order of appearance: where somebody stands in the lists of leaders, and how that place moves.

The order of a list is protocol rank, but only within one list, and within one institution's block of it (the party committee's
members among themselves, then the congress's). A list by strokes of the surname has no rank; a list that ends in 等 has an open
end; who heads the sentence before a list is outside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.resolve.model import AppearanceNode, EventNode, Resolution, Tenure
from kg.resolve.when import bounds

# Who sits in two institutions (区委常委、副区长) stands in the list with the first of them.
_INSTITUTIONS = ("党委", "人大", "政府", "政协", "纪委监委", "法院", "检察院", "军队")


@dataclass(frozen=True, slots=True)
class Standing:
    """One person's place in one list."""

    person: str  # entity id
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
    block_rank: int  # place in the run of members of the same institution
    block_size: int


def standings(resolution: Resolution) -> tuple[Standing, ...]:
    """Each ranked appearance with its relative place, sorted by person and date."""
    held: dict[str, list[Tenure]] = defaultdict(list)
    for t in resolution.tenures:
        held[t.person].append(t)
    systems = {body.id: body.system for body in resolution.bodies}
    found = [standing for event in resolution.events for standing in _of_event(event, held, systems)]
    return tuple(sorted(found, key=lambda s: (s.person, s.date or "", s.event, s.article, s.list, s.rank)))


def _of_event(event: EventNode, held: Mapping[str, Sequence[Tenure]], systems: Mapping[str, str]) -> list[Standing]:
    lists: dict[tuple[str, int], list[AppearanceNode]] = defaultdict(list)
    for a in event.appearances:
        if a.rank is not None and a.list is not None and a.article is not None:
            lists[a.article, a.list].append(a)
    found = []
    for (article, number), members in sorted(lists.items()):
        members.sort(key=lambda a: (a.rank or 0, a.person))
        size = max(max(a.list_size or 0 for a in members), max(a.rank or 0 for a in members))
        places = {a.person: _institution(held.get(a.person, ()), systems, event.date) for a in members}
        for institution, run in groupby(members, key=lambda a: places[a.person]):
            block = list(run)
            for block_rank, a in enumerate(block, start=1):
                by_stroke = a.order == "by_stroke"
                rank = a.rank or 0
                relative = round((rank - 1) / (size - 1), 4) if size > 1 and not by_stroke else None
                found.append(Standing(
                    person=a.person, event=event.id, date=event.date, article=article, list=number, label=a.list_label,
                    by_stroke=by_stroke, open=a.open, rank=rank, size=size, relative=relative, institution=institution,
                    block_rank=block_rank, block_size=len(block)))
    return found


def _institution(tenures: Sequence[Tenure], systems: Mapping[str, str], date: str | None) -> str | None:
    """The first, by protocol, of the institutions that somebody is seen in around a date: before it, on it, or next after it."""
    day = bounds(date)
    own = {systems.get(t.body or "") for t in tenures if t.class_ == "office" and (day is None or _covers(t, day[0].isoformat()))}
    return next((system for system in _INSTITUTIONS if system in own), None)


def _covers(tenure: Tenure, day: str) -> bool:
    return bool(tenure.first_seen and tenure.last_seen) and (tenure.first_seen or "") <= day <= (tenure.last_seen or "")
