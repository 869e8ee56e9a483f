"""The tables of the lexicon: read strictly, no entry twice, none that could never match, every one of its closed kinds."""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise

import pytest

from kg import lexicon
from kg.errors import LexiconError
from kg.extract.posts import heads_in
from kg.lexicon import forms, table

TABLES = sorted(path.name.removesuffix(".tsv") for path in files("kg.lexicon").iterdir() if path.name.endswith(".tsv"))
# Columns of closed kinds.
KINDS = {
    ("posts", "class"): {"office", "enterprise", "ad_hoc", "grade", "delegate", "list_label", "other"},
    ("posts", "seat"): {"single", "shared"},
    ("verbs", "role"): {"", "chair", "speak", "attend", "observe", "lead", "accompany"},
    ("verbs", "note"): {"", "weak", "go", "skip"},
    ("meetings", "kind"): {"meeting", "activity", "inspection"},
    ("surnames", "class"): {"common", "usual", "rare", "compound"},
    ("credits", "role"): {"reporter", "correspondent", "photographer", "author", "staff", "neutral", "before", "org", "filler"},
    ("furniture", "kind"): {"word", "label", "top", "legal", "stop"},
    ("columns", "kind"): {"either", "whole", "suffix"},
    ("campaigns", "class"): {"drive", "routine"},
    ("body_endings", "sort"): {
        *("no", "organ", "force", "society", "firm", "school", "health", "science"),
        *("media", "zone", "team", "division", "village"),
    },
    ("body_endings", "alone"): {"", "yes"},
    ("body_marks", "sort"): {
        *("people", "unit", "speak", "attend", "host", "hold", "talk", "team", "made", "none", "led", "jointly", "look", "heads")
    },
}


@pytest.mark.parametrize("name", TABLES)
def test_each_table_reads_and_ends_in_a_note(name: str) -> None:
    rows = table(name)
    assert rows
    assert next(iter(rows[0])) == "form"
    assert list(rows[0])[-1] == "note"
    assert len(forms(name)) == len(set(forms(name)))
    assert all(cell == cell.strip() for row in rows for cell in row.values()), "blanks at the edge of a cell"


@pytest.mark.parametrize("name", TABLES)
def test_each_table_says_what_it_is(name: str) -> None:
    text = files("kg.lexicon").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    assert any(line.startswith("# ") and len(line) > 20 for line in text.splitlines()[:3])
    assert text.endswith("\n")
    assert "\r" not in text


@pytest.mark.parametrize(("name", "column"), KINDS, ids="/".join)
def test_kinds_are_closed(name: str, column: str) -> None:
    assert {row[column] for row in table(name)} <= KINDS[name, column]


def test_every_verb_has_a_role_or_is_skipped() -> None:
    assert not [row["form"] for row in table("verbs") if (row["role"] == "") != (row["note"] == "skip")]


def test_surnames_are_one_character_or_compound() -> None:
    wrong = [row["form"] for row in table("surnames") if (len(row["form"]) > 1) != (row["class"] == "compound")]
    assert not wrong
    assert {"王", "虎", "巴", "靳", "雍", "呼", "尚", "谷", "欧阳", "司马", "上官", "诸葛"} <= set(forms("surnames"))


def test_what_is_no_post_holds_the_head_of_one() -> None:
    heads = forms("posts")
    assert not [form for form in forms("notposts") if not any(head in form for head in heads)]
    assert not set(forms("notposts")) & set(heads)


def test_what_is_no_post_masks_it() -> None:
    assert not [form for form in forms("notposts") if heads_in(form)]


@pytest.mark.parametrize("form", forms("posts"))
def test_each_head_is_found_whole(form: str) -> None:
    assert heads_in(f"，{form}，") == [(1, 1 + len(form))]


def test_renamed_organs_and_body_forms_change_something() -> None:
    assert not [row["form"] for row in table("renamed_organs") if row["form"] in row["later"].split("、")]
    assert all(row["year"].isdigit() for row in table("renamed_organs"))
    assert not [row["form"] for row in table("body_forms") if row["form"] == row["short"]]


def test_given_names_are_no_surnames_with_them() -> None:
    assert all(1 <= len(form) <= 2 for form in forms("given_names"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("form\tnote\n甲\tx\ty\n", "bad.tsv:2: 3 columns, the header has 2"),
        ("form\tnote\n# why\n甲\t\n\n甲\t\n", "bad.tsv:5: 甲 stands twice"),
        ("form\tnote\n\tx\n", "bad.tsv:2: the form is empty"),
    ],
)
def test_a_bad_table_is_named_with_its_line(text: str, said: str, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path  # what importlib.resources gives for a package: a folder to join names to
    folder.joinpath("bad.tsv").write_text(text, encoding="utf-8")  # type: ignore[attr-defined]
    monkeypatch.setattr(lexicon, "files", lambda _: folder)
    with pytest.raises(LexiconError) as error:
        table.__wrapped__("bad")
    assert said in str(error.value)


def test_divisions_are_dated_and_known_by_code() -> None:
    rows = lexicon.divisions()
    assert len(rows) > 3000
    assert all(row["代码"].isdigit() and len(row["代码"]) == 6 for row in rows)
    ended = [row for row in rows if row["变更/弃用时间"]]
    assert ended
    assert not [row["名称"] for row in ended if row["变更/弃用时间"] < row["启用时间"]]
    assert all(a != b for a, b in pairwise(rows))
