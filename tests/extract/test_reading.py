"""How an article is read: one width, spaced-out names closed, credits blanked; every offset leads back."""

from __future__ import annotations

import pytest
from extract_cases import article
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.reading import BLANKED, back_to, reading_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区长,副区长;主任:(女)!?", "区长，副区长；主任：（女）！？"),
        ("艾尔肯•买买提、阿依古丽・吐尔逊", "艾尔肯·买买提、阿依古丽·吐尔逊"),
        ("区领导（杨　舟、石　坚）", "区领导（杨舟、石坚）"),
        ("（陈 静）", "（陈静）"),
        ("衡泽 丹阜", "衡泽 丹阜"),
        ("古丽娜尔· 阿不都", "古丽娜尔·阿不都"),
    ],
)
def test_width_and_blanks(text: str, expected: str) -> None:
    assert reading_of(article(text)).text == expected


def test_credits_are_blanked_and_nothing_moves() -> None:
    page = article("区委开会。（记者 段云）区长讲话。")
    reading = reading_of(page, ((5, 12),))
    assert reading.text == f"区委开会。{BLANKED * 7}区长讲话。"


def test_evidence_is_the_sentence_as_the_article_has_it() -> None:
    page = article("前一句。副区长陈 静,王平出席会议。后一句。")
    reading = reading_of(page)
    at = reading.text.index("陈静")
    assert reading.span(at, at + 2) == (7, 10)
    assert reading.clause(at, at + 2).quote == "副区长陈 静,王平出席会议"


def test_long_evidence_is_cut_to_its_clause() -> None:
    page = article("，".join(["要把工作抓实抓好抓出成效"] * 40) + "，区长高建设出席会议，" + "，".join(["要压实责任"] * 40))
    reading = reading_of(page)
    at = reading.text.index("高建设")
    quote = reading.clause(at, at + 3).quote
    assert "高建设" in quote
    assert len(quote) <= 200


def test_going_back_stops_at_a_mark_or_at_the_least() -> None:
    assert back_to("一，二三四", 5, 0, "，") == 2
    assert back_to("一二三四", 4, 1, "，") == 1


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.text(alphabet="杨舟、， 　（）石坚长任·•女\n", max_size=40))
def test_each_character_leads_back_to_itself(text: str) -> None:
    reading = reading_of(article("\n" + text))
    assert len(reading.origin) == len(reading.text) + 1
    assert list(reading.origin) == sorted(set(reading.origin))
    for index, c in enumerate(reading.text):
        original = reading.source[reading.origin[index]]
        assert c == original or (c, original) in {("·", "•"), (" ", "　")}
