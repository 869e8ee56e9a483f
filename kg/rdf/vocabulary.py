"""The words of the graph: read from ``ontology/kg.ttl`` and closed; a term that is not declared there cannot be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

import pyoxigraph
from rdflib.namespace import ClosedNamespace

from kg.errors import KgError

NAMESPACE = "https://w3id.org/guanpu/ontology#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_OWL_ONTOLOGY = "http://www.w3.org/2002/07/owl#Ontology"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every term that the graph may use, by its prefixed name, and every concept by its scheme and notation."""

    prefixes: Mapping[str, str]  # "kg" -> namespace
    terms: Mapping[str, str]  # "kg:person" -> IRI; the terms of other vocabularies too, as far as kg.ttl declares them
    concepts: Mapping[tuple[str, str], str]  # ("roles", "chair") -> IRI

    def iri(self, name: str) -> str:
        """The IRI of a prefixed name; KgError for one that ``kg.ttl`` does not declare."""
        try:
            return self.terms[name]
        except KeyError:
            raise KgError(f"{name} is not declared in ontology/kg.ttl") from None

    def concept(self, scheme: str, notation: str) -> str:
        """The IRI of the concept that records and tables write as ``notation``; KgError where the scheme has none."""
        try:
            return self.concepts[scheme, notation]
        except KeyError:
            known = ", ".join(value for of, value in self.concepts if of == scheme)
            raise KgError(f"{notation!r} is no concept of kg:{scheme} in ontology/kg.ttl, which has: {known or 'none'}") from None

    def shorten(self, iri: str) -> str:
        """The prefixed name of a declared term; any other IRI as it is."""
        for prefix, namespace in self.prefixes.items():
            if iri.startswith(namespace) and f"{prefix}:{iri[len(namespace) :]}" in self.terms:
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri


def ontology() -> Traversable:
    """The folder of the ontology: inside the package where it is installed, at the top of the source tree otherwise."""
    packaged = files(__package__) / "ontology"
    if packaged.is_dir():
        return packaged
    beside = Path(__file__).resolve().parents[2] / "ontology"
    if beside.is_dir():
        return beside
    raise KgError("the installation has no ontology files (kg/rdf/ontology): install the package again")


def ontology_text(name: str) -> str:
    """The text of one file of the ontology, such as ``kg.ttl`` or ``queries/career.rq``."""
    here = ontology()
    for part in name.split("/"):
        here = here / part
    return here.read_text(encoding="utf-8")


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of ``ontology/kg.ttl``, read once."""
    parser = pyoxigraph.parse(ontology_text("kg.ttl").encode(), format=pyoxigraph.RdfFormat.TURTLE)
    triples = [(quad.subject, quad.predicate.value, quad.object) for quad in parser]
    prefixes = dict(sorted(parser.prefixes.items()))
    declared = {
        subject.value
        for subject, predicate, value in triples
        if predicate == RDF_TYPE and getattr(value, "value", "") != _OWL_ONTOLOGY and hasattr(subject, "value")
    }
    terms = {
        f"{prefix}:{iri[len(namespace) :]}": iri
        for iri in sorted(declared)
        for prefix, namespace in prefixes.items()
        if iri.startswith(namespace)
    }
    schemes = {
        subject.value: value.value.removeprefix(NAMESPACE)
        for subject, predicate, value in triples
        if predicate == _SKOS + "inScheme"
    }
    concepts = {
        (schemes[subject.value], value.value): subject.value
        for subject, predicate, value in triples
        if predicate == _SKOS + "notation"
    }
    return Vocabulary(MappingProxyType(prefixes), MappingProxyType(terms), MappingProxyType(concepts))


@cache
def namespace() -> ClosedNamespace:
    """The terms of kg's own namespace for rdflib: ``namespace().person`` is an IRI, ``namespace().persn`` an AttributeError."""
    own = [iri.removeprefix(NAMESPACE) for name, iri in vocabulary().terms.items() if name.startswith("kg:")]
    return ClosedNamespace(NAMESPACE, own)
