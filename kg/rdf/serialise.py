"""The graph as files: Turtle in canonical order, and N-Quads with a named graph an article; written as a stream of sorted text.

Both files are a pure function of the resolution: the same graph gives the same bytes. No RDF-star: what is known of a statement
hangs on a node of its own, which every RDF store can read.
"""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from kg.graph.coappearance import Pair, coappearance
from kg.rdf.facts import Subject, describe
from kg.rdf.vocabulary import RDF_TYPE, vocabulary
from kg.resolve.model import Resolution

BASE = "https://w3id.org/guanpu/"
TURTLE, NQUADS = "graph.ttl", "graph.nq.gz"

Quad = tuple[str, str, str, str]  # subject, predicate, object, graph, each as N-Triples text
_TYPED = re.compile(r'"(.*)"\^\^<([^<>]+)>', re.DOTALL)
_BARE = {"integer": re.compile(r"-?\d+"), "decimal": re.compile(r"-?\d+\.\d+"), "boolean": re.compile("true|false")}


def write_rdf(resolution: Resolution, folder: Path, base: str = BASE, pairs: tuple[Pair, ...] | None = None) -> dict[str, int]:
    """Write ``graph.ttl`` and ``graph.nq.gz`` into ``folder``; give the numbers of triples, quads and named graphs.

    ``pairs`` are the co-appearances where the caller has them already. Raises KgError for a base that is none and for a value
    that the ontology does not know.
    """
    shared = coappearance(resolution) if pairs is None else pairs
    triples = quads = 0
    graphs: set[tuple[str, ...]] = set()
    turtle, head = _turtle_writer()
    with (
        (folder / TURTLE).open("w", encoding="utf-8", newline="\n") as ttl,
        (folder / NQUADS).open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=6, mtime=0) as packing,
        io.BufferedWriter(packing, 1 << 20) as packed,  # one call of the packer a megabyte, not one a subject
    ):
        ttl.write(head)
        for subject in describe(resolution, shared, base):
            ttl.write(turtle(subject))
            lines = _nquads(subject)
            packed.write("".join(lines).encode())
            triples, quads = triples + len(subject.facts), quads + len(lines)
            graphs.update(fact.graphs for fact in subject.facts)
    return {"triples": triples, "quads": quads, "graphs": len({graph for several in graphs for graph in several})}


def to_quads(resolution: Resolution, pairs: Iterable[Pair] | None = None, base: str = BASE) -> Iterator[Quad]:
    """The quads of the graph in the order of the N-Quads file."""
    shared = coappearance(resolution) if pairs is None else pairs
    for subject in describe(resolution, shared, base):
        yield from _quads(subject)


def to_nquads(subjects: Iterable[Subject]) -> Iterator[str]:
    """Lines of N-Quads, sorted by code point if the subjects are."""
    for subject in subjects:
        yield from _nquads(subject)


def to_turtle(subjects: Iterable[Subject]) -> Iterator[str]:
    """Turtle: the prefixes, then a block a subject, its type first, predicates and objects sorted."""
    write, head = _turtle_writer()
    yield head
    yield from map(write, subjects)


def _quads(subject: Subject) -> list[Quad]:
    return sorted(
        (subject.iri, _predicate(fact.predicate), fact.object, graph) for fact in subject.facts for graph in fact.graphs
    )


def _nquads(subject: Subject) -> list[str]:
    iri = subject.iri
    return sorted([f"{iri} {_predicate(name)} {value} {graph} .\n" for name, value, graphs in subject.facts for graph in graphs])


@lru_cache(maxsize=1024)
def _predicate(name: str) -> str:
    return f"<{RDF_TYPE}>" if name == "rdf:type" else f"<{vocabulary().iri(name)}>"


def _turtle_writer() -> tuple[Callable[[Subject], str], str]:
    """The function that writes one subject, and the lines that declare the prefixes it uses."""
    words = vocabulary()
    short = {f"<{iri}>": name for name, iri in words.terms.items()}
    prefixes = {name.partition(":")[0] for name in words.terms} | {"edtf", "xsd"}
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in words.prefixes.items() if prefix in prefixes)
    namespaces = {words.prefixes[prefix]: prefix for prefix in ("edtf", "xsd")}

    @lru_cache(maxsize=1 << 16)
    def typed(value: str) -> str:
        match = _TYPED.fullmatch(value)
        if match is None:
            return value
        lexical, datatype = match.groups()
        namespace, local = _split(datatype)
        if local in _BARE and _BARE[local].fullmatch(lexical):
            return lexical
        return f'"{lexical}"^^{namespaces[namespace]}:{local}' if namespace in namespaces else value

    def term(value: str) -> str:
        if value[0] == "<":
            return short.get(value, value)
        return typed(value) if value[-1] == ">" else value

    def write(subject: Subject) -> str:
        said: dict[str, list[str]] = {"rdf:type": []}  # first
        for predicate, value, _ in subject.facts:
            said.setdefault(predicate, []).append(term(value))
        lines = [f"{'a' if name == 'rdf:type' else name} {', '.join(values)}" for name, values in said.items()]
        return f"\n{subject.iri} " + " ;\n    ".join(lines) + " .\n"

    return write, head


def _split(iri: str) -> tuple[str, str]:
    at = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:at], iri[at:]
