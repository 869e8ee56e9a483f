"""SHACL: a sound graph conforms, a broken one is told what is wrong and where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import InputError
from kg.rdf.validate import Finding, Report, render, validate, validate_turtle

if TYPE_CHECKING:
    from kg.pipeline import Summary

BASE = "https://w3id.org/guanpu/"
TENURE = f"{BASE}tenure/丹阜区/司马长青:丹阜区委:区委书记"
CHAIR = f"{BASE}appearance/2021-03-01/创建文明城市推进会;丹阜区/司马长青"
LISTED = f"{BASE}appearance/2021-03-01/创建文明城市推进会;丹阜区/文静"


def broken(folder: Path, *changes: tuple[str, str], language: str = "en") -> Report:
    """The report on the small district after each text was replaced by another (once)."""
    text = (folder / "graph.ttl").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return validate_turtle(text.encode(), language)  # type: ignore[arg-type]


def block(subject: str, line: str, new: str, folder: Path) -> tuple[str, str]:
    """A change of one line within the block of one subject."""
    text = (folder / "graph.ttl").read_text(encoding="utf-8")
    start = text.index(f"\n<{subject}> ")
    whole = text[start : text.index(" .\n", start) + 3]
    assert line in whole, whole
    return whole, whole.replace(line, new, 1)


def test_the_district_conforms(small_folder: Path) -> None:
    report = validate(small_folder)
    assert report.conforms
    assert report.findings == ()
    assert render(report) == f"{report.triples} triples: conforms, 0 violations, 0 warnings\n"


def test_the_sample_has_no_contradiction_of_its_own_making(built: Summary) -> None:
    report = validate(built.folder)
    assert [one for one in report.findings if one.severity == "violation"] == []


@pytest.mark.parametrize(
    ("subject", "line", "new", "path", "message", "shape"),
    [
        (
            TENURE,
            "    kg:person <https://w3id.org/guanpu/person/丹阜区/司马长青> ;\n",
            "",
            "kg:person",
            "must have one person",
            "person",
        ),
        (TENURE, "person/丹阜区/司马长青>", "person/nobody>", "kg:person", "must have one person", "person"),
        (TENURE, "    kg:post <https://w3id.org/guanpu/post/丹阜区委:区委书记> ;\n", "", "kg:post", "must have one post", "post"),
        (
            TENURE,
            "prov:wasDerivedFrom <https://w3id.org/guanpu/mention/a3/24-35>, <https://w3id.org/guanpu/mention/a4/5-21> ;\n    ",
            "",
            "prov:wasDerivedFrom",
            "must rest on a stretch",
            "evidence",
        ),
        (TENURE, "kg:status-held", "kg:status-current", "kg:status", "must have one status", "tenure-status"),
        (TENURE, '"2021-06-09"^^edtf:EDTF', '"9 June"^^edtf:EDTF', "kg:firstSeen", "must be one EDTF date", "firstSeen"),
        (TENURE, '"2021-07-03"^^xsd:date', '"2021-07-03"', "kg:endEarliest", "", "tenure-endEarliest"),
        (CHAIR, "kg:role kg:role-chair ;\n    ", "", "kg:role", "must have a role", "appearance-role"),
        (LISTED, "kg:rank 2", "kg:rank 3", "kg:rank", "within the size of the list", "appearance-rank"),
        (LISTED, "kg:rank 2", "kg:rank 0", "kg:rank", "within the size of the list", "appearance-rank"),
        (
            f"{BASE}mention/a1/21-33/position",
            "oa:end 33 ;\n    oa:start 21",
            "oa:end 21 ;\n    oa:start 33",
            "oa:start",
            "must start before it ends",
            "position-start",
        ),
        (f"{BASE}mention/a1/21-33/quote", '"区委书记高建设出席并讲话"', '""', "oa:exact", "not empty", "quote-exact"),
        (
            f"{BASE}event/2021-03-01/创建文明城市推进会",
            "body/石桥铺街道",
            "body/无此机构",
            "kg:convenedBy|kg:hostedBy|kg:participant|kg:inspected",
            "must name bodies",
            "event-bodies",
        ),
        (
            f"{BASE}person/丹阜区/王平",
            'rdfs:label "王平"',
            'rdfs:label "王平", "王萍"',
            "rdfs:label",
            "must have one name",
            "label",
        ),
        (f"{BASE}place/衡泽市/丹阜区", '"999902"', '"9999"', "kg:divisionCode", "division code", "place-divisionCode"),
        (
            f"{BASE}campaign-month/创建文明城市;2021-03",
            "kg:articleCount 1",
            "kg:articleCount 2",
            "kg:articleCount",
            "no more than all",
            "campaignMonth-articleCount",
        ),
        (
            f"{BASE}succession/丹阜区委:区委书记;丹阜区/高建设;丹阜区/司马长青",
            "kg:successor <https://w3id.org/guanpu/person/丹阜区/司马长青>",
            "kg:successor <https://w3id.org/guanpu/person/丹阜区/高建设>",
            "kg:predecessor",
            "not the successor",
            "succession-predecessor",
        ),
    ],
)
def test_a_broken_graph_is_told_where(
    subject: str, line: str, new: str, path: str, message: str, shape: str, small_folder: Path
) -> None:
    report = broken(small_folder, block(subject, line, new, small_folder))
    found = [one for one in report.findings if one.focus == subject]
    assert [(one.path, one.shape) for one in found][:1] == [(path, shape)], report.findings
    assert message in found[0].message


def test_a_quote_that_is_not_as_long_as_its_place(small_folder: Path) -> None:
    report = broken(small_folder, ('"区委书记高建设出席并讲话"', '"区委书记高建设出席"'))
    assert report.findings == (
        Finding(
            f"{BASE}mention/a1/21-33",
            "oa:hasSelector",
            "quote must be as long as its place in the text",
            "mention-length",
            value="9 ≠ 12",
        ),
    )
    assert not report.conforms


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'kg:endEarliest "2021-07-03"^^xsd:date ;',
            'kg:endEarliest "2021-07-03"^^xsd:date ;\n    kg:endLatest "2021-07-01"^^xsd:date ;',
            "is seen in the post after a text says that it was over: the sources are at odds",
        ),
        (
            'kg:startEarliest "2021-06-09"^^xsd:date',
            'kg:startEarliest "2021-06-10"^^xsd:date',
            "is seen in the post before a text says that it began: the sources are at odds",
        ),
    ],
)
def test_sources_at_odds_are_a_warning_only(old: str, new: str, message: str, small_folder: Path) -> None:
    report = broken(small_folder, block(TENURE, old, new, small_folder))
    assert report.conforms
    assert [(one.severity, one.focus, one.message) for one in report.findings] == [("warning", TENURE, message)]
    assert render(report).splitlines()[0].startswith(f"warning: <{TENURE}> ")


def test_messages_in_chinese(small_folder: Path) -> None:
    report = broken(small_folder, block(CHAIR, "kg:role kg:role-chair ;\n    ", "", small_folder), language="zh")
    assert [one.message for one in report.findings] == ["必须有角色"]


def test_many_findings_are_cut_in_print_only(small_folder: Path) -> None:
    text = (small_folder / "graph.ttl").read_text(encoding="utf-8").replace("oa:exact", "oa:prefix")
    report = validate_turtle(text.encode())
    assert len(report.findings) > 10
    lines = render(report, limit=5).splitlines()
    assert len(lines) == 7
    assert lines[5] == f"… and {len(report.findings) - 5} more"
    assert lines[6].endswith(f"does not conform, {len(report.findings)} violations, 0 warnings")


def test_no_graph(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"has no graph\.ttl"):
        validate(tmp_path)
    (tmp_path / "graph.ttl").write_text("@prefix kg: <https://w3id.org/guanpu/ontology#> .\nkg:a kg:b\n\n<c", encoding="utf-8")
    with pytest.raises(InputError, match=r"graph\.ttl: .*line [34]"):
        validate(tmp_path)
    (tmp_path / "graph.ttl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"graph\.ttl: "):
        validate(tmp_path)
