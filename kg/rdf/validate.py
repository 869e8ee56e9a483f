"""SHACL over a built folder: ``ontology/shapes.ttl`` by pyshacl, and the check that a quote is as long as its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pyoxigraph
import pyshacl
from rdflib import RDF, RDFS, BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.collection import Collection
from rdflib.namespace import SH

from kg.errors import InputError
from kg.rdf.serialise import TURTLE
from kg.rdf.vocabulary import ontology_text, vocabulary

Severity = Literal["violation", "warning", "info"]
_SHAPES = "https://w3id.org/guanpu/ontology/shapes#"
_SEVERITIES: dict[Any, Severity] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
_STRING = "http://www.w3.org/2001/XMLSchema#string"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What is wrong (``message``) with which property (``path``) of which node (``focus``), by which shape.

    ``value`` is the offending value where there is one. A violation means that the build is wrong, a warning that the sources
    contradict each other.
    """

    focus: str
    path: str
    message: str
    shape: str
    severity: Severity = "violation"
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """``conforms`` where there is no violation; findings are sorted, violations first."""

    conforms: bool
    findings: tuple[Finding, ...]
    triples: int


def validate(folder: Path, language: Literal["en", "zh"] = "en") -> Report:
    """Check ``graph.ttl`` of a built folder; messages in the language asked for.

    Raises InputError for a folder without a graph, and, with the line, for a graph that is no Turtle.
    """
    file = folder / TURTLE
    if not file.is_file():
        raise InputError(f"{folder}: has no {file.name}: not a folder that kg build wrote")
    try:
        return validate_turtle(file.read_bytes(), language)
    except (SyntaxError, ValueError) as error:
        raise InputError(f"{file}: {error}") from error


def validate_turtle(turtle: bytes, language: Literal["en", "zh"] = "en") -> Report:
    """Check a graph given as Turtle; SyntaxError or ValueError where it is none."""
    terms = _Terms()
    data, shapes = _load(turtle, terms), _load(ontology_text("shapes.ttl").encode(), terms)
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    findings = {*_findings(results, shapes, language), *_lengths(data, language)}
    order = {"violation": 0, "warning": 1, "info": 2}
    return Report(
        conforms=all(finding.severity != "violation" for finding in findings),
        findings=tuple(
            sorted(findings, key=lambda one: (order[one.severity], one.focus, one.path, one.message, one.value or ""))
        ),
        triples=len(data),
    )


def render(report: Report, limit: int = 50) -> str:
    """The report as text: a line a finding, at most ``limit``, and the sum."""
    lines = [
        f"{one.severity}: <{one.focus}> {one.path}: {one.message}"
        + (f" [{one.value}]" if one.value is not None else "")
        + f" ({one.shape})"
        for one in report.findings[:limit]
    ]
    if len(report.findings) > limit:
        lines.append(f"… and {len(report.findings) - limit} more")
    violations = sum(one.severity == "violation" for one in report.findings)
    lines.append(
        f"{report.triples} triples: {'conforms' if report.conforms else 'does not conform'}, "
        f"{violations} violations, {len(report.findings) - violations} warnings"
    )
    return "\n".join(lines) + "\n"


class _Terms(dict[Any, Any]):
    """Each term as one rdflib object, whichever graph it comes from: lookups then succeed by identity, three times faster."""

    def __init__(self) -> None:
        super().__init__(
            {pyoxigraph.NamedNode(str(iri)): iri for iri in (RDF.type, RDF.first, RDF.rest, RDF.nil, RDFS.subClassOf)}
        )

    def __missing__(self, term: Any) -> Any:
        made: Any
        if isinstance(term, pyoxigraph.NamedNode):
            made = URIRef(term.value)
        elif isinstance(term, pyoxigraph.BlankNode):
            made = BNode(term.value)
        elif term.language:
            made = RdfLiteral(term.value, lang=term.language)
        else:
            made = RdfLiteral(term.value, datatype=None if term.datatype.value == _STRING else self[term.datatype])
        self[term] = made
        return made


def _load(turtle: bytes, terms: _Terms) -> Graph:
    """Turtle as an rdflib graph, read by pyoxigraph (ten times faster than rdflib's own parser)."""
    graph = Graph()
    for quad in pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE):
        graph.store.add((terms[quad.subject], terms[quad.predicate], terms[quad.object]), graph)
    return graph


def _findings(results: Any, shapes: Graph, language: str) -> Iterator[Finding]:
    for result in results.subjects(RDF.type, SH.ValidationResult):
        messages = {message.language: str(message) for message in results.objects(result, SH.resultMessage)}
        shape = results.value(result, SH.sourceShape)
        value = results.value(result, SH.value)
        yield Finding(
            focus=str(results.value(result, SH.focusNode)),
            path=_path(shapes, shapes.value(shape, SH.path)),
            message=messages.get(language) or next(iter(messages.values()), ""),
            shape=str(shape).removeprefix(_SHAPES),
            severity=_SEVERITIES.get(results.value(result, SH.resultSeverity), "violation"),
            value=None if value is None else str(value),
        )


def _path(shapes: Graph, path: Any) -> str:
    alternatives = shapes.value(path, SH.alternativePath)
    if alternatives is not None:
        return "|".join(vocabulary().shorten(str(one)) for one in Collection(shapes, alternatives))
    return vocabulary().shorten(str(path))


def _lengths(data: Graph, language: str) -> Iterator[Finding]:
    """A quote has as many code points as its place in the text; in SHACL it would be one SPARQL query a mention."""
    words = vocabulary()
    exact, start, end, selector = (URIRef(words.iri(name)) for name in ("oa:exact", "oa:start", "oa:end", "oa:hasSelector"))
    lengths: dict[Any, int] = {node: len(str(quote)) for node, quote in data.subject_objects(exact)}
    places: dict[Any, int] = {}
    for node, offset in data.subject_objects(end):
        begin = data.value(node, start)
        if isinstance(offset, RdfLiteral) and isinstance(begin, RdfLiteral):
            try:
                places[node] = int(offset) - int(begin)
            except ValueError:
                continue
    quoted: dict[Any, int] = {}
    placed: dict[Any, int] = {}
    for mention, node in data.subject_objects(selector):
        if node in lengths:
            quoted[mention] = lengths[node]
        if node in places:
            placed[mention] = places[node]
    message = {"en": "quote must be as long as its place in the text", "zh": "引文长度必须与字位一致"}[language]
    for mention in quoted.keys() & placed.keys():
        if quoted[mention] != placed[mention]:
            value = f"{quoted[mention]} ≠ {placed[mention]}"
            yield Finding(str(mention), "oa:hasSelector", message, "mention-length", value=value)
