"""Namesakes stay apart and careers stay together: the cases of cases/resolve_identity.tsv."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from papers import articles, rows

from kg.resolve import explain, resolve

CASES = Path(__file__).parents[1] / "cases" / "resolve_identity.tsv"
TABLE = rows(CASES.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", list(dict.fromkeys(row["case"] for row in TABLE)))
def test_case(case: str) -> None:
    table = [row for row in TABLE if row["case"] == case]
    resolution = resolve(articles(table))
    entity = {(f"{r.source.removesuffix('.txt')}#{r.number}", p.name): p.entity for r in resolution.records for p in r.people}
    wanted, found = defaultdict(set), defaultdict(set)
    for row in table:
        if row["who"] != "-":
            name = row["name"].rpartition(":")[2]
            wanted[row["who"]].add((row["article"], name))
            found[entity[row["article"], name]].add((row["article"], name))
    names = sorted({row["name"].rpartition(":")[2] for row in table})
    shown = "\n".join(line for name in names for line in explain(resolution, name))
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, wanted.values())), shown
