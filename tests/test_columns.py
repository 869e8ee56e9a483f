"""NER files in columns: all tag schemes and label names give the same spans, and the score counts exact spans."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.columns import evaluate_columns, found_spans, is_on_topic, read_columns
from kg.errors import InputError
from kg.evaluate import Counts

TEXT = "区委书记虎岩、区长欧阳雪讲话"
BIO = ["O"] * 4 + ["B-PER", "I-PER"] + ["O"] * 3 + ["B-PER", "I-PER", "I-PER"] + ["O"] * 2
BMES = ["O"] * 4 + ["B-nr", "E-nr"] + ["O"] * 3 + ["B_NAME", "M_NAME", "E_NAME"] + ["O"] * 2
BIOES = ["O"] * 4 + ["B-PERSON", "E-PERSON"] + ["O"] * 3 + ["B-person", "I-person", "E-person"] + ["O"] * 2


def column_file(folder: Path, *sentences: tuple[str, list[str]], gap: str = " ") -> Path:
    lines = ["\n".join(f"{char}{gap}{tag}" for char, tag in zip(text, tags, strict=True)) for text, tags in sentences]
    (folder / "ner.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return folder / "ner.txt"


def tagged(text: str, **spans: str) -> tuple[str, list[str]]:
    """A sentence with BIO tags where the given strings stand."""
    tags = ["O"] * len(text)
    for label, piece in spans.items():
        at = text.index(piece)
        tags[at:at + len(piece)] = [f"B-{label}", *[f"I-{label}"] * (len(piece) - 1)]
    return text, tags


@pytest.mark.parametrize("tags", [BIO, BMES, BIOES])
@pytest.mark.parametrize("gap", [" ", "\t", " _ "])
def test_every_scheme_gives_the_same_spans(tags: list[str], gap: str, tmp_path: Path) -> None:
    first, second = read_columns(column_file(tmp_path, (TEXT, tags), ("王平等", ["S-PER", "S-PER", "O"]), gap=gap))
    assert (first.line, first.text, first.spans) == (1, TEXT, {"people": ((4, 6), (9, 12))})
    assert (second.line, second.spans) == (16, {"people": ((0, 1), (1, 2))})


def test_words_count_by_their_characters(tmp_path: Path) -> None:
    (tmp_path / "ner.txt").write_text("区委 O\n书记 O\n虎岩 S-nr\n讲话 O\n", encoding="utf-8")
    (only,) = read_columns(tmp_path / "ner.txt")
    assert (only.text, only.spans) == ("区委书记虎岩讲话", {"people": ((4, 6),)})


@pytest.mark.parametrize(("label", "layer"), [
    ("nr", "people"), ("name", "people"), ("PER.NAM", "people"), ("position", "positions"), ("TITLE", "positions"),
    ("NT", "organisations"), ("government", "organisations"), ("ORG", "organisations")])
def test_labels_of_the_corpora(label: str, layer: str, tmp_path: Path) -> None:
    (only,) = read_columns(column_file(tmp_path, ("市教育局", [f"B-{label}", *[f"I-{label}"] * 3])))
    assert only.spans == {layer: ((0, 4),)}


def test_nominal_mentions_and_other_kinds_are_no_names(tmp_path: Path) -> None:
    (only,) = read_columns(column_file(tmp_path, ("老师在郑州", ["B-PER.NOM", "I-PER.NOM", "O", "B-LOC", "I-LOC"])))
    assert only.spans == {}


def test_neighbours_of_two_kinds_are_two_spans(tmp_path: Path) -> None:
    tags = ["B-NT", "I-NT", "I-NT", "I-NT", "I-POS", "I-POS", "I-PER", "I-PER"]
    (only,) = read_columns(column_file(tmp_path, ("市教育局局长虎岩", tags)))
    assert only.spans == {"organisations": ((0, 4),), "positions": ((4, 6),), "people": ((6, 8),)}


def test_exact_spans_are_counted(tmp_path: Path) -> None:
    file = column_file(tmp_path, (TEXT, BIO), ("平等的机会", ["B-PER", "I-PER", "O", "O", "O"]))
    report = evaluate_columns(file)
    assert report.counts == {"people": Counts(3, 2, 2), "people*": Counts(2, 2, 2)}
    assert [(f.layer, f.where, f.side, f.what) for f in report.faults] == [("people", "ner.txt:16", "missed", "[平等]的机会")]


def test_layers_that_the_file_has_are_scored(tmp_path: Path) -> None:
    titled = tagged("丹阜区教育局副局长虎岩出席会议", government="丹阜区教育局", position="副局长", name="虎岩")
    file = column_file(tmp_path, titled, tagged("记者走进社区", position="记者"))
    report = evaluate_columns(file)
    assert report.counts["positions"] == Counts(2, 1, 1)
    assert report.counts["organisations"] == Counts(1, 1, 1)
    assert [f.what for f in report.faults] == ["[记者]走进社区"]


def test_what_a_bare_sentence_holds() -> None:
    assert found_spans("张家口的书记员很平等") == {"people": (), "positions": (), "organisations": ()}
    assert found_spans("区委副书记、区长欧阳雪讲话") == {
        "people": ((8, 11),), "positions": ((2, 5), (6, 8)), "organisations": ((0, 2),)}


def test_those_who_wrote_are_people_too() -> None:
    assert (7, 9) in found_spans("本报讯（记者 虎岩）昨日，区委召开会议。")["people"]


@pytest.mark.parametrize(("text", "topical"), [
    ("区长到场", True), ("虎岩出席", True), ("虎岩强调", True), ("天气很好", False), ("书记员很平等", False), ("他到了", False)])
def test_sentences_on_topic_have_a_title_or_a_verb_of_presence(text: str, topical: bool) -> None:
    assert is_on_topic(text) is topical


@pytest.mark.parametrize("line", ["虎", "虎 X-PER", "虎 BPER"])
def test_another_file_is_named(line: str, tmp_path: Path) -> None:
    (tmp_path / "ner.txt").write_text(f"强 O\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"ner\.txt:2"):
        list(read_columns(tmp_path / "ner.txt"))
