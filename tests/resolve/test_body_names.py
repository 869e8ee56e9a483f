"""Bodies and titles under their many names: cases/resolve_bodies.tsv, resolve_same_body.tsv, resolve_titles.tsv."""

from __future__ import annotations

from pathlib import Path

import pytest
from papers import Said, article, rows

from kg.resolve import resolve
from kg.resolve.places import PlaceBook, code_at, level_of, short_place, stem_place
from kg.resolve.titles import fold_name, whole_title

CASES = Path(__file__).parents[1] / "cases"
BODIES = rows((CASES / "resolve_bodies.tsv").read_text(encoding="utf-8"))
PAIRS = rows((CASES / "resolve_same_body.tsv").read_text(encoding="utf-8"))
TITLES = rows((CASES / "resolve_titles.tsv").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", BODIES, ids=lambda row: row["body"])
def test_a_body_is_completed_and_placed(row: dict[str, str]) -> None:
    resolution = resolve([article("甲报_2020-01-02_1", row["context"], [Said("高建设", f"{row['body']}|主任")])])
    assert [(b.name, "/".join(b.place), b.system) for b in resolution.bodies] == [(row["name"], row["place"], row["system"])]


@pytest.mark.parametrize("row", PAIRS, ids=lambda row: f"{row['a']} {row['b']}")
def test_two_names_of_one_body(row: dict[str, str]) -> None:
    told = [Said("高建设", f"{row['a']}|主任"), Said("司马长青", f"{row['b']}|主任")]
    resolution = resolve([article("甲报_2020-01-02_1", "衡泽市/丹阜区", told)])
    assert len(resolution.bodies) == (1 if row["same"] == "yes" else 2), [b.name for b in resolution.bodies]


@pytest.mark.parametrize("row", TITLES, ids=lambda row: f"{row['body']} {row['post']}")
def test_one_title_for_all_ways_of_dividing_it(row: dict[str, str]) -> None:
    place = "丹阜区" if row["body"].startswith("丹阜区") else None
    assert whole_title(row["body"] or None, row["post"], place) == row["title"]


def test_a_renamed_body_is_two_nodes_with_a_link() -> None:
    text = "由原区卫生和计划生育委员会更名组建的丹阜区卫生健康委员会率先挂牌。"
    resolution = resolve([
        article("甲报_2018-06-08_1", "衡泽市/丹阜区", [Said("贺春兰", "丹阜区卫计委|主任")]),
        article("甲报_2019-02-22_1", "衡泽市/丹阜区", [Said("贺春兰", "丹阜区卫健委|主任")], before=text)])
    assert {b.name: b.renamed_to for b in resolution.bodies} == {"丹阜区卫计委": "丹阜区卫健委", "丹阜区卫健委": None}
    assert len(resolution.people) == 1


@pytest.mark.parametrize("said", [
    "撤销鹿亭县,设立衡泽市鹿亭区。", "鹿亭县正式更名为鹿亭区。", "",
])
def test_a_county_made_a_district_keeps_its_people(said: str) -> None:
    """撤县设区, stated or only seen: places, bodies and people follow."""
    resolution = resolve([
        article("乙报_2018-05-04_1", "衡泽市/鹿亭县", [Said("李静", "鹿亭县水利局|局长")]),
        article("乙报_2019-08-04_1", "衡泽市/鹿亭区", [Said("李静", "鹿亭区水利局|局长")], before=said)])
    places = {p.id: p.renamed_to for p in resolution.places}
    assert places["衡泽市/鹿亭县"] == "衡泽市/鹿亭区"
    assert {b.name: b.renamed_to for b in resolution.bodies} == {"鹿亭县水利局": "鹿亭区水利局", "鹿亭区水利局": None}
    assert len(resolution.people) == 1
    assert len(resolution.tenures) == 2


def test_two_places_of_one_stem_at_one_time_are_two() -> None:
    resolution = resolve([article(f"乙报_2018-05-0{day}_1", f"衡泽市/{place}", [Said("李静", f"{place}水利局|局长")])
                          for day, place in enumerate(("鹿亭县", "鹿亭区", "鹿亭县", "鹿亭区"), start=1)])
    assert not any(p.renamed_to for p in resolution.places)
    assert len(resolution.people) == 2


def test_places_complete_each_other_and_the_divisions_complete_them() -> None:
    chains = [("管城区",), ("郑州市", "管城回族区"), ("鼓楼区",), ("南京市", "鼓楼区"), ("徐州市", "鼓楼区"),
              ("丹阜区",), ("衡泽市", "丹阜区")]
    book = PlaceBook(chains)
    assert book.chain(("管城区",)) == book.chain(("郑州市", "管城回族区")) == ("河南省", "郑州市", "管城回族区")
    assert book.chain(("鼓楼区",)) == ("鼓楼区",)  # four cities have one
    assert book.chain(("南京市", "鼓楼区")) == ("江苏省", "南京市", "鼓楼区")
    assert book.chain(("丹阜区",)) == ("衡泽市", "丹阜区")
    assert code_at(("河南省", "郑州市", "管城回族区"), None) == "410104"
    assert code_at(("衡泽市", "丹阜区"), None) is None


@pytest.mark.parametrize(("chain", "level"), [
    (("河南省",), "省"), (("北京市",), "省"), (("广西壮族自治区",), "省"), (("衡泽市",), "市"), (("恩施土家族苗族自治州",), "市"),
    (("河南省", "郑州市", "巩义市"), "县"), (("衡泽市", "丹阜区"), "县"), (("衡泽市", "柳湾经开区"), "县"),
    (("衡泽市", "丹阜区", "西关街道"), "乡"), (("衡泽市", "鹿亭县", "青石镇", "油坊村"), "村"), ((), None),
])
def test_levels(chain: tuple[str, ...], level: str | None) -> None:
    assert level_of(chain) == level


def test_short_names_of_places() -> None:
    assert [short_place(name) for name in ("管城回族区", "恩施土家族苗族自治州", "孟村回族自治县", "丹阜区")] == \
        ["管城区", "恩施州", "孟村县", "丹阜区"]
    assert [stem_place(name) for name in ("丹阜区", "柳湾产业集聚区", "柳湾经开区", "郊区")] == ["丹阜", "柳湾", "柳湾", "郊区"]


def test_names_in_one_width() -> None:
    assert fold_name("艾尔肯•吐尔逊") == fold_name("艾尔肯·吐尔逊") == fold_name("艾尔肯・吐尔逊")
    assert fold_name("高 原") == fold_name("高　原") == "高原"
