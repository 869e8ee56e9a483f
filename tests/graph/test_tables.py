"""The tables: what the codebook promises, a stock reader finds; hostile text stays text."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from frictionless import Package, system
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.graph.codebook import TABLES, Column, Table
from kg.graph.tables import BOM, cell, citation, to_csv
from kg.model import Byline, Record
from kg.pipeline import Summary

SMALL = Table("t", "", (Column("a", ""), Column("b", "")))


def test_a_stock_reader_validates_the_package(built: Summary) -> None:
    with system.use_context(trusted=True):
        report = Package(str(built.folder / "tables" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "note"])[:10]


def test_the_codebook_and_the_files_are_one(built: Summary) -> None:
    folder = built.folder / "tables"
    assert {p.name for p in folder.iterdir()} == {f"{table.name}.csv" for table in TABLES} | {"datapackage.json"}
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for table, resource in zip(TABLES, package["resources"], strict=True):
        data = (folder / f"{table.name}.csv").read_bytes()
        assert data.startswith(BOM.encode())
        rows = list(csv.reader(data.decode("utf-8-sig").splitlines()))
        assert rows[0] == [column.name for column in table.columns] == [field["name"] for field in resource["schema"]["fields"]]
        assert all(field["description"] for field in resource["schema"]["fields"])


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_references_lead_somewhere(table: Table, built: Summary) -> None:
    """Also those with several values in a cell, which a table schema cannot say."""
    tables = kg.load(built.folder).tables
    rows = tables[table.name].to_dict("records")
    for column in table.columns:
        if column.refers:
            known = set(tables[column.refers]["id"])
            found = {value for row in rows if isinstance(row[column.name], str)
                     for value in (row[column.name].split("; ") if column.many else [row[column.name]])}
            assert found <= known, f"{table.name}.{column.name}"


def test_types_come_out_right_in_pandas_and_without(built: Summary, monkeypatch: pytest.MonkeyPatch) -> None:
    frames = kg.load(built.folder).tables
    assert frames["articles"]["length"].dtype == "Int64"
    assert frames["coappearances"]["newman"].dtype == "Float64"
    assert frames["mentions"]["present"].dtype == "boolean"
    monkeypatch.setattr("kg.built.find_spec", lambda _: None)
    lists = kg.load(built.folder).tables
    assert [len(lists[name]) for name in lists] == [len(frames[name]) for name in frames]
    first = lists["articles"][0]
    assert isinstance(first["length"], int)
    assert isinstance(lists["mentions"][0]["present"], bool)
    assert isinstance(lists["coappearances"][0]["newman"], float)


@pytest.mark.parametrize(("value", "text"), [
    (None, ""), (True, "true"), (False, "false"), (3, "3"), (-3, "-3"), (0.25, "0.25"), (("甲", "乙"), "甲; 乙"), ((), ""),
    ("=HYPERLINK(1)", "'=HYPERLINK(1)"), ("--专访", "'--专访"), ("@x", "'@x"), ("+1", "'+1"), (("=a", "b"), "'=a; b"),
    ("a\x00b\x1b[31mc\u202ed", "a b [31mc d"), ("两\n行", "两\n行"), ("全\u3000角", "全\u3000角")])
def test_cells(value: object, text: str) -> None:
    assert cell(value) == text


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_any_text_comes_back_from_a_stock_reader(rows: list[tuple[str, str]]) -> None:
    text = to_csv(SMALL, [{"a": a, "b": b} for a, b in rows])
    back = list(csv.reader(text.removeprefix(BOM).splitlines(keepends=True)))
    assert back == [["a", "b"], *([cell(a), cell(b)] for a, b in rows)]
    assert not any(value.startswith(("=", "+", "-", "@")) for row in back for value in row)


def test_a_column_that_the_codebook_does_not_know_is_an_error() -> None:
    with pytest.raises(KeyError, match="c"):
        to_csv(SMALL, [{"a": 1, "b": 2, "c": 3}])


def test_citations() -> None:
    record = Record("r", "s", 1, "标题", "", published="2021-05-19", paper="丹阜时讯", page="A01", bylines=(
        Byline("刘洋", "reporter", (), ""), Byline("祁小禾", "correspondent", (), ""), Byline("王影", "photographer", (), "")))
    assert citation(record) == "刘洋, 祁小禾. 标题[N]. 丹阜时讯, 2021-05-19(A01)."
    assert citation(Record("r", "s", 1, "标题", "")) == "标题[N]."


def test_the_folder_without_tables_is_named(tmp_path: Path) -> None:
    with pytest.raises(kg.errors.InputError, match="no build here"):
        kg.load(tmp_path)
