"""Which posts of which bodies the titles around a name give: a table by phenomenon, and the parts of the grammar."""

from __future__ import annotations

import pytest
from extract_cases import Row, by_strength, listed, post, read

from kg.extract.bodies import Places, places_of
from kg.extract.posts import heads_in, parse_titles, title_start

HERE = Places("丹阜区", (("区", "丹阜区"), ("市", "衡泽市")))


@by_strength("extract_titles")
def test_posts(row: Row) -> None:
    assert sorted(map(post, read(row).posts)) == listed(row["posts"])


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("区委书记高建设", ["书记"]),
        ("书记员", []),
        ("主席台", []),
        ("区长期缺水", []),
        ("副区长、公安局局长雷鸣", ["区长", "局长"]),
        ("四级调研员江水", ["调研员"]),
        ("主任会议听取汇报", []),
        ("", []),
    ],
)
def test_heads(text: str, heads: list[str]) -> None:
    assert [text[start:end] for start, end in heads_in(text)] == heads


@pytest.mark.parametrize(
    ("text", "head", "title"),
    [
        ("近日，丹阜区委书记", "书记", "丹阜区委"),
        ("会议由区委副书记", "书记", "区委副"),
        ("区自然资源和规划局局长", "局长", "区自然资源和规划局"),
        ("高建设和区教育局局长", "局长", "区教育局"),
        ("任命马超为区财政局局长", "局长", "区财政局"),
        ("出席会议的“智汇”公司董事长", "董事长", "“智汇”公司"),
    ],
)
def test_where_a_title_begins(text: str, head: str, title: str) -> None:
    at = text.rindex(head)
    assert text[title_start(text, at, 0) : at] == title


@pytest.mark.parametrize(
    ("organ", "place", "rest"),
    [
        ("区教育局", "丹阜区", "教育局"),
        ("衡泽市丹阜区教育局", "丹阜区", "教育局"),
        ("市场监管局", None, "市场监管局"),
        ("宇虹集团", None, "宇虹集团"),
        ("我区", "丹阜区", ""),
        ("中共丹阜区委", "丹阜区", "委"),
        ("县委", "县", "委"),
        ("民盟丹阜区总支", None, "民盟丹阜区总支"),
        ("乡村振兴局", None, "乡村振兴局"),
    ],
)
def test_a_body_splits_into_place_and_organ(organ: str, place: str | None, rest: str) -> None:
    assert HERE.split(organ) == (place, rest)


def test_a_bare_level_leans_on_the_title_before() -> None:
    titles = parse_titles(["鹿亭县委副书记", "县长"], HERE)
    assert [(t.post, t.body) for t in titles] == [("县委副书记", "鹿亭县委"), ("县长", "鹿亭县")]


def test_what_an_article_is_at_home_in_moves_with_it() -> None:
    text = "鹿亭县委书记主持会议。鹿亭县政府、鹿亭县人大参加。鹿亭县县长讲话。"
    assert places_of(text, ("衡泽市", "丹阜区")).at_level("县") == "鹿亭县"
    assert places_of("区委书记主持会议。", ("衡泽市", "丹阜区")).at_level("区") == "丹阜区"


def test_a_short_name_of_a_body_is_completed_from_the_article() -> None:
    row = {"text": "4月25日，区创建文明城市工作指挥部成立。指挥部指挥长高建设讲话。", "place": ""}
    assert [post(p) for p in read(row).posts] == ["高建设 丹阜区创建文明城市工作指挥部|指挥长 ad_hoc"]
