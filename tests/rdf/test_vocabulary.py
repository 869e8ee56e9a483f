"""The vocabulary is closed both ways: what is written is declared, what is declared is written."""

from __future__ import annotations

import typing
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest

from kg import model
from kg.errors import KgError
from kg.rdf.facts import describe
from kg.rdf.serialise import BASE
from kg.rdf.vocabulary import NAMESPACE, RDF_TYPE, namespace, ontology, ontology_text, vocabulary
from kg.resolve import model as resolved

SCHEMES = {
    "personKinds": {*typing.get_args(model.PersonKind), "byline"},
    "postClasses": set(typing.get_args(model.PostClass)),
    "statuses": set(typing.get_args(resolved.TenureStatus)),
    "dateBases": set(typing.get_args(resolved.Basis)),
    "acts": set(typing.get_args(model.Act)),
    "successionBases": set(typing.get_args(typing.get_type_hints(resolved.Succession)["basis"])),
    "eventKinds": set(typing.get_args(model.EventKind)),
    "roles": set(typing.get_args(model.Role)),
    "orderBases": {"by_stroke"},
    "venues": set(typing.get_args(model.Venue)),
    "selections": set(typing.get_args(resolved.Selection)),
    "systems": {
        "党委",
        "人大",
        "政府",
        "政协",
        "纪委监委",
        "法院",
        "检察院",
        "军队",
        "群团",
        "开发区",
        "街道乡镇",
        "学校",
        "医院",
        "企业",
        "其他",
    },
    "levels": {"中央", "省", "市", "县", "乡", "村"},
}


def _quads(folder: Path) -> list[pyoxigraph.Quad]:
    return list(pyoxigraph.parse(path=folder / "graph.ttl", format=pyoxigraph.RdfFormat.TURTLE))


def test_every_class_and_property_is_declared_and_emitted(small_folder: Path) -> None:
    quads = _quads(small_folder)
    emitted = {quad.predicate.value for quad in quads} - {RDF_TYPE}
    emitted |= {quad.object.value for quad in quads if quad.predicate.value == RDF_TYPE}
    declared = set(vocabulary().terms.values()) - set(vocabulary().concepts.values())
    declared -= {NAMESPACE + scheme for scheme in SCHEMES}
    assert emitted == declared


def test_every_concept_is_a_value_of_the_model() -> None:
    declared: dict[str, set[str]] = {}
    for scheme, notation in vocabulary().concepts:
        declared.setdefault(scheme, set()).add(notation)
    assert declared == SCHEMES


def test_concepts_of_the_graph_are_declared(small_folder: Path) -> None:
    used = {quad.object.value for quad in _quads(small_folder) if str(quad.object).startswith(f"<{NAMESPACE}")}
    assert used <= set(vocabulary().terms.values())


def test_a_typing_mistake_fails() -> None:
    with pytest.raises(KgError, match="kg:persn is not declared"):
        vocabulary().iri("kg:persn")
    with pytest.raises(AttributeError):
        _ = namespace().persn
    assert str(namespace().person) == f"{NAMESPACE}person"


def test_a_value_that_no_scheme_has_fails_and_says_what_there_is(small: resolved.Resolution) -> None:
    odd = replace(small, bodies=(replace(small.bodies[0], system="政党"),))
    with pytest.raises(KgError, match=r"'政党' is no concept of kg:systems .* 党委"):
        list(describe(odd, (), BASE))


def test_shorten_is_the_reverse_of_iri() -> None:
    words = vocabulary()
    assert all(words.shorten(iri) == name for name, iri in words.terms.items())
    assert words.shorten("https://elsewhere.example/x") == "https://elsewhere.example/x"


def test_the_ontology_is_found() -> None:
    assert {"kg.ttl", "shapes.ttl", "alignments.ttl", "context.jsonld"} <= {file.name for file in ontology().iterdir()}
    assert "VALUES" in ontology_text("queries/career.rq")
