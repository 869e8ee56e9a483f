"""Groups of people who appear more with each other than with the rest, and how far they can be believed."""

from __future__ import annotations

import random
from collections.abc import Sequence

import igraph
import networkx as nx
import numpy as np

from kg.graph.attendance import Attendance, Floats, attendance_graph, newman_weights, resampled

Groups = tuple[frozenset[str], ...]


def communities(graph: nx.Graph, resolution: float = 1.0, seed: int = 7, weight: str = "weight") -> Groups:
    """The partition of a weighted graph by the Leiden algorithm for modularity; the biggest community first, equal ones by name.

    V. A. Traag, L. Waltman and N. J. van Eck, From Louvain to Leiden: guaranteeing well-connected communities, Scientific
    Reports 9, 5233, 2019. ``resolution`` above 1 gives smaller communities; an edge without ``weight`` counts 1. The result is a
    function of the graph and ``seed``, whatever the order of nodes and edges.
    """
    nodes = sorted(graph)
    at = {node: i for i, node in enumerate(nodes)}
    edges = sorted((*sorted((at[a], at[b])), float(w)) for a, b, w in graph.edges(data=weight, default=1.0))
    mirror = igraph.Graph(n=len(nodes), edges=[edge[:2] for edge in edges])
    igraph.set_random_number_generator(random.Random(seed))
    try:
        found = mirror.community_leiden(objective_function="modularity", weights=[edge[2] for edge in edges] or None,
                                        resolution=resolution, n_iterations=-1)
    finally:
        igraph.set_random_number_generator(random)
    groups = [frozenset(nodes[i] for i in members) for members in found]
    return tuple(sorted(groups, key=lambda group: (-len(group), min(group))))


def stability(seen: Attendance, groups: Sequence[frozenset[str]], draws: int, seed: int, newman: bool = True,
              resolution: float = 1.0) -> Floats:
    """How well each community comes back when the rooms are drawn anew: the mean of the best Jaccard overlap, 0 to 1.

    C. Hennig, Cluster-wise assessment of cluster stability, Computational Statistics and Data Analysis 52, 2007: below 0.6 a
    cluster should not be trusted, from 0.75 it is stable. People who are in no drawn room are left out of a draw.
    """
    overlaps = []
    for number, drawn in enumerate(resampled(seen, draws, seed)):
        graph = attendance_graph(drawn, newman_weights(drawn.sizes) if newman else None)
        present = {person for person, total in zip(drawn.people, drawn.totals, strict=True) if total}
        again = communities(graph.subgraph(present), resolution, seed + number)
        kept = [group & present for group in groups]
        overlaps.append([max((_jaccard(group, other) for other in again), default=np.nan) if group else np.nan for group in kept])
    means: Floats = np.nanmean(np.array(overlaps, dtype=np.float64), axis=0)
    return means


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b)
