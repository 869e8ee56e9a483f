"""Which occasions an article reports: kind, name, date, place; and which it only announces, studies or counts."""

from __future__ import annotations

import pytest
from extract_cases import Row, article, by_strength, occasion, read

from kg.extract.article import extract


@by_strength("extract_events")
def test_events(row: Row) -> None:
    expected = [] if row["events"] == "-" else [item.strip() for item in row["events"].split(";")]
    assert [occasion(event) for event in read(row).events] == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("4月25日，全区防汛工作会议在区会展中心召开。", "区会展中心"),
        ("4月25日，全区防汛工作会议召开。", None),
        ("4月25日，区委书记高建设到双槐镇调研乡村振兴工作。", "双槐镇"),
        ("4月25日，“桃花节”在双槐镇油坊村开幕。", "双槐镇油坊村"),
    ],
)
def test_place(text: str, place: str | None) -> None:
    assert [event.place for event in extract(article(text)).events] == [place]


def test_the_places_of_a_tour_are_its_sites() -> None:
    (event,) = extract(article("4月25日，区委书记高建设深入双槐镇、青石镇、西关街道调研防汛工作。")).events
    assert event.sites == ("双槐镇", "青石镇", "西关街道")


def test_without_an_issue_date_the_year_stays_unknown() -> None:
    (event,) = extract(article("4月25日，全区防汛工作会议召开。", published=None)).events
    assert event.date == "XXXX-04-25"


def test_people_go_to_the_occasion_in_whose_paragraph_they_stand() -> None:
    record = extract(
        article(
            "高建设调研防汛工作\n4月25日，区委书记高建设到双槐镇调研防汛工作，副区长陈静陪同。\n"
            "当天下午，区长司马长青主持召开全区招商引资工作会议，副区长王平参加会议。"
        )
    )
    assert [{a.person for a in event.appearances} for event in record.events] == [{"高建设", "陈静"}, {"司马长青", "王平"}]


def test_a_caption_is_its_articles_occasion() -> None:
    record = extract(
        article("全区防汛工作会议召开\n4月25日，全区防汛工作会议召开。区长司马长青主持会议。\n图为防汛工作会议现场。")
    )
    assert [occasion(event) for event in record.events] == ["meeting 2021-04-25 防汛工作会议"]


def test_an_event_serves_the_campaign_in_its_name() -> None:
    (event,) = extract(article("4月25日，丹阜区垃圾分类工作推进会召开。")).events
    assert event.campaigns == ("垃圾分类",)
