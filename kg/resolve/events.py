"""Events told twice: the same occasion in two papers, in a caption and its article, in a reprint, is one event.

Two tellings are compared only where they share a day and a person (or a name), so the work grows with the corpus and not with
its square. The same comparison gives a page without a date its year: an event that a dated paper tells too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise

from kg.model import Record
from kg.resolve.places import Chain, PlaceBook, county
from kg.resolve.titles import fold, fold_name
from kg.resolve.union import Groups
from kg.resolve.when import bounds, month_days, near, with_year, yearless

# An event without a day (近日) was no longer ago than this when the paper came out.
RECENT = timedelta(days=15)
# In a bucket beyond this size (a routine event with nobody named) only equal names are compared.
CROWD = 200
LONG = 10  # days; an event that lasted longer is looked for at its ends only
_COMMON = re.compile(r"调研|检查|督导|视察|暗访|察看|走访|工作|会议|召开|举行|举办|开展|活动|情况|有关|相关|"
                     r"[全我][省市县区镇]|第?\d{4}年")
_ORDINAL = re.compile(r"第?([一二三四五六七八九十百\d]+)[次轮届场期批]")


@dataclass(frozen=True, slots=True)
class Issue:
    """When a record came out: its issue date, and for a page without one a day near it, known from another paper."""

    printed: str | None
    day: date | None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """One event of one record."""

    record: str
    event: int  # place in the record's events
    source: str
    name: str
    stem: str  # folded, without the words that all events share
    kind: str
    when: str | None  # EDTF
    days: tuple[date, date] | None
    issued: date | None
    people: frozenset[str]
    home: Chain
    place: str

    @property
    def key(self) -> tuple[str, int]:
        return self.record, self.event


def issues(records: Sequence[Record], places: PlaceBook) -> dict[str, Issue]:
    """The issue of each record, by its id; the year of an undated page comes from an event that a dated page tells too, else
    from the last event of the page itself that is told with its year."""
    found: dict[str, Issue] = {}
    for record in records:
        span = bounds(record.published)
        found[record.id] = Issue(record.published if span else None, span[1] if span else None)
    undated = {record.source for record in records if found[record.id].day is None}
    if not undated:
        return found
    own: dict[str, date] = {}
    known: dict[tuple[tuple[int, int], str], list[Telling]] = defaultdict(list)
    waiting: list[Telling] = []
    for record in records:
        for telling in tellings(record, found[record.id], places):
            if record.source in undated and yearless(telling.when):
                waiting.append(telling)
            elif telling.days:
                if record.source in undated:
                    own[record.source] = max(telling.days[1], own.get(record.source, date.min))
                for point in set(month_days(telling.when)):
                    for person in telling.people:
                        known[point, person].append(telling)
    votes: dict[str, Counter[date]] = defaultdict(Counter)
    for telling in waiting:
        same = {other.key: other for point in month_days(telling.when) for person in telling.people
                for other in known.get((point, person), ())}
        for other in same.values():
            assert other.days
            dated = replace(telling, when=near(str(telling.when), other.days[0]), days=other.days)
            if likeness(dated, other) >= SAME:
                votes[telling.source][other.days[1]] += 1
    for record in records:
        if found[record.id].day is None and (record.source in votes or record.source in own):
            counted = votes.get(record.source)
            best = min(counted, key=lambda day: (-counted[day], day)) if counted else own[record.source]
            found[record.id] = Issue(None, best, inferred=True)
    return found


def full_date(edtf: str | None, issue: Issue) -> str | None:
    """A date of a record with its year, as far as the issue tells it."""
    if not edtf or not yearless(edtf) or issue.day is None:
        return edtf
    return near(edtf, issue.day) if issue.inferred else with_year(edtf, issue.day)


def tellings(record: Record, issue: Issue, places: PlaceBook) -> Iterable[Telling]:
    """The events of a record, ready to be compared."""
    chain = places.chain(record.place)
    for number, event in enumerate(record.events):
        when = full_date(event.date, issue)
        days = bounds(when)
        if days and issue.day and not issue.inferred and days[0] > issue.day + timedelta(days=3):
            days = None  # announced, or misread: no day on which it can have taken place
        name = fold(event.name)
        yield Telling(record.id, number, record.source, name, _COMMON.sub("", name) or name, event.kind, when, days, issue.day,
                      frozenset(fold_name(a.person) for a in event.appearances), county(chain), fold(event.place or ""))


SAME = 1.0


def likeness(a: Telling, b: Telling, *, reprint: bool = False) -> float:
    """How surely two tellings are one event; ``SAME`` and above means that they are.

    Asks for the same day (in a reprint not even that), for people in common and for a name in common: the fewer people, the
    more of the name. A different ordinal (第一次, 第二次会议) keeps them apart.
    """
    if not reprint and not _same_day(a, b):
        return 0.0
    if _ordinals(a.name) and _ordinals(b.name) and not _ordinals(a.name) & _ordinals(b.name):
        return 0.0
    shared, least = len(a.people & b.people), min(len(a.people), len(b.people))
    name = name_likeness(a.stem, b.stem)
    near_home = a.home == b.home or a.home[: len(b.home)] == b.home or b.home[: len(a.home)] == a.home
    same_place = bool(a.place and b.place) and (a.place in b.place or b.place in a.place)
    if not least:
        # One of them names nobody: the name has to say it all.
        alike = name >= 0.8 and (near_home or len(min(a.stem, b.stem, key=len)) >= 8)
        return name + 0.5 if alike and min(len(a.stem), len(b.stem)) >= 4 else 0.0
    if not shared:
        return 0.0
    overlap = shared / least
    undated = not (a.days and b.days)
    rules = (
        name >= 0.8 and overlap >= 0.3 and (shared >= 2 or near_home),
        name >= 0.35 and overlap >= 0.5 and shared >= 2 and not (undated and name < 0.5),
        name >= 0.3 and overlap >= 0.75 and shared >= 3 and not undated,
        name >= 0.15 and same_place and overlap >= 0.75 and shared >= 3 and a.kind == b.kind and not undated,
        name >= 0.5 and shared == 1 == least and near_home and (a.kind == b.kind or name >= 0.8) and not undated,
    )
    return SAME + name + overlap if any(rules) else 0.0


def _same_day(a: Telling, b: Telling) -> bool:
    if a.days and b.days:
        return a.days[0] <= b.days[1] and b.days[0] <= a.days[1]
    dated, other = (a, b) if a.days else (b, a)
    if dated.days and other.issued:
        return other.issued - RECENT <= dated.days[1] and dated.days[0] <= other.issued
    return bool(a.issued and b.issued) and abs((a.issued or date.min) - (b.issued or date.min)) <= RECENT / 2


@lru_cache(maxsize=1 << 14)
def _ordinals(name: str) -> frozenset[str]:
    return frozenset(_ORDINAL.findall(name))


@lru_cache(maxsize=1 << 16)
def name_likeness(a: str, b: str) -> float:
    """From 0 to 1: common pairs of characters, or, for short names, common characters; 0.9 where one contains the other."""
    if a == b:
        return 1.0
    short, long = sorted((a, b), key=len)
    if len(short) >= 3 and short in long:
        return 0.9
    return max(_dice(list(pairwise(a)), list(pairwise(b))), 0.8 * _dice(list(a), list(b)))


def _dice(a: Sequence[object], b: Sequence[object]) -> float:
    total = len(a) + len(b)
    return 2 * sum((Counter(a) & Counter(b)).values()) / total if total else 0.0


@dataclass(frozen=True)
class Occasions:
    """Which tellings are one event. ``of``: (record id, number of the event) -> index into ``groups``."""

    groups: tuple[tuple[Telling, ...], ...]
    of: Mapping[tuple[str, int], int]
    dates: tuple[str | None, ...]
    own: Mapping[tuple[str, int], str | None]
    copies: Mapping[str, str]  # record id -> the first print of the same text, see reprints

    @cached_property
    def events_of(self) -> Mapping[str, frozenset[int]]:
        """Record id -> the events that it tells, as indices into ``groups``."""
        found: dict[str, set[int]] = defaultdict(set)
        for (record, _), number in self.of.items():
            found[record].add(number)
        return {record: frozenset(numbers) for record, numbers in found.items()}

    def share_event(self, a: str, b: str) -> bool:
        """Whether two records tell one event."""
        return bool(self.events_of.get(a, frozenset()) & self.events_of.get(b, frozenset()))

    def when(self, record: str, event: int) -> str | None:
        """The date of an event as its record tells it; as the others do where it does not tell the day, or only copies."""
        return self.own.get((record, event)) or self.dates[self.of[record, event]]


def occasions(records: Sequence[Record], places: PlaceBook, issued: Mapping[str, Issue]) -> Occasions:
    """Group the events of all records into occasions, sorted by their first telling. Linear in the records, but for the
    comparisons within one day of one person."""
    told = [telling for record in records for telling in tellings(record, issued[record.id], places)]
    copies = reprints(records)
    found: dict[tuple[int, int], float] = {}
    for i, j in _candidates(told, copies):
        a, b = told[i], told[j]
        if a.record != b.record:
            value = likeness(a, b, reprint=copies.get(a.record) is not None and copies.get(a.record) == copies.get(b.record))
            if value >= SAME:
                found[i, j] = value
    groups = Groups(range(len(told)))
    records_of = {i: {telling.record} for i, telling in enumerate(told)}
    for i, j in sorted(found, key=lambda pair: (-found[pair], told[pair[0]].key, told[pair[1]].key)):
        x, y = groups.find(i), groups.find(j)
        if x != y and not records_of[x] & records_of[y]:  # two events of one article are two events
            records_of[groups.join(x, y)] = records_of[x] | records_of[y]
    order = {record.id: place for place, record in enumerate(records)}
    members = sorted((sorted((told[i] for i in group), key=lambda t: (order[t.record], t.event)) for group in groups.sets()),
                     key=lambda group: (order[group[0].record], group[0].event))
    of = {telling.key: number for number, group in enumerate(members) for telling in group}
    own = {telling.key: telling.when for telling in told
           if telling.days and copies.get(telling.record, telling.record) == telling.record}
    return Occasions(tuple(map(tuple, members)), of, tuple(_agreed_date(group, copies) for group in members), own, copies)


def _candidates(told: Sequence[Telling], copies: Mapping[str, str]) -> Iterable[tuple[int, int]]:
    """Pairs that may be one event: a day and a person in common, a day and a name, or two prints of one text."""
    buckets: dict[tuple[object, ...], list[int]] = defaultdict(list)
    undated: list[int] = []
    by_person: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for i, telling in enumerate(told):
        if telling.record in copies:
            buckets["copy", copies[telling.record], telling.stem].append(i)
        if telling.days is None:
            undated.append(i)
        for person in telling.people or (f"#{telling.stem}",):
            for day in _days(telling):
                buckets[day, person].append(i)
            when = telling.days[0] if telling.days else telling.issued
            if when:
                by_person[person].append((when, i))
        if not telling.people or len(telling.stem) >= 6:
            for day in _days(telling):
                buckets[day, "#", telling.stem].append(i)
    seen: set[tuple[int, int]] = set()
    for _, members in sorted(buckets.items(), key=lambda item: str(item[0])):
        if len(members) <= CROWD:
            seen.update((i, j) for n, i in enumerate(members) for j in members[n + 1:])
    for entries in by_person.values():
        entries.sort()
    for i in undated:
        for person in told[i].people:
            for _, j in _around(by_person[person], told[i].issued):
                if j != i:
                    seen.add((min(i, j), max(i, j)))
    return sorted(seen)


def _days(telling: Telling) -> list[date]:
    """The days of a short event; the ends of a long one."""
    if telling.days is None:
        return []
    first, last = telling.days
    if (last - first).days > LONG:
        return [first, last]
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _around(entries: Sequence[tuple[date, int]], day: date | None) -> Iterable[tuple[date, int]]:
    if day is None:
        return ()
    low, high = bisect_left(entries, (day - RECENT, -1)), bisect_right(entries, (day + RECENT, 1 << 60))
    return entries[low:high][:CROWD]


def _agreed_date(group: Sequence[Telling], copies: Mapping[str, str]) -> str | None:
    """The date of an occasion: that of most tellings, a text and its reprints counted once, by the first print (a copy says
    昨日 on another day); among equals the more exact, then the earlier one."""
    first: dict[str, Telling] = {}
    for t in sorted(group, key=lambda t: (t.issued or date.max, t.key)):
        if t.days and t.when:
            first.setdefault(copies.get(t.record, t.record), t)
    counted = Counter(str(t.when) for t in first.values())
    if not counted:
        return next((t.when for t in group if t.when and not bounds(t.when)), None)
    spans = {when: span for when in counted if (span := bounds(when))}
    days = {when: span for when, span in spans.items() if "-" in when[5:] and (span[1] - span[0]).days <= LONG}
    whole = [when for when, (first_day, last_day) in days.items()
             if all(first_day <= x and y <= last_day for x, y in days.values())]  # a stretch that has all the days of others
    return min(whole or counted, key=lambda when: (-counted[when], (spans[when][1] - spans[when][0]).days, when))


def reprints(records: Sequence[Record]) -> dict[str, str]:
    """Record id -> the id of the first record that prints the same text, for texts printed more than once.

    Two records are one text where half of the sentences of the shorter one stand in the other, word for word; sentences that
    many articles share say nothing.
    """
    holders: dict[str, list[int]] = defaultdict(list)
    whole: dict[frozenset[str], int] = {}
    groups = Groups(range(len(records)))
    sentences: list[set[str]] = []
    for number, record in enumerate(records):
        own = {part for part in re.split(r"[。!?!?\n]", fold_sentence(record.text)) if len(part) >= 12}
        sentences.append(own)
        if len(own) >= 2 and whole.setdefault(frozenset(own), number) != number:
            groups.join(whole[frozenset(own)], number)  # word for word: however many papers took it from the wire
            continue
        for part in own:
            holders[part].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for members in holders.values():
        if 2 <= len(members) <= 12:
            shared.update((i, j) for n, i in enumerate(members) for j in members[n + 1:])
    for (i, j), count in sorted(shared.items()):
        least = min(len(sentences[i]), len(sentences[j]))
        if least >= 2 and count * 2 >= least:
            groups.join(i, j)
    found = {}
    for group in groups.sets():
        if len(group) > 1:
            first = min(group, key=lambda i: (records[i].published or "9999", records[i].source, records[i].number))
            found.update({records[i].id: records[first].id for i in group})
    return found


def fold_sentence(text: str) -> str:
    return re.sub(r"[ \t\u3000“”\"'‘’]", "", text)
