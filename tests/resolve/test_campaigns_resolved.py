"""Campaigns across articles: names joined, broader ones found, months with their denominators."""

from __future__ import annotations

from dataclasses import replace

from papers import Said, article

from kg.model import Campaign, Record
from kg.resolve import resolve
from kg.resolve.model import CampaignNode

HERE, THERE = "衡泽市/丹阜区", "衡泽市/鹿亭县"


def told(source: str, place: str, *names: str, aliases: tuple[str, ...] = (), event: str = "",
         bodies: tuple[str, ...] = ()) -> Record:
    record = article(source, place, [Said("高建设", "丹阜区委|区委书记", event)], bodies=bodies)
    evidence = record.posts[0].evidence
    events = tuple(replace(e, campaigns=names, bodies=tuple(replace(b, role="convene") for b in e.bodies)) for e in record.events)
    return replace(record, campaigns=tuple(Campaign(name, evidence, "test", aliases) for name in names), events=events)


def nodes(*records: Record) -> dict[str, CampaignNode]:
    return {node.label: node for node in resolve(list(records)).campaigns}


def test_short_names_and_quotation_marks_are_one_campaign() -> None:
    found = nodes(told("甲报_2018-06-08_1", HERE, "创建全国文明城市"), told("甲报_2018-06-09_1", HERE, "创文"),
                  told("乙报_2018-06-10_1", THERE, "“丹心护苗”工作"), told("乙报_2018-06-11_1", THERE, "丹心护苗"))
    assert set(found) == {"创建全国文明城市", "“丹心护苗”工作"}
    assert found["创建全国文明城市"].alt_labels == ("创文",)
    assert (found["创建全国文明城市"].first, found["创建全国文明城市"].last) == ("2018-06-08", "2018-06-09")


def test_what_one_article_calls_the_same_is_the_same_everywhere() -> None:
    found = nodes(told("甲报_2018-06-08_1", HERE, "丹河清流攻坚", aliases=("清流攻坚",)),
                  told("甲报_2018-07-08_1", HERE, "清流攻坚"))
    assert {label: len(node.articles) for label, node in found.items()} == {"丹河清流攻坚": 2}


def test_two_families_of_the_lexicon_never_become_one() -> None:
    found = nodes(told("甲报_2018-06-08_1", HERE, "创建全国文明城市", aliases=("创卫",)), told("甲报_2018-07-08_1", HERE, "创卫"))
    assert set(found) == {"创建全国文明城市", "创建国家卫生城市"}
    alone = nodes(told("甲报_2018-06-08_1", HERE, "创建全国文明城市", aliases=("创卫",)))
    assert set(alone) == {"创建全国文明城市"}
    assert all(node.evidence for node in alone.values())


def test_a_longer_name_has_the_shorter_one_as_broader() -> None:
    found = nodes(told("甲报_2021-04-28_1", HERE, "丹河清流攻坚"), told("甲报_2021-05-28_1", HERE, "丹河清流攻坚百日会战"))
    assert found["丹河清流攻坚百日会战"].broader == found["丹河清流攻坚"].id
    assert found["丹河清流攻坚"].broader is None


def test_a_campaign_of_the_district_is_not_the_county_s() -> None:
    records = [told("甲报_2019-02-22_1", HERE, "八届区委第六轮巡察"), told("乙报_2019-02-22_1", THERE, "八届县委第六轮巡察"),
               told("丙报_2019-02-22_1", "衡泽市/柳湾区", "八届区委第六轮巡察")]
    assert sorted(node.id for node in resolve(records).campaigns) == \
        ["丹阜区/八届区委第六轮巡察", "柳湾区/八届区委第六轮巡察", "鹿亭县/八届县委第六轮巡察"]


def test_months_stand_beside_all_that_was_read_in_them() -> None:
    found = nodes(told("甲报_2018-06-01_1", HERE, "创文", event="2018-05-31 推进会", bodies=("丹阜区委宣传部",)),
                  told("甲报_2018-06-08_1", HERE, "创文"), told("甲报_2018-06-09_1", HERE), told("甲报_2018-07-09_1", HERE),
                  told("甲报_2018-05-09_1", HERE, event="2018-05-08 座谈会"))
    months = [(m.month, m.articles, m.events, m.all_articles, m.all_events) for m in found["创建全国文明城市"].months]
    assert months == [("2018-05", 0, 1, 1, 2), ("2018-06", 2, 0, 3, 0)]
    assert found["创建全国文明城市"].bodies == ("丹阜区委宣传部",)


def test_a_month_that_was_read_and_has_nothing_of_it_counts_nought() -> None:
    pages = (("06-01", "创文"), ("07-08", ""), ("09-08", "创文"), ("10-08", ""))
    found = nodes(*(told(f"甲报_2018-{day}_1", HERE, *filter(None, (campaign,))) for day, campaign in pages))
    months = [(m.month, m.articles, m.events, m.all_articles, m.all_events) for m in found["创建全国文明城市"].months]
    assert months == [("2018-06", 1, 0, 1, 0), ("2018-07", 0, 0, 1, 0), ("2018-09", 1, 0, 1, 0)]  # in August nothing was read


def test_an_event_told_twice_counts_once() -> None:
    event = "2018-06-06 创文推进会"
    found = nodes(told("甲报_2018-06-08_1", HERE, "创文", event=event), told("丙报_2018-06-08_1", "衡泽市", "创文", event=event))
    assert [(m.articles, m.events, m.all_events) for m in found["创建全国文明城市"].months] == [(2, 1, 1)]
