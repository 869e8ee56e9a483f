"""The rooms as a matrix: what is kept, and that it says the same as the pairs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_coappearance import corpus, event, somebody

from kg.graph.attendance import attendance, attendance_graph, newman_weights, resampled, shared
from kg.graph.coappearance import coappearance
from kg.resolve.model import EventNode, Resolution

SEEN = corpus(event("大会", "2021-01-01", *map(somebody, ("甲", "乙", "丙", "other"))),
              event("座谈会", "2021-02-01", *map(somebody, ("甲", "乙"))),
              event("调研", "2021-03-01", somebody("甲")),
              event("领奖", "2021-03-02", somebody("other")))


def test_people_by_rooms() -> None:
    seen = attendance(SEEN)
    assert seen.people == ("丙", "乙", "甲")
    assert [room.event for room in seen.rooms] == ["大会", "座谈会", "调研"]
    assert seen.matrix.toarray().tolist() == [[1, 0, 0], [1, 1, 0], [1, 1, 1]]
    assert seen.totals.tolist() == [1, 2, 3]
    assert seen.sizes.tolist() == [4, 2, 1], "everybody named counts for the size, not only officials"


@pytest.mark.parametrize(("cut", "people", "rooms"), [
    ({"officials": False}, ("other", "丙", "乙", "甲"), 4),
    ({"least": 2}, ("乙", "甲"), 3),
    ({"most": 3}, ("乙", "甲"), 2),
    ({"most": 1}, ("甲",), 1),
    ({"least": 9}, (), 0),
])
def test_cuts(cut: dict[str, int], people: tuple[str, ...], rooms: int) -> None:
    seen = attendance(SEEN, **cut)  # type: ignore[arg-type]
    assert seen.people == people
    assert len(seen.rooms) == rooms
    assert seen.matrix.shape == (len(people), rooms)


def test_newman_weights_of_rooms() -> None:
    assert newman_weights(np.array([1.0, 2.0, 3.0, 21.0])).tolist() == [0, 1, 0.5, 0.05]


MEETINGS = st.lists(st.sets(st.sampled_from("甲乙丙丁戊己"), min_size=1), min_size=1, max_size=8)


def _corpus(meetings: list[set[str]]) -> Resolution:
    events: list[EventNode] = [event(str(i), "2021-01-01", *map(somebody, sorted(people))) for i, people in enumerate(meetings)]
    return corpus(*events)


@given(MEETINGS)
def test_says_the_same_as_the_pairs(meetings: list[set[str]]) -> None:
    resolution = _corpus(meetings)
    seen = attendance(resolution)
    counts, newman = shared(seen.matrix).toarray(), shared(seen.matrix, newman_weights(seen.sizes)).toarray()
    at = {person: i for i, person in enumerate(seen.people)}
    pairs = coappearance(resolution)
    assert {(p.a, p.b): p.events for p in pairs} == {edge[:2]: edge[2] for edge in attendance_graph(seen).edges(data="weight")}
    for pair in pairs:
        assert counts[at[pair.a], at[pair.b]] == pair.events
        assert newman[at[pair.a], at[pair.b]] == pytest.approx(pair.newman, abs=1e-5)


@given(MEETINGS)
def test_newman_strength_is_the_number_of_rooms_not_alone(meetings: list[set[str]]) -> None:
    seen = attendance(_corpus(meetings))
    strength = dict(attendance_graph(seen, newman_weights(seen.sizes)).degree(weight="weight"))
    for person in seen.people:
        assert strength[person] == pytest.approx(sum(person in room and len(room) > 1 for room in meetings))


def test_resampled_rooms_keep_the_people_and_the_sizes() -> None:
    seen = attendance(SEEN)
    drawn = list(resampled(seen, 200, seed=1))
    assert [d.matrix.toarray().tolist() for d in resampled(seen, 3, seed=1)] == [d.matrix.toarray().tolist() for d in drawn[:3]]
    assert all(d.people == seen.people and len(d.rooms) == 3 for d in drawn)
    assert all(d.matrix.toarray()[:, i].tolist() == [float(p in room.people) for p in d.people]
               for d in drawn for i, room in enumerate(d.rooms))
    assert np.mean([d.totals for d in drawn], axis=0) == pytest.approx(seen.totals, abs=0.2)
