"""Which nodes a first look shows, in each of the three graph views, and where they stand."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.graph.coappearance import Pair
from kg.view.facts import Facts
from kg.view.layout import NARROW, WIDE, Frame, Mark, Ties, scene

DRAWN = 5_000  # nodes drawn at once; the rest stays in the page and unfolds from its neighbours
SEATS = frozenset({"office", "ad_hoc", "enterprise"})  # posts that tie a person to a body; 区领导 and 代表 do not
RADII: Mapping[str, tuple[float, float]] = {  # px, of the lightest and the heaviest of a kind
    "person": (6, 17), "body": (6, 14), "campaign": (7, 15), "post": (6, 11), "event": (5, 12), "place": (6, 9),
    "article": (5, 8),
}

Scenes = dict[str, dict[str, dict[int, tuple[int, int]]]]


@dataclass(frozen=True, slots=True)
class Link:
    """Two nodes joined through others (a person and a body through posts); ``via``: the numbers of the edges from ``a``."""

    a: int
    b: int
    via: tuple[int, ...]


def links(facts: Facts) -> tuple[Link, ...]:
    """Person–body through posts, person–campaign and body–campaign through events, sorted; nodes and edges by their numbers."""
    number = {node.id: i for i, node in enumerate(facts.nodes)}
    onward: dict[int, list[int]] = defaultdict(list)
    for edge in facts.edges:
        if edge.kind in ("of", "serves"):
            onward[number[edge.source]].append(number[edge.target])
    via: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, edge in enumerate(facts.edges):
        seated = edge.kind == "holds" and edge.facts.get("post_class") in SEATS
        if seated or edge.kind in ("appears", "takes_part"):
            for end in onward[number[edge.target]]:
                via[number[edge.source], end].append(i)
    return tuple(Link(a, b, tuple(found)) for (a, b), found in sorted(via.items()))


def radii(facts: Facts) -> list[float]:
    """The radius of each node's mark in px: its area grows with the node's weight among those of its kind."""
    heaviest: Counter[str] = Counter()
    for node in facts.nodes:
        heaviest[node.kind] = max(heaviest[node.kind], node.weight, 1)
    bounds = ((*RADII[node.kind], math.sqrt(node.weight / heaviest[node.kind])) for node in facts.nodes)
    return [round(least + (most - least) * share, 1) for least, most, share in bounds]


def scenes(facts: Facts, joined: Sequence[Link], pairs: Iterable[Pair]) -> Scenes:
    """View (graph, met, held) → level (narrow, story, all) → node → place."""
    number = {node.id: i for i, node in enumerate(facts.nodes)}
    met = [(number[a], number[b], pair.newman) for pair in pairs
           if (a := f"person/{pair.a}") in number and (b := f"person/{pair.b}") in number]
    edges = [(number[e.source], number[e.target], 1.0) for e in facts.edges]
    # What is joined through nodes that are not drawn stands together too.
    beyond = [(link.a, link.b, float(len(link.via))) for link in joined
              if all(number[facts.edges[via].target] >= DRAWN for via in link.via)]
    held = [(number[e.source], number[e.target], 1.0) for e in facts.edges
            if e.kind in ("of", "part_of") or (e.kind == "holds" and e.facts.get("post_class") in SEATS)]
    ties = [(link.a, link.b, float(len(link.via))) for link in joined]
    marks = [Mark(node.label, radius) for node, radius in zip(facts.nodes, radii(facts), strict=True)]
    upward = [(number[e.source], number[e.target], 1.0) for e in facts.edges if e.kind == "part_of"]
    return {
        "graph": {"narrow": _place(marks, story(facts, joined, 11, 6, 5), [*ties, *upward], NARROW),
                  "story": _place(marks, story(facts, joined, 30, 16, 10), [*ties, *upward], WIDE),
                  "all": _place(marks, range(min(len(facts.nodes), DRAWN)), [*edges, *beyond], None)},
        "met": {"narrow": _place(marks, _people(facts, met, 22), met, NARROW),
                "story": _place(marks, _people(facts, met, 50), met, WIDE),
                "all": _place(marks, _people(facts, met, DRAWN, officials=False), met, None)},
        "held": {"narrow": _place(marks, _seats(facts, held, 22), held, NARROW),
                 "story": _place(marks, _seats(facts, held, 60), held, WIDE),
                 "all": _place(marks, _seats(facts, held, DRAWN), held, None)},
    }


def story(facts: Facts, joined: Iterable[Link], people: int, bodies: int, campaigns: int) -> list[int]:
    """The heaviest officials with a tie to the bodies and campaigns shown, which are those with most ties to officials."""
    officials = [i for i, n in enumerate(facts.nodes) if n.kind == "person" and n.facts.get("person_kind") == "official"]
    first = set(officials[:people])
    pull: Counter[int] = Counter()
    ends: dict[int, set[int]] = defaultdict(set)
    for link in joined:
        ends[link.a].add(link.b)
        if link.a in first:
            pull[link.b] += len(link.via)

    def best(kind: str, count: int) -> list[int]:
        of_kind = (i for i, n in enumerate(facts.nodes) if n.kind == kind)
        return sorted(of_kind, key=lambda i: (-pull[i], -facts.nodes[i].weight, i))[:count]

    around = [*best("body", bodies), *best("campaign", campaigns)]
    tied = [i for i in officials if not ends[i].isdisjoint(around)][:people]
    return [*(tied or officials[:people]), *around]


def _people(facts: Facts, met: Ties, count: int, officials: bool = True) -> list[int]:
    tied = {end for a, b, _ in met for end in (a, b)}
    return [i for i, n in enumerate(facts.nodes)
            if i in tied and (n.facts.get("person_kind") == "official" or not officials)][:count]


def _seats(facts: Facts, held: Ties, count: int) -> list[int]:
    """Whole seats (person, post, body) by the weight of the three, as many as fit."""
    body_of = {a: b for a, b, _ in held if facts.nodes[a].kind == "post"}
    seats = [(a, post, body_of.get(post)) for a, post, _ in held if facts.nodes[a].kind == "person"]
    weight = [sum(facts.nodes[i].weight for i in seat if i is not None) for seat in seats]
    chosen: dict[int, None] = {}
    for i in sorted(range(len(seats)), key=lambda i: (-weight[i], i)):
        new = [end for end in seats[i] if end is not None and end not in chosen]
        if len(chosen) + len(new) > count:
            break
        chosen.update(dict.fromkeys(new))
    return list(chosen)


def _place(marks: Sequence[Mark], nodes: Iterable[int], ties: Ties, frame: Frame | None) -> dict[int, tuple[int, int]]:
    return scene({i: marks[i] for i in nodes}, ties, frame)
