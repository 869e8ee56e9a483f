"""The resolved corpus as one networkx multigraph: everything is a node or an edge, each edge with its evidence.

Node ids are ``kind/id`` (``person/…``, ``post/…``), so that a place and a body of the same name stay two nodes. Every node has
``kind`` and ``label``; every edge has ``kind`` and ``evidence``: a tuple of evidence ids, spelt out in the table ``evidence``.
The key of an edge is its kind; where the same two nodes have several edges of a kind (two terms in one post) the second is
``holds:2``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import networkx as nx

from kg.resolve.model import EvidenceRef, Resolution

KINDS = ("person", "post", "body", "place", "event", "campaign", "article")


def node(kind: str, ref: str) -> str:
    """The graph's node id of something that the resolution knows as ``ref``."""
    return f"{kind}/{ref}"


def byline(paper: str | None, name: str) -> str:
    """The node of somebody known only as a byline: a name is taken as one person within one paper, no further."""
    return node("person", f"byline/{paper or 'unknown'}/{name}")


def ids(evidence: Iterable[EvidenceRef]) -> tuple[str, ...]:
    """Evidence ids, in the order given, each once."""
    return tuple(dict.fromkeys(ref.id for ref in evidence))


def build_graph(resolution: Resolution) -> nx.MultiDiGraph:
    """The graph of a resolution; nodes and edges stand in the resolution's own order, so equal input gives an equal graph.

    Edges: ``holds`` person → post, ``of`` post → body, ``part_of`` body → body, ``renamed_to`` body → body and place → place,
    ``in`` body → place and place → place, ``appears`` person → event, ``takes_part`` body → event, ``serves`` event → campaign,
    ``broader`` campaign → campaign, ``at`` event → place, ``reported_in`` event → article, ``wrote`` person → article.
    """
    graph = nx.MultiDiGraph()
    _add_nodes(graph, resolution)
    _add_structure(graph, resolution)
    _add_tenures(graph, resolution)
    _add_events(graph, resolution)
    _add_bylines(graph, resolution)
    return graph


def _add_nodes(graph: nx.MultiDiGraph, resolution: Resolution) -> None:
    for p in resolution.people:
        graph.add_node(node("person", p.id), kind="person", label=p.name, person_kind=p.kind, aliases=p.aliases, place=p.place,
                       articles=len(p.articles), mentions=p.mentions)
    for o in resolution.posts:
        graph.add_node(node("post", o.id), kind="post", label=o.post, body=o.body, post_class=o.class_, single_seat=o.single_seat)
    for b in resolution.bodies:
        graph.add_node(node("body", b.id), kind="body", label=b.name, aliases=b.aliases, place=b.place, system=b.system,
                       level=b.level)
    for q in resolution.places:
        graph.add_node(node("place", q.id), kind="place", label=q.name, aliases=q.aliases, code=q.code, level=q.level)
    for e in resolution.events:
        graph.add_node(node("event", e.id), kind="event", label=e.name, aliases=e.aliases, event_kind=e.kind, date=e.date,
                       place=e.place, sites=e.sites, people=len({a.person for a in e.appearances}), articles=len(e.articles))
    for c in resolution.campaigns:
        graph.add_node(node("campaign", c.id), kind="campaign", label=c.label, aliases=c.alt_labels, first=c.first, last=c.last,
                       articles=len(c.articles))
    for r in resolution.records:
        graph.add_node(node("article", r.id), kind="article", label=r.headline, published=r.published, paper=r.paper, page=r.page,
                       url=r.url, source=r.source, number=r.number)


def _connect(graph: nx.MultiDiGraph, kind: str, source: str, target: str, /, **facts: Any) -> None:
    """Add one edge; an end that is no node is an error of the resolution, not a node to make up silently."""
    missing = [name for name in (source, target) if name not in graph]
    if missing:
        raise KeyError(f"{kind}: {missing[0]} is not in the graph")
    parallel = sum(1 for key in graph.get_edge_data(source, target, default={}) if key.split(":")[0] == kind)
    key = f"{kind}:{parallel + 1}" if parallel else kind
    graph.add_edge(source, target, key=key, **{"kind": kind, "evidence": (), **facts})


def _add_structure(graph: nx.MultiDiGraph, resolution: Resolution) -> None:
    places = {q.id for q in resolution.places}
    for o in resolution.posts:
        if o.body is not None:
            _connect(graph, "of", node("post", o.id), node("body", o.body))
    for b in resolution.bodies:
        if b.part_of is not None:
            _connect(graph, "part_of", node("body", b.id), node("body", b.part_of))
        if b.renamed_to is not None:
            _connect(graph, "renamed_to", node("body", b.id), node("body", b.renamed_to))
        if "/".join(b.place) in places:
            _connect(graph, "in", node("body", b.id), node("place", "/".join(b.place)))
    for q in resolution.places:
        if q.parent is not None:
            _connect(graph, "in", node("place", q.id), node("place", q.parent))
        if q.renamed_to is not None:
            _connect(graph, "renamed_to", node("place", q.id), node("place", q.renamed_to))
    for c in resolution.campaigns:
        if c.broader is not None:
            _connect(graph, "broader", node("campaign", c.id), node("campaign", c.broader), evidence=ids(c.evidence))


def _add_tenures(graph: nx.MultiDiGraph, resolution: Resolution) -> None:
    for t in resolution.tenures:
        _connect(graph, "holds", node("person", t.person), node("post", t.post), tenure=t.id, status=t.status,
                 post_class=t.class_, first_seen=t.first_seen, last_seen=t.last_seen, first_basis=t.first_basis,
                 last_basis=t.last_basis, start=t.start, end=t.end, former_since=t.former_since, evidence=ids(t.evidence))


def _add_events(graph: nx.MultiDiGraph, resolution: Resolution) -> None:
    places = {q.id for q in resolution.places}
    for e in resolution.events:
        here = node("event", e.id)
        for a in e.appearances:
            _connect(graph, "appears", node("person", a.person), here, roles=a.roles, verbs=a.verbs, list=a.list, rank=a.rank,
                     list_size=a.list_size, open=a.open, list_label=a.list_label, order=a.order, venue=a.venue, title=a.title,
                     evidence=ids(a.evidence))
        for body, role in e.bodies:
            _connect(graph, "takes_part", node("body", body), here, role=role, evidence=ids(e.evidence))
        for campaign in e.campaigns:
            _connect(graph, "serves", here, node("campaign", campaign), evidence=ids(e.evidence))
        for article in e.articles:
            _connect(graph, "reported_in", here, node("article", article),
                     evidence=ids(ref for ref in e.evidence if ref.article == article))
        if e.place in places:
            _connect(graph, "at", here, node("place", e.place), evidence=ids(e.evidence))


def _add_bylines(graph: nx.MultiDiGraph, resolution: Resolution) -> None:
    for r in resolution.records:
        for b in r.bylines:
            author = byline(r.paper, b.name)
            if author not in graph:
                graph.add_node(author, kind="person", label=b.name, person_kind="byline", paper=r.paper)
            _connect(graph, "wrote", author, node("article", r.id), role=b.role,
                     evidence=tuple(f"{r.id}:{e.start}-{e.end}" for e in b.evidence))
