"""The last step of resolution: events, people and coverage as nodes, and the records with the ids of what they speak of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import get_args

from kg.model import Appearance, Event, Record, Role
from kg.resolve.bodies import BodyBook
from kg.resolve.campaigns import CampaignBook
from kg.resolve.claims import refs
from kg.resolve.events import Issue as IssueDate
from kg.resolve.events import Occasions
from kg.resolve.identity import Identified
from kg.resolve.ids import distinct
from kg.resolve.model import AppearanceNode, Entity, EventNode, Issue
from kg.resolve.places import Chain, PlaceBook, county
from kg.resolve.titles import fold_name

_ROLES: tuple[Role, ...] = get_args(Role)


def event_ids(records: Mapping[str, Record], met: Occasions) -> tuple[str, ...]:
    """A readable id for each occasion: its date and its name."""
    found = distinct((f"{met.dates[n] or '未详'}/{_lead(records, met, n)[1].name}", n) for n in range(len(met.groups)))
    return tuple(found[n] for n in range(len(met.groups)))


def _lead(records: Mapping[str, Record], met: Occasions, number: int) -> tuple[Record, Event]:
    """The telling with most people, then the longest article, then the first: it names the event."""
    told = [(records[t.record], records[t.record].events[t.event]) for t in met.groups[number]]
    return min(told, key=lambda pair: (-len({a.person for a in pair[1].appearances}), -len(pair[0].text), pair[0].source,
                                       pair[0].number, pair[0].id))


def event_nodes(records: Mapping[str, Record], met: Occasions, ids: Sequence[str], entity_of: Mapping[tuple[str, str], str],
                bodies: BodyBook, campaigns: CampaignBook, rejected: frozenset[tuple[str, str]] = frozenset()
                ) -> tuple[EventNode, ...]:
    """All events, each told by one article or more, sorted by id.

    ``rejected``: (evidence id, folded name or "") of appearances that a judgement calls wrong.
    """
    found = []
    for number, group in enumerate(met.groups):
        lead, event = _lead(records, met, number)
        told = [(records[t.record], records[t.record].events[t.event]) for t in group]
        found.append(EventNode(
            id=ids[number], name=event.name, kind=event.kind, date=met.dates[number],
            place=event.place or next((e.place for _, e in told if e.place), None),
            sites=tuple(sorted({site for _, e in told for site in e.sites})),
            articles=tuple(sorted({r.id for r, _ in told})),
            campaigns=tuple(sorted({id_ for r, e in told for name in e.campaigns if (id_ := campaigns.id(r, name))})),
            bodies=tuple(sorted({(bodies.id(bodies.key(r, b.name)), b.role) for r, e in told for b in e.bodies})),
            appearances=_appearances(told, lead, entity_of, rejected),
            evidence=tuple(sorted({ref for r, e in told for ref in refs(r, e.evidence)})),
            aliases=tuple(sorted({e.name for _, e in told} - {event.name}))))
    return tuple(sorted(found, key=lambda node: node.id))


def _appearances(told: Sequence[tuple[Record, Event]], lead: Record, entity_of: Mapping[tuple[str, str], str],
                 rejected: frozenset[tuple[str, str]]) -> tuple[AppearanceNode, ...]:
    """One node a person: roles and verbs of all tellings; list and rank of one article, the one that names the event first."""
    own: dict[str, list[tuple[Record, Appearance]]] = defaultdict(list)
    for record, event in sorted(told, key=lambda pair: (pair[0].id != lead.id, pair[0].source, pair[0].number)):
        for a in event.appearances:
            entity = entity_of.get((record.id, fold_name(a.person)))
            if entity and not _is_rejected(record, a, rejected):
                own[entity].append((record, a))
    found = []
    for entity, seen in own.items():
        record, listed = next(((r, a) for r, a in seen if a.rank is not None), seen[0])
        found.append(AppearanceNode(
            person=entity, roles=tuple(role for role in _ROLES if any(a.role == role for _, a in seen)),
            verbs=tuple(sorted({a.verb for _, a in seen if a.verb})), list=listed.list, rank=listed.rank,
            list_size=listed.list_size, open=listed.open, list_label=listed.list_label, order=listed.order,
            venue=next((a.venue for _, a in seen if a.venue), None), title=_title(record, listed.person), article=record.id,
            evidence=tuple(sorted({ref for r, a in seen for ref in refs(r, a.evidence)}))))
    return tuple(sorted(found, key=lambda node: node.person))


def _is_rejected(record: Record, appearance: Appearance, rejected: frozenset[tuple[str, str]]) -> bool:
    if not rejected:
        return False
    name = fold_name(appearance.person)
    return any((ref.id, who) in rejected for ref in refs(record, appearance.evidence) for who in ("", name))


def _title(record: Record, person: str) -> str | None:
    """The posts that the article states for somebody, as it writes them; a list label only where it is all that is said."""
    own = [p for p in record.posts if fold_name(p.person) == fold_name(person) and p.status not in ("former", "nominee")]
    posts = [p.post for p in own if p.class_ != "list_label"] or [p.post for p in own]
    return "、".join(dict.fromkeys(posts)) or None


def annotated(records: Sequence[Record], entity_of: Mapping[tuple[str, str], str], met: Occasions, ids: Sequence[str],
              campaigns: CampaignBook) -> tuple[Record, ...]:
    """The records with ``entity``, ``event`` and ``campaign`` filled in."""
    return tuple(replace(
        record,
        people=tuple(replace(p, entity=entity_of.get((record.id, fold_name(p.name)))) for p in record.people),
        events=tuple(replace(e, event=ids[met.of[record.id, n]]) for n, e in enumerate(record.events)),
        campaigns=tuple(replace(c, campaign=campaigns.id(record, c.name)) for c in record.campaigns),
    ) for record in records)


def entities(people: Sequence[Identified], apart: Mapping[str, Sequence[str]]) -> tuple[Entity, ...]:
    """The people as nodes; ``apart``: id -> why namesakes are others."""
    found = []
    for one in people:
        mentions = one.person.mentions
        spelled = {m.spelled for m in mentions} - {one.name}
        found.append(Entity(
            id=one.id, name=one.name, kind="official" if any(m.official for m in mentions) else "other",
            aliases=tuple(sorted(spelled)), place=one.place, articles=tuple(dict.fromkeys(m.record for m in mentions)),
            mentions=sum(m.count for m in mentions), reasons=(*one.person.reasons, *apart.get(one.id, ()))))
    return tuple(found)


def coverage(records: Sequence[Record], places: PlaceBook) -> tuple[Issue, ...]:
    """The pages that were read, by paper, date and page, with their articles."""
    counted: Counter[tuple[str | None, str | None, str | None, Chain]] = Counter()
    for record in records:
        counted[record.paper, record.published, record.page, county(places.chain(record.place))] += 1
    order = sorted(counted, key=lambda key: tuple(part or "" for part in key[:3]) + key[3])
    return tuple(Issue(paper, when, page, counted[paper, when, page, place], place) for paper, when, page, place in order)


def newest(records: Sequence[Record], issued: Mapping[str, IssueDate], places: PlaceBook, bodies: BodyBook) -> dict[str, bool]:
    """Whether each record stands in the newest issue that was read of the papers of its place, under whatever name."""
    last: dict[Chain, date] = {}
    homes = {record.id: bodies.current_place(county(places.chain(record.place))) for record in records}
    for record in records:
        issue = issued[record.id]
        if issue.printed and issue.day:
            last[homes[record.id]] = max(issue.day, last.get(homes[record.id], issue.day))
    return {r.id: bool(issued[r.id].printed) and issued[r.id].day == last.get(homes[r.id]) for r in records}

