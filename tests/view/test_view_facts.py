"""What the page is given: dates, weights, cuts, sentences, pinyin, places."""

from __future__ import annotations

import pytest
import view_story
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.graph.build import build_graph
from kg.graph.coappearance import coappearance
from kg.view.dates import hull, meets, span
from kg.view.facts import Facts, read_graph, select
from kg.view.layout import UNDER, Frame, Mark, box, scene
from kg.view.names import readings
from kg.view.page import LONGEST_SENTENCE, sentence
from kg.view.scenes import links, scenes


@pytest.fixture(scope="module")
def facts() -> Facts:
    resolution = view_story.story()
    return read_graph(build_graph(resolution), resolution)


def labels(facts: Facts, kind: str) -> set[str]:
    return {node.label for node in facts.nodes if node.kind == kind}


@pytest.mark.parametrize(("edtf", "days"), [
    ("2021-04-25", ("2021-04-25", "2021-04-25")),
    ("2020-02", ("2020-02-01", "2020-02-29")),
    ("2021", ("2021-01-01", "2021-12-31")),
    ("2021-04-XX", ("2021-04-01", "2021-04-30")),
    ("2021-04-12/2021-04-14", ("2021-04-12", "2021-04-14")),
    ("2021-04/..", ("2021-04-01", "9999-12-31")),
    ("/2021-04-14", ("0001-01-01", "2021-04-14")),
    ("2021-04-25?", ("2021-04-25", "2021-04-25")),
    ("XXXX-04-25", None), ("", None), (None, None), ("../..", None), ("2021-13", None), ("gestern", None),
    ("2020-02-29", ("2020-02-29", "2020-02-29")), ("2021-02-29", None), ("2021-04-00", None), ("0000", None),
])
def test_span_of_an_edtf_date(edtf: str | None, days: tuple[str, str] | None) -> None:
    assert span(edtf) == days


def test_hull_and_window() -> None:
    assert hull(None, ("2021-01-01", "2021-02-01"), ("2020-05-05", "2020-05-05")) == ("2020-05-05", "2021-02-01")
    assert hull(None) is None
    assert meets(("2021-01-01", "2021-12-31"), "2021-06-01", None)
    assert not meets(("2021-01-01", "2021-12-31"), "2022-01-01", None)
    assert not meets(("2021-01-01", "2021-12-31"), None, "2020-12-31")


def test_weight_counts_facts(facts: Facts) -> None:
    weight = {(node.kind, node.label): node.weight for node in facts.nodes}
    assert weight["person", "司马长青"] == 3 + 2  # three events, two posts
    assert weight["person", "王平"] == 1
    assert weight["campaign", "创建国家卫生城市"] == 2
    assert weight["body", "丹阜区委"] == 1 + 2  # one event, two who sat there


def test_an_event_without_a_date_takes_the_day_of_its_issue_or_none(facts: Facts) -> None:
    when = {node.label: node.when for node in facts.nodes if node.kind == "event"}
    assert when["攻坚战动员大会"] == ("2018-03-14", "2018-03-14")
    assert when["无日期座谈会"] is None


def test_focus_and_hops(facts: Facts) -> None:
    near = select(facts, focus="单红", hops=1)
    assert labels(near, "person") == {"单红"}
    assert labels(near, "event") == {"创卫推进会"}
    assert labels(select(facts, focus="单红", hops=2), "person") == {"单红", "司马长青"}
    assert dict(near.dropped)["focus"] == len(facts.nodes) - len(near.nodes)
    assert labels(select(facts, focus="高书记", hops=0), "person") == {"高建设"}  # an alias


def test_a_walk_ends_at_places_and_articles(facts: Facts) -> None:
    far = select(facts, focus="丹阜区委", hops=3)
    assert "丹阜区" in labels(far, "place")
    assert "丹阜区政府" not in labels(select(facts, focus="丹阜区委", hops=2), "body")


def test_window_keeps_what_a_fact_of_it_touches(facts: Facts) -> None:
    late = select(facts, since="2021")
    assert labels(late, "event") == {"创卫推进会"}
    assert labels(late, "person") == {"单红", "司马长青", "高建设"}  # 高建设 by the stated end of his term
    assert "王平" not in labels(late, "person")
    assert "丹阜区" in labels(late, "place")
    assert labels(select(facts, until="2018-12"), "event") == {"攻坚战动员大会"}


def test_kinds_weight_and_limit(facts: Facts) -> None:
    assert {node.kind for node in select(facts, kinds=("person", "post")).nodes} == {"person", "post"}
    assert labels(select(facts, min_weight=3), "person") == {"司马长青", "高建设"}
    few = select(facts, max_nodes=5)
    assert len(few.nodes) == 5
    assert few.dropped == (("limit", len(facts.nodes) - 5),)
    assert all(edge.source in {n.id for n in few.nodes} and edge.target in {n.id for n in few.nodes} for edge in few.edges)


@pytest.mark.parametrize(("options", "word"), [
    ({"focus": "高建"}, "did you mean 高建设"), ({"kinds": ("people",)}, "no such kind"), ({"since": "lately"}, "--since lately"),
    ({"since": "2022", "until": "2021-12"}, "ends before it begins"),
    ({"focus": "王平", "since": "2021"}, "nothing of that name in the window"), ({"until": "2021-02-29"}, "--until 2021-02-29"),
])
def test_a_wrong_option_says_what_is_wrong(facts: Facts, options: dict[str, object], word: str) -> None:
    with pytest.raises(InputError, match=word):
        select(facts, **options)  # type: ignore[arg-type]


def test_links_lead_over_the_nodes_between(facts: Facts) -> None:
    name = {i: node.label for i, node in enumerate(facts.nodes)}
    found = {(name[link.a], name[link.b]): len(link.via) for link in links(facts)}
    assert found["司马长青", "丹阜区委"] == 1
    assert found["司马长青", "创建国家卫生城市"] == 2
    assert found["丹阜区政府", "创建国家卫生城市"] == 1


def test_scenes_are_the_same_each_time_and_place_only_what_fits_the_view(facts: Facts) -> None:
    pairs = coappearance(view_story.story())
    once, again = (scenes(facts, links(facts), pairs) for _ in range(2))
    assert once == again
    kinds = {view: {facts.nodes[i].kind for places in levels.values() for i in places} for view, levels in once.items()}
    assert kinds["met"] == {"person"}
    assert kinds["held"] == {"person", "post", "body"}
    assert {facts.nodes[i].kind for i in once["graph"]["story"]} == {"person", "body", "campaign"}


names = st.text(alphabet="高建设司马长青委书记国家卫生城市ab·", min_size=2, max_size=14)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.builds(Mark, names, st.floats(5, 17)), min_size=1, max_size=45), st.randoms(use_true_random=False))
def test_marks_and_labels_of_a_first_look_do_not_overlap(marks: list[Mark], chance: object) -> None:
    labelled = dict(enumerate(marks))
    count = len(marks)
    ties = [(chance.randrange(count), chance.randrange(count), 1.0) for _ in range(count)]  # type: ignore[attr-defined]
    frame = Frame(900, 900)
    places = scene(labelled, ties, frame)
    assert places == scene(labelled, ties, frame)
    boxes = [(x, y + UNDER / 2, *box(marks[i])) for i, (x, y) in places.items()]
    for i, (x, y, w, h) in enumerate(boxes):
        assert abs(x) <= 450
        assert abs(y) <= 450
        for u, v, p, q in boxes[:i]:
            assert abs(x - u) >= (w + p) / 2 - 3 or abs(y - v) >= (h + q) / 2 - 3  # places are whole pixels


@pytest.mark.parametrize(("name", "spelled"), [
    ("高建设", "gao jian she"), ("司马长青", "si ma chang qing"), ("单红", "shan hong"), ("单红", "dan hong"),
    ("解放", "xie fang"),
    ("吕梁", "lv liang"), ("吕梁", "lyu liang"), ("吕梁", "lu liang"), ("买买提·依明", "mai mai ti · yi ming"),
])
def test_readings(name: str, spelled: str) -> None:
    assert spelled in readings(name)


def test_what_nobody_types_has_no_reading() -> None:
    assert readings("GDP") == ()
    assert readings("全" * 30) == ()


@given(st.text(alphabet="区委书记。;!\n ab", min_size=1, max_size=600), st.data())
def test_a_sentence_holds_its_evidence(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    first, last = sentence(text, start, end)
    assert 0 <= first <= start < end <= last <= len(text)
    assert last - first <= max(LONGEST_SENTENCE, end - start)
    assert not any(mark in text[first:start] for mark in "。;!\n")


def test_the_sentence_is_the_whole_sentence() -> None:
    text = "会议召开。区委书记高建设出席会议并讲话。王平参加。"
    start = text.index("高建设")
    assert text[slice(*sentence(text, start, start + 3))] == "区委书记高建设出席会议并讲话。"
