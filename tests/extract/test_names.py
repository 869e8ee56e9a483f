"""Who is named where: marked-up sentences by phenomenon, sentences that name nobody, and what decides between readings."""

from __future__ import annotations

import pytest
from extract_cases import Row, article, by_strength, marks, plain, read

from kg.extract.article import extract, extract_page
from kg.extract.names import candidates, follow_weight, names_ending_at, shape_weight, surname_of
from kg.model import Record


def mentions(record: Record) -> list[tuple[int, int, str, str]]:
    return sorted(
        (m.start, m.end, "short" if m.short else "person", record.text[m.start : m.end])
        for person in record.people
        for m in person.mentions
    )


@by_strength("extract_names")
def test_every_mention_is_found_to_the_character(row: Row) -> None:
    text = plain(row["text"])
    before = len(text) - len(text.lstrip("\n"))
    marked = [(start - before, end - before, kind, text[start:end]) for start, end, kind in marks(row["text"])]
    assert mentions(read(row)) == sorted(marked)


@by_strength("extract_nobody")
def test_nobody_is_named(row: Row) -> None:
    assert [person.name for person in read(row).people] == []


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("高建设", "高"),
        ("欧阳靖", "欧阳"),
        ("司马长青", "司马"),
        ("上官秋", "上官"),
        ("呼廷贵", "呼"),
        ("呼延庆", "呼延"),
        ("欧阳", "欧"),
        ("的确良", ""),
        ("", ""),
    ],
)
def test_surname(name: str, surname: str) -> None:
    assert surname_of(name) == surname


@pytest.mark.parametrize("name", ["高同志", "王书记", "李在明的", "张", "司马长青山", "高ab", "关于", "随后", "高 原"])
def test_what_cannot_be_a_name(name: str) -> None:
    assert shape_weight(name) == -9.0


@pytest.mark.parametrize(
    ("likelier", "other"),
    [
        ("高建设", "高度重"),
        ("王平", "任组"),
        ("陈静", "和全"),
        ("欧阳靖", "欧阳"),
        ("李守民", "李守等"),
        ("艾尔肯·买买提", "高建设"),
        ("王立新", "亢立新"),
    ],
)
def test_the_likelier_name_weighs_more(likelier: str, other: str) -> None:
    assert shape_weight(likelier) > shape_weight(other)


@pytest.mark.parametrize(
    ("text", "better", "worse"),
    [
        ("浦立成就相关工作讲了意见", 3, 2),
        ("王平等出席", 2, 3),
        ("张华平主持", 3, 2),
        ("高建设强调", 3, 2),
        ("贺军和、李守民", 3, 2),
    ],
)
def test_where_a_name_may_end(text: str, better: int, worse: int) -> None:
    score = dict(candidates(text, 0))
    assert score[better] > score.get(worse, -9.0)


def test_a_mark_ends_a_name_better_than_a_verb_and_a_verb_better_than_nothing() -> None:
    weights = [follow_weight(text, 3) for text in ("高建设，", "高建设出席会议", "高建设霖")]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > 2 > weights[2]


def test_a_name_before_a_word_is_found_from_its_end() -> None:
    text = "任命马超同志"
    assert (2, 4) in [(start, 4) for start, _ in names_ending_at(text, 4)]
    assert names_ending_at("的的的", 3) == ()


@pytest.mark.parametrize("body", ["记者柴小满", "（记者 段云 通讯员 毕文博）"])
def test_those_who_sign_are_nobody_in_the_news(body: str) -> None:
    record = extract(article(f"区委开会\n4月25日，区委开会，区长司马长青主持。\n{body}"))
    assert [person.name for person in record.people] == ["司马长青"]


def test_who_holds_an_office_is_an_official() -> None:
    record = extract(article("村民韩麦收见到了副区长陈静。衡泽大学教授易水也来了。"))
    assert {p.name: p.kind for p in record.people} == {"韩麦收": "other", "陈静": "official", "易水": "other"}


def test_who_is_beyond_doubt_in_one_article_is_known_in_the_others_of_the_page() -> None:
    first, second = article("副区长尚可主持会议。"), article("本月，尚可又到双槐镇走了一趟。")
    assert [p.name for p in extract(second).people] == []
    assert [[p.name for p in r.people] for r in extract_page([first, second])] == [["尚可"], ["尚可"]]
