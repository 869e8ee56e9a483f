"""Who followed whom in a post of one seat: stated by a text, or only the next one seen in print.

Stated means that one article names the one who left the post and the one who took it (a removal and an appointment, an election
beside the former holder), that texts state both acts within a month, or that one text tells the election and another calls the
one last seen before it, within a term, a former holder. ``next_seen`` says how many days lie between the last
sight of the one and the first of the other, and how many issues of the place's papers were read in them: a vacancy, or silence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from kg.model import Record
from kg.resolve.bodies import BodyBook
from kg.resolve.claims import Act, Claim, Title, single_seat
from kg.resolve.events import Issue
from kg.resolve.model import EvidenceRef, Succession
from kg.resolve.places import Chain, PlaceBook, county
from kg.resolve.tenures import COMING, GOING, PostBook
from kg.resolve.titles import whole_title
from kg.resolve.when import bounds

MONTH = timedelta(days=31)
TERM = timedelta(days=5 * 365)  # of congresses and governments
_TAKES_OVER = re.compile(r"接任|接替|继任|接过|交接|前任|上一任|卸任")


@dataclass(frozen=True, slots=True)
class _Sight:
    """One person in one post: by claims and acts, all lines together."""

    person: str
    first: date | None  # None: seen only as a former holder
    last: date | None
    first_issue: date | None  # of the issue that prints the first sight
    last_issue: date | None
    first_ref: EvidenceRef | None
    last_ref: EvidenceRef | None
    acting: bool  # never seen in full


@dataclass(frozen=True, slots=True)
class Seat:
    """A post of one seat under all the names that its body has had."""

    place: Chain
    title: str


def seat_of(claim: Claim | Act, bodies: BodyBook) -> Seat | None:
    """The seat of a claim, under the last name of its body and place; None for posts of many seats and posts of nobody's."""
    if claim.class_ == "list_label" or not claim.title[0] or not single_seat(claim.post):
        return None
    key = claim.body
    seen = {key}
    while key and (later := bodies.renames.get(key)) and later not in seen:
        seen.add(later)
        key = later
    if key == claim.body or key is None:
        return Seat(bodies.current_place(claim.title[0]), claim.title[1])
    old, new = claim.title[0][-1][-1], key[0][-1][-1] if key[0] else ""
    post = re.sub(rf"{old}(?=长$|委|政府|人大|政协|监委|纪委|法院|检察院)", new, claim.post) if new else claim.post
    return Seat(bodies.current_place(key[0]), whole_title(key[1], post, key[0][-1] if key[0] else None))


def successions(entity_of: Mapping[tuple[str, str], str], claims: Sequence[Claim], acts: Sequence[Act], bodies: BodyBook,
                posts: PostBook, records: Sequence[Record], issued: Mapping[str, Issue], places: PlaceBook
                ) -> tuple[Succession, ...]:
    """All successions, sorted by post, then by the successor's first sight."""
    by_seat: dict[Seat, list[Claim]] = defaultdict(list)
    acts_by_seat: dict[Seat, list[Act]] = defaultdict(list)
    for c in claims:
        if (c.record, c.person) in entity_of and c.status != "nominee" and (seat := seat_of(c, bodies)):
            by_seat[seat].append(c)
    for a in acts:
        if (a.record, a.person) in entity_of and a.act != "nominate" and (seat := seat_of(a, bodies)):
            acts_by_seat[seat].append(a)
    read = _issues_read(records, issued, places, bodies)
    found: list[tuple[Seat, date, Succession]] = []
    for seat in sorted(by_seat, key=lambda s: (s.place, s.title)):
        own = by_seat[seat]

        def who(c: Claim | Act) -> str:
            return entity_of[c.record, c.person]

        sights = _sights(own, who, issued)
        title_of: dict[str, Title] = {}
        for c in sorted(own, key=lambda c: (c.status == "former", c.days[0] if c.days else date.max, c.record)):
            title_of.setdefault(who(c), c.title)
        stated = _stated(own, [a for a in acts_by_seat.get(seat, []) if who(a) in sights], sights, who)
        issues_of_place = read.get(county(seat.place), [])
        for (left, came), refs in stated.items():
            found.append((seat, sights[came].first or date.max,
                          _succession(sights[left], sights[came], title_of[came], posts, issues_of_place, refs)))
        followed = {came for _, came in stated} | {f"<{left}" for left, _ in stated}
        dated = sorted((s for s in sights.values() if s.first and s.last), key=lambda s: (s.first, s.last, s.person))
        for x, y in pairwise(dated):
            if x.last and y.first and x.last < y.first and y.person not in followed and f"<{x.person}" not in followed:
                found.append((seat, y.first, _succession(x, y, title_of[y.person], posts, issues_of_place, None)))
    return tuple(s for _, _, s in sorted(found, key=lambda f: (f[0].place, f[0].title, f[1], f[2].predecessor, f[2].successor)))


def _sights(claims: Iterable[Claim], who: Callable[[Claim], str], issued: Mapping[str, Issue]) -> dict[str, _Sight]:
    own: dict[str, list[Claim]] = defaultdict(list)
    for c in claims:
        own[who(c)].append(c)
    found = {}
    for person, seen in sorted(own.items()):
        held = [c for c in seen if c.status != "former" and c.days]
        first = min(held, key=lambda c: (c.days or (date.max,))[0], default=None)
        last = max(held, key=lambda c: (c.days or (date.min, date.min))[1], default=None)
        found[person] = _Sight(
            person, first.days[0] if first and first.days else None, last.days[1] if last and last.days else None,
            issued[first.record].day if first else None, issued[last.record].day if last else None,
            min(first.evidence, default=None) if first else None, min(last.evidence, default=None) if last else None,
            bool(held) and all(c.status in ("acting", "in_charge") for c in held))
    return found


def _stated(claims: Sequence[Claim], acts: Sequence[Act], sights: Mapping[str, _Sight], who: Callable[[Claim | Act], str]
            ) -> dict[tuple[str, str], tuple[EvidenceRef, ...]]:
    """(predecessor, successor) -> the sentences that say so."""
    found: dict[tuple[str, str], set[EvidenceRef]] = defaultdict(set)
    by_record: dict[str, list[Claim]] = defaultdict(list)
    acts_in: dict[str, list[Act]] = defaultdict(list)
    for c in claims:
        by_record[c.record].append(c)
    for act in acts:
        acts_in[act.record].append(act)
    for record, told in sorted(by_record.items()):
        going = {who(a): a.evidence for a in acts_in[record] if a.act in GOING}
        coming = {who(a): a.evidence for a in acts_in[record] if a.act in COMING}
        former = {who(c): c.evidence for c in told if c.status == "former"}
        held = {who(c): c.evidence for c in told if c.status in ("held", "acting", "in_charge", "seconded")}
        left = going or _latest_holder(former, sights)
        for a, a_refs in left.items():
            for b, b_refs in {**held, **coming}.items():
                if a == b or b in going or (a in coming and b not in coming):
                    continue
                words = "".join(ref.quote for ref in (*a_refs, *b_refs))
                says_both = b in coming or a in going or bool(_TAKES_OVER.search(words))
                if (says_both or _adjacent(a, b, sights)) and not _reversed(a, b, sights):
                    found[a, b].update((*a_refs, *b_refs))
    for out in (act for act in acts if act.act in GOING):
        for into in (act for act in acts if act.act in COMING):
            a, b = who(out), who(into)
            if a != b and _within_a_month(out, into) and _adjacent(a, b, sights):
                found[a, b].update((*out.evidence, *into.evidence))
    for into in (act for act in acts if act.act in COMING):
        taken = bounds(into.when)
        for past in (c for c in claims if c.status == "former" and c.days):
            a, b = who(past), who(into)
            if taken and a != b and past.days and past.days[1] >= taken[0] and _adjacent(a, b, sights) and \
                    taken[0] - (sights[a].last or date.min) <= TERM:
                found[a, b].update((*past.evidence, *into.evidence))
    return {pair: tuple(sorted(refs)) for pair, refs in sorted(found.items())}


def _latest_holder(former: Mapping[str, tuple[EvidenceRef, ...]], sights: Mapping[str, _Sight]
                   ) -> dict[str, tuple[EvidenceRef, ...]]:
    """Of several former holders in one article, the one seen last in office."""
    if len(former) < 2:
        return dict(former)
    seen = [(sight.last, person) for person in former if (sight := sights[person]) and sight.last]
    return {max(seen)[1]: former[max(seen)[1]]} if seen else {}


def _adjacent(a: str, b: str, sights: Mapping[str, _Sight]) -> bool:
    """Whether both are seen in office, one after the other, and nobody else between them."""
    x, y = sights[a], sights[b]
    if not (x.first and x.last and y.first):
        return False
    return x.first < y.first and x.last <= y.first and not any(
        s.first and s.last and s.person not in (a, b) and x.first < s.first and s.last < y.first for s in sights.values())


def _reversed(a: str, b: str, sights: Mapping[str, _Sight]) -> bool:
    """Whether the corpus shows the alleged successor in the post long before the predecessor."""
    x, y = sights[a], sights[b]
    return bool(x.first and y.first and x.last and y.first < x.first)


def _within_a_month(a: Act, b: Act) -> bool:
    left, taken = bounds(a.when), bounds(b.when)
    return bool(left and taken) and abs((left or (date.min,))[0] - (taken or (date.max,))[0]) <= MONTH


def _succession(x: _Sight, y: _Sight, title: Title, posts: PostBook, issues: Sequence[date],
                stated: tuple[EvidenceRef, ...] | None) -> Succession:
    gap = (y.first - x.last).days if x.last and y.first and y.first >= x.last else None
    between = None
    if gap is not None and x.last_issue and y.first_issue:
        between = sum(x.last_issue < day < y.first_issue for day in issues)
    node = posts.nodes[title]
    refs = stated if stated is not None else tuple(sorted(ref for ref in (x.last_ref, y.first_ref) if ref))
    return Succession(x.person, y.person, node.id, node.post, posts.body_names[title],
                      "stated" if stated is not None else "next_seen", gap, between, refs, y.acting)


def _issues_read(records: Sequence[Record], issued: Mapping[str, Issue], places: PlaceBook, bodies: BodyBook
                 ) -> dict[Chain, list[date]]:
    """County or city, under its last name -> the issue days of its papers that were read, one for each paper and day."""
    found: dict[Chain, set[tuple[str, date]]] = defaultdict(set)
    for record in records:
        issue = issued[record.id]
        if issue.printed and issue.day:
            found[bodies.current_place(county(places.chain(record.place)))].add((record.paper or record.source, issue.day))
    return {place: sorted(day for _, day in days) for place, days in found.items()}
