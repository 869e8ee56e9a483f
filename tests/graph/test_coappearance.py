"""Pairs of people: the sparse products against counting by hand."""

from __future__ import annotations

from itertools import combinations
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.coappearance import SMALL, Pair, coappearance, coappearance_graph
from kg.model import Record, Role
from kg.resolve.model import AppearanceNode, Body, Entity, EventNode, PostNode, Resolution, Tenure, Venue

EMPTY = Resolution((), (), (), (), (), (), (), (), (), (), (), "unknown")


def somebody(person: str, *roles: Role, venue: Venue | None = None, in_list: int | None = None) -> AppearanceNode:
    return AppearanceNode(person, roles or ("attend",), (), in_list, None, None, False, None, None, venue, None, None, ())


def event(name: str, date: str | None, *people: AppearanceNode, articles: tuple[str, ...] = ()) -> EventNode:
    return EventNode(name, name, "meeting", date, None, (), articles, (), (), people, ())


def corpus(*events: EventNode, records: tuple[Record, ...] = ()) -> Resolution:
    people = sorted({a.person for e in events for a in e.appearances})
    entities = tuple(Entity(p, p, "other" if p.startswith("other") else "official", (), (), (), 0, ()) for p in people)
    return Resolution(records, entities, (), (), (), (), (), (), events, (), (), "unknown")


def test_counts_weights_dates_and_parts_of_a_pair() -> None:
    pairs = coappearance(corpus(
        event("会一", "2021-05-17", somebody("甲", "attend", "chair"), somebody("乙", "speak"), somebody("丙")),
        event("会二", "2020-03-01", somebody("甲", "lead"), somebody("乙", "accompany")),
        event("会三", "2022-01-01", somebody("甲"))))
    assert pairs == (
        Pair("丙", "乙", 1, 0.5, 1, 1, 2, "2021-05-17", "2021-05-17", ("attend+speak:1",)),
        Pair("丙", "甲", 1, 0.5, 1, 1, 3, "2021-05-17", "2021-05-17", ("attend+chair:1",)),
        Pair("乙", "甲", 2, 1.5, 2, 2, 3, "2020-03-01", "2021-05-17", ("speak+chair:1", "accompany+lead:1")))


def test_nobody_and_alone_give_no_pair() -> None:
    assert coappearance(EMPTY) == ()
    assert coappearance(corpus(event("会", "2021-01-01", somebody("甲")))) == ()


def test_a_branch_venue_does_not_meet_the_main_hall() -> None:
    pairs = coappearance(corpus(event(
        "视频会", "2021-01-01", somebody("主一", venue="main"), somebody("主二"), somebody("分一", venue="branch", in_list=2),
        somebody("分二", venue="branch", in_list=2), somebody("分三", venue="branch", in_list=3), somebody("屏", venue="video"))))
    assert [(p.a, p.b) for p in pairs] == [("主一", "主二"), ("分一", "分二")]


def test_an_event_without_a_year_is_dated_by_its_issue() -> None:
    record = Record("r", "s", 1, "", "", published="2019-06-08")
    told = event("会", "XXXX-06-06", somebody("甲"), somebody("乙"), articles=("r",))
    pairs = coappearance(corpus(told, records=(record,)))
    assert (pairs[0].first, pairs[0].last) == ("2019-06-08", "2019-06-08")
    assert coappearance(corpus(told))[0].first is None


PEOPLE = st.dictionaries(st.sampled_from("甲乙丙丁戊己庚辛"), st.sampled_from(get_args(Role)), max_size=8)
MEETINGS = st.lists(st.tuples(PEOPLE, st.sampled_from([None, "2020-01-01", "2021-02", "2021-02-03/2021-02-05"])), max_size=8)


@settings(deadline=None)
@given(MEETINGS)
def test_equals_counting_by_hand(meetings: list[tuple[dict[str, Role], str | None]]) -> None:
    events = [event(str(i), date, *(somebody(*who) for who in people.items())) for i, (people, date) in enumerate(meetings)]
    pairs = {(p.a, p.b): p for p in coappearance(corpus(*events))}
    rooms = [({a.person for a in e.appearances}, e.date) for e in events]
    expected = {pair for people, _ in rooms for pair in combinations(sorted(people), 2)}
    assert set(pairs) == expected
    assert list(pairs) == sorted(pairs)
    for (a, b), pair in pairs.items():
        both = [(people, date) for people, date in rooms if {a, b} <= people]
        dates = sorted(date for _, date in both if date)
        assert pair.events == len(both)
        assert abs(pair.newman - sum(1 / (len(people) - 1) for people, _ in both)) < 1e-5
        assert pair.small_events == sum(len(people) <= SMALL for people, _ in both)
        assert (pair.events_a, pair.events_b) == tuple(sum(x in people for people, _ in rooms) for x in (a, b))
        assert (pair.first, pair.last) == ((dates[0], dates[-1]) if dates else (None, None))
        assert sum(int(part.rsplit(":", 1)[1]) for part in pair.roles) == len(both)


def test_the_graph_for_gephi_is_simple_weighted_and_filtered() -> None:
    seen = corpus(event("会一", "2021-01-01", somebody("甲"), somebody("乙"), somebody("other")),
                  event("会二", "2021-02-01", somebody("甲"), somebody("乙")))
    body = Body("区委", "区委", (), (), None, "党委", "县", None)
    post = PostNode("区委|书记", "区委书记", "区委", "office", True)
    tenure = Tenure("t", "甲", "甲", post.id, "区委书记", "区委", "区委", "office", "held", "2020-01-01", "2021-01-01",
                    None, None, None, None, None, ())
    whole = Resolution((), seen.people, (body,), (), (post,), (tenure,), (), (), seen.events, (), (), "unknown")
    pairs = coappearance(whole)
    graph = coappearance_graph(pairs, whole)
    assert set(graph) == {"甲", "乙"}
    assert graph.edges["乙", "甲"] == {"weight": 2, "newman": 1.5, "small_events": 2, "first": "2021-01-01", "last": "2021-02-01",
                                     "roles": ("attend+attend:2",), "level": "", "system": ""}
    assert graph.nodes["甲"] | {"label": "甲"} == graph.nodes["甲"]
    assert [graph.nodes["甲"][key] for key in ("post", "body", "system", "level", "first", "last")] == [
        "区委书记", "区委", "党委", "县", "2020-01-01", "2021-01-01"]
    assert set(coappearance_graph(pairs, whole, officials=False)) == {"甲", "乙", "other"}
    assert set(coappearance_graph(pairs, whole, least=3)) == set()
