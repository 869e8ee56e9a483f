"""Events told twice are one event: cases/resolve_events.tsv; reprints; what one node gathers from several tellings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from papers import Said, article, rows

from kg.model import Record
from kg.resolve import resolve
from kg.resolve.when import bounds, near, with_year

TABLE = rows((Path(__file__).parents[1] / "cases" / "resolve_events.tsv").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['same']} {row['event_a']} {row['note']}")
def test_two_tellings(row: dict[str, str]) -> None:
    corpus = []
    for side in "ab":
        names = row[f"people_{side}"].split("、") if row[f"people_{side}"] else ["卜人"]
        told = article(row[f"paper_{side}"], row[f"place_{side}"], [Said(name, "", row[f"event_{side}"]) for name in names])
        if not row[f"people_{side}"]:
            told = replace(told, people=(), events=tuple(replace(e, appearances=()) for e in told.events))
        corpus.append(told)
    events = resolve(corpus).events
    assert len(events) == (1 if row["same"] == "yes" else 2), [(e.date, e.name) for e in events]


def test_one_node_gathers_all_tellings() -> None:
    event = "2020-12-02 清河跨界联防联治第二次联席会议"
    a = article("甲报_2020-12-04_1", "衡泽市/丹阜区", [
        Said("司马长青", "丹阜区|区长", event), Said("黎晓棠", "鹿亭县|县长", event)],
        bodies=["丹阜区水利局"])
    b = article("乙报_2020-12-05_1", "衡泽市/鹿亭县", [
        Said("黎晓棠", "鹿亭县|县长", event), Said("司马长青", "丹阜区|区长", event), Said("马跃", "鹿亭县|副县长", event)],
        bodies=["鹿亭县水利局"])
    b = replace(b, events=tuple(replace(e, appearances=tuple(replace(x, role="speak", verb="讲话") for x in e.appearances))
                                for e in b.events))
    resolution = resolve([a, b])
    (node,) = resolution.events
    assert node.articles == tuple(sorted((a.id, b.id)))
    assert {x.person.rpartition("/")[2]: x.roles for x in node.appearances} == {
        "司马长青": ("speak", "attend"), "黎晓棠": ("speak", "attend"), "马跃": ("speak",)}
    assert node.bodies == (("丹阜区水利局", "participate"), ("鹿亭县水利局", "participate"))
    assert {e.event for r in resolution.records for e in r.events} == {node.id}


def test_a_reprint_with_another_date_is_no_second_event() -> None:
    """A wire copy says 昨日 of the same meeting and comes out three days later."""
    text = "会议指出,要把防汛的责任压实到每一个岗位和每一个人。要把隐患一条一条地查清楚并且整改到位。"
    posts = {"高建设": "丹阜区委|区委书记", "方向": "丹阜区委|区委副书记"}

    def told(source: str, day: str) -> Record:
        said = [Said(name, post, f"{day} 防汛会商会") for name, post in posts.items()]
        return article(source, "衡泽市/丹阜区", said, before=text)

    copies = [told("丙报_2020-07-25_3", "2020-07-24"), told("丁报_2020-07-25_3", "2020-07-24")]
    resolution = resolve([*copies, told("甲报_2020-07-22_1", "2020-07-21")])
    (node,) = resolution.events
    assert node.date == "2020-07-21"
    assert {t.last_seen for t in resolution.tenures} == {"2020-07-21"}


def test_a_wire_copy_in_many_papers_is_one_event() -> None:
    text = "会议指出,要把防汛的责任压实到每一个岗位和每一个人。要把隐患一条一条地查清楚并且整改到位。"
    corpus = [article(f"{paper}报_2020-07-2{1 + n % 5}_1", "衡泽市/丹阜区",
                      [Said("高建设", "丹阜区委|区委书记", f"2020-07-{20 + n % 5} 防汛会商会")], before=text)
              for n, paper in enumerate("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳")]
    (node,) = resolve(corpus).events
    assert (node.date, len(node.articles)) == ("2020-07-20", 16)


def test_a_name_misprinted_in_a_reprint_is_the_same_person() -> None:
    text = "会议指出,要把防汛的责任压实到每一个岗位和每一个人。要把隐患一条一条地查清楚并且整改到位。"
    original = article("甲报_2020-07-22_1", "衡泽市/丹阜区", [Said("高建设", "丹阜区委|区委书记"), Said("方向", "")], before=text)
    copy = article("丙报_2020-07-25_3", "衡泽市/丹阜区", [Said("高健设", "丹阜区委|区委书记"), Said("方向", "")], before=text)
    alone = article("丁报_2020-08-25_3", "衡泽市/丹阜区", [Said("高键设", "丹阜区委|区委书记")])
    people = {p.id: p.aliases for p in resolve([original, copy, alone]).people}
    assert people == {"丹阜区/高建设": ("高健设",), "丹阜区/方向": (), "丹阜区/高键设": ()}


def test_two_events_of_one_article_stay_two() -> None:
    told = article("甲报_2020-07-22_1", "衡泽市/丹阜区", [
        Said("高建设", "丹阜区委|区委书记", "2020-07-21 检查防汛工作"), Said("方向", "", "2020-07-21 检查防汛工作"),
        Said("高建设", "", "2020-07-21 防汛工作会商会"), Said("方向", "", "2020-07-21 防汛工作会商会")])
    other = article("丙报_2020-07-22_1", "衡泽市", [
        Said("高建设", "丹阜区委|区委书记", "2020-07-21 检查防汛工作"), Said("方向", "", "2020-07-21 检查防汛工作")])
    found = sorted((e.name, len(e.articles)) for e in resolve([told, other]).events)
    assert found == [("检查防汛工作", 2), ("防汛工作会商会", 1)]


@pytest.mark.parametrize(("edtf", "first", "last"), [
    ("2021-04-25", "2021-04-25", "2021-04-25"), ("2021-04", "2021-04-01", "2021-04-30"), ("2021", "2021-01-01", "2021-12-31"),
    ("2021-04-23/2021-04-25", "2021-04-23", "2021-04-25"), ("2020-02~", "2020-02-01", "2020-02-29"),
])
def test_bounds_of_dates(edtf: str, first: str, last: str) -> None:
    span = bounds(edtf)
    assert span is not None
    assert tuple(day.isoformat() for day in span) == (first, last)


@pytest.mark.parametrize("edtf", [None, "", "XXXX-04-25", "2021-13-01", "2021-02-30", "2021-04-25/2021-04-23", "近日", "../2021"])
def test_what_bounds_nothing(edtf: str | None) -> None:
    assert bounds(edtf) is None


def test_years_from_the_issue_and_from_a_neighbour() -> None:
    issue, anchor = bounds("2022-01-04"), bounds("2020-12-02")
    assert issue
    assert anchor
    assert with_year("XXXX-12-28/XXXX-01-02", issue[0]) == "2021-12-28/2022-01-02"
    assert with_year("XXXX-01-03", issue[0]) == "2022-01-03"
    assert with_year("XXXX-02-29", issue[0]) == "XXXX-02-29"  # no such day within a year
    assert near("XXXX-01-03", anchor[0]) == "2021-01-03"
