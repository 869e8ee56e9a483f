"""Whose paper a page is, which places contradict each other, and which zone or township a bare name means."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import Said, article

from kg.model import Evidence, Record
from kg.resolve import resolve
from kg.resolve.papers import under_own_papers
from kg.resolve.places import consistent


@pytest.mark.parametrize(("chain", "kept"), [
    ("衡泽市/丹阜区/青石镇", "衡泽市/丹阜区/青石镇"),
    ("澜川州/云坪市", "澜川州/云坪市"),
    ("衡泽市/云坪市", "衡泽市/云坪市"),  # a city of county level
    ("云坪市/澜川州", "澜川州"),
    ("拟任州/澜川州", "澜川州"),
    ("丹阜区/衡泽市", "衡泽市"),
    ("衡泽市/柳湾经济开发区", "衡泽市/柳湾经济开发区"),
    ("某地/丹阜区", "某地/丹阜区"),  # of no kind that is known
    ("", ""),
])
def test_what_cannot_stand_above(chain: str, kept: str) -> None:
    assert "/".join(consistent(tuple(filter(None, chain.split("/"))))) == kept


PLACES = ("河南省", "澜川州", "衡泽市", "云坪市", "丹阜区", "鹿亭县", "青石镇", "某地")


@given(st.lists(st.sampled_from(PLACES), max_size=5).map(tuple))
def test_a_consistent_chain_is_an_end_of_the_chain_and_stays(chain: tuple[str, ...]) -> None:
    kept = consistent(chain)
    assert chain[len(chain) - len(kept):] == kept
    assert bool(kept) == bool(chain)
    assert consistent(kept) == kept


def pages(*told: tuple[str, str]) -> list[Record]:
    return [article(source, place, [Said("方向", "|主任")]) for source, place in told]


def places(records: list[Record]) -> list[str]:
    return ["/".join(record.place) for record in under_own_papers(records)]


def test_a_page_that_passes_for_another_place_is_one_of_its_paper() -> None:
    told = pages(("澜川日报_2018-01-02_1", "澜川州"), ("澜川日报_2018-01-03_1", "云坪市/澜川高新技术产业开发区"),
                 ("澜川日报_2018-01-04_1", "云坪市/澜川州"))
    assert places(told) == ["澜川州", "澜川州", "澜川州"]


def test_pages_of_a_county_in_a_citys_paper_and_of_a_county_renamed_stay() -> None:
    told = pages(("衡泽日报_2018-01-02_1", "衡泽市"), ("衡泽日报_2018-01-03_1", "衡泽市/丹阜区"),
                 ("云坪报_2018-01-02_1", "澜川州/云坪县"), ("云坪报_2019-01-02_1", "云坪市"), ("要闻_2018-01-02_1", "丹阜区"))
    assert places(told) == ["/".join(record.place) for record in told]


def test_a_page_found_to_be_of_another_kind_of_place_is_one_of_its_paper() -> None:
    """衡泽县 in a paper of 衡泽市: between pages of the city it is no county of long ago."""
    told = pages(("衡泽日报_2018-01-02_1", "衡泽市"), ("衡泽日报_2018-01-03_1", "衡泽县"), ("衡泽日报_2018-01-04_1", "衡泽市"))
    assert places(told) == ["衡泽市"] * 3
    first = pages(("衡泽日报_2018-01-01_1", "衡泽县"), ("衡泽日报_2018-01-02_1", "衡泽市"), ("衡泽日报_2018-01-04_1", "衡泽市"))
    assert places(first) == ["衡泽市"] * 3
    named = [article("衡泽报_2008-01-01_1", "衡泽县", [Said("方向", "|主任")], before="衡泽县召开大会。"),
             *pages(("衡泽报_2018-01-02_1", "衡泽市"), ("衡泽报_2018-01-04_1", "衡泽市"))]
    assert places(named) == ["衡泽县", "衡泽市", "衡泽市"]


def test_bodies_completed_by_the_wrong_place_are_completed_by_the_right_one() -> None:
    here = "衡泽市/鹿亭区"
    told = [*(article(f"今日鹿亭_2018-01-{day:02}_1", here, [Said("高原", "|主任")]) for day in (2, 9)),
            article("今日鹿亭_2018-01-04_1", "鹿亭经济开发区", [
                Said("方向", "鹿亭经济开发区委|区委书记"), Said("文静", "鹿亭经济开发区管委会|主任"),
                Said("高原", "鹿亭经济开发区|区长")])]
    # What the page says is 区委书记方向 and 区长高原; only of 文静 it names the zone.
    told[2] = replace(told[2], posts=tuple(
        p if p.person == "文静" else replace(p, evidence=(Evidence(0, 1, told[2].text[:1]),)) for p in told[2].posts))
    assert {(t.name, t.body_name, t.post_name) for t in resolve(told).tenures} >= {
        ("方向", "鹿亭区委", "区委书记"), ("文静", "鹿亭经济开发区管委会", "主任"), ("高原", "鹿亭区政府", "区长")}
    lost = article("鹿亭报_2018-01-04_1", "青石镇", [Said("方向", "青石镇|镇长")])
    lost = replace(lost, posts=(replace(lost.posts[0], evidence=(Evidence(0, 1, lost.text[:1]),)),))
    county = [article(f"鹿亭报_2018-01-{day:02}_1", "衡泽市/鹿亭县", [Said("高原", "|主任")]) for day in (2, 9)]
    assert {(t.name, t.body_name) for t in resolve([*county, lost]).tenures} >= {("方向", None)}


def bodies_of(records: list[Record], name: str) -> set[str | None]:
    return {tenure.body_name for tenure in resolve(records).tenures if tenure.name == name}


def test_a_bare_zone_is_the_one_that_the_article_names() -> None:
    known = [Said("方向", "柳湾经济开发区管委会|主任"), Said("文静", "临江高新区管委会|主任")]
    told = [article("衡泽日报_2018-01-02_1", "衡泽市", known),
            article("衡泽日报_2019-01-02_1", "衡泽市", [Said("方向", "开发区管委会|主任")], before="柳湾经济开发区签约。")]
    assert bodies_of(told, "方向") == {"柳湾经济开发区管委会"}
    assert bodies_of([*told[:1], article("衡泽日报_2019-01-02_1", "衡泽市", [Said("高原", "经开区管委会|主任")])], "高原") == \
        {"柳湾经济开发区管委会"}


def test_a_zone_by_another_name_is_the_same_zone() -> None:
    old = article("衡泽日报_2015-01-02_1", "衡泽市", [Said("方向", "柳湾经济开发区管委会|管委会副主任", "2015-01-01 签约会")])
    later = [Said("方向", "临江高新技术产业开发区管委会|管委会主任", "2019-01-01 签约会")]
    said = article("衡泽日报_2019-01-02_1", "衡泽市", later, before="高新区前身是柳湾经济开发区,去年更为现名。")
    assert len(resolve([old, said]).people) == 1
    assert len(resolve([old, article("衡泽日报_2019-01-02_1", "衡泽市", later)]).people) == 2


def test_the_year_of_an_undated_page_is_that_of_its_own_event() -> None:
    told = [article("今日云坪_要闻二", "云坪市", [Said("方向", "云坪市|市长", "2021-12-23 大会")]),
            article("今日云坪_要闻二", "云坪市", [Said("方向", "云坪市|市长", "XXXX-01-04 常务会议")], number=2)]
    assert [(t.first_seen, t.last_seen) for t in resolve(told).tenures] == [("2021-12-23", "2022-01-04")]
