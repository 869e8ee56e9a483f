"""Cutting pages into articles: invented pages by phenomenon, the sample with its gold, properties on any text."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import cases
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.bylines import bylines, credit_spans
from kg.model import Article, Page
from kg.text.articles import articles, first_words

CASES = cases.pages()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_page(case: cases.PageCase) -> None:
    found = articles(Page("page.txt", case.text))
    expected = [(head.replace(" ", ""), sorted(names)) for head, names in case.articles]
    got = [(a.headline.replace(" ", ""), sorted(b.name for b in bylines(a))) for a in found]
    assert [(headline[:len(head)], names) for (headline, names), (head, _) in zip(got, expected, strict=True)] == expected


def test_the_sample_is_cut_as_its_gold_says(pages: Path, gold: Path) -> None:
    # (葛薇) alone does not say reporter or correspondent, so names are compared
    for file in sorted((gold / "gold").glob("*.json")):
        record = json.loads(file.read_text(encoding="utf-8"))
        found = articles(Page(record["source"], (pages / record["source"]).read_text(encoding="utf-8")))
        expected = [(a["headline"], sorted(b["name"] for b in a["bylines"])) for a in record["articles"]]
        assert [(a.headline, sorted(b.name for b in bylines(a))) for a in found] == expected


@pytest.mark.parametrize(("text", "headline"), [
    ("为推动学雷锋活动常态化,3月5日,西关街道组织志愿者。", "为推动学雷锋活动常态化"),
    ("爱在传递。3月16日，区政协主席和平来到医院。", "爱在传递。3月16日"),
    ("没有逗号", "没有逗号"),
])
def test_a_piece_without_headline_is_named_by_its_first_words(text: str, headline: str) -> None:
    assert first_words(text) == headline


LINES = st.sampled_from([
    "区委召开推进会", "本报讯（记者 刘洋）4月25日，区委召开推进会。", "4月25日，区长司马", "长青出席会议。", "",
    "　　会议强调，要抓好落实。", "（段云）", "记者 刘洋 通讯员 毕文博 文/图", "★日前，青石镇举办晚会。（陈静）",
    "（下转A04版）", "（上接A01版）", "今日论坛",
    "关于封闭施工的通告", "2018年6月6日", "姓 名  职 务", "高 原  主任", "图为会场。 段云 摄", "柏舟", "一条河把黄昏分成两半",
    "上一篇 下一篇", "第01版：要闻", "一、提高认识", "决定任命：", "(27)", "咨询电话：6621108", "品名 单位 均价 涨跌",
    "面粉 元/500克 2.10 持平", "新闻推荐", "★●", "·", "\u200b", "\ufeff", "会议要求：", "●县总工会慰问劳模",
    "来源：丹阜时讯 作者：刘洋 放大 缩小", "2021年4月28日 星期三", "丹阜报"])
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\u2028", "\x85"])
PAGES = st.lists(st.tuples(LINES, ENDS), max_size=30).map(lambda parts: "".join(map("".join, parts))) | st.text(max_size=200)


def check(page: Page, found: tuple[Article, ...]) -> None:
    """What holds of the articles of any page."""
    assert [a.number for a in found] == list(range(1, len(found) + 1))
    assert len({a.id for a in found}) == len(found)
    used: set[int] = set()
    for article in found:
        last = 0
        covered = bytearray(len(article.text))
        for run in article.source_map:
            assert run.length > 0
            assert run.text_start >= last
            last = run.text_start + run.length
            assert article.text[run.text_start:last] == page.text[run.source_start:run.source_start + run.length]
            covered[run.text_start:last] = b"\1" * run.length
            places = range(run.source_start, run.source_start + run.length)
            assert used.isdisjoint(places)
            used.update(places)
        if page.markup == "text":
            assert all(covered[i] or article.text[i].isspace() for i in range(len(article.text)))
        assert article.text
        assert article.text == article.text.strip() or page.markup == "html"
        assert 0 <= article.body_start <= len(article.text)
        spans = credit_spans(article)
        assert all(0 <= start < end <= len(article.text) for start, end in spans)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
        for byline in bylines(article):
            for evidence in byline.evidence:
                assert evidence.quote == article.text[evidence.start:evidence.end]
                assert byline.name in "".join(evidence.quote.split())


@settings(max_examples=300)
@given(PAGES)
def test_every_character_leads_back_to_the_source(text: str) -> None:
    page = Page("page.txt", text)
    found = articles(page)
    check(page, found)
    assert articles(page) == found


def test_the_sample_leads_back_to_its_source(pages: Path) -> None:
    for file in sorted(pages.glob("*.txt")):
        page = Page(file.name, file.read_text(encoding="utf-8"))
        check(page, articles(page))


def without_blank_lines(text: str) -> str:
    return re.sub(r"\n\s*\n+", "\n", text)


def broken(seed: int) -> Callable[[str], str]:
    """A column jump in the middle of every long paragraph."""
    def breaks(text: str) -> str:
        place = random.Random(seed)
        lines = []
        for line in text.split("\n"):
            cut = place.randrange(20, len(line) - 10) if len(line) > 80 and "。" in line else 0
            lines += [line[:cut], "", line[cut:]] if cut else [line]
        return "\n".join(lines)
    return breaks


VARIATIONS: dict[str, Callable[[str], str]] = {
    "no blank lines": without_blank_lines,
    "more blank lines": lambda text: without_blank_lines(text).replace("\n", "\n\n\n"),
    "indented": lambda text: "\n".join("　　" + line.strip() if len(line) > 60 else line for line in text.split("\n")),
    "half-width": lambda text: text.translate(str.maketrans("，（）：", ",():")),
    "full-width": lambda text: text.translate(str.maketrans(",():", "，（）：")),
    **{f"broken {seed}": broken(seed) for seed in range(4)},
}


@pytest.mark.parametrize("variation", VARIATIONS)
def test_the_layout_of_the_sample_does_not_matter(variation: str, pages: Path) -> None:
    for file in sorted(pages.glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        plain, varied = articles(Page(file.name, text)), articles(Page(file.name, VARIATIONS[variation](text)))
        assert [len(a.headline) for a in varied] == [len(a.headline) for a in plain]
        assert [[b.name for b in bylines(a)] for a in varied] == [[b.name for b in bylines(a)] for a in plain]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(end: str) -> None:
    for case in CASES:
        plain = articles(Page("page.txt", case.text))
        other = articles(Page("page.txt", case.text.replace("\n", end)))
        assert [a.text for a in plain] == [a.text for a in other]


def test_articles_of_a_web_page_have_days_of_their_own() -> None:
    text = (
        "丹阜区召开动员大会\n发布时间：2021-12-06\n12月1日，丹阜区召开动员大会，区委书记高建设讲话。\n"
        "丹阜区政协召开常委会会议\n发布时间：2022-08-05 09:12 来源：某网\n8月3日，丹阜区政协召开常委会会议，江水主持。\n"
        "丹阜区领导慰问教师\n9月9日，区长司马长青到区一中慰问教师。\n"
    )
    for published, days in ((None, ["2021-12-06", "2022-08-05", None]), ("2021-12-06", ["2021-12-06", "2022-08-05", None]),
                            ("2022-10-01", ["2022-10-01"] * 3)):
        found = articles(Page(source="p.txt", text=text, published=published))
        assert [article.published for article in found] == days


def test_characters_that_nobody_sees_are_left_out() -> None:
    text = "区委\u200b召开会议\n5月6日，区委书记高\u200b建\xad设主\u202e持会议。区长\x1b司马长青出席。\n\u200b\ufeff\n"
    (article,) = articles(page := Page(source="p.txt", text=text))
    assert article.text == "区委召开会议\n5月6日，区委书记高建设主持会议。区长司马长青出席。"
    check(page, (article,))


def test_metadata_goes_into_the_article() -> None:
    text = "区委召开推进会\n4月25日，区委召开推进会。"
    page = Page("a/b.txt", text, "2021-04-26", "丹阜时讯", ("丹阜区",), "A01", "http://e.example/1")
    article = articles(page)[0]
    assert (article.source, article.published, article.paper, article.place, article.page, article.url) == (
        "a/b.txt", "2021-04-26", "丹阜时讯", ("丹阜区",), "A01", "http://e.example/1")


def test_a_given_headline_stands_where_the_text_has_none() -> None:
    article = articles(Page("1", "4月25日，区委召开推进会。", headline="区委召开推进会"))[0]
    assert (article.headline, article.body_start, article.text) == ("区委召开推进会", 0, "4月25日，区委召开推进会。")


@pytest.mark.parametrize("text", [
    "（" * 50_000, "标题一\n" * 20_000, "记者张三 " * 20_000, "4月25日，" * 30_000, "★一\n★二\n" * 10_000, "上接" * 50_000,
    "★一二三四五。\n" * 10_000, "4月1日，一二三四\n五六七八\n" * 8_000,
    "小标题四\n正文一二三。\n" * 8_000,
    "标题召开会议\n本报讯 4月25日，会议召开。（段云）\n" * 2_000, "【本报" * 40_000,
    "王" * 100_000, " \u3000" * 50_000 + "。", "（记者" * 40_000])
def test_hostile_text_is_read_in_linear_steps(text: str) -> None:
    page = Page("hostile.txt", text)
    check(page, articles(page))
