"""Pages of an invented city full of traps, read and resolved: who is who, who held what, who followed whom.

Three counties and a city: many bearers of one name in one county, an official and a reporter and a pupil of one name, a teacher
and a director, a county made a district, a zone and a bureau renamed, a head first acting and then elected, an official on
secondment, a leader who goes from county to city to province, a reprint with a misprinted name, pages that pass for another
place's.

``python tests/resolve/test_trap_pages.py`` writes the three tables anew; read the difference before you keep it.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

import kg
from kg.resolve import explain
from kg.resolve.model import Resolution
from kg.resolve.titles import whole_title

TRAPS = Path(__file__).parent / "traps"
Lines = list[str]


@pytest.fixture(scope="module")
def resolution() -> Resolution:
    return kg.resolve(kg.extract(TRAPS / "text"))


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


@pytest.mark.parametrize("table", TABLES)
def test_the_tables(table: str, resolution: Resolution) -> None:
    wanted = (TRAPS / f"{table}.tsv").read_text(encoding="utf-8").splitlines()
    found = TABLES[table](resolution)
    wrong = {line.split("\t")[0] for line in {*wanted} ^ {*found}}
    assert found == wanted, "\n".join(line for name in sorted(wrong) for line in explain(resolution, name))


def test_what_is_told_twice_counts_once(resolution: Resolution) -> None:
    told = {e.name: len(e.articles) for e in resolution.events if len(e.articles) > 1}
    assert told == {"脱贫攻坚推进会": 2, "文化旅游推介会": 2}


def test_names_that_bodies_and_places_had_before(resolution: Resolution) -> None:
    bodies = {b.id: b for b in resolution.bodies}
    renamed = {(b.name, bodies[b.renamed_to].name) for b in resolution.bodies if b.renamed_to}
    assert {("临漪县委", "临漪区委"), ("临漪县卫生局", "临漪区卫计委"), ("临漪区卫计委", "临漪区卫健委"),
            ("产业集聚区管委会", "临漪经济开发区管委会")} <= renamed
    assert [(p.name, p.renamed_to) for p in resolution.places if p.renamed_to] == [("临漪县", "泗渠市/临漪区")]


if __name__ == "__main__":
    resolved = kg.resolve(kg.extract(TRAPS / "text"))
    for name, rows in TABLES.items():
        (TRAPS / f"{name}.tsv").write_text("\n".join(rows(resolved)) + "\n", encoding="utf-8")
