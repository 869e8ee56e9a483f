"""NER files in columns: all tag schemes give the same spans, and the score counts exact spans."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.columns import evaluate_columns, person_spans, read_columns
from kg.errors import InputError
from kg.evaluate import Counts

TEXT = "区委书记虎强、区长欧阳雪讲话"
BIO = ["O"] * 4 + ["B-PER", "I-PER"] + ["O"] * 3 + ["B-PER", "I-PER", "I-PER"] + ["O"] * 2
BMES = ["O"] * 4 + ["B-nr", "E-nr"] + ["O"] * 3 + ["B_NAME", "M_NAME", "E_NAME"] + ["O"] * 2


def column_file(folder: Path, *sentences: tuple[str, list[str]]) -> Path:
    lines = ["\n".join(f"{char} {tag}" for char, tag in zip(text, tags, strict=True)) for text, tags in sentences]
    (folder / "ner.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return folder / "ner.txt"


@pytest.mark.parametrize("tags", [BIO, BMES])
def test_every_scheme_gives_the_same_spans(tags: list[str], tmp_path: Path) -> None:
    first, second = read_columns(column_file(tmp_path, (TEXT, tags), ("王平等", ["S-PER", "S-PER", "O"])))
    assert (first.line, first.text, first.people) == (1, TEXT, ((4, 6), (9, 12)))
    assert (second.line, second.people) == (16, ((0, 1), (1, 2)))


def test_nominal_mentions_and_other_kinds_are_no_names(tmp_path: Path) -> None:
    (only,) = read_columns(column_file(tmp_path, ("老师在郑州", ["B-PER.NOM", "I-PER.NOM", "O", "B-LOC", "I-LOC"])))
    assert only.people == ()


def test_exact_spans_are_counted(tmp_path: Path) -> None:
    file = column_file(tmp_path, (TEXT, BIO), ("平等的机会", ["B-PER", "I-PER", "O", "O", "O"]))
    report = evaluate_columns(file)
    assert report.counts == {"people": Counts(3, 2, 2)}
    assert [(f.where, f.side, f.what) for f in report.faults] == [("ner.txt:16", "missed", "[平等]的机会")]
    assert person_spans("张家口的书记员很平等") == ()


@pytest.mark.parametrize("line", ["虎", "虎 X-PER", "虎 BPER"])
def test_another_file_is_named(line: str, tmp_path: Path) -> None:
    (tmp_path / "ner.txt").write_text(f"强 O\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"ner\.txt:2"):
        list(read_columns(tmp_path / "ner.txt"))
