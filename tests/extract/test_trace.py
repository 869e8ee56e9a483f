"""The trace agrees with the record, and says of what lost why it did."""

from __future__ import annotations

from itertools import pairwise

from extract_cases import article
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.article import extract, names_of_page
from kg.extract.trace import LAYERS, Choice, Site, trace
from kg.model import Record

STORY = """区委书记虎岩督导防汛工作
4月25日，区委书记虎岩到梅渡镇督导防汛工作。区委副书记、区长司马长青陪同。
虎岩强调，要抓好落实。原区教育局局长王平走进学校看望教师。全区防汛工作推进会昨日召开，市领导参加。"""
PIECES = ("区委书记", "区长", "虎岩", "王平", "进", "走进", "强调", "出席", "4月25日", "防汛推进会", "召开", "督导", "、", "，",
          "。", "\n", "等", "\u3000", "和", "平等", "原", "（女，回族）", "记者", "市领导", "任命", "为")


def read(text: str) -> tuple[Record, tuple[Site, ...]]:
    record = extract(article(text))
    return record, trace(record)


def choices(sites: tuple[Site, ...], layer: str) -> list[Choice]:
    return [choice for site in sites if site.layer == layer for choice in site.choices]


def check(record: Record, sites: tuple[Site, ...]) -> None:
    assert list(sites) == sorted(sites, key=lambda s: (s.start, LAYERS.index(s.layer), s.end))
    for layer in LAYERS:
        own = [site for site in sites if site.layer == layer]
        assert all(a.end <= b.start for a, b in pairwise(own))
        for site in own:
            assert site.choices
            assert min(c.start for c in site.choices) == site.start
            assert max(c.end for c in site.choices) == site.end <= len(record.text)
    mentions = {(m.start, m.end) for person in record.people for m in person.mentions if not m.short}
    assert {(c.start, c.end) for c in choices(sites, "person") if c.taken} == mentions
    assert all(c.taken or c.why for c in choices(sites, "person"))
    told = sum(c.taken for c in choices(sites, "event"))
    assert told >= len(record.events) or not record.events
    assert bool(told) == bool(record.events)


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_a_trace_agrees_with_its_record(text: str) -> None:
    record, sites = read(text)
    check(record, sites)
    assert trace(record) == sites


def test_the_sample_agrees(sample_records: tuple[Record, ...]) -> None:
    pages: dict[str, list[Record]] = {}
    for record in sample_records:
        pages.setdefault(record.source, []).append(record)
    for records in pages.values():
        for record in records:
            check(record, trace(record, names_of_page(records)))


def test_a_name_glued_to_a_verb_loses_to_the_name() -> None:
    _, sites = read(STORY)
    (site,) = (s for s in sites if s.layer == "person" and any(c.label == "王平走" for c in s.choices))
    taken, *lost = site.choices
    assert (taken.label, taken.rule, taken.taken) == ("王平", "title_name", True)
    assert [(c.label, c.why) for c in lost] == [("王平走", "lost to 王平")]
    assert dict(taken.parts)["site"] > 0
    assert taken.weight is not None
    assert abs(taken.weight - sum(dict(taken.parts).values())) < 1e-9


def test_what_recurs_has_the_word_of_the_other_sites() -> None:
    record, sites = read(STORY)
    at = record.text.index("虎岩强调")
    (choice,) = (c for c in choices(sites, "person") if c.start == at and c.taken)
    assert dict(choice.parts)["others"] == 1.0


def test_titles_tell_what_they_were_read_as_and_whose_they_are() -> None:
    _, sites = read(STORY)
    assert [(c.label, c.taken, c.why) for c in choices(sites, "title")][1:] == [
        ("丹阜区委 区委书记 [office]", True, "of 虎岩"), ("丹阜区委 区委副书记 [office]", True, "of 司马长青"),
        ("丹阜区 区长 [office]", True, "of 司马长青"), ("丹阜区教育局 局长 former [office]", True, "of 王平"),
        ("衡泽市 市领导 [list_label]", False, "nobody holds it")]


def test_acts_and_occasions_point_at_each_other() -> None:
    record, sites = read(STORY)
    told = [event.name for event in record.events]
    assert told
    taken = [c for c in choices(sites, "act") if c.taken]
    assert {c.label.split(":")[0] for c in taken} >= {"虎岩", "司马长青"}
    assert all(any(name in c.why for name in told) for c in taken)
    dates = [(c.label, c.taken) for c in choices(sites, "date")]
    assert dates[0] == ("2021-04-25", True)


def test_names_of_a_page_are_those_beyond_doubt() -> None:
    record, _ = read(STORY)
    assert names_of_page([record]) == {"虎岩", "司马长青", "王平"}
