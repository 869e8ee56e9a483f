"""The tables: what the codebook promises, a stock reader finds; hostile text stays text."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import get_args

import pandas
import pytest
from frictionless import Package, Schema, system
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.graph.codebook import TABLES, Column, Table, field
from kg.graph.tables import BOM, cell, citation, to_csv
from kg.model import Act, BodyRole, Byline, EventKind, PersonKind, PostClass, Record, Role, Venue
from kg.pipeline import Summary
from kg.resolve.model import Basis, TenureStatus

SMALL = Table("t", "", (Column("a", "", ""), Column("b", "", "")))


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
def test_every_column_and_value_is_coded_with_an_example_that_its_own_schema_takes(table: Table) -> None:
    schema = Schema.from_descriptor({"fields": [field(column) for column in table.columns]})
    for column, read in zip(table.columns, schema.fields, strict=True):
        assert column.about
        assert column.example
        _, notes = read.create_cell_reader()(column.example)
        assert not notes, (table.name, column.name, notes)
        assert all(label for _, label in column.values)
        assert len({label for _, label in column.values}) == len(column.values)


@pytest.mark.parametrize(("table", "column", "kind"), [
    ("people", "kind", PersonKind), ("posts", "class", PostClass), ("tenures", "class", PostClass),
    ("tenures", "status", TenureStatus), ("tenures", "first_basis", Basis), ("changes", "act", Act),
    ("events", "kind", EventKind),
    ("appearances", "roles", Role), ("appearances", "venue", Venue), ("event_bodies", "role", BodyRole)])
def test_the_codebook_has_all_values_of_the_model(table: str, column: str, kind: object) -> None:
    columns = {one.name: one for of_table in TABLES if of_table.name == table for one in of_table.columns}
    assert {value for value, _ in columns[column].values} == set(get_args(kind))


@pytest.mark.parametrize(("table", "column", "value"), [
    ("appearances", "roles", "attend; present"), ("posts", "class", "seat"), ("posts", "single_seat", "yes")])
def test_a_stock_reader_refuses_what_is_not_coded(built: Summary, tmp_path: Path, table: str, column: str, value: str) -> None:
    folder = shutil.copytree(built.folder / "tables", tmp_path / "tables")
    file = folder / f"{table}.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    rows[0][column] = value
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    assert {(name, number) for name, number in report.flatten(["fieldName", "rowNumber"]) if name} == {(column, 2)}


def test_types_come_out_right_in_pandas_own_reader(built: Summary) -> None:
    kinds = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "string": "string"}
    for table in TABLES:
        frame = pandas.read_csv(built.folder / "tables" / f"{table.name}.csv", dtype_backend="numpy_nullable")
        filled = [column for column in table.columns if frame[column.name].notna().any() and column.name != "code"]
        assert {c.name: str(frame[c.name].dtype) for c in filled} == {c.name: kinds[c.type] for c in filled}


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="no R here")
def test_types_come_out_right_in_r(built: Summary) -> None:
    code = """for (file in commandArgs(TRUE)) {
      frame <- read.csv(file, fileEncoding = 'UTF-8-BOM', na.strings = '')
      for (name in names(frame)) {
        kind <- if (all(is.na(frame[[name]]))) 'empty' else class(frame[[name]])
        cat(basename(file), name, kind, '\\n')
      }
    }"""
    files = [str(built.folder / "tables" / f"{table.name}.csv") for table in TABLES]
    run = subprocess.run(["Rscript", "-e", code, *files], capture_output=True, text=True, check=True,
                         env={**os.environ, "LC_ALL": "C.UTF-8"})
    found = {(file.removesuffix(".csv"), name): kind for file, name, kind in map(str.split, run.stdout.splitlines())}
    kinds = {"integer": "integer", "number": "numeric", "boolean": "logical", "string": "character"}
    expected = {(table.name, column.name): kinds[column.type] for table in TABLES for column in table.columns}
    assert found.keys() == expected.keys()
    assert {key for key, kind in found.items() if kind not in ("empty", expected[key]) and key != ("places", "code")} == set()


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
    (None, ""), (True, "TRUE"), (False, "FALSE"), (3, "3"), (-3, "-3"), (0.25, "0.25"), (("甲", "乙"), "甲; 乙"), ((), ""),
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
