"""Ids for people, and the user's verdicts on who is who.

The corpus alone gives each person a base id. Judgements then divide and join these people; whoever no judgement names keeps the
id and all mentions, whatever is judged of others.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from kg.errors import JudgementError
from kg.resolve.ids import distinct
from kg.resolve.judgements import Judgement, Judgements
from kg.resolve.people import Mention, Person, figures
from kg.resolve.places import Chain, county
from kg.resolve.titles import fold_name
from kg.resolve.union import Groups


@dataclass(frozen=True, slots=True)
class Identified:
    """A person with an id; ``place`` is that of most posts."""

    id: str
    name: str  # as most articles spell it
    person: Person
    place: Chain


def identify(people: Mapping[str, Sequence[Person]], judgements: Judgements) -> tuple[Identified, ...]:
    """All people of a corpus with their ids, sorted by id.

    Raises JudgementError for an unknown id and for judgements that contradict each other (both lines are named).
    """
    base = [person for name in sorted(people) for person in people[name]]
    ids = distinct((_readable(person), (*_age(person), number)) for number, person in enumerate(base))
    named = [ids[(*_age(person), number)] for number, person in enumerate(base)]
    judged = _judge(base, named, judgements) if any(row.verdict != "reject" for row in judgements.rows) else \
        list(zip(named, base, strict=True))
    return tuple(sorted((Identified(id_, _spelling(person), person, _place(person)) for id_, person in judged),
                        key=lambda found: found.id))


def _age(person: Person) -> tuple[date, int]:
    first = person.mentions[0].place_in_corpus
    return (person.sorted_days[0] if person.sorted_days else date.max), first


def _readable(person: Person) -> str:
    home = _first_home(person)
    name = _spelling(person)
    return f"{home}/{name}" if home else name


def _first_home(person: Person) -> str:
    """The place of the earliest post, else of a list label, else of the first paper; none for national figures."""
    profile = person.profile
    posts = sorted((c.days[0] if c.days else date.max, c.title) for c in profile.offices if county(c.home))
    if posts:
        return county(posts[0][1][0])[-1]
    if _is_figure(person):
        return ""
    other = sorted(chain for chain in profile.homes | profile.labels if chain)
    return other[0][-1] if other else next((m.home[-1] for m in person.mentions if m.home), "")


def _is_figure(person: Person) -> bool:
    """A national or historical figure, in nobody's service here."""
    profile = person.profile
    return not (profile.homes or profile.labels) and (profile.national or person.mentions[0].name in figures())


def _place(person: Person) -> Chain:
    if _is_figure(person):
        return ()
    stated = [m for m in person.mentions if m.claims or m.labels] or person.mentions
    counted = Counter(chain for m in stated for chain in m.places if chain)
    return min(counted, key=lambda chain: (-counted[chain], chain), default=())


def _spelling(person: Person) -> str:
    right = [m.spelled for m in person.mentions if fold_name(m.spelled) == m.name]
    counted = Counter(right or (m.spelled for m in person.mentions))
    return min(counted, key=lambda name: (-counted[name], name))


# --- judgements -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Named:
    """What one side of a judgement names: a person, or one mention of theirs."""

    person: int
    mention: Mention | None

    @property
    def atom(self) -> object:
        return self.mention.key if self.mention else self.person


def _judge(base: Sequence[Person], ids: Sequence[str], judgements: Judgements) -> list[tuple[str, Person]]:
    finder = _finder(base, ids)
    rows = [(row, finder(row, row.a), finder(row, row.b)) for row in judgements.rows if row.verdict != "reject"]
    _check_words(rows)
    parts, part_of = _split(base, rows)
    joins = Groups(range(len(parts)))
    edges: dict[object, list[tuple[object, Judgement]]] = defaultdict(list)
    for row, a, b in rows:
        if row.verdict == "same":
            x, y = part_of(a), part_of(b)
            joins.join(x, y)
            edges[x].append((y, row))
            edges[y].append((x, row))
    for row, a, b in rows:
        if row.verdict == "different" and joins.find(part_of(a)) == joins.find(part_of(b)):
            _contradict(row, _path(edges, part_of(a), part_of(b)))
    notes: dict[int, list[str]] = defaultdict(list)
    for row, a, b in rows:
        for side in {part_of(a), part_of(b)}:
            notes[side].append(f"{row.where}: {row.verdict} {row.a} | {row.b}{f' ({row.note})' if row.note else ''}")
    numbers = _part_ids(parts, ids)
    found = []
    for members in joins.sets():
        first = min(members, key=lambda n: (_age(parts[n][1]), n))
        person = parts[members[0]][1]
        for other in members[1:]:
            person = person.with_more(parts[other][1].mentions, parts[other][1].reasons)
        said = dict.fromkeys(note for n in members for note in notes.get(n, ()))
        found.append((numbers[first], person.with_more((), said)))
    return found


def _check_words(rows: Sequence[tuple[Judgement, _Named, _Named]]) -> None:
    """Judgements that contradict each other by their words alone."""
    edges: dict[object, list[tuple[object, Judgement]]] = defaultdict(list)
    for row, a, b in rows:
        if row.verdict == "same":
            edges[a.atom].append((b.atom, row))
            edges[b.atom].append((a.atom, row))
    for row, a, b in rows:
        if row.verdict == "different" and (path := _path(edges, a.atom, b.atom)):
            _contradict(row, path)


def _contradict(row: Judgement, path: Sequence[Judgement]) -> NoReturn:
    others = " and ".join(step.where for step in path) or "the corpus"
    raise JudgementError(f"{row.where}: says that {row.a} and {row.b} are different, but by {others} they are the same")


def _finder(base: Sequence[Person], ids: Sequence[str]) -> _Finder:
    by_id = {id_: number for number, id_ in enumerate(ids)}
    by_mention: dict[str, _Named] = {}
    for number, person in enumerate(base):
        for m in person.mentions:
            for name in {m.name, m.spelled}:
                by_mention[f"{m.where}/{name}"] = by_mention[f"{m.record}/{name}"] = _Named(number, m)
    return _Finder(by_id, by_mention)


@dataclass(frozen=True, slots=True)
class _Finder:
    by_id: Mapping[str, int]
    by_mention: Mapping[str, _Named]

    def __call__(self, row: Judgement, ref: str) -> _Named:
        if ref in self.by_mention:
            return self.by_mention[ref]
        if ref in self.by_id:
            return _Named(self.by_id[ref], None)
        name = ref.rpartition("/")[2].partition("~")[0]
        near = sorted(id_ for id_ in self.by_id if id_.rpartition("/")[2].partition("~")[0] == name)
        hint = f"; of that name there are {', '.join(near[:8])}" if near else ""
        raise JudgementError(f"{row.where}: {ref} is no entity id and no mention (SOURCE#NUMBER/NAME) of this corpus{hint}")


def _split(base: Sequence[Person], rows: Sequence[tuple[Judgement, _Named, _Named]]) -> tuple[list[tuple[int, Person]], _PartOf]:
    """Divide the people that a ``different`` names on both sides; (base person, part) with the part of the rest first."""
    apart: dict[int, list[tuple[_Named, _Named]]] = defaultdict(list)
    together: dict[int, list[tuple[_Named, _Named]]] = defaultdict(list)
    for row, a, b in rows:
        if a.person == b.person:
            (apart if row.verdict == "different" else together)[a.person].append((a, b))
    parts: list[tuple[int, Person]] = []
    first: dict[int, int] = {}
    of_mention: dict[tuple[int, tuple[str, str]], int] = {}
    for number, person in enumerate(base):
        first[number] = len(parts)
        if number not in apart:
            parts.append((number, person))
            continue
        for members in _divide(person, apart[number], together[number]):
            for m in members:
                of_mention[number, m.key] = len(parts)
            parts.append((number, Person(()).with_more(members, person.reasons)))
    return parts, _PartOf(first, of_mention)


@dataclass(frozen=True, slots=True)
class _PartOf:
    first: Mapping[int, int]
    of_mention: Mapping[tuple[int, tuple[str, str]], int]

    def __call__(self, named: _Named) -> int:
        if named.mention is None:
            return self.first[named.person]
        return self.of_mention.get((named.person, named.mention.key), self.first[named.person])


def _divide(person: Person, apart: Iterable[tuple[_Named, _Named]], together: Iterable[tuple[_Named, _Named]]
            ) -> list[list[Mention]]:
    """The mentions of one person in as many parts as the judgements ask for, the part that keeps the id first.

    Mentions that no judgement names go with the named one that they have most in common with; where a judgement says that one
    mention is not the person, all the others stay the person.
    """
    rest = "rest"
    seeds: dict[object, Mention] = {}
    for a, b in (*apart, *together):
        for side in (a, b):
            if side.mention:
                seeds[side.mention.key] = side.mention
    order = [rest, *sorted(seeds, key=lambda key: (seeds[key].place_in_corpus, key))]
    groups = Groups(order)
    for a, b in together:
        groups.join(a.mention.key if a.mention else rest, b.mention.key if b.mention else rest)
    keeps_rest = any(side.mention is None for pair in apart for side in pair)
    enemies: dict[object, set[object]] = defaultdict(set)
    for a, b in apart:
        x, y = (groups.find(side.mention.key if side.mention else rest) for side in (a, b))
        enemies[x].add(y)
        enemies[y].add(x)
    classes: list[set[object]] = []  # sets of group representatives that may be one person
    for group in groups.sets():
        root = groups.find(group[0])
        if root == rest and not keeps_rest and len(group) == 1:
            continue
        free = next((c for c in classes if not c & enemies[root]), None) if root != rest else None
        if free is None:
            classes.append({root})
        else:
            free.add(root)
    parts: list[list[Mention]] = [[] for _ in classes]
    loose = []
    for m in person.mentions:
        number = next((n for n, c in enumerate(classes) if m.key in seeds and groups.find(m.key) in c), None)
        if number is None:
            loose.append(m)
        else:
            parts[number].append(m)
    named = [list(part) for part in parts]
    for m in loose:
        parts[0 if keeps_rest else min(range(len(parts)), key=lambda n: (_strangeness(m, named[n]), n))].append(m)
    parts = [part for part in parts if part]
    if not keeps_rest:
        parts.sort(key=lambda part: min(m.place_in_corpus for m in part))
    return parts


def _strangeness(mention: Mention, others: Sequence[Mention]) -> tuple[float, ...]:
    """Smaller is closer: titles, bodies, places of posts, paper, then days in common."""
    titles, houses = {c.title for c in mention.claims}, {c.root for c in mention.claims}
    homes = {c.home for c in mention.claims} | mention.labels
    claims = [c for m in others for c in m.claims]
    days = [abs((m.day - mention.day).days) for m in others if m.day and mention.day]
    return (-len(titles & {c.title for c in claims}), -len(houses & {c.root for c in claims}),
            -len(homes & ({c.home for c in claims} | {x for m in others for x in m.labels})),
            -sum(m.home == mention.home for m in others), min(days, default=0))


def _path(edges: Mapping[object, Sequence[tuple[object, Judgement]]], start: object, end: object) -> list[Judgement]:
    """The judgements that make two people one, a shortest chain of them."""
    before: dict[object, tuple[object, Judgement] | None] = {start: None}
    queue = deque([start])
    while queue and end not in before:
        here = queue.popleft()
        for there, row in edges.get(here, ()):
            if there not in before:
                before[there] = here, row
                queue.append(there)
    found: list[Judgement] = []
    step = before.get(end)
    while step:
        found.append(step[1])
        step = before[step[0]]
    return found[::-1]


def _part_ids(parts: Sequence[tuple[int, Person]], ids: Sequence[str]) -> list[str]:
    """The first part of a person keeps the id; the others get numbers that nobody in the corpus has."""
    taken = set(ids)
    seen: set[int] = set()
    found = []
    for number, _ in parts:
        if number not in seen:
            seen.add(number)
            found.append(ids[number])
            continue
        stem = ids[number].partition("~")[0]
        k = 2
        while f"{stem}~{k}" in taken:
            k += 1
        taken.add(f"{stem}~{k}")
        found.append(f"{stem}~{k}")
    return found
