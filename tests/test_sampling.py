"""The referees' sample: who is drawn, with which probability, and what the verdicts say."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.errors import InputError
from kg.model import Byline, Evidence, Record
from kg.pipeline import Summary
from kg.sampling import COLUMNS, allocate, draw, precision, read_verdicts, to_csv


def record(ref: str, names: int, rule: str = "signed", paper: str = "丹阜时讯") -> Record:
    said = (Evidence(0, 2, "=记"),)
    bylines = tuple(Byline(f"名{i}", "reporter", said, rule) for i in range(names))
    return Record(ref, f"{ref}.txt", 1, "题", "=记者", paper=paper, bylines=bylines)


CORPUS = (record("a", 30), record("b", 3, "rare"), record("c", 30, paper="鹿亭报"))


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 50), max_size=8), st.integers(1, 200))
def test_shares_use_the_whole_size_and_no_more_than_there_is(sizes: dict[str, int], size: int) -> None:
    shares = allocate(sizes, size)
    assert sum(shares.values()) == min(size, sum(sizes.values()))
    assert all(0 <= shares[name] <= sizes[name] for name in sizes)
    if size >= len(sizes):
        assert all(shares[name] >= 1 for name in sizes if sizes[name])


def test_the_draw_is_a_function_of_records_size_and_seed() -> None:
    rows = draw(CORPUS, 20)
    assert rows == draw(reversed(CORPUS), 20)
    assert rows != draw(CORPUS, 20, seed=1)
    assert len(rows) == 20
    assert {row["stratum"]: row["stratum_size"] for row in rows} == {"byline / signed": "60", "byline / rare": "3"}
    for row in rows:
        assert float(row["probability"]) == pytest.approx(int(row["stratum_sampled"]) / int(row["stratum_size"]), rel=1e-5)
    assert len(draw(CORPUS, 1000)) == 63
    with pytest.raises(InputError, match="unknown 'colour'"):
        draw(CORPUS, 5, by=["layer", "colour"])


def test_a_filled_file_comes_back_as_precision(tmp_path: Path) -> None:
    file = tmp_path / "sample.csv"
    rows = draw(CORPUS, 40)
    judged = [{**row, "verdict": "错" if i % 4 == 0 else " Right "} for i, row in enumerate(rows)]
    file.write_text(to_csv([*judged[:-1], rows[-1]]), encoding="utf-8", newline="")
    read = read_verdicts(file)
    assert len(read) == 39
    assert read[0]["sentence"] == "'=记"  # no formula for a spreadsheet
    (only,) = precision(read)
    assert (only.layer, only.judged, only.right, only.clusters) == ("byline", 39, 29, 2)
    weights = [1 / float(row["probability"]) for row in judged[:-1]]
    assert only.precision == pytest.approx(sum(w for i, w in enumerate(weights) if i % 4) / sum(weights))
    assert 0 <= only.low < only.precision < only.high <= 1


@pytest.mark.parametrize(("encoding", "delimiter", "decimal"), [
    ("utf-8-sig", ",", "."), ("gb18030", ",", "."), ("utf-8", ";", ","), ("utf-16", "\t", ".")])
def test_a_file_that_a_spreadsheet_saved_reads_the_same(tmp_path: Path, encoding: str, delimiter: str, decimal: str) -> None:
    rows = [{**row, "verdict": "对" if i % 4 else "错"} for i, row in enumerate(draw(CORPUS, 20))]
    with (tmp_path / "s.csv").open("w", encoding=encoding, newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, delimiter=delimiter)
        writer.writeheader()
        writer.writerows({**row, "probability": row["probability"].replace(".", decimal)} for row in rows)
    verdicts = ["right" if i % 4 else "wrong" for i in range(len(rows))]
    assert read_verdicts(tmp_path / "s.csv") == [{**row, "verdict": said} for row, said in zip(rows, verdicts, strict=True)]


def test_a_file_without_verdicts_says_so(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text(to_csv(draw(CORPUS, 5)), encoding="utf-8", newline="")
    with pytest.raises(InputError, match="no row has a verdict"):
        read_verdicts(tmp_path / "s.csv")


def test_of_one_paper_the_articles_are_the_clusters() -> None:
    judged = [{**row, "verdict": "right"} for row in draw(CORPUS[:2], 20)]
    assert [(p.clusters, p.clustered_by) for p in precision(judged)] == [(2, "articles")]


def test_an_appearance_says_at_which_event(built: Summary) -> None:
    rows = draw(kg.load(built.folder).records, 10_000)
    said = {row["claim"] for row in rows if row["layer"] == "appearance" and row["published"] == "2018-03-16"}
    assert any(claim.startswith("高建设: speak 讲话") and claim.endswith("@ 打好三大攻坚战动员大会") for claim in said), said


def test_all_right_is_not_certainty() -> None:
    judged = [{**row, "verdict": "right"} for row in draw(CORPUS, 20)]
    (only,) = precision(judged)
    assert (only.precision, only.high) == (1.0, 1.0)
    assert only.low == pytest.approx(0.025 ** (1 / 20))  # Clopper and Pearson's bound for 20 of 20


def test_clusters_widen_the_interval() -> None:
    """Where all errors stand in one paper, two papers say little."""
    rows = draw(CORPUS, 63)
    mixed = [{**row, "verdict": "wrong" if i % 4 == 0 else "right"} for i, row in enumerate(rows)]
    wrong = iter(range(sum(row["verdict"] == "wrong" for row in mixed)))
    split = [{**row, "verdict": "wrong" if row["paper"] == "鹿亭报" and next(wrong, None) is not None else "right"}
             for row in rows]
    (one,), (two,) = precision(mixed), precision(split)
    assert one.right == two.right
    assert two.high - two.low > one.high - one.low


@pytest.mark.parametrize(("column", "value", "says"), [
    ("verdict", "maybe", ":2: verdict .maybe"), ("probability", "0", ":2: probability .0"),
    ("probability", "x", ":2: probability .x")])
def test_what_is_no_verdict_is_named(tmp_path: Path, column: str, value: str, says: str) -> None:
    row = {**draw(CORPUS, 1)[0], "verdict": "right", column: value}
    (tmp_path / "s.csv").write_text(to_csv([row]), encoding="utf-8", newline="")
    with pytest.raises(InputError, match=says):
        read_verdicts(tmp_path / "s.csv")


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="not a sample"):
        read_verdicts(tmp_path / "s.csv")
    assert next(csv.reader(io.StringIO(to_csv([]).removeprefix("\ufeff")))) == list(COLUMNS)
