"""Who was in which room, as a matrix: the two-mode network behind co-appearance, cut as a study needs it.

Co-appearance is a projection: it forgets that most pairs come from few big meetings. Null models, resampling and the effect of
the size of meetings need the rooms themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kg.graph.coappearance import Room, incidence_matrix, rooms
from kg.resolve.model import Resolution

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Attendance:
    """People by rooms.

    ``people``: entity ids, sorted; ``rooms``: each with all who are named there, also those who are not among ``people``;
    ``matrix``: people × rooms, 1.0 where the person was there.
    """

    people: tuple[str, ...]
    rooms: tuple[Room, ...]
    matrix: sparse.csr_array

    @property
    def sizes(self) -> Floats:
        """All people named in each room. The paper may end a list in 等: then the room was bigger than that."""
        return np.array([len(room.people) for room in self.rooms], dtype=np.float64)

    @property
    def totals(self) -> Floats:
        """Rooms of each person."""
        return np.asarray(self.matrix.sum(axis=1), dtype=np.float64).ravel()


def attendance(resolution: Resolution, *, officials: bool = True, least: int = 1, most: int | None = None) -> Attendance:
    """The rooms of a corpus and who was there.

    ``officials``: only people who hold an office somewhere in the corpus; ``least``: only people of so many rooms or more;
    ``most``: only rooms with so many named people or fewer. A room with one person stays (a tour of one is an event at which
    others could have been), one with nobody of the kept people goes.
    """
    kept = [room for room in rooms(resolution) if most is None or len(room.people) <= most]
    wanted = {person.id for person in resolution.people if person.kind == "official" or not officials}
    counts = Counter(person for room in kept for person in room.people if person in wanted)
    people = tuple(sorted(person for person, count in counts.items() if count >= least))
    at = {person: i for i, person in enumerate(people)}
    seen = tuple(room for room in kept if any(person in at for person in room.people))
    return Attendance(people, seen, incidence_matrix(seen, at))


def newman_weights(sizes: Floats) -> Floats:
    """1/(k-1) for a room of k people, 0 for a room of one, which binds nobody (Newman 2001, see ``kg.graph.coappearance``)."""
    return np.divide(1.0, sizes - 1, out=np.zeros_like(sizes), where=sizes > 1)


def shared(matrix: sparse.csr_array, weights: Floats | None = None) -> sparse.csr_array:
    """B·W·Bᵀ: the rooms that two people share, each counted by its weight (1 without ``weights``); the diagonal is kept."""
    weighted = matrix if weights is None else matrix @ sparse.diags_array(weights)
    return sparse.csr_array(weighted @ matrix.T)


def attendance_graph(seen: Attendance, weights: Floats | None = None) -> nx.Graph:
    """The projection as a simple graph with all people as nodes; edge weight ``weight``: shared rooms, each by its weight."""
    graph = nx.Graph()
    graph.add_nodes_from(seen.people)
    pairs = sparse.triu(shared(seen.matrix, weights), k=1).tocoo()
    for i, j, weight in sorted(zip(pairs.row.tolist(), pairs.col.tolist(), pairs.data.tolist(), strict=True)):
        if weight > 0:
            graph.add_edge(seen.people[i], seen.people[j], weight=weight)
    return graph


def resampled(seen: Attendance, draws: int, seed: int) -> Iterator[Attendance]:
    """``draws`` corpora of as many rooms, drawn from the rooms with replacement (Efron's bootstrap; the room is what is drawn).

    What a figure owes to single meetings shows in how much it moves. People stay the same; some are then in no room.
    """
    rng = np.random.default_rng(seed)
    for _ in range(draws):
        picked = np.sort(rng.integers(len(seen.rooms), size=len(seen.rooms)))
        yield Attendance(seen.people, tuple(seen.rooms[i] for i in picked), sparse.csr_array(seen.matrix[:, picked]))
