"""Who held what when: the cases of cases/resolve_tenures.tsv, and laws that hold of every tenure."""

from __future__ import annotations

from pathlib import Path

import pytest
from papers import articles, rows

from kg.resolve import resolve
from kg.resolve.model import Resolution, Tenure
from kg.resolve.titles import whole_title

TABLE = rows((Path(__file__).parents[1] / "cases" / "resolve_tenures.tsv").read_text(encoding="utf-8"))
CASES = list(dict.fromkeys(row["case"] for row in TABLE))


def resolved(case: str) -> Resolution:
    return resolve(articles([row for row in TABLE if row["case"] == case and row["article"] != "=>"]))


def shown(tenure: Tenure) -> str:
    first, last = ((when or "") + ("p" if basis == "printed" else "")
                   for when, basis in ((tenure.first_seen, tenure.first_basis), (tenure.last_seen, tenure.last_basis)))
    stated = (("start", tenure.start), ("end", tenure.end), ("former", tenure.former_since))
    return f"{first}..{last}" + "".join(f" {word}={when}" for word, when in stated if when)


@pytest.mark.parametrize("case", CASES)
def test_case(case: str) -> None:
    wanted = sorted((row["name"], row["posts"], row["place"], row["event"])
                    for row in TABLE if row["case"] == case and row["article"] == "=>")
    found = sorted((t.name, whole_title(t.body_name, t.post_name), t.status, shown(t)) for t in resolved(case).tenures)
    assert found == wanted


@pytest.mark.parametrize("case", CASES)
def test_each_tenure_has_evidence_and_nodes(case: str) -> None:
    resolution = resolved(case)
    posts, people, bodies = ({node.id for node in nodes} for nodes in (resolution.posts, resolution.people, resolution.bodies))
    texts = {record.id: record.text for record in resolution.records}
    for t in resolution.tenures:
        assert t.post in posts
        assert t.person in people
        assert t.body is None or t.body in bodies
        assert t.evidence
        assert all(texts[ref.article][ref.start:ref.end] == ref.quote for ref in t.evidence)
    assert len({t.id for t in resolution.tenures}) == len(resolution.tenures)
