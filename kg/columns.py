"""Person spans against a public NER file in columns: a character a line, its tag last, an empty line between sentences.

BIO, BIOES and BMES tags are read alike. The user brings the file; each sentence is read on its own, as an article of one line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.evaluate import Counts, Fault, Report
from kg.extract.article import extract
from kg.model import Article, SourceRun

PERSON = ("PER", "PERSON", "NR", "NAME")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """``people`` are the spans of the persons' names; ``line`` is where the sentence begins in its file, from 1."""

    line: int
    text: str
    people: tuple[Span, ...]


def evaluate_columns(path: Path) -> Report:
    """Exact person spans of all sentences: precision, recall, and each miss with its sentence. Raises InputError."""
    gold = found = right = 0
    faults = []
    for sentence in read_columns(path):
        wanted, got = set(sentence.people), set(person_spans(sentence.text))
        gold, found, right = gold + len(wanted), found + len(got), right + len(wanted & got)
        where = f"{path.name}:{sentence.line}"
        faults += [Fault("people", where, "missed", _shown(sentence.text, span)) for span in sorted(wanted - got)]
        faults += [Fault("people", where, "extra", _shown(sentence.text, span)) for span in sorted(got - wanted)]
    return Report({"people": Counts(gold, found, right)}, tuple(faults))


def person_spans(text: str) -> tuple[Span, ...]:
    """Where extraction sees whole names in a bare sentence; short forms (王书记) are not names and not counted."""
    ref = hashlib.sha256(text.encode()).hexdigest()[:16]
    record = extract(Article(ref, "sentence", 1, "", text, 0, (SourceRun(0, 0, len(text)),)))
    return tuple(sorted({(m.start, m.end) for person in record.people for m in person.mentions if not m.short}))


def read_columns(path: Path) -> Iterator[Sentence]:
    """The sentences of a file. Raises InputError that names file and line for a line without a tag or with an unknown one."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    start = 1
    rows: list[tuple[str, str]] = []
    for number, line in enumerate([*lines, ""], start=1):
        cells = line.split()
        if not cells:
            if rows:
                yield Sentence(start, "".join(char for char, _ in rows), tuple(_people(rows)))
            start, rows = number + 1, []
        elif len(cells) < 2 or cells[-1][0] not in "BIOMES" or (cells[-1] != "O" and cells[-1][1:2] not in ("-", "_")):
            raise InputError(f"{path}:{number}: expected a character and a BIO, BIOES or BMES tag, not {line[:40]!r}")
        else:
            rows.append((cells[0], cells[-1]))


def _people(rows: Iterable[tuple[str, str]]) -> Iterator[Span]:
    """The spans that person tags make; a tag of the inside without a beginning begins one."""
    at, begun = 0, None
    for char, tag in rows:
        # PER.NOM of the Weibo corpus is a nominal mention (老师), no name
        person = tag[2:].upper().split(".")[0] in PERSON and not tag.upper().endswith(".NOM")
        if begun is not None and (not person or tag[0] in "BS"):
            yield begun, at
            begun = None
        if person and begun is None:
            begun = at
        at += len(char)
    if begun is not None:
        yield begun, at


def _shown(text: str, span: Span) -> str:
    start, end = span
    return f"{text[max(0, start - 10):start]}[{text[start:end]}]{text[end:end + 10]}"
