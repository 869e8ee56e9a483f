"""Extraction against a public NER file in columns: a character or word a line, its tag last, an empty line between sentences.

BIO, BIOES and BMES tags are read alike, under the names that the public corpora give to people, positions and organisations. The
user brings the file; each sentence is read on its own, as an article of one line without date or place. A layer is scored where
the file has its label.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from kg import lexicon
from kg.errors import InputError
from kg.evaluate import Counts, Fault, Report
from kg.extract.article import extract
from kg.extract.bodies import Places
from kg.extract.people import title_spans
from kg.extract.posts import heads_in
from kg.model import Article, Record, SourceRun

# Label -> layer. PER.NOM of the Weibo corpus is a nominal mention (老师), no name.
LABELS = {
    **dict.fromkeys(("PER", "PERSON", "NR", "NAME", "PER.NAM"), "people"),
    **dict.fromkeys(("POS", "POSITION", "TITLE", "JOB", "POST"), "positions"),
    **dict.fromkeys(("ORG", "ORGANIZATION", "ORGANISATION", "NT", "GOV", "GOVERNMENT", "COMPANY", "ORG.NAM"), "organisations"),
}
LAYERS = ("people", "positions", "organisations")
ON_TOPIC = "people*"  # in sentences with a title or a verb of presence: what this program is for
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """``spans``: layer -> where the file sees one, sorted; ``line`` is where the sentence begins in its file, from 1."""

    line: int
    text: str
    spans: Mapping[str, tuple[Span, ...]]


def evaluate_columns(path: Path) -> Report:
    """Exact spans of all sentences: precision, recall, and each miss with its sentence. Raises InputError."""
    sentences = list(read_columns(path))
    labelled = [layer for layer in LAYERS if layer == "people" or any(s.spans.get(layer) for s in sentences)]
    gold: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    faults = []
    for sentence in sentences:
        seen = found_spans(sentence.text)
        where = f"{path.name}:{sentence.line}"
        for layer in labelled:
            wanted, got = set(sentence.spans.get(layer, ())), set(seen[layer])
            for name in (layer, ON_TOPIC) if layer == "people" and is_on_topic(sentence.text) else (layer,):
                gold[name] += len(wanted)
                found[name] += len(got)
                right[name] += len(wanted & got)
            faults += [Fault(layer, where, "missed", _shown(sentence.text, span)) for span in sorted(wanted - got)]
            faults += [Fault(layer, where, "extra", _shown(sentence.text, span)) for span in sorted(got - wanted)]
    layers = [name for layer in labelled for name in ((layer, ON_TOPIC) if layer == "people" else (layer,))]
    return Report({name: Counts(gold[name], found[name], right[name]) for name in layers}, tuple(faults))


def found_spans(text: str) -> dict[str, tuple[Span, ...]]:
    """Where extraction sees people, positions and organisations in a bare sentence, by layer, sorted.

    People: whole names, also of those who wrote; short forms (王书记) are none. Positions: the post alone (副局长 of
    市教育局副局长). Organisations: what stands before the post in a title, and bodies said to have taken part in an occasion.
    """
    ref = hashlib.sha256(text.encode()).hexdigest()[:16]
    record = extract(Article(ref, "sentence", 1, "", text, 0, (SourceRun(0, 0, len(text)),)))
    titles = list(_titles(text, record))
    people = {(m.start, m.end) for person in record.people for m in person.mentions if not m.short} | set(_credited(text, record))
    bodies = {(e.start, e.end) for event in record.events for body in event.bodies for e in body.evidence if e.quote == body.name}
    return {"people": tuple(sorted(people)), "positions": tuple(sorted({post for _, post in titles})),
            "organisations": tuple(sorted({organ for organ, _ in titles if organ[0] < organ[1]} | bodies))}


def _credited(text: str, record: Record) -> Iterator[Span]:
    for byline in record.bylines:
        for credit in byline.evidence:
            at = text.find(byline.name, credit.start, credit.end)
            if at >= 0:
                yield at, at + len(byline.name)


_MODIFIER = re.compile(r"(?:(?:常务|第一|执行|名誉|荣誉|首席|高级|代理?|总)?副?|[正一二三四]级)$")


def _titles(text: str, record: Record) -> Iterator[tuple[Span, Span]]:
    """Each title as written in two: the organ, which may be empty, and the post."""
    names = frozenset(person.name for person in record.people)
    for span in title_spans(text, Places(None, ()), names):
        begin = span.start
        for start, end in heads_in(text[span.start:span.end]):
            at, stop = span.start + start, span.start + end
            modifier = _MODIFIER.search(text, begin, at)
            post = modifier.start() if modifier else at
            yield (_named(text, begin, post), post), (post, stop)
            begin = stop


_BETWEEN = re.compile(r"[、，\s]*(?:兼任?|原|现任|时任|前任|前)?")


def _named(text: str, start: int, end: int) -> int:
    """Where the organ's name begins behind what joins it to the title before, or says that the post is past."""
    match = _BETWEEN.match(text, start, end)
    return match.end() if match else start


@cache
def _verbs_of_presence() -> AhoCorasick:
    rows = (row for row in lexicon.table("verbs") if row["role"] and not row["note"])
    return AhoCorasick([row["form"] for row in rows if len(row["form"]) > 1])


def is_on_topic(text: str) -> bool:
    """Whether a sentence has a title or a verb of presence: 区长, 出席, 强调."""
    return bool(heads_in(text)) or bool(_verbs_of_presence().find_matches_as_indexes(text))


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
                yield Sentence(start, "".join(char for char, _ in rows), _spans(rows))
            start, rows = number + 1, []
        elif len(cells) < 2 or cells[-1][0] not in "BIOMES" or (cells[-1] != "O" and cells[-1][1:2] not in ("-", "_")):
            raise InputError(f"{path}:{number}: expected a character and a BIO, BIOES or BMES tag, not {line[:40]!r}")
        else:
            rows.append((cells[0], cells[-1]))


def _spans(rows: Iterable[tuple[str, str]]) -> dict[str, tuple[Span, ...]]:
    """The spans that the tags make, by layer; a tag of the inside without a beginning begins one."""
    found: dict[str, list[Span]] = {}
    at = 0
    begun: tuple[int, str] | None = None
    for char, tag in [*rows, ("", "O")]:
        layer = LABELS.get(tag[2:].upper())
        if begun is not None and (layer != begun[1] or tag[0] in "BS"):
            found.setdefault(begun[1], []).append((begun[0], at))
            begun = None
        if layer is not None and begun is None:
            begun = at, layer
        at += len(char)
    return {layer: tuple(spans) for layer, spans in found.items()}


def _shown(text: str, span: Span) -> str:
    start, end = span
    return f"{text[max(0, start - 10):start]}[{text[start:end]}]{text[end:end + 10]}"
