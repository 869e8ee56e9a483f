"""What holds for any text: extraction never fails, says the same twice, quotes to the character, and its record comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import records
from kg.explain import claims, lines
from kg.extract.article import extract, extract_page
from kg.model import Article, Record

PIECES = st.sampled_from(
    (
        *(
            "高建设",
            "司马长青",
            "陈　静",
            "王平",
            "和平",
            "方向",
            "艾尔肯·买买提",
            "扎西多吉",
            "虎岩",
            "村民韩麦收",
            "张",
            "欧阳",
        ),
        *(
            "区委书记",
            "副区长",
            "县长",
            "、区长",
            "（挂职）",
            "局长",
            "区领导",
            "党组成员",
            "主任",
            "丹阜区",
            "鹿亭县",
            "双槐镇",
            "市教育局",
            "原",
            "时任",
        ),
        *(
            "出席会议",
            "主持",
            "讲话",
            "强调",
            "指出，",
            "调研",
            "陪同",
            "带队",
            "分别",
            "列席",
            "到",
            "听取了",
            "受",
            "委托",
            "作的报告",
            "他",
            "会议要求，",
        ),
        *("任命", "免去", "的", "职务", "为", "当选", "辞去", "拟任", "不再担任", "决定任命：", "此前曾任", "任"),
        *(
            "全区防汛工作会议",
            "召开",
            "将召开",
            "推进会",
            "启动仪式",
            "4月25日",
            "昨日下午",
            "近日",
            "2021年",
            "随后",
            "当天下午，",
            "等",
            "和",
            "及",
        ),
        *(
            "，",
            "。",
            "、",
            "；",
            "：",
            "“",
            "”",
            "《",
            "》",
            "（",
            "）",
            "\n",
            " ",
            "　",
            "(",
            ")",
            ",",
            "!",
            "·",
            "□",
            "就",
            "同志",
            "（女，回族）",
        ),
    )
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=40).map("".join),
    st.text(max_size=60),
    st.text(alphabet="高王平和等就任区长书记会议委副主席在到，。、：“”（）\n 1月日", max_size=80),
)
MANY = settings(deadline=None, derandomize=True, max_examples=500)


def any_article(text: str, head: int, published: str | None = "2021-04-28") -> Article:
    return Article("a", "page.txt", 1, text[:head], text, min(head, len(text)), published=published, place=("衡泽市", "丹阜区"))


def evidence(record: Record) -> Iterator[Any]:
    for _, _, claim in claims(record):
        yield from claim.evidence


def claimed(record: Record) -> set[str]:
    """Everybody of whom the record says something."""
    there = {a.person for e in record.events for a in e.appearances}
    told = {p.person for p in record.posts} | {c.person for c in record.changes}
    return there | told | {s.speaker for s in record.statements if s.speaker}


def one_dot(name: str) -> str:
    return re.sub("[•・‧∙⋅]", "·", name)


def check(record: Record) -> None:
    text = record.text
    for found in evidence(record):
        assert found.quote == text[found.start : found.end]
        assert 0 <= found.start <= found.end <= len(text)
    for person in record.people:
        assert person.mentions
        for mention in person.mentions:
            written = text[mention.start : mention.end]
            assert mention.short or one_dot("".join(written.split())) == one_dot(person.name)
    assert all(0 <= s.start < s.end <= len(text) for s in record.statements)
    named = {one_dot(person.name) for person in record.people}
    assert {one_dot(name) for name in claimed(record)} <= named
    assert len(named) == len(record.people)
    drives = {campaign.name for campaign in record.campaigns}
    assert all(set(event.campaigns) <= drives for event in record.events)


@MANY
@given(TEXTS, st.integers(0, 20), st.sampled_from(["2021-04-28", None]))
def test_any_text_gives_a_sound_record(text: str, head: int, published: str | None) -> None:
    read = any_article(text, head, published)
    record = extract(read)
    check(record)
    assert extract(read) == record
    assert records.loads(records.dumps(record)) == record
    assert list(lines(record))


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_a_page_gives_a_record_an_article_in_order(texts: list[str]) -> None:
    page = [any_article(text, 0) for text in texts]
    found = extract_page(page)
    assert [record.text for record in found] == texts
    for record in found:
        check(record)


def test_the_sample_is_sound_and_comes_back(sample_records: tuple[Record, ...]) -> None:
    for record in sample_records:
        check(record)
        assert records.loads(records.dumps(record)) == record
        assert all(e.quote for e in evidence(record))


def test_a_person_has_one_name_in_all_layers() -> None:
    record = extract(any_article("4月25日，全区防汛工作会议召开。副县长艾尔肯•买买提参加会议。艾尔肯•买买提强调，要抓紧。", 0))
    assert claimed(record) == {person.name for person in record.people}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "。",
        "高" * 3000,
        "、" * 3000,
        "（" * 2000,
        "“" * 2000,
        "区长" * 1500,
        "王平、" * 1000,
        "高建设出席，" * 500,
        "委书记" * 1500,
        "任命" * 1500,
        "召开会议" * 800,
        "·" * 2000,
        "区" * 3000,
        "丹阜区委副书记、" * 300,
    ],
)
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    check(extract(any_article(text, 0)))
