"""Bylines: where in an article they are found, with which role and evidence."""

from __future__ import annotations

import pytest

from kg.extract.bylines import RULES, bylines, credit_spans
from kg.model import Article, Page
from kg.text.articles import articles


def article(text: str) -> Article:
    found = articles(Page("page.txt", text))
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(("text", "expected", "rule"), [
    ("区委开会\n本报讯（记者 刘洋 通讯员 毕文博）4月25日，区委开会。",
     [("刘洋", "reporter"), ("毕文博", "correspondent")], "lead"),
    ("区委开会\n（全媒体记者李明 通讯员王芳）4月25日，区委开会。", [("李明", "reporter"), ("王芳", "correspondent")], "lead"),
    ("区委开会\n本报讯（段云）4月25日，区委开会。", [("段云", "reporter")], "lead"),
    ("区委开会\n本报梅渡10月8日讯 记者姚彤报道：2日，区委开会。", [("姚彤", "reporter")], "lead"),
    ("区委开会\n4月25日，区委开会。孙黎参加会议。记者 冉红 通讯员 姜望",
     [("冉红", "reporter"), ("姜望", "correspondent")], "tail"),
    ("区委开会\n4月25日，区委开会。（陈 静）", [("陈静", "reporter")], "tail"),
    ("区委开会\n4月25日，区委开会。\n（柴小满 姜望/文 黄禾/图）",
     [("柴小满", "reporter"), ("姜望", "reporter"), ("黄禾", "reporter")], "credit_line"),
    ("把实事办好\n林溪\n枝叶关情。办好实事，要从最急的事做起。", [("林溪", "author")], "author_line"),
    ("区委开会\n4月25日，区委开会。\n许来伟", [("许来伟", "reporter")], "signature"),
    ("区委开会\n4月25日，区委开会。图为会场（段云 摄）。", [("段云", "photographer")], "picture"),
    ("区委开会\n□记者张秋阳报道\n本报讯 1月20日，区委开会。", [("张秋阳", "reporter")], "credit_line"),
])
def test_rules(text: str, expected: list[tuple[str, str]], rule: str) -> None:
    found = bylines(article(text))
    assert [(b.name, b.role) for b in found] == expected
    assert {b.rule for b in found} == {rule}


@pytest.mark.parametrize("text", [
    "区委开会\n本报讯（人大宣传组）4月25日，区委开会。",
    "区委开会\n4月25日，记者从区水利局获悉，水位已经回落。",
    "区委开会\n4月25日，区委开会。\n责任编辑：张三 校对：李四",
    "区委开会\n4月25日，区委开会，通过了办法（试行）。",
    "名单\n秘书长  周 涛\n副主席  赵 敏",
    "区委开会\n4月25日，区委开会。\n来源：丹阜时讯",
])
def test_nobody_signs(text: str) -> None:
    assert bylines(article(text)) == ()


def test_a_name_counts_once_with_its_first_role() -> None:
    found = bylines(article("区委开会\n本报讯（记者 刘洋）4月25日，区委开会。\n刘洋 摄"))
    assert [(b.name, b.role) for b in found] == [("刘洋", "reporter")]


def test_evidence_is_the_credit_to_the_character() -> None:
    found = bylines(article("区委开会\n本报讯（记者 陈　静）4月25日，区委开会。"))
    assert found[0].name == "陈静"
    assert [e.quote for e in found[0].evidence] == ["本报讯（记者 陈　静）"]


def test_credit_spans_cover_editors_too() -> None:
    page = article("区委开会\n本报讯（记者 刘洋）4月25日，区委开会。\n责任编辑：张三 校对：李四")
    assert [page.text[start:end] for start, end in credit_spans(page)] == ["本报讯（记者 刘洋）", "责任编辑：张三 校对：李四"]


def test_rules_are_documented_by_an_example() -> None:
    assert all("``" in (rule.__doc__ or "") for _, rule in RULES)
