"""Centralities against networkx, and intervals that know a first place from a crowd."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from scipy import sparse
from test_coappearance import corpus, event, somebody

from kg.graph.attendance import Attendance, attendance, attendance_graph, newman_weights
from kg.graph.centrality import centralities, rank_intervals, ranks

MEETINGS = ("甲乙丙", "甲乙", "乙丁", "丁戊己", "己庚", "甲", "辛壬", "丁戊", "甲己")


def seen(*meetings: str) -> Attendance:
    return attendance(corpus(*(event(str(i), "2021-01-01", *map(somebody, people)) for i, people in enumerate(meetings))))


def test_the_same_as_networkx() -> None:
    one = seen(*MEETINGS)
    graph = attendance_graph(one, newman_weights(one.sizes))
    far = nx.Graph((a, b, {"far": 1 / w}) for a, b, w in graph.edges(data="weight"))
    expected = nx.betweenness_centrality(far, weight="far", normalized=False)
    found = centralities(one)
    assert found["betweenness"] == pytest.approx([expected.get(person, 0) for person in one.people])
    assert found["rooms"].tolist() == [sum(person in people for people in MEETINGS) for person in one.people]
    main = graph.subgraph(max(nx.connected_components(graph), key=len))
    leading = nx.eigenvector_centrality_numpy(main, weight="weight")
    assert found["eigenvector"] == pytest.approx([leading.get(p, 0) / max(leading.values()) for p in one.people], abs=1e-6)


def test_nobody_and_nobody_together() -> None:
    assert all(len(figures) == 0 for figures in centralities(Attendance((), (), sparse.csr_array((0, 0)))).values())
    alone = centralities(seen("甲", "乙", "乙"))
    assert [figures.tolist() for figures in alone.values()] == [[2, 1], [0, 0], [0, 0]]


def test_equal_figures_share_the_best_place() -> None:
    assert ranks(np.array([3.0, 5.0, 3.0, 1.0])).tolist() == [2, 1, 2, 4]


def test_a_first_place_and_a_crowd() -> None:
    one = seen(*(f"甲{other}" for other in "乙丙丁戊己庚" * 5))
    first = one.people.index("甲")
    for low, high in (found[first] for measure, found in rank_intervals(one, 50, seed=1).items() if measure != "betweenness"):
        assert (low, high) == (1, 1)
    others = np.delete(rank_intervals(one, 50, seed=1)["rooms"], first, axis=0)
    assert (others[:, 0] <= 3).all()
    assert (others[:, 1] >= 5).all()
