"""Is a pair together more often than chance would have it? Chance keeps how often each person appears and how big each room is.

Two answers to one question. The fixed degree sequence model draws matrices with exactly the same totals, by curveball trades;
it can be held within groups of people (level, body) and of rooms (years), and takes any weights. The stochastic degree sequence
model keeps the totals on average only, and is exact and quick. Both say what totals alone explain, and no more: what post and
portfolio explain beyond that shows in the difference that groups make.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, repeat

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kg.graph.attendance import Attendance, Floats, shared

Ints = NDArray[np.int64]
# Rounds in which everybody trades once, before the first draw and between draws. Strona et al. need some 5 trades a row to mix;
# draws that are not quite apart cost precision, not truth.
BURN, THIN = 50, 2
TOLERANCE = 1e-8  # of the expected totals of the stochastic model, in rooms


@dataclass(frozen=True, slots=True)
class Chance:
    """A pair beside chance, ``a`` before ``b`` by id.

    ``observed``: what they share; ``expected``, ``sd``: mean and standard deviation under the null model; ``p``: the
    probability of sharing as much or more by chance; ``q``: the same after Benjamini and Hochberg, over all pairs of the
    people, also those never seen together.
    """

    a: str
    b: str
    observed: float
    expected: float
    sd: float
    p: float
    q: float


def shuffles(matrix: sparse.csr_array, seed: int, groups: Sequence[object] | None = None,
             strata: Sequence[object] | None = None, burn: int = BURN, thin: int = THIN) -> Iterator[sparse.csr_array]:
    """Endless random matrices with the row and column totals of ``matrix`` (people × rooms, zeros and ones).

    Curveball: two people put the rooms that only one of them has in one pot and draw their own number from it (G. Strona,
    D. Nappo, F. Boccacci, S. Fattorini and J. San-Miguel-Ayanz, A fast and unbiased procedure to randomize ecological binary
    matrices with fixed row and column totals, Nature Communications 5, 4114, 2014); every matrix is then equally probable
    (C. J. Carstens, Physical Review E 91, 042812, 2015), also when all people trade at once, paired at random (C. J. Carstens,
    M. Hamann, U. Meyer, M. Penschuck, H. Tran and D. Wagner, Parallel and I/O-efficient randomisation of massive networks using
    global curveball trades, ESA 2018).

    ``groups``: a label for each person; trades stay within a group, so that each room keeps how many of each group were there.
    ``strata``: a label for each room; trades stay within a stratum, so that each person keeps the number of rooms in each.
    """
    people, count = matrix.shape
    cells = sparse.coo_array(matrix)
    person, room = cells.row.astype(np.int64), cells.col.astype(np.int64)
    members = _members(groups, people)
    stratum = _codes(strata, count)
    rng = np.random.default_rng(seed)
    for step in chain((burn,), repeat(thin)):
        for _ in range(step):
            person, room = _trade(person, room, members, stratum, rng)
        yield sparse.csr_array((np.ones(len(person)), (person, room)), shape=(people, count))


def _members(groups: Sequence[object] | None, people: int) -> list[Ints]:
    codes = _codes(groups, people)
    return [np.flatnonzero(codes == code).astype(np.int64) for code in range(codes.max(initial=-1) + 1)]


def _codes(labels: Sequence[object] | None, count: int) -> Ints:
    """Labels as numbers from 0, in order of appearance. Raises ValueError where there are not ``count``."""
    if labels is None:
        return np.zeros(count, dtype=np.int64)
    if len(labels) != count:
        raise ValueError(f"{len(labels)} labels for {count}")
    number = {label: i for i, label in enumerate(dict.fromkeys(labels))}
    return np.array([number[label] for label in labels], dtype=np.int64)


def _trade(person: Ints, room: Ints, members: Sequence[Ints], stratum: Ints, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """One trade of everybody: people paired at random within their group; in a group of odd size one is left out."""
    order = np.concatenate([rng.permutation(group) for group in members]) if members else np.empty(0, dtype=np.int64)
    pair, side = np.empty_like(order), np.empty_like(order)
    first = start = 0
    for group in members:
        places = np.arange(len(group))
        pair[order[start:start + len(group)]] = first + places // 2
        side[order[start:start + len(group)]] = places % 2
        start, first = start + len(group), first + (len(group) + 1) // 2
    ends = np.full((first, 2), -1, dtype=np.int64)
    ends[pair, side] = np.arange(len(order))
    key = pair[person] * len(stratum) + room
    by_key = np.argsort(key, kind="stable")
    twin = np.flatnonzero(key[by_key][1:] == key[by_key][:-1])
    pot = np.ones(len(key), dtype=bool)  # the rooms that only one of a pair has
    pot[by_key[twin]] = pot[by_key[twin + 1]] = False
    cells = np.flatnonzero(pot)
    strata = int(stratum.max(initial=0)) + 1
    block = pair[person[cells]] * strata + stratum[room[cells]]
    mixed = np.lexsort((rng.random(len(cells)), block))
    _, begin = np.unique(block[mixed], return_index=True)
    own = np.bincount(block, weights=side[person[cells]] == 0, minlength=first * strata).astype(np.int64)
    place = np.arange(len(cells)) - np.repeat(begin, np.diff([*begin, len(cells)]))
    new_side = (place >= own[block[mixed]]).astype(np.int64)
    swapped = person.copy()
    swapped[cells[mixed]] = ends[pair[person[cells[mixed]]], new_side]
    return swapped, room


def shuffled(seen: Attendance, draws: int, seed: int, groups: Sequence[object] | None = None,
             strata: Sequence[object] | None = None, weights: Floats | None = None) -> tuple[Chance, ...]:
    """Every pair that shares a room, beside ``draws`` matrices of ``shuffles``; sorted by ids.

    ``weights``: one for each room (``newman_weights``), 1 without. ``p`` is (1 + draws with as much)/(1 + draws), which is never
    0 (B. V. North, D. Curtis and P. C. Sham, American Journal of Human Genetics 71, 2002).
    """
    rows, cols, observed = _pairs(seen, weights)
    total, squares, hits = (np.zeros(len(rows)) for _ in range(3))
    for matrix in islice(shuffles(seen.matrix, seed, groups, strata), draws):
        drawn = _entries(shared(matrix, weights), rows, cols)
        total += drawn
        squares += drawn * drawn
        hits += drawn >= observed - 1e-9
    mean = total / draws
    spread = np.sqrt(np.maximum(squares / draws - mean * mean, 0))
    return _chances(seen.people, rows, cols, observed, mean, spread, (1 + hits) / (1 + draws))


def sdsm(seen: Attendance) -> tuple[Chance, ...]:
    """Every pair that shares a room, beside the stochastic degree sequence model; sorted by ids.

    Z. Neal, The backbone of bipartite projections, Social Networks 39, 2014; with the probabilities of ``cell_probabilities``
    the best of the quick models in Z. Neal, R. Domagalski and B. Sagan, Comparing alternatives to the fixed degree sequence
    model for extracting the backbone of bipartite projections, Scientific Reports 11, 23929, 2021. The number of shared rooms
    is a sum of independent events of unequal probability; its tail is computed exactly.
    """
    rows, cols, observed = _pairs(seen, None)
    if not len(rows):
        return ()
    cells = cell_probabilities(seen.matrix)
    shape, which = np.unique(cells, axis=0, return_inverse=True)  # people of equal totals have equal rows
    kind = np.sort(np.stack((which.ravel()[rows], which.ravel()[cols]), axis=1), axis=1)
    kinds, of_kind = np.unique(kind, axis=0, return_inverse=True)
    both = shape[kinds[:, 0]] * shape[kinds[:, 1]]
    tails = _tails(both, int(observed.max()))
    mean, variance = both.sum(axis=1), (both * (1 - both)).sum(axis=1)
    of_kind = of_kind.ravel()
    return _chances(seen.people, rows, cols, observed, mean[of_kind], np.sqrt(variance)[of_kind],
                    tails[of_kind, observed.astype(np.int64)])


def cell_probabilities(matrix: sparse.csr_array) -> Floats:
    """The probability of each cell in the bipartite configuration model, whose totals are on average those of ``matrix``.

    F. Saracco, R. Di Clemente, A. Gabrielli and T. Squartini, Randomizing bipartite networks: the case of the World Trade Web,
    Scientific Reports 5, 10595, 2015: of all models with these expected totals the one of greatest entropy, with the odds of a
    cell a product of one figure for its row and one for its column. Solved by Newton's method on the (concave) likelihood,
    over the different totals; full and empty rows and columns are set first. Shape people × rooms, dense.
    """
    rows, row_of, row_n = np.unique(np.asarray(matrix.sum(axis=1)).ravel(), return_inverse=True, return_counts=True)
    cols, col_of, col_n = np.unique(np.asarray(matrix.sum(axis=0)).ravel(), return_inverse=True, return_counts=True)
    cells = np.zeros((len(rows), len(cols)))
    open_rows, open_cols = np.ones(len(rows), dtype=bool), np.ones(len(cols), dtype=bool)
    rest_rows, rest_cols = rows.astype(np.float64), cols.astype(np.float64)
    settled = False
    while not settled:
        settled = True
        for rest, mine, other, n_mine, n_other, rest_other, table in (
                (rest_rows, open_rows, open_cols, row_n, col_n, rest_cols, cells),
                (rest_cols, open_cols, open_rows, col_n, row_n, rest_rows, cells.T)):
            full = mine & (rest >= n_other[other].sum())
            forced = full | (mine & (rest <= 0))
            if forced.any():
                settled = False
                table[np.ix_(full, other)] = 1.0
                rest_other[other] -= n_mine[full].sum()
                mine &= ~forced
    if open_rows.any() and open_cols.any():
        cells[np.ix_(open_rows, open_cols)] = _maximum_entropy(rest_rows[open_rows], rest_cols[open_cols], row_n[open_rows],
                                                               col_n[open_cols])
    result: Floats = cells[np.ix_(row_of.ravel(), col_of.ravel())]
    return result


def _maximum_entropy(rows: Floats, cols: Floats, row_n: Ints, col_n: Ints) -> Floats:
    """Cells 1/(1 + exp(-(u + v))) with the given totals; ``row_n``, ``col_n``: how many rows and columns have each total."""
    split = len(rows)
    share = rows / col_n.sum()
    point = np.concatenate((np.log(share / (1 - share)), np.zeros(len(cols))))
    target, times = np.concatenate((rows * row_n, cols * col_n)), np.outer(row_n, col_n)

    def value(at: Floats) -> float:
        return float((times * np.logaddexp(0, at[:split, None] + at[None, split:])).sum() - target @ at)

    for _ in range(500):
        cells = 1 / (1 + np.exp(-(point[:split, None] + point[None, split:])))
        weight = times * cells
        slope = np.concatenate((weight.sum(axis=1), weight.sum(axis=0))) - target
        if np.abs(slope / np.concatenate((row_n, col_n))).max() < TOLERANCE:
            return np.asarray(cells)
        curve = weight * (1 - cells)
        hessian = np.block([[np.diag(curve.sum(axis=1)), curve], [curve.T, np.diag(curve.sum(axis=0))]])
        move = np.linalg.lstsq(hessian, -slope, rcond=1e-12)[0]
        now, step = value(point), 1.0
        while step > 1e-6 and value(point + step * move) > now + 1e-4 * step * float(slope @ move):
            step /= 2
        point = point + step * move
    raise ArithmeticError("the probabilities of the cells do not settle")


def _tails(probabilities: Floats, most: int) -> Floats:
    """P(X >= k) for k = 0 … ``most``, X a sum of independent events; a row for each row of ``probabilities``.

    The distribution is built up event by event, the last state keeping all above it: only sums of positive terms, so that
    small tails stay exact.
    """
    state = np.zeros((len(probabilities), most + 1))
    state[:, 0] = 1.0
    for p in probabilities.T[:, :, None]:
        up = state * p
        last = up[:, -1].copy()
        state -= up
        state[:, 1:] += up[:, :-1]
        state[:, -1] += last
    tails: Floats = np.minimum(np.cumsum(state[:, ::-1], axis=1)[:, ::-1], 1.0)
    return tails


def adjusted(p: Floats, tests: int) -> Floats:
    """Benjamini and Hochberg's q: the share of false finds to expect among all pairs with a p as small.

    Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical Society B 57, 1995. ``tests``: all tests made, at least as many
    as ``p`` has; those left out have p = 1.
    """
    order = np.argsort(p, kind="stable")
    ranked = p[order] * tests / np.arange(1, len(p) + 1)
    result = np.empty_like(p)
    result[order] = np.minimum(np.minimum.accumulate(ranked[::-1])[::-1], 1.0)
    return result


def _pairs(seen: Attendance, weights: Floats | None) -> tuple[Ints, Ints, Floats]:
    """Numbers of the people of every pair that shares a room, in order, and what they share."""
    together = sparse.triu(shared(seen.matrix), k=1).tocoo()
    order = np.lexsort((together.col, together.row))
    rows, cols = together.row[order].astype(np.int64), together.col[order].astype(np.int64)
    return rows, cols, _entries(shared(seen.matrix, weights), rows, cols)


def _entries(matrix: sparse.csr_array, rows: Ints, cols: Ints) -> Floats:
    found = np.asarray(matrix[rows, cols], dtype=np.float64).ravel() if len(rows) else np.empty(0)  # scipy wants at least one
    return found


def _chances(people: Sequence[str], rows: Ints, cols: Ints, observed: Floats, mean: Floats, spread: Floats,
             p: Floats) -> tuple[Chance, ...]:
    q = adjusted(p, len(people) * (len(people) - 1) // 2)
    columns = (column.tolist() for column in (rows, cols, observed, mean, spread, p, q))
    return tuple(Chance(people[i], people[j], *figures) for i, j, *figures in zip(*columns, strict=True))
