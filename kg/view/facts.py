"""What the page knows: the graph's nodes and edges with their days and weights, cut down to what was asked for."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

from kg.errors import InputError
from kg.graph.build import KINDS
from kg.resolve.model import Resolution
from kg.view.dates import Span, hull, meets, span

# Each fact adds one to the weight of both its ends; the rest (in, part_of, wrote …) is structure or authorship.
WEIGHING = frozenset({"holds", "appears", "takes_part", "serves", "reported_in"})
# A least weight is asked of these only: a post or an event is as heavy as the people it joins.
WEIGHED = frozenset({"person", "body", "campaign"})
# Walking through these would join everything to everything, so a neighbourhood ends at them.
LEAVES = frozenset({"place", "article"})
# Kept first when a page must be cut: who, where, what; then the occasions; articles only as far as there is room.
KEEPING = {"person": 1.0, "body": 1.0, "campaign": 1.0, "post": 1.2, "event": 1.5, "place": 2.0, "article": 3.0}


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the graph as the page shows it; ``weight`` is the number of facts that involve it."""

    id: str
    kind: str
    label: str
    weight: int
    when: Span | None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge of the graph; ``when`` is None for what has no date (a post of a body) or none that is known."""

    source: str
    target: str
    kind: str
    when: Span | None
    evidence: tuple[str, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """Nodes in the order of their importance, edges in the graph's order, and what was left out (kind: number)."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    total: int  # nodes of the whole graph
    dropped: tuple[tuple[str, int], ...] = ()  # reason: number of nodes


def read_graph(graph: nx.MultiDiGraph, resolution: Resolution) -> Facts:
    """All of ``graph`` with days and weights; ``resolution`` gives what a graph attribute cannot hold (months, reasons)."""
    days = _event_days(resolution)
    edges = tuple(_edge(a, b, data, days, graph) for a, b, data in graph.edges(data=True))
    weights: Counter[str] = Counter()
    spans: dict[str, list[Span | None]] = defaultdict(list)
    for edge in edges:
        for end in (edge.source, edge.target):
            weights[end] += edge.kind in WEIGHING
            spans[end].append(edge.when)
    for edge in edges:  # who sits in a body's posts is a fact about the body
        if edge.kind == "of":
            weights[edge.target] += weights[edge.source]
            spans[edge.target] += [when for when in spans[edge.source] if when]
    extra = _extras(resolution)
    nodes = [_node(name, data, weights[name], spans[name], days, extra.get(name, {})) for name, data in graph.nodes(data=True)]
    return Facts(tuple(_by_importance(nodes)), edges, total=len(nodes))


def select(facts: Facts, *, focus: str | None = None, hops: int = 1, since: str | None = None, until: str | None = None,
           kinds: Sequence[str] = (), min_weight: float = 0, max_nodes: int = 20_000) -> Facts:
    """Cut ``facts`` down; each cut that left something out is counted in ``dropped``, in the order the cuts are made.

    ``focus`` is a name, an alias or a node id, and ``hops`` how many edges away from it to go (person → event → person is two);
    ``since`` and ``until`` are days or EDTF dates; an event without a known date is left out where a window is asked for.
    ``min_weight`` applies to people, bodies and campaigns. Raises InputError for an unknown focus, kind or date.
    """
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise InputError(f"--kind {unknown[0]}: no such kind; there are {', '.join(KINDS)}")
    kept = facts
    if since or until:
        first, last = _bound("since", since, 0), _bound("until", until, 1)
        if first and last and first > last:
            raise InputError(f"--since {since} --until {until}: the window ends before it begins")
        kept = _cut(kept, "window", _in_window(kept, first, last))
    if focus:
        kept = _cut(kept, "focus", _around(kept, focus, hops))
    if kinds:
        kept = _cut(kept, "kind", {n.id for n in kept.nodes if n.kind in kinds})
    if min_weight > 0:
        kept = _cut(kept, "weight", {n.id for n in kept.nodes if n.kind not in WEIGHED or n.weight >= min_weight})
    return _cut(kept, "limit", {n.id for n in kept.nodes[:max(1, max_nodes)]})


def _cut(facts: Facts, reason: str, kept: Collection[str]) -> Facts:
    left_out = len(facts.nodes) - len(kept)
    if not left_out:
        return facts
    nodes = tuple(n for n in facts.nodes if n.id in kept)
    edges = tuple(e for e in facts.edges if e.source in kept and e.target in kept)
    return Facts(nodes, edges, facts.total, (*facts.dropped, (reason, left_out)))


def _bound(option: str, date: str | None, side: int) -> str | None:
    if date is None:
        return None
    known = span(date)
    if known is None:
        raise InputError(f"--{option} {date}: not a date such as 2021, 2021-04 or 2021-04-25")
    return known[side]


def _in_window(facts: Facts, since: str | None, until: str | None) -> set[str]:
    """Events, articles and campaigns of the window, and every node that a dated fact of the window touches."""
    kept = {n.id for n in facts.nodes if n.kind in ("event", "article") and n.when and meets(n.when, since, until)}
    dated_kinds = {n.id for n in facts.nodes if n.kind in ("event", "article")}
    active = [e for e in facts.edges if e.when and meets(e.when, since, until)
              and all(end in kept or end not in dated_kinds for end in (e.source, e.target))]
    kept.update(end for e in active for end in (e.source, e.target))
    # What is kept brings its structure along: the body of a post, the place of a body, upwards only.
    above = defaultdict(list)
    for e in facts.edges:
        if e.kind in ("of", "part_of", "in", "broader", "renamed_to"):
            above[e.source].append(e.target)
    queue = deque(sorted(kept))
    while queue:
        for up in above[queue.popleft()]:
            if up not in kept:
                kept.add(up)
                queue.append(up)
    return kept


def _around(facts: Facts, focus: str, hops: int) -> set[str]:
    starts = {n.id for n in facts.nodes if focus in (n.id, n.label, *n.facts.get("aliases", ()))}
    if not starts:
        near = [n.label for n in facts.nodes if focus in n.label or n.label in focus][:5]
        hint = f"; did you mean {'、'.join(near)}?" if near else ""
        where = "window" if len(facts.nodes) < facts.total else "graph"
        raise InputError(f"--focus {focus}: nothing of that name in the {where}{hint}")
    near_to = defaultdict(set)
    for e in facts.edges:
        near_to[e.source].add(e.target)
        near_to[e.target].add(e.source)
    leaves = {n.id for n in facts.nodes if n.kind in LEAVES} - starts
    reached, ring = set(starts), set(starts)
    for _ in range(max(0, hops)):
        ring = {far for one in ring - leaves for far in near_to[one]} - reached
        reached |= ring
    return reached


def _by_importance(nodes: Iterable[Node]) -> list[Node]:
    """Heaviest first within each kind, the kinds interleaved so that a cut keeps the same share of each that matters."""
    by_kind: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        by_kind[node.kind].append(node)
    ranked = []
    for kind in sorted(by_kind, key=KINDS.index):
        group = sorted(by_kind[kind], key=lambda n: (n.facts.get("person_kind") not in (None, "official"), -n.weight, n.id))
        ranked += [((place + 1) / len(group) * KEEPING[kind], KINDS.index(kind), place, node) for place, node in enumerate(group)]
    return [node for *_, node in sorted(ranked, key=lambda item: item[:3])]


def _event_days(resolution: Resolution) -> dict[str, Span | None]:
    """The days of each event (else of the issues that report it) and article, by graph node id."""
    issued = {r.id: span(r.published) for r in resolution.records}
    days: dict[str, Span | None] = {f"article/{ref}": when for ref, when in issued.items()}
    for event in resolution.events:
        printed = [when for when in (issued.get(ref) for ref in event.articles) if when]
        days[f"event/{event.id}"] = span(event.date) or min(printed, default=None)
    return days


def _edge(source: str, target: str, data: Mapping[str, Any], days: Mapping[str, Span | None], graph: nx.MultiDiGraph) -> Edge:
    kind = data["kind"]
    facts = {key: value for key, value in data.items() if key not in ("kind", "evidence") and value not in (None, (), "", False)}
    if kind == "holds":
        when = hull(*(span(data[key]) for key in ("start", "first_seen", "last_seen", "end") if data.get(key)))
    elif kind in ("appears", "takes_part", "wrote"):
        when = days.get(target)
    else:
        when = days.get(source)
    return Edge(source, target, kind, when, tuple(data.get("evidence", ())), facts)


def _node(name: str, data: Mapping[str, Any], weight: int, spans: Iterable[Span | None], days: Mapping[str, Span | None],
          extra: Mapping[str, Any]) -> Node:
    kind = data["kind"]
    known = {**data, **extra}
    facts = {key: value for key, value in known.items() if key not in ("kind", "label") and value not in (None, (), "")}
    if kind in ("event", "article"):
        when = days.get(name)
    elif kind == "campaign":
        when = hull(span(data.get("first")), span(data.get("last")))
    else:
        when = hull(*spans)
    return Node(name, kind, str(data["label"] or name), weight, when, facts)


def _extras(resolution: Resolution) -> dict[str, dict[str, Any]]:
    """What the graph's attributes leave out, by node id."""
    people = {f"person/{p.id}": {"reasons": p.reasons} for p in resolution.people}
    campaigns = {f"campaign/{c.id}": {"months": c.months, "convening": tuple(f"body/{b}" for b in c.bodies)}
                 for c in resolution.campaigns}
    return {**people, **campaigns}
