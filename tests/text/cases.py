"""Readers of the case tables under ``tests/cases``."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "cases"
_MARK = re.compile(r"\[([^\[\]｜]+)｜([a-z-]+)\]")


@dataclass(frozen=True)
class PageCase:
    """A page with the articles that it holds: (beginning of the headline, names of the bylines)."""

    name: str
    text: str
    articles: tuple[tuple[str, tuple[str, ...]], ...]


def table(name: str) -> list[dict[str, str]]:
    """The rows of ``NAME.tsv``."""
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def unmark(marked: str) -> tuple[str, list[tuple[str, str]]]:
    """``记者 [段云｜reporter]`` as its text and what is marked in it."""
    return _MARK.sub(r"\1", marked), [(m[1], m[2]) for m in _MARK.finditer(marked)]


def pages() -> list[PageCase]:
    """The pages of ``pages.txt``."""
    found = []
    for part in re.split(r"^=== ", (FOLDER / "pages.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, rest = part.partition("\n")
        lines = rest.rstrip("\n").split("\n")
        expected = [line[4:].partition(" |") for line in lines if line.startswith("--- ")]
        text = "\n".join(line for line in lines if not line.startswith("--- "))
        found.append(PageCase(name, text, tuple((head, tuple(names.split())) for head, _, names in expected)))
    return found
