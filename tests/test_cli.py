"""Every command once as its user calls it: another process, its output, its exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg import records
from kg.cli import plain
from kg.evaluate import LAYERS
from kg.pipeline import Summary
from kg.rdf.query import named_queries

PERSON = "高建设"


Done = subprocess.CompletedProcess[str]


def kg(*arguments: object, given: str | bytes | None = None, code: int = 0, cwd: Path | None = None) -> Done:
    """Run the command; its output is a pipe."""
    data = given.encode() if isinstance(given, str) else given
    done = subprocess.run([sys.executable, "-m", "kg.cli", *map(str, arguments)], input=data, capture_output=True, cwd=cwd,
                          env={**os.environ, "LC_ALL": "C.UTF-8"})
    out, err = done.stdout.decode(), done.stderr.decode()
    assert done.returncode == code, (out, err)
    assert "Traceback" not in err
    return Done(done.args, done.returncode, out, err)


def few(pages: Path, folder: Path) -> Path:
    """A folder with the first three sample pages."""
    (folder / "few").mkdir()
    for path in sorted(pages.iterdir())[:3]:
        shutil.copy(path, folder / "few")
    return folder / "few"


def test_demo_says_in_three_lines_what_it_found_and_what_to_open(tmp_path: Path) -> None:
    done = kg("demo", cwd=tmp_path)
    lines = done.stdout.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("Read 15 sample pages: ")
    assert lines[2] == "Open guanpu-demo/graph.html in a browser."
    assert (tmp_path / "guanpu-demo" / "graph.html").is_file()
    assert done.stderr == ""  # no progress bar in a pipe


def test_extract_is_a_filter(pages: Path, tmp_path: Path) -> None:
    page = sorted(pages.iterdir())[0]
    streamed = kg("extract", "-", given=page.read_bytes())
    kg("extract", page, "-o", tmp_path / "r.jsonl")
    piped, filed = ([records.loads(line) for line in text.splitlines()]
                    for text in (streamed.stdout, (tmp_path / "r.jsonl").read_text(encoding="utf-8")))
    assert [r.headline for r in piped] == [r.headline for r in filed]
    assert [r.published for r in filed] == ["2018-03-16"] * len(filed)
    assert {r.published for r in piped} == {None}  # no file name to tell the date
    dated = kg("extract", "-", "--published", "2018-03-16", "--place", "丹阜区", "--paper", "丹阜时讯", given=page.read_bytes())
    assert {(r.published, r.place[-1], r.paper) for r in map(records.loads, dated.stdout.splitlines())} == {
        ("2018-03-16", "丹阜区", "丹阜时讯")}
    assert streamed.stderr == ""  # quiet in a pipe


def test_workers_do_not_change_what_extract_writes(pages: Path) -> None:
    assert kg("extract", pages, "--workers", 2).stdout == kg("extract", pages, "--workers", 1).stdout


def test_bad_input_is_named_counted_and_skipped(pages: Path, tmp_path: Path) -> None:
    shutil.copy(sorted(pages.iterdir())[0], tmp_path / "good.txt")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 50)
    done = kg("build", tmp_path, "-o", tmp_path.with_name("out"))
    said = done.stderr.splitlines()
    assert [line.split(":")[0] for line in said] == ["problem", "problem", "kg"]
    assert "binary.txt" in said[0]
    assert "empty.txt" in said[1]
    assert said[2] == "kg: 1 page read; 2 problems with the input"
    strict = kg("build", tmp_path, "-o", tmp_path.with_name("strict"), "--strict", code=2)
    assert len(strict.stderr.splitlines()) == 1
    assert not tmp_path.with_name("strict").exists()
    nothing = kg("extract", tmp_path / "empty.txt", code=2)
    assert (nothing.stdout, nothing.stderr.splitlines()[-1]) == ("", "kg: nothing to read: no page")
    (tmp_path / "none").mkdir()
    refused = kg("build", tmp_path / "none", "-o", tmp_path / "out", code=2).stderr
    assert f"no page (.txt, .html, .jsonl, .zip) in {tmp_path / 'none'}" in refused


def test_a_build_says_how_many_articles_have_no_date(pages: Path, tmp_path: Path) -> None:
    shutil.copy(sorted(pages.iterdir())[0], tmp_path / "page.txt")
    said = kg("build", tmp_path / "page.txt", "-o", tmp_path / "out").stdout.splitlines()
    assert said[1].startswith("No issue date is known for 2 of them: ")
    assert kg("unseen", tmp_path / "out").stdout.splitlines()[-1].endswith("nothing can be said.")
    dated = kg("build", tmp_path / "page.txt", "-o", tmp_path / "out", "--published", "2018-03-16").stdout.splitlines()
    assert dated[1].startswith("Open ")


@pytest.mark.parametrize("broken", [{"counts": {}}, {"counts": {}, "selection": "some"},
                                    {"counts": {}, "selection": "unknown", "judgements": 7}])
def test_a_broken_manifest_is_named(built: Summary, tmp_path: Path, broken: dict[str, object]) -> None:
    shutil.copytree(built.folder, tmp_path / "broken")
    (tmp_path / "broken" / "manifest.json").write_text(json.dumps(broken), encoding="utf-8")
    assert "manifest.json is not one that a build writes" in kg("unseen", tmp_path / "broken", code=2).stderr


@pytest.mark.parametrize(("arguments", "says"), [
    (("build", "-o", "out"), "name pages to read"), (("build", "missing", "-o", "out"), "missing: no such file or folder"),
    (("extract", "missing.txt"), "no such file"), (("view", ".", "-o", "x.html"), "no build here"),
    (("validate", "nowhere"), "no build here"),
    (("query", ".", "--name", "nonesuch"), "nonesuch"), (("query", "nowhere"), "no build here"),
    (("evaluate", "a", "b"), "no such file"), (("evaluate",), "GOLD"),
    (("who", ".", "--at", "2020", "--place", "x"), "no build here"), (("sample", ".", "-o", "x"), "no build here"),
    (("explain", "missing.txt"), "no such file"), (("extract", ".", "--published", "lately"), "--published lately: no date"),
    (("extract",), "Missing argument"), (("nonsense",), "No such command")])
def test_bad_usage_and_input_give_one_line_and_code_2(arguments: tuple[str, ...], says: str, tmp_path: Path) -> None:
    done = kg(*arguments, code=2, cwd=tmp_path)
    assert says in done.stderr
    assert done.stdout == ""
    assert len([line for line in done.stderr.splitlines() if not line.startswith(("Usage:", "Try ")) and line]) == 1


def test_view(built: Summary, tmp_path: Path) -> None:
    kg("view", built.folder, "-o", tmp_path / "all.html")
    part = ("--focus", PERSON, "--hops", 1, "--since", "2018", "--until", "2018-12")
    kg("view", built.folder, "-o", tmp_path / "part.html", *part)
    assert PERSON in (tmp_path / "part.html").read_text(encoding="utf-8")
    assert (tmp_path / "part.html").stat().st_size < (tmp_path / "all.html").stat().st_size
    assert (tmp_path / "all.html").read_bytes() == (built.folder / "graph.html").read_bytes()
    assert "没有此人" in kg("view", built.folder, "-o", tmp_path / "x.html", "--focus", "没有此人", code=2).stderr


def test_query_in_three_forms_from_file_name_and_pipe(built: Summary, tmp_path: Path) -> None:
    sparql = 'SELECT ?name WHERE { ?p a kg:Person ; rdfs:label ?name . FILTER (STR(?name) = "高建设") }'
    (tmp_path / "q.rq").write_text(sparql, encoding="utf-8")
    as_json = kg("query", built.folder, tmp_path / "q.rq", "--format", "json").stdout
    assert json.loads(as_json) == [{"name": PERSON}]
    as_csv = kg("query", built.folder, "-", "--format", "csv", given=sparql).stdout
    assert list(csv.reader(io.StringIO(as_csv))) == [["name"], [PERSON]]
    assert PERSON in kg("query", built.folder, tmp_path / "q.rq").stdout
    listed = kg("query", built.folder).stdout
    assert f"    kg query {built.folder} --name office-holders --set date=2021-05-18 --set body=丹阜区委\n" in listed
    everybody = kg("query", built.folder, "--name", "career", "--set", "name=UNDEF", "--format", "json").stdout
    assert len({row["who"] for row in json.loads(everybody)}) > 50
    nobody = kg("query", built.folder, "--name", "career", "--set", "name=没有人")
    assert nobody.stderr == "kg: the answer has no rows\n"
    named = kg("query", built.folder, "--name", "office-holders", "--set", "date=2020-03-20", "--format", "json").stdout
    assert PERSON in {row["person"] for row in json.loads(named)}
    elsewhere = "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    assert "no answer within 1 s" in kg("query", built.folder, "-", "--timeout", 1, given=endless, code=2).stderr
    assert "SERVICE" in kg("query", built.folder, "-", given=elsewhere, code=2).stderr


# What the sample has none of: sources that contradict each other, a party secretary of a government who becomes its head.
@pytest.mark.parametrize("name", sorted(named_queries().keys() - {"contradictions", "party-secretary-first"}))
def test_the_example_of_a_query_answers_from_the_sample(built: Summary, name: str) -> None:
    words = named_queries()[name].example.split()
    assert words[:2] == ["kg", "query"]
    assert kg(*(built.folder if word == "DIR" else word for word in words[1:])).stderr == ""


def test_validate(built: Summary, tmp_path: Path) -> None:
    assert "conforms" in kg("validate", built.folder).stdout
    broken = tmp_path / "broken"
    shutil.copytree(built.folder, broken)
    turtle = broken / "graph.ttl"
    with turtle.open("a", encoding="utf-8") as file:
        file.write("\n<https://w3id.org/guanpu/tenure/x> a kg:Tenure .\n")
    done = kg("validate", broken, code=1)
    assert "tenure/x" in done.stdout
    assert "violation" in done.stdout


def test_explain_a_page_and_a_person(pages: Path, built: Summary) -> None:
    page = sorted(pages.iterdir())[0]
    shown = kg("explain", page).stdout
    assert f"person     {PERSON} (official)" in shown
    assert " by " in shown
    assert "「" in shown
    assert PERSON in kg("explain", built.folder, "--person", PERSON).stdout
    assert "没有人" in kg("explain", built.folder, "--person", "没有人", code=2).stderr
    assert "needs a folder that kg build wrote" in kg("explain", page, "--person", PERSON, code=2).stderr
    assert "name a --person" in kg("explain", built.folder, code=2).stderr
    assert "没有人: nothing was read on this" in kg("explain", page, "--at", "没有人", code=2).stderr


def test_who(built: Summary) -> None:
    shown = kg("who", built.folder, "--place", "丹阜区", "--at", "2019-06-01").stdout
    assert PERSON in shown
    assert "stated before and after" in shown
    assert "没有区" in kg("who", built.folder, "--place", "没有区", "--at", "2019-06-01", code=2).stderr
    assert "2019-6" in kg("who", built.folder, "--place", "丹阜区", "--at", "2019-6", code=2).stderr


def test_unseen_is_refused_where_pages_were_chosen_by_keyword(built: Summary, pages: Path, tmp_path: Path) -> None:
    shown = kg("unseen", built.folder, "--place", "丹阜区", "--least", "2").stdout.splitlines()
    assert shown[0] == "丹阜区/常胜  last named by 丹阜时讯 on 2018-03-16; 11 issues of it read since, to 2024-03-08"
    assert "unknown" in shown[-1]
    kg("build", few(pages, tmp_path), "-o", tmp_path / "out", "--selection", "keyword")
    refused = kg("unseen", tmp_path / "out", code=2)
    assert refused.stdout == ""
    assert "chosen by keyword" in refused.stderr
    assert len((tmp_path / "out" / "tables" / "absences.csv").read_text(encoding="utf-8-sig").splitlines()) == 1
    assert kg("query", tmp_path / "out", "--name", "not-seen-since", "--format", "csv").stdout.splitlines() == [
        "who,person,paper,lastSeen,issuesSince,lastIssue,selection"]


def test_evaluate(gold: Path, built: Summary, tmp_path: Path) -> None:
    shown = kg("evaluate", gold / "gold", built.folder / "records.jsonl", "--errors", "--freeze", tmp_path / "kept.json").stdout
    assert [line.split()[0] for line in shown.splitlines()[-len(LAYERS):]] == list(LAYERS)
    again = kg("evaluate", gold / "gold", gold / "gold", "--against", tmp_path / "kept.json").stdout
    assert "now wrong" not in again
    report = json.loads(kg("evaluate", gold / "gold", built.folder / "records.jsonl", "--json").stdout)
    assert report["layers"]["articles"]["gold"] == 38


def test_sample_and_its_verdicts(built: Summary, tmp_path: Path) -> None:
    file = tmp_path / "claims.csv"
    kg("sample", built.folder, "-n", 50, "--by", "layer", "-o", file)
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    assert len(rows) == 50
    assert kg("evaluate", file, code=2).stdout == ""
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        writer.writerows({**row, "verdict": "right"} for row in rows)
    shown = kg("evaluate", "--verdicts", file).stdout
    assert {line.split()[0] for line in shown.splitlines()[1:]} == {row["layer"] for row in rows}
    assert kg("evaluate", file).stdout == shown


def test_judgements_change_ids_and_the_build_says_so(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    pages = few(pages, tmp_path)
    kg("build", pages, "-o", out)
    source = "丹阜时讯_2018-03-16_A01.txt#1/高建设"
    (tmp_path / "judgements.tsv").write_text(
        f"verdict\ta\tb\tnote\ndifferent\t{source}\t丹阜时讯_2019-02-22_A01.txt#1/高建设\ttest\n", encoding="utf-8")
    done = kg("build", pages, "-o", out, "--judgements", tmp_path / "judgements.tsv")
    assert "id changed since the build before" in done.stdout
    reverted = kg("build", pages, "-o", out)
    assert "id changed" in reverted.stdout
    (tmp_path / "judgements.tsv").write_text("verdict\ta\tb\tnote\nsame\tnobody\tnowhere\t\n", encoding="utf-8")
    assert "judgements.tsv:2" in kg("build", pages, "-o", out, "--judgements", tmp_path / "judgements.tsv", code=2).stderr


def test_a_killed_build_leaves_the_old_one(built: Summary, pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(built.folder, out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    command = [sys.executable, "-m", "kg.cli", "build", few(pages, tmp_path), "-o", out]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and not (tmp_path / ".out.partial" / "records.jsonl").exists():
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    kg("build", pages, "-o", out)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert not (tmp_path / ".out.partial").exists()


def test_a_bar_shows_on_a_terminal(pages: Path, tmp_path: Path) -> None:
    here, there = pty.openpty()
    command = [sys.executable, "-m", "kg.cli", "build", few(pages, tmp_path), "-o", tmp_path / "out"]
    terminal = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=there, env=terminal) as process:
        os.close(there)
        shown = b""
        while select.select([here], [], [], 60)[0]:
            try:
                data = os.read(here, 4096)
            except OSError:  # the other end is closed
                break
            shown += data
        assert process.stdout is not None
        assert process.stdout.read().decode().splitlines()[-1].startswith("Open ")
    os.close(here)
    assert process.returncode == 0
    assert "3/3" in shown.decode()
    assert shown.decode().rstrip().endswith("kg: 3 pages read")


def test_hostile_text_does_not_reach_the_terminal(tmp_path: Path) -> None:
    page = tmp_path / "丹阜时讯_2020-01-01_A01.txt"
    page.write_text("区委书记高建设调研\x1b]0;owned\x07\u202e\n\n"
                    "本报讯(记者 刘洋)1月1日,丹阜区委书记高建设<script>alert(1)</script>到企业调研。\n", encoding="utf-8")
    shown = kg("explain", page).stdout
    assert not set(shown) & set("\x1b\x07\u202e")
    assert plain("a\x1b[31m\u202eb　c") == "a\ufffd[31m\ufffdb　c"
    assert plain("艾尔肯·\n吐尔逊") == "艾尔肯· 吐尔逊"


def test_version_and_help() -> None:
    assert kg("--version").stdout.startswith("guanpu ")
    assert "Exit codes" in kg("--help").stdout
