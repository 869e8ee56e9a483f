"""Who was there and as what, and who was only talked about."""

from __future__ import annotations

import pytest
from extract_cases import Row, article, by_strength, listed, read, roles

from kg.extract.article import extract
from kg.extract.presence import sentences

KNOWN = pytest.mark.xfail(strict=True, reason="known fault", raises=AssertionError)


@by_strength("extract_presence")
def test_roles(row: Row) -> None:
    assert roles(read(row).events) == listed(row["roles"])


def test_a_list_keeps_its_order_its_number_and_its_label() -> None:
    record = extract(article("4月25日，全区防汛工作会议召开。区领导陈静、王平、方向参加会议。区水利局石坚、柯楠列席会议。"))
    found = {a.person: (a.role, a.list, a.rank, a.list_label) for e in record.events for a in e.appearances}
    assert found["陈静"] == ("attend", 1, 1, "区领导")
    assert found["王平"] == ("attend", 1, 2, "区领导")
    assert found["方向"] == ("attend", 1, 3, "区领导")


def test_a_list_knows_its_size_and_that_it_is_open() -> None:
    record = extract(article("4月25日，全区防汛工作会议召开。区领导陈静、王平等参加会议。"))
    assert [(a.list_size, a.open) for e in record.events for a in e.appearances] == [(2, True), (2, True)]


def test_an_order_by_strokes_is_no_rank() -> None:
    record = extract(article("4月25日，全区防汛工作会议召开。区领导王平、方向、陈静（按姓氏笔画为序）参加会议。"))
    assert {a.order for e in record.events for a in e.appearances} == {"by_stroke"}


def test_a_branch_venue_is_told_from_the_main_one() -> None:
    record = extract(article("4月25日，全市防汛工作视频会议召开。区长司马长青在丹阜区分会场参加会议。"))
    assert [a.venue for e in record.events for a in e.appearances] == ["branch"]


@pytest.mark.parametrize(
    ("sentence", "verb"),
    [
        ("副区长陈静宣读了决定。", "宣读"),
        ("副区长陈静作表态发言。", "表态"),
        ("副区长陈静通报了情况。", "通报"),
        ("副区长陈静点评。", "点评"),
        pytest.param("副区长陈静对下一步工作进行安排部署。", "部署", marks=KNOWN),
    ],
)
def test_acts_of_speech_keep_their_verb(sentence: str, verb: str) -> None:
    record = extract(article(f"4月25日，全区防汛工作会议召开。{sentence}"))
    (appearance,) = record.events[0].appearances
    assert appearance.role == "speak"
    assert verb in appearance.verb


@pytest.mark.parametrize(
    ("text", "speaker", "verb", "said"),
    [
        ("4月25日，全区防汛工作会议召开。区委书记高建设强调，要压实责任。", "高建设", "强调", "要压实责任"),
        ("4月25日，全区防汛工作会议召开。会议要求，各镇要值班值守。", None, "要求", "各镇要值班值守"),
        ("区委书记高建设到双槐镇调研。他指出，水渠要修好。", "高建设", "指出", "水渠要修好"),
    ],
)
def test_statements(text: str, speaker: str | None, verb: str, said: str) -> None:
    record = extract(article(text))
    (statement,) = record.statements
    assert (statement.speaker, statement.verb) == (speaker, verb)
    assert said in record.text[statement.start : statement.end]


def test_sentences_end_at_marks_and_lines_and_cover_what_is_written() -> None:
    text = "一句。两句！“三句？”四句\n五句"
    assert [text[a:b].strip() for a, b in sentences(text)] == ["一句。", "两句！", "“三句？”", "四句", "五句"]
