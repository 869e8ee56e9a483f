"""Who followed whom: the cases of cases/resolve_successions.tsv; absence and the order of lists."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from papers import Said, article, articles, rows

from kg.errors import InputError
from kg.resolve import resolve
from kg.resolve.absence import not_seen_since
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


def test_not_seen_is_told_with_what_was_read() -> None:
    here, head = "衡泽市/丹阜区", [Said("司马长青", "丹阜区|区长")]
    corpus = [article("甲报_2018-03-16_1", here, [Said("高建设", "丹阜区委|区委书记")]),
              *(article(f"甲报_2018-03-{day}_1", here, head) for day in (17, 18, 19)),
              article("乙报_2018-05-01_1", "衡泽市/鹿亭县", [Said("黎晓棠", "鹿亭县|县长")])]
    resolution = resolve(corpus, selection="complete")
    (found,) = not_seen_since(resolution, "丹阜区/高建设")
    assert (found.paper, found.last_seen, found.issues_since, found.last_issue) == ("甲报", "2018-03-16", 3, "2018-03-19")
    with pytest.raises(InputError, match="keyword"):
        not_seen_since(replace(resolution, selection="keyword"), "丹阜区/高建设")
    with pytest.raises(InputError, match="丹阜区/张三"):
        not_seen_since(resolution, "丹阜区/张三")


def test_standings_are_relative_within_one_list_and_one_institution() -> None:
    told = article("甲报_2018-03-16_1", "衡泽市/丹阜区", [
        Said("高原", "丹阜区委|区委常委", "2018-03-14 动员会"), Said("文静", "丹阜区委|区委常委", "2018-03-14 动员会"),
        Said("田家和", "丹阜区人大常委会|区人大常委会副主任", "2018-03-14 动员会"),
        Said("欧阳雪", "", "2018-03-14 动员会")])
    event = told.events[0]
    ranked = tuple(replace(a, list=1, rank=n, list_size=5, list_label="区领导", open=True)
                   for n, a in enumerate(event.appearances, start=1))
    found = standings(resolve([replace(told, events=(replace(event, appearances=ranked),))]))
    shown = [(s.person.rpartition("/")[2], s.rank, s.size, s.relative, s.institution, s.block_rank, s.block_size) for s in found]
    assert shown == [
        ("文静", 2, 5, 0.25, "党委", 2, 2), ("欧阳雪", 4, 5, 0.75, None, 1, 1), ("田家和", 3, 5, 0.5, "人大", 1, 1),
        ("高原", 1, 5, 0.0, "党委", 1, 2)]
    strokes = tuple(replace(a, order="by_stroke") for a in ranked)
    unranked = standings(resolve([replace(told, events=(replace(event, appearances=strokes),))]))
    assert {s.relative for s in unranked} == {None}
