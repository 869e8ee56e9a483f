"""Where a page is at home: dated divisions, places no list has, zones, the paper's own name, shared names."""

from __future__ import annotations

from collections import Counter

import pytest
from cases import table
from hypothesis import given
from hypothesis import strategies as st

from kg.text.places import chains_of, find_place, full_names, is_division, level_of, named_places, no_place, short_named

KNOWN = pytest.mark.xfail(strict=True, reason="known fault", raises=AssertionError)


@pytest.mark.parametrize(
    "row", [pytest.param(row, marks=() if row["strength"] == "ok" else KNOWN, id=row["text"][:20]) for row in table("places")]
)
def test_the_place_of_a_page(row: dict[str, str]) -> None:
    assert ("/".join(find_place(row["text"], row["paper"] or None)) or "-") == row["place"]


@pytest.mark.parametrize(
    ("place", "level"),
    [
        ("管城回族区", "区"),
        ("红河州", "州"),
        ("西关街道", "街道"),
        ("广西壮族自治区", "自治区"),
        ("阿里地区", "地"),
        ("鹿亭县", "县"),
        ("双槐镇", "镇"),
    ],
)
def test_level(place: str, level: str) -> None:
    assert level_of(place) == level


def test_one_name_many_chains_newest_first() -> None:
    chains = chains_of("鼓楼区")
    assert {chain[1] for chain in chains} >= {"开封市", "南京市", "福州市", "徐州市"}
    assert chains_of("东城区") == (("北京市", "东城区"), ("四川省", "成都市", "东城区"))  # Chengdu had one until 1990
    assert chains_of("丹阜区") == ()


def test_a_division_of_a_people_is_known_by_its_short_name_too() -> None:
    assert chains_of("管城区") == tuple((*chain[:-1], "管城区") for chain in chains_of("管城回族区"))
    assert is_division("管城区")
    assert not is_division("丹阜区")


def test_short_names() -> None:
    assert full_names("郑州") == ("郑州市",)
    assert full_names("丹阜") == ()
    assert short_named("周口的变化，周口的未来。")["市"] == "周口市"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("丹阜区和鹿亭县的代表来到丹阜区。", {"丹阜区": 2, "鹿亭县": 1}),
        ("召开县委常委会。", {}),
        ("同志和县长一起。", {}),
        ("社区、小区、园区。", {}),
        ("我县、全市、该镇。", {}),
        ("双槐镇党委", {"双槐镇": 1}),
        ("柳湾经济技术开发区管委会", {"柳湾经济技术开发区": 1}),
        ("司马区长讲话", {}),
        ("市场、市民、市容", {}),
        ("县委副书记、代县长讲话", {}),
        ("苹果之乡、示范镇建设", {}),
        ("滨州高新区集中签约", {"滨州高新区": 1}),
        ("最后镇党委书记讲话，希望继续关心镇村发展", {}),
        ("天水经开区管委会领导，经开区和开发区各部门", {"天水经开区": 3}),
    ],
)
def test_places_named(text: str, found: dict[str, int]) -> None:
    assert named_places(text) == Counter(found)


@pytest.mark.parametrize("name", ["社区", "军分区", "我县", "全市", "老乡", "超市", "工业园区"])
def test_what_ends_like_a_place_and_is_none(name: str) -> None:
    assert no_place(name)


def test_a_place_is_none_of_those() -> None:
    assert not any(map(no_place, ("丹阜区", "鹿亭县", "双槐镇", "柳湾高新区")))


@given(
    st.text(alphabet="丹阜鹿亭双槐区县镇市州旗乡省委长我全的和，。社军分开发新", max_size=60),
    st.sampled_from([None, "丹阜时讯", "报"]),
)
def test_any_page_has_a_chain_without_repeats(text: str, paper: str | None) -> None:
    chain = find_place(text, paper)
    assert chain == find_place(text, paper)
    assert all(chain)
    assert len(set(chain)) == len(chain)
    assert all(count > 0 for count in named_places(text).values())
