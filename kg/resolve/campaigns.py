"""Campaigns across articles: one node for a campaign under all its names, with what it is part of and its months.

Names are joined by the lexicon's families (创卫, 国家卫生城市复审), by what one article calls the same, and where they differ
by no more than quotation marks and words like 活动. A name that another one extends is its ``broader``. A name that only a place
gives sense to (八届区委第六轮巡察) is a campaign of that place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from kg.lexicon import table
from kg.model import Record
from kg.resolve.bodies import BodyBook
from kg.resolve.claims import refs
from kg.resolve.events import Issue, Occasions
from kg.resolve.ids import distinct
from kg.resolve.model import CampaignMonth, CampaignNode, EvidenceRef
from kg.resolve.places import Chain, PlaceBook, county
from kg.resolve.titles import fold
from kg.resolve.union import Groups
from kg.resolve.when import bounds, end_of, start_of

Key = tuple[Chain, str]
_TAIL = re.compile(r"(?<=.{3})(?:专项)?(?:行动|活动|工作)$")
_DEICTIC = re.compile(r"(?<![一-龥])[省市区县镇乡](?=[委直级内])|[届全我][省市区县镇乡]|[省市区县镇]委(?!员)")


@dataclass(slots=True)
class _Use:
    """What a corpus says under one name."""

    names: Counter[str] = field(default_factory=Counter)
    articles: set[str] = field(default_factory=set)
    events: set[int] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    evidence: set[EvidenceRef] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class CampaignBook:
    """All campaigns of a corpus. ``ids``: key of a name -> id of its campaign."""

    ids: Mapping[Key, str]
    nodes: tuple[CampaignNode, ...]
    places: PlaceBook

    def id(self, record: Record, name: str) -> str | None:
        return self.ids.get(key_of(name, county(self.places.chain(record.place))))


@cache
def _families() -> Mapping[str, str]:
    return {_plain(row["form"]): row["family"] for row in table("campaigns") if row["family"]}


def _plain(name: str) -> str:
    """Without quotation marks and blanks, and without the word that every campaign may end in."""
    return _TAIL.sub("", fold(name))


def key_of(name: str, home: Chain) -> Key:
    """The key of a campaign's name as a page of ``home`` uses it."""
    plain = _plain(name)
    family = _families().get(plain) or _families().get(fold(name))
    if family:
        return (), _plain(family)
    return (home if _DEICTIC.search(plain) else ()), plain


def campaigns(records: Sequence[Record], issued: Mapping[str, Issue], met: Occasions, bodies: BodyBook, places: PlaceBook
              ) -> CampaignBook:
    """The campaigns of a corpus with their nodes, sorted by id."""
    uses: dict[Key, _Use] = {}
    same: list[tuple[Key, Key]] = []
    for record in records:
        home = county(places.chain(record.place))
        for campaign in record.campaigns:
            key = key_of(campaign.name, home)
            use = uses.setdefault(key, _Use())
            use.names[campaign.name] += 1
            use.articles.add(record.id)
            use.evidence.update(refs(record, campaign.evidence))
            for alias in campaign.aliases:
                other = key_of(alias, home)
                uses.setdefault(other, _Use()).names[alias] += 0
                same.append((key, other))
        for number, event in enumerate(record.events):
            for name in event.campaigns:
                use = uses.setdefault(key_of(name, home), _Use())
                use.names[name] += 1
                use.articles.add(record.id)
                use.events.add(met.of[record.id, number])
                use.evidence.update(refs(record, event.evidence))
                use.bodies |= {bodies.id(bodies.key(record, b.name)) for b in event.bodies if b.role in ("convene", "host")}
    groups, families = _joined(sorted(uses), same)
    spoken_of = [group for group in groups.sets() if any(uses[key].articles for key in group)]  # not an alias alone
    labels = {tuple(group): _label([uses[key] for key in group], families[groups.find(group[0])]) for group in spoken_of}
    ids_of = distinct((label if not group[0][0] else f"{group[0][0][-1]}/{label}", group) for group, label in labels.items())
    ids = {key: ids_of[group] for group in labels for key in group}
    broader = _broader(ids)
    totals = _totals(records, issued, met)
    nodes = [_node(ids_of[group], label, broader.get(ids_of[group]), [uses[key] for key in group], issued, met, totals)
             for group, label in labels.items()]
    return CampaignBook(ids, tuple(sorted(nodes, key=lambda node: node.id)), places)


def _joined(keys: Sequence[Key], same: Sequence[tuple[Key, Key]]) -> tuple[Groups[Key], dict[Key, str | None]]:
    """Names that an article calls the same, joined; but two families of the lexicon never become one by an article's word."""
    known = {_plain(family): family for family in _families().values()}
    groups = Groups(keys)
    families = {key: known.get(key[1]) if not key[0] else None for key in keys}
    for a, b in sorted(same):
        mine = {families[root] for root in (groups.find(a), groups.find(b))} - {None}
        if len(mine) < 2:
            families[groups.join(a, b)] = next(iter(mine), None)
    return groups, families


def _label(group: Sequence[_Use], family: str | None) -> str:
    """The family's name, else what most articles write, the longer one among equals."""
    counted: Counter[str] = Counter()
    for use in group:
        counted.update(use.names)
    return family or min(counted, key=lambda name: (-counted[name], -len(name), name))


def _broader(ids: Mapping[Key, str]) -> dict[str, str]:
    """Campaign -> the longest other campaign whose name its own begins or ends with (党史学习教育“百场宣讲进基层”)."""
    by_name: dict[str, str] = {key[1]: id_ for key, id_ in sorted(ids.items()) if not key[0]}
    found: dict[str, tuple[int, str]] = {}
    for key, id_ in sorted(ids.items()):
        name = key[1]
        for size in range(len(name) - 2, 3, -1):
            for part in (name[:size], name[-size:]):
                wider = by_name.get(part)
                if wider and wider != id_ and (id_ not in found or size > found[id_][0]):
                    found[id_] = size, wider
    return {id_: wider for id_, (_, wider) in found.items() if found.get(wider, (0, ""))[1] != id_}


def _totals(records: Sequence[Record], issued: Mapping[str, Issue], met: Occasions) -> dict[str, tuple[int, int]]:
    """Month -> articles printed and events held in it, the denominators of every series."""
    printed = Counter(month for r in records if (month := _month(issued[r.id].printed)))
    held = Counter(month for when in met.dates if (month := _month(when)))
    return {month: (printed[month], held[month]) for month in printed | held}


def _month(edtf: str | None) -> str | None:
    span = bounds(edtf)
    return span[0].isoformat()[:7] if span and (span[1] - span[0]).days < 31 else None


def _node(id_: str, label: str, broader: str | None, group: Sequence[_Use], issued: Mapping[str, Issue], met: Occasions,
          totals: Mapping[str, tuple[int, int]]) -> CampaignNode:
    articles = {article for use in group for article in use.articles}
    events = {number for use in group for number in use.events}
    days = sorted(day for article in articles if (day := issued[article].printed))
    if not days:
        held_on = [when for number in events if (when := met.dates[number]) and bounds(when)]
        days = sorted(point for when in held_on for point in (start_of(when), end_of(when)))
    printed = Counter(month for article in articles if (month := _month(issued[article].printed)))
    held = Counter(month for number in events if (month := _month(met.dates[number])))
    own = printed | held  # from the first month to the last, with the months that were read and have nothing of it
    months = tuple(CampaignMonth(month, printed[month], held[month], *totals[month]) for month in sorted(totals)
                   if own and min(own) <= month <= max(own))
    names = {name for use in group for name in use.names}
    return CampaignNode(
        id=id_, label=label, alt_labels=tuple(sorted(names - {label})), broader=broader, first=days[0] if days else None,
        last=days[-1] if days else None, articles=tuple(sorted(articles)),
        bodies=tuple(sorted({body for use in group for body in use.bodies})), months=months,
        evidence=tuple(sorted({ref for use in group for ref in use.evidence})))
