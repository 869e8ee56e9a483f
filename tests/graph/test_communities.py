"""Communities of known networks, whatever the order of the input."""

from __future__ import annotations

import random

import networkx as nx
import pytest
from test_coappearance import corpus, event, somebody

from kg.graph.attendance import attendance, attendance_graph
from kg.graph.communities import communities, stability


def test_the_karate_club_at_its_greatest_modularity() -> None:
    """0.4198 in four groups is proven to be the best (U. Brandes et al., On modularity clustering, IEEE TKDE 20, 2008)."""
    club = nx.Graph(nx.karate_club_graph().edges())
    found = communities(nx.relabel_nodes(club, str))
    assert nx.community.modularity(nx.relabel_nodes(club, str), found) == pytest.approx(0.4198, abs=1e-4)
    assert [len(group) for group in found] == [12, 11, 6, 5]


def test_the_order_of_nodes_and_edges_does_not_matter() -> None:
    graph = nx.relabel_nodes(nx.Graph(nx.les_miserables_graph().edges(data=True)), str)
    edges = list(graph.edges(data=True))
    random.Random(1).shuffle(edges)
    assert communities(nx.Graph([(b, a, data) for a, b, data in edges])) == communities(graph)


def test_weights_decide() -> None:
    square = nx.Graph()
    square.add_weighted_edges_from([("a", "b", 9), ("b", "c", 1), ("c", "d", 9), ("d", "a", 1)])
    assert communities(square) == (frozenset("ab"), frozenset("cd"))
    assert communities(square, resolution=9) == tuple(map(frozenset, "abcd"))
    assert communities(nx.Graph()) == ()


def test_two_offices_come_back_and_a_crowd_does_not() -> None:
    """Offices that meet apart come back in every draw; halves of one crowd, drawn by chance, do not."""
    apart = attendance(corpus(*(event(f"{office}{i}", "2021-01-01", *map(somebody, office)) for office in ("甲乙丙", "丁戊己")
                                for i in range(6))))
    groups = communities(attendance_graph(apart))
    assert groups == (frozenset("丁戊己"), frozenset("丙乙甲"))
    assert stability(apart, groups, 20, seed=1).tolist() == [1, 1]
    rng = random.Random(2)
    rooms = (rng.sample("甲乙丙丁戊己庚辛", 3) for _ in range(12))
    crowd = attendance(corpus(*(event(str(i), "2021-01-01", *map(somebody, people)) for i, people in enumerate(rooms))))
    assert stability(crowd, (frozenset("甲乙丙丁"), frozenset("戊己庚辛")), 20, seed=1).max() < 0.75
