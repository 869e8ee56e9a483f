"""The graph in the words of ``ontology/kg.ttl``: written as Turtle and N-Quads, checked with SHACL, asked with SPARQL."""

from __future__ import annotations

from kg.rdf.query import NamedQuery, Parameter, Result, ask, named_queries, named_query, open_store, query
from kg.rdf.serialise import BASE, to_quads, write_rdf
from kg.rdf.validate import Finding, Report, validate
from kg.rdf.vocabulary import namespace, ontology, ontology_text, vocabulary

__all__ = [
    "BASE",
    "Finding",
    "NamedQuery",
    "Parameter",
    "Report",
    "Result",
    "ask",
    "named_queries",
    "named_query",
    "namespace",
    "ontology",
    "ontology_text",
    "open_store",
    "query",
    "to_quads",
    "validate",
    "vocabulary",
    "write_rdf",
]
