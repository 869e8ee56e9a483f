"""A build is a pure function of its pages: same bytes in any order, by any number of processes, fresh or on top of another."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg import pipeline, records
from kg.errors import InputError, OutputError
from kg.pipeline import Summary

FILES = {"records.jsonl", "graph.graphml", "coappearance.graphml", "graph.ttl", "graph.nq.gz", "graph.html", "manifest.json"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def some_pages(pages: Path, folder: Path, *numbers: int) -> Path:
    """A folder with the pages of these numbers only."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for number in numbers:
        shutil.copy(sorted(pages.iterdir())[number], folder)
    return folder


def test_the_folder_holds_what_it_should(built: Summary) -> None:
    names = set(contents(built.folder))
    assert {name for name in names if not name.startswith("tables/")} == FILES
    assert not built.skipped
    assert built.counts["pages"] == 15
    assert built.counts["articles"] == len(kg.load(built.folder).records) > 30
    manifest = json.loads((built.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["selection"] == "unknown"
    assert set(manifest["files"]) == names - {"manifest.json"}
    assert [page["source"] for page in manifest["pages"]] == sorted(page["source"] for page in manifest["pages"])


def test_order_workers_locale_and_hash_seed_change_no_byte(built: Summary, pages: Path, tmp_path: Path) -> None:
    files = sorted(pages.iterdir())
    for number, workers in enumerate((1, 2)):
        random.Random(number).shuffle(files)
        out = tmp_path / str(workers)
        other = {"PYTHONHASHSEED": str(number + 7), "LC_ALL": ("C", "tr_TR.UTF-8")[number], "TZ": "Asia/Shanghai"}
        subprocess.run([sys.executable, "-m", "kg.cli", "build", *files, "-o", out, "--workers", str(workers)], check=True,
                       capture_output=True, env={**os.environ, **other})
        assert contents(out) == contents(built.folder)


def test_a_build_on_top_of_another_ends_in_the_same_bytes(pages: Path, tmp_path: Path) -> None:
    """Pages come, go and change; each time the folder equals a fresh build, and only what changed is read."""
    folder, grown = tmp_path / "pages", tmp_path / "grown"
    for step, (numbers, reused) in enumerate((((0, 1, 2, 3), 0), ((0, 1, 2, 3, 4, 5), 4), ((1, 2, 5), 3), ((1, 2, 14), 2))):
        some_pages(pages, folder, *numbers)
        if step == 3:
            changed = sorted(folder.iterdir())[0]
            changed.write_text(changed.read_text(encoding="utf-8").replace("丹河", "清河"), encoding="utf-8")
            reused -= 1
        summary = kg.build(folder, grown)
        kg.build(folder, tmp_path / f"fresh{step}")
        assert summary.reused == reused
        assert contents(grown) == contents(tmp_path / f"fresh{step}")


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(("come", "go", "change")), st.integers(0, 5)), min_size=2, max_size=5))
def test_any_sequence_of_pages_ends_as_a_fresh_build(pages: Path, tmp_path: Path, steps: list[tuple[str, int]]) -> None:
    """Pages come, go and change in any order; what is left is built as if nothing had been before."""
    files = sorted(pages.iterdir())
    with tempfile.TemporaryDirectory(dir=tmp_path) as name:
        here = Path(name)
        folder = some_pages(pages, here / "pages", 14)
        kg.build(folder, here / "grown")
        for act, number in steps:
            page = folder / files[number].name
            if act == "go":
                page.unlink(missing_ok=True)
            elif act == "come" or not page.exists():
                shutil.copy(files[number], page)
            else:
                page.write_text(page.read_text(encoding="utf-8").replace("会议", "大会", 3), encoding="utf-8")
            kg.build(folder, here / "grown")
        kg.build(folder, here / "fresh")
        assert contents(here / "grown") == contents(here / "fresh")


def test_other_code_or_options_read_again(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = some_pages(pages, tmp_path / "pages", 0, 14)
    assert kg.build(folder, tmp_path / "out").reused == 0
    assert kg.build(folder, tmp_path / "out", published="2020-01-01").reused == 0
    assert kg.build(folder, tmp_path / "out", published="2020-01-01").reused == 2
    monkeypatch.setattr(pipeline, "engine", lambda: "other")
    assert kg.build(folder, tmp_path / "out", published="2020-01-01").reused == 0


def test_records_made_elsewhere_build_the_same_graph(built: Summary, tmp_path: Path) -> None:
    summary = kg.build((), tmp_path / "out", records_from=built.folder / "records.jsonl")
    assert summary.counts == {**built.counts, "pages": 0}
    differ = {name for name, data in contents(tmp_path / "out").items() if data != (built.folder / name).read_bytes()}
    assert differ == {"manifest.json"}


def test_a_bad_record_is_named_and_left_out(built: Summary, tmp_path: Path) -> None:
    lines = (built.folder / "records.jsonl").read_text(encoding="utf-8").splitlines()
    plain = json.loads(lines[1])
    shifted = {**plain, "text": f"。{plain['text']}"}
    bad = [json.dumps(shifted, ensure_ascii=False), "{", json.dumps({**plain, "schema": 99}),
           json.dumps({**plain, "headline": "\ud800"})]
    file = tmp_path / "records.jsonl"
    file.write_bytes("\n".join([lines[0], *bad]).encode() + b"\n\xff\xfe\n")
    summary = kg.build((), tmp_path / "out", records_from=file)
    assert summary.counts["articles"] == 1
    assert [line.split(": ")[0] for line in summary.skipped] == [f"{file}:{n}" for n in range(2, 7)]
    with pytest.raises(InputError, match=r"records\.jsonl:2: evidence does not equal"):
        kg.build((), tmp_path / "out", records_from=file, strict=True)


def test_what_the_user_put_into_the_folder_stays(pages: Path, tmp_path: Path) -> None:
    folder, out = some_pages(pages, tmp_path / "pages", 0), tmp_path / "out"
    kg.build(folder, out)
    (out / "notes.md").write_text("mine", encoding="utf-8")
    kg.build(folder, out)
    assert (out / "notes.md").read_text(encoding="utf-8") == "mine"


def test_a_folder_of_other_things_is_not_replaced(pages: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter1.md").write_text("years of work", encoding="utf-8")
    with pytest.raises(OutputError, match="holds other things"):
        kg.build(pages, tmp_path / "thesis")
    with pytest.raises(OutputError, match="is a file"):
        kg.build(pages, tmp_path / "thesis" / "chapter1.md")
    assert contents(tmp_path / "thesis") == {"chapter1.md": b"years of work"}


@pytest.mark.parametrize("out", ["pages/built", "pages", "pages/../pages/built"])
def test_a_build_does_not_go_among_its_pages(pages: Path, tmp_path: Path, out: str) -> None:
    (tmp_path / "pages").mkdir()
    with pytest.raises(OutputError, match=r"lies in .*pages, which is read"):
        kg.build([pages, tmp_path / "pages"], tmp_path / out)
    assert not (tmp_path / "pages" / "built").exists()


def test_a_build_that_fails_leaves_the_old_one(built: Summary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    shutil.copytree(built.folder, out)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pipeline, "write_page", full)
    with pytest.raises(OutputError, match="No space left"):
        kg.build((), out, records_from=out / "records.jsonl")
    assert contents(out) == contents(built.folder)


def test_nothing_readable_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    out = tmp_path.with_name(f"{tmp_path.name}-out")
    with pytest.raises(InputError, match="nothing to build"):
        kg.build(tmp_path, out)
    with pytest.raises(InputError, match="no such file"):
        kg.build(tmp_path / "missing", out)
    assert not out.exists()


def test_the_same_pages_must_not_lose_half_their_articles(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, out = some_pages(pages, tmp_path / "pages", 0, 1, 2), tmp_path / "out"
    kg.build(folder, out)
    before = contents(out)
    reading = pipeline.read_records([folder])
    first = reading.pages[0].records[0]
    broken = replace(reading, pages=tuple(replace(p, records=(first,) if p is reading.pages[0] else ()) for p in reading.pages))
    monkeypatch.setattr(pipeline, "read_records", lambda *_, **__: broken)
    with pytest.raises(OutputError, match=r"gave . articles before and 1 now"):
        kg.build(folder, out)
    assert contents(out) == before


def test_the_graphs_open_elsewhere(built: Summary) -> None:
    """GraphML as another program reads it: plain values, unique edge ids, a simple weighted graph for Gephi."""
    whole = nx.read_graphml(built.folder / "graph.graphml", force_multigraph=True)
    mine = kg.load(built.folder).graph
    assert (len(whole), whole.number_of_edges()) == (len(mine), mine.number_of_edges())
    assert {d["kind"] for _, d in whole.nodes(data=True)} == {d["kind"] for _, d in mine.nodes(data=True)}
    ids = [key for _, _, key in whole.edges(keys=True)]
    assert len(ids) == len(set(ids))
    simple = nx.read_graphml(built.folder / "coappearance.graphml")
    assert not simple.is_multigraph()
    assert not simple.is_directed()
    assert all(isinstance(d["weight"], int) and isinstance(d["newman"], float) for _, _, d in simple.edges(data=True))
    assert all({"label", "level", "system", "first", "last"} <= d.keys() for _, d in simple.nodes(data=True))
    assert all({"first", "last"} <= d.keys() for _, _, d in simple.edges(data=True))


def test_every_edge_leads_back_to_its_sentence(built: Summary) -> None:
    opened = kg.load(built.folder)
    text = {record.id: record.text for record in opened.records}
    quotes = {row["id"]: row["quote"] for row in opened.tables["evidence"].to_dict("records")}
    told = ("holds", "appears", "serves")
    for _, _, facts in opened.graph.edges(data=True):
        assert facts["evidence"] or facts["kind"] not in told
        for ref in facts["evidence"] if facts["kind"] in told else ():
            article, span = ref.rsplit(":", 1)
            start, end = map(int, span.split("-"))
            assert quotes[ref].lstrip("'") == text[article][start:end].replace("\n", "\n").lstrip("'")


def test_records_come_back_as_they_were_extracted(built: Summary, pages: Path) -> None:
    extracted = kg.extract(pages, workers=1)
    assert tuple(pipeline.unresolved(record) for record in kg.load(built.folder).records) == extracted
    assert all(person.entity for record in kg.load(built.folder).records for person in record.people)
    assert [records.loads(records.dumps(record)) for record in extracted] == list(extracted)
