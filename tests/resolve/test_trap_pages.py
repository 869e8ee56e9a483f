"""Pages of two invented cities full of traps, read and resolved: who is who, who held what, who followed whom.

``traps/siqu``, three counties and a city: many bearers of one name in one county, an official and a reporter and a pupil of one
name, a teacher and a director, a county made a district, a zone and a bureau renamed, a head first acting and then elected, an
official on secondment, a leader who goes from county to city to province, a reprint with a misprinted name, pages that pass for
another place's. ``traps/lanxi``, a prefecture: a county made a city, of which only the prefecture's paper says where it lies, two
heads from acting to elected, one career from township to head of the city, a secretary who rises to the prefecture, bureaus that
reforms joined and renamed, a wire copy, a page without a place.

``python tests/resolve/test_trap_pages.py`` writes the tables anew; read the difference before you keep it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

import kg
from kg.graph.coappearance import coappearance
from kg.resolve import explain
from kg.resolve.model import Resolution
from kg.resolve.titles import whole_title

TRAPS = Path(__file__).parent / "traps"
Lines = list[str]


@cache
def resolved(city: str) -> Resolution:
    return kg.resolve(kg.extract(TRAPS / city / "text"))


def people(resolution: Resolution) -> Lines:
    """A person a line: name, and the articles that name the person."""
    where: dict[str, Lines] = defaultdict(list)
    names = {p.id: p.name for p in resolution.people}
    for r in resolution.records:
        for p in r.people:
            spelled = "" if p.name == names[p.entity or ""] else f"({p.name})"
            where[p.entity or ""].append(f"{r.source.removesuffix('.txt')}#{r.number}{spelled}")
    return sorted(f"{names[id_]}\t{' '.join(articles)}" for id_, articles in where.items())


def tenures(resolution: Resolution) -> Lines:
    """A tenure a line: name, whole title, status, seen, start, end, former since."""
    return sorted("\t".join((t.name, whole_title(t.body_name, t.post_name), t.status,
                             f"{t.first_seen or ''}..{t.last_seen or ''}", t.start or "", t.end or "", t.former_since or ""))
                  for t in resolution.tenures)


def successions(resolution: Resolution) -> Lines:
    """A succession a line: who left, who came, whole title, basis."""
    names = {p.id: p.name for p in resolution.people}
    return sorted("\t".join((names[s.predecessor], names[s.successor], whole_title(s.body_name, s.post_name), s.basis))
                  for s in resolution.successions)


TABLES = {"people": people, "tenures": tenures, "successions": successions}


CITIES = ("siqu", "lanxi")


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("table", TABLES)
def test_the_tables(city: str, table: str) -> None:
    wanted = (TRAPS / city / f"{table}.tsv").read_text(encoding="utf-8").splitlines()
    found = TABLES[table](resolved(city))
    wrong = {line.split("\t")[0] for line in {*wanted} ^ {*found}}
    assert found == wanted, "\n".join(line for name in sorted(wrong) for line in explain(resolved(city), name))


@pytest.mark.parametrize(("city", "twice"), [
    ("siqu", {"脱贫攻坚推进会": 2, "文化旅游推介会": 2}), ("lanxi", {"挂牌仪式": 2, "安全生产工作会议": 2})])
def test_what_is_told_twice_counts_once(city: str, twice: dict[str, int]) -> None:
    assert {e.name: len(e.articles) for e in resolved(city).events if len(e.articles) > 1} == twice
    met = {(pair.a, pair.b): pair.events for pair in coappearance(resolved(city))}
    if city == "lanxi":
        assert met["岚河市/丁一凡", "鹤源县/白云飞"] == 1


def test_names_that_bodies_and_places_had_before() -> None:
    bodies = {b.id: b for b in resolved("siqu").bodies}
    renamed = {(b.name, bodies[b.renamed_to].name) for b in bodies.values() if b.renamed_to}
    assert {("临漪县委", "临漪区委"), ("临漪县卫生局", "临漪区卫计委"), ("临漪区卫计委", "临漪区卫健委"),
            ("产业集聚区管委会", "临漪经济开发区管委会")} <= renamed
    places = {(p.id, p.renamed_to) for city in CITIES for p in resolved(city).places if p.renamed_to}
    assert places == {("临漪县", "泗渠市/临漪区"), ("岚河县", "岚溪州/岚河市")}


if __name__ == "__main__":
    for name in CITIES:
        for kind, rows in TABLES.items():
            (TRAPS / name / f"{kind}.tsv").write_text("\n".join(rows(resolved(name))) + "\n", encoding="utf-8")
