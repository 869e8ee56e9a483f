"""Who followed whom: the cases of cases/resolve_successions.tsv; absence and the order of lists."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from papers import Said, article, articles, rows

from kg.errors import InputError
from kg.model import Record
from kg.resolve import resolve
from kg.resolve.absence import lines, not_seen_since
from kg.resolve.claims import single_seat
from kg.resolve.model import Succession
from kg.resolve.order import standings
from kg.resolve.titles import whole_title

TABLE = rows((Path(__file__).parents[1] / "cases" / "resolve_successions.tsv").read_text(encoding="utf-8"))


def shown(succession: Succession) -> tuple[str, str, str, str]:
    pair = " > ".join(id_.rpartition("/")[2] for id_ in (succession.predecessor, succession.successor))
    gap = "no gap known" if succession.gap_days is None else f"{succession.gap_days} days, {succession.issues_read_in_gap} issues"
    return (succession.basis + (" acting" if succession.acting else ""), pair,
            whole_title(succession.body_name, succession.post_name), gap)


@pytest.mark.parametrize("case", list(dict.fromkeys(row["case"] for row in TABLE)))
def test_case(case: str) -> None:
    table = [row for row in TABLE if row["case"] == case]
    found = resolve(articles([row for row in table if row["article"] != "=>"])).successions
    wanted = [(row["place"], row["name"], row["posts"], row["event"]) for row in table if row["article"] == "=>"]
    assert sorted(map(shown, found)) == sorted(wanted)
    assert all(s.evidence for s in found)


@pytest.mark.parametrize("post", [
    "区委书记", "区长", "常务副区长", "局长", "组织部长", "主任", "检察长", "党组书记", "区政协秘书长", "政委"])
def test_posts_of_one_seat(post: str) -> None:
    assert single_seat(post)


@pytest.mark.parametrize("post", [
    "副区长", "区委常委", "区委副书记", "党组成员", "副局长", "教授", "区人大常委会副主任", "审判委员会委员", "四级调研员",
    "区领导", "副秘书长", "人大代表"])
def test_posts_of_many_seats(post: str) -> None:
    assert not single_seat(post)


def some_issues() -> list[Record]:
    here, head = "衡泽市/丹阜区", [Said("司马长青", "丹阜区|区长")]
    return [article("甲报_2018-03-16_1", here, [Said("高建设", "丹阜区委|区委书记")]),
            *(article(f"甲报_2018-03-{day}_1", here, head) for day in (17, 18, 19)),
            article("甲报_2", here, head),
            article("乙报_2018-05-01_1", "衡泽市/鹿亭县", [Said("黎晓棠", "鹿亭县|县长"), Said("高建设", "丹阜区委|区委书记")])]


def test_not_seen_is_told_with_what_was_read() -> None:
    resolution = resolve(some_issues(), selection="complete")
    there, here = not_seen_since(resolution, "丹阜区/高建设")
    assert (here.paper, here.last_seen, here.issues_since, here.last_issue) == ("甲报", "2018-03-16", 3, "2018-03-19")
    assert (there.paper, there.last_seen, there.issues_since, there.last_issue) == ("乙报", "2018-05-01", 0, "2018-05-01")
    with pytest.raises(InputError, match="keyword"):
        not_seen_since(replace(resolution, selection="keyword"), "丹阜区/高建设")
    with pytest.raises(InputError, match="丹阜区/张三"):
        not_seen_since(resolution, "丹阜区/张三")


def test_absences_in_words() -> None:
    resolution = resolve(some_issues(), selection="complete")
    assert list(lines(resolution)) == [
        "丹阜区/高建设  last named by 甲报 on 2018-03-16; 3 issues of it read since, to 2018-03-19; "
        "named in another paper on 2018-05-01", "Not seen is not left."]
    assert [line.split()[0] for line in lines(resolution, place="鹿亭县", least=0)] == ["鹿亭县/黎晓棠", "Not"]
    assert [line.split()[0] for line in lines(resolution, name="司马长青", least=0)] == ["丹阜区/司马长青", "Not"]
    assert list(lines(replace(resolution, selection="unknown"), least=9)) == [
        "How the pages were chosen is unknown (kg build --selection): not seen here is not left."]
    for asked, says in (({"name": "张三"}, "张三"), ({"place": "无名区"}, "无名区")):
        with pytest.raises(InputError, match=says):
            list(lines(resolution, **asked))
    with pytest.raises(InputError, match="keyword"):
        list(lines(replace(resolution, selection="keyword")))


def test_standings_are_relative_within_one_list_and_one_institution() -> None:
    told = article("甲报_2018-03-16_1", "衡泽市/丹阜区", [
        Said("高原", "丹阜区委|区委常委", "2018-03-14 动员会"), Said("文静", "", "2018-03-14 动员会"),
        Said("明亮", "丹阜区委|区委常委", "2018-03-14 动员会"),
        Said("田家和", "丹阜区人大常委会|区人大常委会副主任", "2018-03-14 动员会"),
        Said("欧阳雪", "", "2018-03-14 动员会")])
    event = told.events[0]
    ranked = tuple(replace(a, list=1, rank=n, list_size=6, list_label="区领导", open=True)
                   for n, a in enumerate(event.appearances, start=1))
    found = standings(resolve([replace(told, events=(replace(event, appearances=ranked),))]))
    shown = [(s.name, s.rank, s.size, s.relative, s.institution, s.block_rank, s.block_size, s.block_relative) for s in found]
    assert shown == [
        ("文静", 2, 6, 0.2, "党委", 2, 3, 0.5), ("明亮", 3, 6, 0.4, "党委", 3, 3, 1.0),
        ("欧阳雪", 5, 6, 0.8, None, None, None, None), ("田家和", 4, 6, 0.6, "人大", 1, 1, None),
        ("高原", 1, 6, 0.0, "党委", 1, 3, 0.0)]
    strokes = tuple(replace(a, order="by_stroke") for a in ranked)
    unranked = standings(resolve([replace(told, events=(replace(event, appearances=strokes),))]))
    assert {(s.relative, s.block_rank, s.block_relative) for s in unranked} == {(None, None, None)}


def test_an_institution_is_known_from_posts_seen_within_a_year() -> None:
    here = "衡泽市/丹阜区"
    told = article("甲报_2018-03-16_1", here, [Said("高原", "", "2018-03-14 动员会"), Said("文静", "", "2018-03-14 动员会")])
    event = told.events[0]
    ranked = tuple(replace(a, list=1, rank=n, list_size=2) for n, a in enumerate(event.appearances, start=1))
    others = [article("甲报_2018-09-16_1", here, [Said("高原", "丹阜区|副区长")]),
              article("甲报_2020-09-16_1", here, [Said("文静", "丹阜区政协|区政协副主席")])]
    resolution = resolve([replace(told, events=(replace(event, appearances=ranked),)), *others])
    assert [(s.name, s.institution) for s in standings(resolution)] == [("文静", None), ("高原", "政府")]
