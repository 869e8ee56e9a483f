"""Campaigns: a table of whole articles, one test a phenomenon beyond it, and what holds for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.campaigns import MOST, campaigns, campaigns_of
from kg.lexicon import forms, table
from kg.model import Article

CASES = Path(__file__).parent.parent / "cases" / "campaigns.tsv"


def article(headline: str, body: str, place: tuple[str, ...] = ()) -> Article:
    return Article("a1", "page.txt", 1, headline, f"{headline}\n{body}", len(headline), place=place)


def names(headline: str, body: str, events: tuple[str, ...] = (), place: tuple[str, ...] = ()) -> list[str]:
    read = article(headline, body, place)
    spans = tuple((event, read.text.index(event), read.text.index(event) + len(event)) for event in events)
    return [campaign.name for campaign in campaigns(read, spans)]


def cases() -> list[tuple[str, str, str]]:
    rows = [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines()[1:]]
    return [(headline, body, expected) for headline, body, expected, _ in rows]


@pytest.mark.parametrize(("headline", "body", "expected"), cases())
def test_table(headline: str, body: str, expected: str) -> None:
    assert ";".join(names(headline, body)) == (expected if expected != "-" else "")


def test_the_name_of_an_event_counts_wherever_it_stands() -> None:
    body = "本报讯 3月2日，县长马超到山阳镇走访。\n当天下午，他主持召开撂荒地整治工作协调会。"
    assert names("马超到山阳镇走访", body) == []
    assert names("马超到山阳镇走访", body, ("撂荒地整治工作协调会",)) == ["撂荒地整治"]


def test_the_place_of_the_article_is_no_part_of_a_name() -> None:
    body = "本报讯 3月2日，云台区城乡环卫提质行动推进会召开。"
    assert names("把街巷扫干净", body, ("云台区城乡环卫提质行动推进会",), ("临江市", "云台区"))[0] == "城乡环卫提质行动"


def test_spellings_of_one_campaign_are_joined() -> None:
    read = article(
        "创建国家卫生城市工作推进会召开", "本报讯 5月6日，全市创建国家卫生城市工作推进会召开。会议要求，创卫没有局外人。"
    )
    (campaign,) = campaigns(read, ())
    assert campaign.name == "创建国家卫生城市"
    assert "创卫" in campaign.aliases


def test_the_main_campaign_comes_first() -> None:
    body = "本报讯 5月6日，全区垃圾分类工作推进会召开。会议说，要以创建全国文明城市为契机，把垃圾分类做细。"
    assert names("全区垃圾分类工作推进会召开", body) == ["垃圾分类", "创建全国文明城市"]


def test_a_name_inside_a_title_of_an_office_counts() -> None:
    body = "本报讯 5月6日，市能力作风建设年活动领导小组第二督导组组长何军到我区座谈。"
    assert names("督导组来我区座谈", body) == ["能力作风建设"]


def test_work_demanded_in_a_speech_does_not_count() -> None:
    body = "本报讯 5月6日，县长到南坪村走访。\n他强调，要开展“邻里守望”活动，要抓好安全生产，要推进移风易俗。"
    assert names("县长到南坪村走访", body) == []


def test_a_quoted_name_that_holds_another_is_its_own() -> None:
    body = "本报讯 5月6日，我区启动“我给创卫添把劲”活动，进一步深化创卫工作，居民踊跃报名。创卫工作得到支持。"
    assert sorted(names("居民踊跃报名", body)) == ["创卫", "我给创卫添把劲"]


def test_evidence_is_the_clause_as_it_stands() -> None:
    read = article("我区开展村“两委”换届", "本报讯 近日，我区部署村（社区）“两委”换届工作，街道负责人参加。")
    (campaign,) = campaigns(read, ())
    (evidence,) = campaign.evidence
    assert evidence.quote == "我区部署村（社区）“两委”换届工作"
    assert evidence.quote == read.text[evidence.start : evidence.end]


def test_an_event_serves_what_its_name_or_sentence_names() -> None:
    read = article("全区防汛抗旱暨安全生产工作会议召开", "本报讯 6月2日，全区防汛抗旱暨安全生产工作会议召开。")
    found = campaigns(read, ())
    assert campaigns_of("防汛抗旱暨安全生产工作会议", found) == ("防汛抗旱", "安全生产")
    assert campaigns_of("安全生产约谈会", found) == ("安全生产",)
    assert campaigns_of("老干部座谈会", found) == ()


def test_the_only_campaign_serves_the_event_in_whose_sentence_it_stands() -> None:
    read = article("居民踊跃报名", "本报讯 5月6日，我区启动“邻里一家亲”活动，居民踊跃报名。")
    found = campaigns(read, ())
    assert campaigns_of("启动仪式 我区启动“邻里一家亲”活动", found) == ("邻里一家亲",)
    assert campaigns_of("座谈会", found) == ()


def test_the_families_of_the_lexicon_name_themselves() -> None:
    rows = table("campaigns")
    assert {row["class"] for row in rows} == {"drive", "routine"}
    assert {row["family"] for row in rows} <= set(forms("campaigns"))
    by_family: dict[str, set[str]] = {}
    for row in rows:
        by_family.setdefault(row["family"], set()).add(row["class"])
    assert all(len(classes) == 1 for classes in by_family.values())


PIECES = st.sampled_from(
    (
        *(
            "全县",
            "召开",
            "开展",
            "“",
            "”",
            "活动",
            "专项整治",
            "工作推进会",
            "创卫",
            "疫情防控",
            "安全生产",
            "村“两委”换届",
            "，",
            "。",
        ),
        *(
            "\n",
            "督导",
            "调研",
            "工作",
            "学习贯彻",
            "党的二十大",
            "精神",
            "庆祝",
            "70周年",
            "暨",
            "和",
            "、",
            "以",
            "为抓手",
            "要",
            "强调",
        ),
        *("3月5日", "云台区", "背街小巷", "领导小组", "会议", "就", "等", "进行", "部署", "《", "》", " ", "年", "月"),
    )
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))


@given(TEXTS, st.integers(0, 60), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 40)), max_size=3))
def test_any_text_gives_exact_evidence_and_no_more_than_five(text: str, head: int, spans: list[tuple[int, int]]) -> None:
    read = Article("a1", "page.txt", 1, text[:head], text, min(head, len(text)), place=("云台区",))
    events = [(text[a : a + n], min(a, len(text)), min(a + n, len(text))) for a, n in spans]
    found = campaigns(read, events)
    assert found == campaigns(read, events[::-1])
    assert len(found) <= MOST
    assert len({campaign.name for campaign in found}) == len(found)
    for campaign in found:
        assert campaign.name
        assert campaign.name not in campaign.aliases
        assert all(e.quote and e.quote == text[e.start : e.end] for e in campaign.evidence)
    assert set(campaigns_of(text, found)) <= {campaign.name for campaign in found}
