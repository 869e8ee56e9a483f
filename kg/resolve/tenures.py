"""Who held which post when, by the rules of time: seen is not held, and only a text ends a tenure.

First and last seen are dates at which an article states the post. Former posts, looking back, nominees and list labels never
open or extend a tenure. A stated appointment or election gives the start, a stated removal or resignation the end.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from kg.model import PostClass
from kg.resolve.bodies import BodyBook, Key
from kg.resolve.claims import Act, Claim, Title, single_seat
from kg.resolve.model import EvidenceRef, PersonnelChange, PostNode, Tenure, TenureStatus
from kg.resolve.when import bounds, days_of

Line = Literal["held", "acting", "in_charge"]
COMING = ("appoint", "elect", "transfer")
GOING = ("remove", "resign")
_LINES: Mapping[str, Line] = {"acting": "acting", "in_charge": "in_charge"}
# Seen in office again so long after an end: another term. Sooner, and with no new appointment, the end was misread.
_ANOTHER_TERM = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class PostBook:
    """One node for each title, under the body and the words that most articles give it."""

    nodes: Mapping[Title, PostNode]
    body_names: Mapping[Title, str | None]


def post_book(claims: Sequence[Claim], acts: Sequence[Act], bodies: BodyBook) -> PostBook:
    """The posts of a corpus, list labels left out."""
    ways: dict[Title, Counter[tuple[Key | None, str]]] = defaultdict(Counter)
    classes: dict[Title, Counter[PostClass]] = defaultdict(Counter)
    said: tuple[Claim | Act, ...] = (*claims, *acts)
    for c in said:
        if c.class_ != "list_label":
            ways[c.title][c.body, c.post] += 1
            classes[c.title][c.class_] += 1
    nodes: dict[Title, PostNode] = {}
    names: dict[Title, str | None] = {}
    taken: dict[str, Title] = {}
    for title in sorted(ways):
        (key, post), _ = min(ways[title].items(), key=lambda item: (-item[1], str(item[0])))
        body = bodies.id(key) if key else None
        class_ = min(classes[title].items(), key=lambda item: (-item[1], item[0]))[0]
        id_ = f"{body or ''}|{post}"
        if id_ in taken:  # two titles under the words of one: the whole title tells them apart
            id_ = f"{body or ''}|{title[1]}"
        taken[id_] = title
        nodes[title] = PostNode(id_, post, body, class_, single_seat(post))
        names[title] = bodies.name(key) if key else None
    return PostBook(nodes, names)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Claims of one tenure in the making."""

    line: Line
    claims: tuple[Claim, ...]
    start: str | None
    end: str | None
    former_since: str | None


def tenures(entity_of: Mapping[tuple[str, str], str], names: Mapping[str, str], claims: Sequence[Claim], acts: Sequence[Act],
            posts: PostBook, newest: Mapping[str, bool]) -> tuple[Tenure, ...]:
    """All tenures, sorted by id.

    ``entity_of``: (record id, folded name) -> entity id; ``newest``: whether a record stands in the newest issue read of a paper
    of its place (a post stated there is ``held``, one stated only before is ``end_unknown``).
    """
    held: dict[tuple[str, Title], list[Claim]] = defaultdict(list)
    done: dict[tuple[str, Title], list[Act]] = defaultdict(list)
    for c in claims:
        if c.class_ != "list_label" and c.status != "nominee" and (c.record, c.person) in entity_of:
            held[entity_of[c.record, c.person], c.title].append(c)
    for a in acts:
        if (a.record, a.person) in entity_of:
            done[entity_of[a.record, a.person], a.title].append(a)
    found: list[Tenure] = []
    for person, title in sorted(held):
        stretches = _stretches(held[person, title], done.get((person, title), []))
        counted: Counter[str] = Counter()
        for stretch in stretches:
            node = posts.nodes[title]
            suffix = f"|{stretch.line}" if stretch.line != "held" else ""
            counted[suffix] += 1
            again = f"~{counted[suffix]}" if counted[suffix] > 1 else ""
            found.append(_tenure(f"{person}|{node.id}{suffix}{again}", person, names[person], node, posts.body_names[title],
                                 stretch, newest))
    return tuple(sorted(found, key=lambda t: t.id))


def _stretches(claims: Sequence[Claim], acts: Sequence[Act]) -> list[_Stretch]:
    """The tenures of one person in one post: acting and in charge apart from full, and a new one after an end."""
    by_line: dict[Line, list[Claim]] = {"held": [], "acting": [], "in_charge": []}
    former = [c for c in claims if c.status == "former"]
    for c in claims:
        if c.status != "former":
            by_line[_LINES.get(c.status, "held")].append(c)
    full = min((c.days[0] for c in by_line["held"] if c.days), default=None)
    found = []
    for line, own in by_line.items():
        if line != "held":
            back = [c for c in own if full and c.days and c.days[0] >= full]  # 代理区长两个多月来: looking back
            own = [c for c in own if c not in back]
            if back and not own:
                found.append(_Stretch(line, tuple(replace(c, status="former") for c in back), None, None, None))
        if not own:
            continue
        comings = sorted({a.when for a in acts if a.act in COMING and a.when and a.acting == (line == "acting")})
        goings = sorted({a.when for a in acts if a.act in GOING and a.when and not (
            line != "held" and full and (span := bounds(a.when)) and span[0] > full)})  # the end of the full tenure that followed
        found += _cut(line, own, comings, goings)
    if former:
        found = _end(found, former, acts)
    return sorted(found, key=lambda s: (s.line, min((c.days[0] for c in s.claims if c.days), default=date.max)))


def _cut(line: Line, claims: Sequence[Claim], comings: Sequence[str], goings: Sequence[str]) -> list[_Stretch]:
    """Divide by stated ends; the start is a stated one that no earlier sight contradicts."""
    starts = [(when, span) for when in comings if (span := bounds(when))]
    days = sorted(c.days[0] for c in claims if c.days)
    ends = []
    for when in goings:
        if span := bounds(when):
            again = next((day for day in days if day > span[1]), None)
            if again is None or again - span[1] > _ANOTHER_TERM or any(span[1] < s[0] <= again for _, s in starts):
                ends.append((when, span[1]))
    groups: dict[int, list[Claim]] = defaultdict(list)
    for c in claims:
        groups[sum(1 for _, day in ends if c.days and c.days[0] > day)].append(c)
    found = []
    for number in sorted(groups):
        own = groups[number]
        first = min((c.days[0] for c in own if c.days), default=None)
        last = max((c.days[1] for c in own if c.days), default=None)
        after = ends[number - 1][1] if number else date.min
        start = next((when for when, span in starts if span[0] > after and first and span[0] <= first), None)
        end = ends[number][0] if number < len(ends) and (last is None or ends[number][1] >= last) else None
        found.append(_Stretch(line, tuple(own), start, end, None))
    return found


def _end(stretches: Sequence[_Stretch], former: Sequence[Claim], acts: Sequence[Act]) -> list[_Stretch]:
    """Let the earliest later article that calls the post a former one end the last tenure before it."""
    going = next(iter(sorted(a.when for a in acts if a.act in GOING and a.when)), None)
    dated = sorted((c.days[0], c.first or "") for c in former if c.days)
    earliest = dated[0][1] if dated else None
    if not stretches:
        return [_Stretch("held", tuple(former), None, going, earliest)]
    found = list(stretches)
    order = sorted(range(len(found)), key=lambda n: max((c.days[1] for c in found[n].claims if c.days), default=date.min))
    for n in order[::-1]:
        if all(c.status == "former" for c in found[n].claims):
            continue
        last = max((c.days[1] for c in found[n].claims if c.days), default=None)
        since = next((when for day, when in dated if last is None or day >= last), None)
        if since or found[n].end:
            s = found[n]
            found[n] = _Stretch(s.line, (*s.claims, *former), s.start, s.end, since)
            return found
    return found


def _tenure(id_: str, person: str, name: str, node: PostNode, body_name: str | None, stretch: _Stretch,
            newest: Mapping[str, bool]) -> Tenure:
    seen = [c for c in stretch.claims if c.status != "former"]
    dated = [c for c in seen if c.days]
    first = min(dated, key=lambda c: (_latest(c.first), c.basis != "occurred", c.record), default=None)
    last = max(dated, key=lambda c: (_earliest(c.last), c.basis == "occurred", c.record), default=None)
    if not dated and seen:  # no year anywhere: the day is all that is known
        first = last = next((c for c in seen if c.first), None)
    return Tenure(
        id=id_, person=person, name=name, post=node.id, post_name=node.post, body=node.body, body_name=body_name,
        class_=node.class_, status=_status(stretch, last, newest),
        first_seen=first.first if first else None, last_seen=last.last if last else None,
        first_basis=first.basis if first else None, last_basis=last.basis if last else None,
        start=stretch.start, end=stretch.end, former_since=stretch.former_since, evidence=_evidence(stretch.claims))


def _latest(edtf: str | None) -> date:
    """A month proves a post by its last day at worst."""
    span = bounds(edtf)
    return span[1] if span else date.max


def _earliest(edtf: str | None) -> date:
    span = bounds(edtf)
    return span[0] if span else date.min


def _status(stretch: _Stretch, last: Claim | None, newest: Mapping[str, bool]) -> TenureStatus:
    if all(c.status == "former" for c in stretch.claims):
        return "former"
    if stretch.end or stretch.former_since:
        return "ended"
    if stretch.line != "held":
        return stretch.line
    if any(c.status == "seconded" for c in stretch.claims):
        return "seconded"
    return "held" if last and newest.get(last.record) else "end_unknown"


def _evidence(claims: Iterable[Claim]) -> tuple[EvidenceRef, ...]:
    return tuple(sorted({ref for c in claims for ref in c.evidence}))


@dataclass(frozen=True, slots=True)
class TenureBounds:
    """The four days between which a tenure lies, ISO. From ``start_latest`` to ``end_earliest`` it is proved; outside of them it
    is possible as far as the other two allow, without limit where they are None."""

    start_earliest: str | None
    start_latest: str | None
    end_earliest: str | None
    end_latest: str | None


def bounds_of(tenure: Tenure) -> TenureBounds:
    """The bounds of a tenure: outer ones only from what a text states (a start; an end, or the post called a former one), inner
    ones also from being seen in the post."""
    start, end = days_of(tenure.start), days_of(tenure.end)
    return TenureBounds(
        start[0],
        min(filter(None, (start[1], days_of(tenure.first_seen)[1])), default=None),
        max(filter(None, (end[0], days_of(tenure.last_seen)[0])), default=None),
        min(filter(None, (end[1], days_of(tenure.former_since)[1])), default=None))


def changes(entity_of: Mapping[tuple[str, str], str], names: Mapping[str, str], acts: Sequence[Act], posts: PostBook
            ) -> tuple[PersonnelChange, ...]:
    """The personnel changes as nodes, sorted by id; an act told in several articles is several, each with its own evidence."""
    found = []
    counted: Counter[str] = Counter()
    for a in acts:
        person = entity_of.get((a.record, a.person))
        if person is None:
            continue
        node = posts.nodes[a.title]
        id_ = f"{a.act}|{person}|{node.id}|{a.record}"
        counted[id_] += 1
        if counted[id_] == 1:
            found.append(PersonnelChange(id_, person, names[person], node.id, node.post, posts.body_names[a.title], a.act, a.when,
                                         a.by, a.record, a.evidence))
    return tuple(sorted(found, key=lambda change: change.id))
