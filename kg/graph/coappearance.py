"""Who appears together: the projection of people and events onto pairs of people.

With the incidence matrix B (people by rooms, one where the person was there) the number of shared events is ``B·Bᵀ``, and with
the weights 1/(k-1) of a room of k people on the diagonal of W it is ``B·W·Bᵀ``: Newman's weight, by which a meeting of sixty
binds each pair sixty times less than a talk of two (M. E. J. Newman, Scientific collaboration networks II, Physical Review E 64,
016132, 2001). Both are sparse products, and what needs the pairs themselves (first, last, roles) is done on whole arrays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kg.resolve.model import EventNode, Resolution

SMALL = 5  # an event with so many named people or fewer is counted as small
ROLES = ("chair", "lead", "speak", "attend", "observe", "accompany")  # the first that a person has names the part taken


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people, ``a`` before ``b`` by id, and what they share.

    ``events``: events with both in one room; ``newman``: the same, each event weighted 1/(k-1); ``small_events``: those with
    five or fewer named people; ``events_a``, ``events_b``: each one's own total, the denominator of any share; ``first``,
    ``last``: EDTF dates of the earliest and latest shared event (its own date, else the issue date of its article), None
    where no shared event has a date with a year; ``roles``: ``chair+speak:3`` (a's part + b's part: number of events).
    """

    a: str
    b: str
    events: int
    newman: float
    small_events: int
    events_a: int
    events_b: int
    first: str | None
    last: str | None
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """People who were in one place at one event; an event with branch venues has several rooms."""

    event: str
    people: tuple[str, ...]  # sorted ids, never empty
    parts: tuple[int, ...]  # index into ROLES, beside people
    date: str | None  # EDTF with a year: the event's own date, else the issue date of its article


def coappearance(resolution: Resolution) -> tuple[Pair, ...]:
    """Every pair of people who share a room, sorted by their ids."""
    seen = rooms(resolution)
    people = sorted({person for room in seen for person in room.people})
    if all(len(room.people) < 2 for room in seen):
        return ()
    at = {person: i for i, person in enumerate(people)}
    incidence = incidence_matrix(seen, at)
    sizes = np.array([len(room.people) for room in seen], dtype=np.float64)
    newman = incidence @ sparse.diags_array(1 / np.maximum(sizes - 1, 1)) @ incidence.T
    small = incidence @ sparse.diags_array((sizes <= SMALL).astype(np.float64)) @ incidence.T
    together = sparse.triu(incidence @ incidence.T, k=1).tocoo()
    order = np.lexsort((together.col, together.row))
    rows, cols, counts = together.row[order], together.col[order], together.data[order]
    totals = np.asarray(incidence.sum(axis=1)).ravel()
    weights = np.asarray(newman.tocsr()[rows, cols]).ravel()
    few = np.asarray(small.tocsr()[rows, cols]).ravel()
    spans, parts = _spans_and_parts(seen, at)
    return tuple(
        Pair(people[i], people[j], int(n), round(float(w), 6), int(s), int(totals[i]), int(totals[j]), *spans[i, j], parts[i, j])
        for i, j, n, w, s in zip(rows.tolist(), cols.tolist(), counts, weights, few, strict=True))


def coappearance_graph(pairs: Iterable[Pair], resolution: Resolution, least: int = 1, officials: bool = True) -> nx.Graph:
    """The pairs as one simple weighted graph, as Gephi likes it; filtered before it becomes networkx.

    ``least``: the fewest shared events of an edge; ``officials``: only people who hold an office somewhere in the corpus.
    Nodes carry label, level, system and body of the person's most stated post, first and last; edges weight (events), newman,
    small_events, first, last, and the levels and systems of their ends (``县``, ``党委+政府``), so that ties within one can be
    told from those across. People without an edge are left out.
    """
    posts = careers(resolution)
    known = {person.id: person for person in resolution.people if person.kind == "official" or not officials}
    kept = [pair for pair in pairs if pair.events >= least and pair.a in known and pair.b in known]
    graph = nx.Graph()
    for ref in sorted({ref for pair in kept for ref in (pair.a, pair.b)}):
        person = known[ref]
        graph.add_node(ref, label=person.name, place="/".join(person.place), articles=len(person.articles),
                       **posts.get(ref, dict.fromkeys(_CAREER, "")))
    for pair in kept:
        graph.add_edge(pair.a, pair.b, weight=pair.events, newman=pair.newman, small_events=pair.small_events,
                       first=pair.first or "", last=pair.last or "", roles=pair.roles,
                       **{key: _of_both(graph.nodes[pair.a][key], graph.nodes[pair.b][key]) for key in ("level", "system")})
    return graph


def _of_both(one: str, other: str) -> str:
    """What both ends have, or the two in order, parted by +; nothing where an end has none."""
    return "+".join(sorted({one, other})) if one and other else ""


def dated(date: str | None) -> str | None:
    """``date`` where its year is known, so that it can be ordered; None for ``XXXX-04-25`` and for no date."""
    return date if date and "X" not in date[:4] else None


def rooms(resolution: Resolution) -> tuple[Room, ...]:
    """Who met whom: the rooms of all events, in the order of the events.

    A room is an event less those who followed it elsewhere: a branch venue did not meet the main hall, so people of a branch
    share a room only with the same enumeration, and those on video with nobody. Somebody in two rooms of one event (rare, two
    articles disagree) is counted in the first.
    """
    issued = {record.id: record.published for record in resolution.records}
    return tuple(room for event in resolution.events for room in _rooms(event, issued))


def incidence_matrix(rooms: Sequence[Room], at: Mapping[str, int]) -> sparse.csr_array:
    """B: a row a person (``at`` gives its number), a column a room, 1.0 where the person was there.

    Who is not in ``at`` is left out.
    """
    cells = [(at[person], number) for number, room in enumerate(rooms) for person in room.people if person in at]
    rows, cols = zip(*cells, strict=True) if cells else ((), ())
    return sparse.csr_array((np.ones(len(cells)), (rows, cols)), shape=(len(at), len(rooms)))


def _rooms(event: EventNode, issued: dict[str, str | None]) -> list[Room]:
    """The rooms of an event in a fixed order, the main hall first."""
    seats: dict[tuple[str, int], dict[str, int]] = {}
    placed: set[str] = set()
    for a in sorted(event.appearances, key=lambda a: (a.venue in ("branch", "video"), a.venue or "", a.list or 0, a.person)):
        if a.person in placed or a.venue == "video":
            continue
        placed.add(a.person)
        room = ("branch", a.list or 0) if a.venue == "branch" else ("main", 0)
        seats.setdefault(room, {})[a.person] = min((ROLES.index(role) for role in a.roles), default=len(ROLES) - 1)
    date = dated(event.date) or min(filter(None, (dated(issued.get(article)) for article in event.articles)), default=None)
    return [Room(event.id, tuple(sorted(seats[room])), tuple(seats[room][p] for p in sorted(seats[room])), date)
            for room in sorted(seats, key=lambda room: (room[0] != "main", room))]


_CAREER = ("post", "body", "system", "level", "first", "last")
Spans = dict[tuple[int, int], tuple[str | None, str | None]]
Parts = dict[tuple[int, int], tuple[str, ...]]


def _spans_and_parts(rooms: Sequence[Room], at: dict[str, int]) -> tuple[Spans, Parts]:
    """First and last date, and the parts taken, of every pair; one row an event and pair, grouped by one sort."""
    dates = sorted({room.date for room in rooms if room.date})
    number = {date: i for i, date in enumerate(dates)}
    chunks: list[NDArray[np.int64]] = []
    for room in rooms:
        i, j = np.triu_indices(len(room.people), k=1)
        seats, parts = np.array([at[person] for person in room.people]), np.array(room.parts)
        date = np.full(len(i), -1 if room.date is None else number[room.date])
        chunks.append(np.stack((seats[i], seats[j], date, parts[i] * len(ROLES) + parts[j]), axis=1).astype(np.int64))
    rows = np.concatenate(chunks)
    rows = rows[np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))]
    spans: Spans = {}
    roles: Parts = {}
    for (a, b), group in groupby(rows.tolist(), key=lambda row: (row[0], row[1])):
        known = []
        taken: Counter[int] = Counter()
        for _, _, date, part in group:
            taken[part] += 1
            if date >= 0:
                known.append(date)
        spans[a, b] = (dates[known[0]], dates[known[-1]]) if known else (None, None)
        roles[a, b] = tuple(f"{ROLES[part // len(ROLES)]}+{ROLES[part % len(ROLES)]}:{n}"
                            for part, n in sorted(taken.items(), key=lambda item: (-item[1], item[0])))
    return spans, roles


def careers(resolution: Resolution) -> dict[str, dict[str, str]]:
    """Each person's office that most sentences state, and when the person was seen in office: person id to texts, "" for unknown.

    ``post``, ``body``, ``system``, ``level``, ``first``, ``last``. One office stands for a whole career: who was moved is filed
    under the office named most.
    """
    bodies = {body.id: body for body in resolution.bodies}
    by_person: dict[str, dict[str, str]] = {}
    offices = sorted((t for t in resolution.tenures if t.class_ == "office"), key=lambda t: (t.person, -len(t.evidence), t.id))
    for person, group in groupby(offices, key=lambda t: t.person):
        tenures = list(group)
        body = bodies.get(tenures[0].body or "")
        seen = sorted(filter(None, (dated(date) for t in tenures for date in (t.first_seen, t.last_seen))))
        values = (tenures[0].post_name, tenures[0].body_name, body and body.system, body and body.level,
                  *((seen[0], seen[-1]) if seen else (None, None)))
        by_person[person] = {key: value or "" for key, value in zip(_CAREER, values, strict=True)}
    return by_person
