"""Who stands in the middle of the rooms, and how sure the order is."""

from __future__ import annotations

from collections.abc import Mapping

import igraph
import numpy as np
from scipy import sparse, stats

from kg.graph.attendance import Attendance, Floats, newman_weights, resampled, shared

MEASURES = ("rooms", "betweenness", "eigenvector")


def centralities(seen: Attendance) -> dict[str, Floats]:
    """``rooms``, ``betweenness`` and ``eigenvector`` of each of ``seen.people``, in their order.

    ``rooms`` is the person's number of rooms: the sum of Newman's weights of a person is the number of rooms in which the person
    is not alone, so "strength" says nothing more. ``betweenness``: pairs of people whose shortest path leads over the person, a
    share of a pair where paths are equally short; an edge is as long as the inverse of its Newman weight (M. E. J. Newman,
    Scientific collaboration networks II, Physical Review E 64, 016132, 2001). ``eigenvector``: of the matrix of Newman weights,
    the greatest entry 1 (P. Bonacich, Journal of Mathematical Sociology 2, 1972); 0 outside the component that leads.
    """
    weights = shared(seen.matrix, newman_weights(seen.sizes))
    ties = sparse.triu(weights, k=1).tocoo()
    kept = ties.data > 0
    graph = igraph.Graph(n=len(seen.people), edges=list(zip(ties.row[kept].tolist(), ties.col[kept].tolist(), strict=True)))
    between = graph.betweenness(directed=False, weights=(1 / ties.data[kept]).tolist() or None)
    plain = weights.toarray()
    np.fill_diagonal(plain, 0)
    values, vectors = np.linalg.eigh(plain) if len(plain) else (np.empty(0), np.empty((0, 0)))
    leading = np.abs(vectors[:, -1]) if len(values) and values[-1] > 1e-12 else np.zeros(len(plain))
    found = (seen.totals, np.array(between, dtype=np.float64), leading / max(leading.max(initial=0), 1e-12))
    return {measure: np.round(figures, 9) for measure, figures in zip(MEASURES, found, strict=True)}


def ranks(figures: Floats) -> Floats:
    """Places from 1 for the greatest; equal figures share the best of their places."""
    placed: Floats = stats.rankdata(-figures, method="min").astype(np.float64)
    return placed


def rank_intervals(seen: Attendance, draws: int, seed: int, level: float = 0.95) -> Mapping[str, Floats]:
    """Lowest and highest place of each person in ``level`` of ``draws`` resampled corpora; an array people × 2 a measure."""
    drawn = [centralities(corpus) for corpus in resampled(seen, draws, seed)]
    ends = ((1 - level) / 2, (1 + level) / 2)
    return {measure: np.quantile([ranks(figures[measure]) for figures in drawn], ends, axis=0, method="closest_observation").T
            for measure in MEASURES}
