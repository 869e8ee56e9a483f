"""The place of a paper: one page may mislead about it, all of its pages together hardly do.

Extraction finds the place of a page in the page alone. A page that has news of a zone or of another city in all its corners can
pass for one of that place; the paper's name (梧澜日报) and its other pages say whose paper it is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.model import Evidence, Record
from kg.resolve.places import Chain, consistent, is_zone, level_of, short_place, stem_place
from kg.resolve.titles import fold

_COUNTY = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:自治县|自治旗|县|旗)(?=.)")

_ORGAN = re.compile(r"(?:[局委办]|法院|检察院|政协|人大|人大常委会|政府)$")
_PLACED = re.compile(r"[\u4e00-\u9fff]{0,8}?[省市州盟区县旗镇乡]|中央|国家|全国")


def under_own_papers(records: Sequence[Record]) -> tuple[Record, ...]:
    """The records with the place of their paper, where the page's own chain holds no place that the paper is named after.

    A paper's place is the one, named in its title, that most of its pages are found to be of; a page of a county in a city's
    paper stays one of the county, and papers that are named after no place of the corpus are left as they are. Bodies that were
    completed by a place that turns out wrong (区委 as 柳湾经济开发区委) are completed by the right one.
    """
    placed = [replace(record, place=chain) if (chain := consistent(record.place)) != record.place else record
              for record in records]
    own = _named_places(placed)
    misled = _misled(placed, own)
    return tuple(_with_place(record, own[paper])
                 if (paper := record.paper or "") in own and (not _named(paper, record.place) or (paper, record.place) in misled)
                 else record for record in placed)


def _named_places(records: Iterable[Record]) -> Mapping[str, Chain]:
    """Paper -> the place it is named after, by the number of its pages found to be there."""
    pages: dict[str, Counter[Chain]] = defaultdict(Counter)
    for paper, _, place in sorted({(record.paper, record.source, record.place) for record in records if record.paper}):
        if paper and (chain := _named(paper, place)):
            pages[paper][chain] += 1
    return {paper: min(counted, key=lambda chain: (-counted[chain], -len(chain), chain)) for paper, counted in pages.items()}


def _misled(records: Iterable[Record], own: Mapping[str, Chain]) -> frozenset[tuple[str, Chain]]:
    """Papers with a place of another kind under the same name (泗渠县 beside 泗渠市) that some of their pages are found to be of,
    though no text of them names it or it comes up between pages of the paper's own place. A county that became a city comes up
    before it."""
    days: dict[tuple[str, Chain], set[str]] = defaultdict(set)
    said: dict[tuple[str, Chain], bool] = defaultdict(bool)
    pages: dict[tuple[str, Chain], set[str]] = defaultdict(set)
    for record in records:
        if record.paper and record.place:
            key = record.paper, record.place
            pages[key].add(record.source)
            said[key] |= record.place[-1] in record.text
            if record.published:
                days[key].add(record.published)
    found = set()
    for (paper, place), sources in pages.items():
        home = own.get(paper)
        if home is None or place == home or place[-1][-1] == home[-1][-1] or stem_place(place[-1]) != stem_place(home[-1]):
            continue
        mine, theirs = days[paper, place], days[paper, home]
        between = bool(mine and theirs) and min(theirs) < min(mine) and max(mine) < max(theirs)
        if between or (not said[paper, place] and len(pages[paper, home]) >= 2 * len(sources)):
            found.add((paper, place))
    return frozenset(found)


def _with_place(record: Record, place: Chain) -> Record:
    """The record as one of another place, with the bodies of posts, changes and events that no sentence names under the old."""
    old, text = record.place[-1] if record.place else "", fold(record.text)

    def right(body: str | None, evidence: Sequence[Evidence]) -> str | None:
        if old and body and body.startswith(old):
            if any(old in fold(e.quote) for e in evidence):
                return body
            if body == old and level_of(record.place) != level_of(place):
                return None  # 镇长 of a township that nobody names is nobody's of the county
            return place[-1] + body.removeprefix(old)
        if not old and body and _ORGAN.search(body) and not _PLACED.match(body):
            return place[-1] + body  # 农业农村局 in a page that does not say whose
        county = _COUNTY.match(body or "")  # a county that nobody names: 县水利局 was completed by a township's name
        if body and county and county[0][-1] in text and stem_place(county[0]) + county[0][-1] not in text and \
                short_place(county[0]) not in text and level_of(place) == "县":
            return place[-1] + body[county.end():]
        return body

    return replace(
        record, place=place,
        posts=tuple(replace(p, body=right(p.body, p.evidence)) for p in record.posts),
        changes=tuple(replace(c, body=right(c.body, c.evidence)) for c in record.changes),
        events=tuple(replace(e, bodies=tuple(replace(b, name=name) for b in e.bodies if (name := right(b.name, b.evidence))))
                     for e in record.events))


def _named(paper: str, place: Chain) -> Chain:
    """The chain down to the place that a paper is named after; () where it is named after none of them, or only after a zone
    that bears its city's name."""
    for size in range(len(place), 0, -1):
        stem = stem_place(fold(place[size - 1]))
        if len(stem) > 1 and stem in fold(paper) and not is_zone(place[size - 1]):
            return place[:size]
    return ()
