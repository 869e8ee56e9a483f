"""The null models against counting all matrices, against published figures, and against each other."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, islice, product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray
from scipy import sparse, stats

from kg.graph.attendance import Attendance, newman_weights, shared
from kg.graph.coappearance import Room
from kg.graph.nullmodels import adjusted, cell_probabilities, sdsm, shuffled, shuffles

Matrix = NDArray[np.float64]
SMALL = np.array([[1, 1, 0, 0], [1, 0, 1, 0], [0, 1, 1, 1], [1, 0, 0, 0]], dtype=np.float64)


def seen(matrix: Matrix) -> Attendance:
    people = tuple(f"p{i:02}" for i in range(matrix.shape[0]))
    rooms = tuple(Room(f"e{j}", tuple(p for p, there in zip(people, column, strict=True) if there) or ("nobody",), (), None)
                  for j, column in enumerate(matrix.T))
    return Attendance(people, rooms, sparse.csr_array(matrix))


def davis() -> Attendance:
    """Eighteen women at fourteen events (A. Davis, B. B. Gardner and M. R. Gardner, Deep South, 1941), as networkx has them."""
    graph = nx.davis_southern_women_graph()
    women = sorted(node for node, side in graph.nodes(data="bipartite") if side == 0)
    events = [node for node, side in graph.nodes(data="bipartite") if side == 1]
    return seen(nx.bipartite.biadjacency_matrix(graph, women, events).toarray().astype(np.float64))


def every(matrix: Matrix, groups: list[int] | None = None, strata: list[int] | None = None) -> list[Matrix]:
    """All matrices with the same totals: of rooms within each group, of people within each stratum."""
    def totals(m: Matrix) -> tuple[object, ...]:
        by_group = [m[[g == one for g in groups]].sum(axis=0).tolist() for one in sorted(set(groups))] if groups else [
            m.sum(axis=0).tolist()]
        by_stratum = [m[:, [s == one for s in strata]].sum(axis=1).tolist() for one in sorted(set(strata))] if strata else [
            m.sum(axis=1).tolist()]
        return by_group, by_stratum

    wanted = totals(matrix)
    found = (np.array(bits, dtype=np.float64).reshape(matrix.shape) for bits in product((0, 1), repeat=matrix.size))
    return [m for m in found if totals(m) == wanted]


@pytest.mark.parametrize(("groups", "strata", "worlds"), [
    (None, None, 24), ([0, 0, 1, 1], None, 8), (None, [0, 0, 1, 1], 3), ([0, 1, 0, 1], [0, 1, 1, 0], 2)])
def test_curveball_draws_every_matrix_equally_often(groups: list[int] | None, strata: list[int] | None, worlds: int) -> None:
    possible = every(SMALL, groups, strata)
    assert len(possible) == worlds
    draws = islice(shuffles(sparse.csr_array(SMALL), 3, groups, strata, thin=5), 4000)
    drawn = Counter(tuple(m.toarray().ravel()) for m in draws)
    assert set(drawn) == {tuple(m.ravel()) for m in possible}
    assert stats.chisquare(list(drawn.values())).pvalue > 0.01


MATRICES = arrays.arrays(np.float64, st.tuples(st.integers(1, 7), st.integers(1, 7)), elements=st.sampled_from([0.0, 1.0]))


@given(MATRICES, st.data())
def test_curveball_keeps_the_totals_within_groups_and_strata(matrix: Matrix, data: st.DataObject) -> None:
    groups = data.draw(st.lists(st.sampled_from("ab"), min_size=matrix.shape[0], max_size=matrix.shape[0]))
    strata = data.draw(st.lists(st.sampled_from("xyz"), min_size=matrix.shape[1], max_size=matrix.shape[1]))
    for drawn in islice(shuffles(sparse.csr_array(matrix), 5, groups, strata, burn=3, thin=1), 4):
        again = drawn.toarray()
        assert set(again.ravel()) <= {0.0, 1.0}
        for one in set(groups):
            mine = [g == one for g in groups]
            assert again[mine].sum(axis=0).tolist() == matrix[mine].sum(axis=0).tolist()
        for one in set(strata):
            there = [s == one for s in strata]
            assert again[:, there].sum(axis=1).tolist() == matrix[:, there].sum(axis=1).tolist()


def test_a_label_for_everybody() -> None:
    with pytest.raises(ValueError, match="3 labels for 4"):
        next(shuffles(sparse.csr_array(SMALL), 1, groups=["a", "b", "c"]))


@pytest.mark.parametrize("weighted", [False, True])
def test_chance_equals_counting_all_matrices(weighted: bool) -> None:
    one = seen(SMALL)
    weights = newman_weights(one.sizes) if weighted else None
    worlds = [shared(sparse.csr_array(m), weights).toarray() for m in every(SMALL)]
    found = {(c.a, c.b): c for c in shuffled(one, 4000, seed=1, weights=weights)}
    pairs = {(one.people[i], one.people[j]): (i, j) for i, j in combinations(range(4), 2) if shared(one.matrix).toarray()[i, j]}
    assert set(found) == set(pairs)
    for pair, (i, j) in pairs.items():
        exact = [world[i, j] for world in worlds]
        observed = shared(one.matrix, weights).toarray()[i, j]
        assert found[pair].observed == pytest.approx(observed)
        assert found[pair].expected == pytest.approx(np.mean(exact), abs=0.03)
        assert found[pair].sd == pytest.approx(np.std(exact), abs=0.03)
        assert found[pair].p == pytest.approx(np.mean([x >= observed - 1e-9 for x in exact]), abs=0.03)


def test_the_same_seed_gives_the_same_figures() -> None:
    assert shuffled(davis(), 50, seed=2) == shuffled(davis(), 50, seed=2)
    assert shuffled(davis(), 50, seed=2) != shuffled(davis(), 50, seed=3)


def test_groups_explain_what_totals_do_not() -> None:
    """Two offices that never meet: every pair is far above chance, and not at all above chance within its office."""
    rng = np.random.default_rng(1)
    office = np.kron(np.eye(2), np.ones((6, 30)))
    one = seen(office * (rng.random(office.shape) < 0.5))
    free = shuffled(one, 500, seed=1)
    within = shuffled(one, 500, seed=1, groups=[0] * 6 + [1] * 6)
    assert np.mean([c.observed - c.expected for c in free]) > 2
    assert abs(np.mean([c.observed - c.expected for c in within])) < 0.2
    assert sum(c.p < 0.05 for c in within) < 5 < sum(c.p < 0.05 for c in free)


@given(MATRICES)
def test_cell_probabilities_have_the_totals_of_the_matrix(matrix: Matrix) -> None:
    cells = cell_probabilities(sparse.csr_array(matrix))
    assert cells.shape == matrix.shape
    assert ((cells >= 0) & (cells <= 1)).all()
    assert cells.sum(axis=0) == pytest.approx(matrix.sum(axis=0), abs=1e-6)
    assert cells.sum(axis=1) == pytest.approx(matrix.sum(axis=1), abs=1e-6)


def test_cell_probabilities_where_they_are_known() -> None:
    regular = np.array([[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1], [1, 0, 0, 1]], dtype=np.float64)
    assert cell_probabilities(sparse.csr_array(regular)) == pytest.approx(np.full((4, 4), 0.5))
    nested = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0]], dtype=np.float64)  # the only matrix with its totals
    assert cell_probabilities(sparse.csr_array(nested)) == pytest.approx(nested, abs=1e-6)
    cells = cell_probabilities(davis().matrix)
    assert np.ptp(np.log(cells[0] / (1 - cells[0])) - np.log(cells[5] / (1 - cells[5]))) < 1e-6, "odds are a product"


@pytest.mark.parametrize("matrix", [SMALL, davis().matrix.toarray()[:9, :7]])
def test_sdsm_equals_adding_up_all_outcomes(matrix: Matrix) -> None:
    one = seen(matrix)
    cells = cell_probabilities(one.matrix)
    for c in sdsm(one):
        both = cells[one.people.index(c.a)] * cells[one.people.index(c.b)]
        outcomes = [(sum(bits), np.prod([p if bit else 1 - p for bit, p in zip(bits, both, strict=True)]))
                    for bits in product((0, 1), repeat=len(both))]
        assert c.p == pytest.approx(sum(chance for rooms, chance in outcomes if rooms >= c.observed), rel=1e-9)
        assert c.expected == pytest.approx(sum(rooms * chance for rooms, chance in outcomes))
        assert c.sd**2 == pytest.approx(sum((rooms - c.expected) ** 2 * chance for rooms, chance in outcomes))


def test_small_tails_stay_exact() -> None:
    """Two people always together in thirty of nine hundred rooms: far below what 1 - p could be told from 1."""
    rng = np.random.default_rng(3)
    matrix = np.array([rng.permutation(np.arange(900) < 30) for _ in range(60)], dtype=np.float64)
    matrix[1] = matrix[0]
    together = min(sdsm(seen(matrix)), key=lambda c: c.p)
    assert (together.a, together.b, together.observed) == ("p00", "p01", 30)
    both = np.prod(cell_probabilities(sparse.csr_array(matrix))[:2], axis=0)
    assert together.p == pytest.approx(stats.poisson_binom(both).pmf(30), rel=0.1)
    assert 0 < together.p < 1e-16


def test_the_two_models_agree_on_a_known_network() -> None:
    """The quick model finds fewer pairs than the fixed one, as Neal, Domagalski and Sagan report, and orders them alike."""
    quick, fixed = sdsm(davis()), shuffled(davis(), 2000, seed=1)
    assert [(c.a, c.b, c.observed) for c in quick] == [(c.a, c.b, c.observed) for c in fixed]
    assert np.array([c.expected for c in quick]) == pytest.approx(np.array([c.expected for c in fixed]), abs=0.35)
    assert sum(c.p < 0.05 for c in quick) <= sum(c.p < 0.05 for c in fixed)
    assert stats.spearmanr([c.p for c in quick], [c.p for c in fixed]).statistic > 0.95


def test_nobody_together() -> None:
    apart = seen(np.eye(3))
    assert sdsm(apart) == shuffled(apart, 10, seed=1) == ()
    nobody = Attendance((), (), sparse.csr_array((0, 0)))
    assert sdsm(nobody) == shuffled(nobody, 10, seed=1) == ()


def test_false_finds_as_published() -> None:
    """The fifteen p of Benjamini and Hochberg's own example, of which four stand at 0.05."""
    p = np.array([.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1.0])
    q = adjusted(p, len(p))
    assert (q < 0.05).sum() == 4
    assert q == pytest.approx(stats.false_discovery_control(p))
    assert adjusted(p[::-1], len(p)) == pytest.approx(q[::-1])
    assert adjusted(p[:3], len(p)) == pytest.approx(stats.false_discovery_control([*p[:3], *[1.0] * 12])[:3])
