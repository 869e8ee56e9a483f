"""The files of the ontology agree with each other, and each term says in Chinese and English what it is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH
from rdflib.plugins.sparql import prepareQuery

from kg.rdf.query import NamedQuery, ask, named_queries
from kg.rdf.vocabulary import NAMESPACE, ontology_text, vocabulary

KG = rdflib.Namespace(NAMESPACE)
SCHEMA = rdflib.Namespace("https://schema.org/")
ONTOLOGY = Graph().parse(data=ontology_text("kg.ttl"), format="turtle")
SHAPES = Graph().parse(data=ontology_text("shapes.ttl"), format="turtle")
TERMS = sorted(vocabulary().terms)
QUERIES = list(named_queries().values())


def of_type(*kinds: URIRef) -> set[URIRef]:
    return {term for kind in kinds for term in ONTOLOGY.subjects(RDF.type, kind) if isinstance(term, URIRef)}


CLASSES = of_type(OWL.Class)
PROPERTIES = of_type(OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
CONCEPTS = of_type(SKOS.Concept)
SCHEMES = of_type(SKOS.ConceptScheme)


@pytest.mark.parametrize("name", TERMS)
def test_every_term_says_what_it_is_in_both_languages(name: str) -> None:
    term = URIRef(vocabulary().iri(name))
    for predicates in ((RDFS.label, SKOS.prefLabel), (RDFS.comment, SKOS.definition)):
        texts = {text.language: str(text) for predicate in predicates for text in ONTOLOGY.objects(term, predicate)}
        assert set(texts) == {"zh", "en"}
        assert re.search("[\u4e00-\u9fff]", texts["zh"])
        assert re.search("[a-z]{2}", texts["en"])


def test_every_term_is_of_one_sort() -> None:
    sorts = (CLASSES, PROPERTIES, CONCEPTS, SCHEMES)
    assert {str(term) for sort in sorts for term in sort} == set(vocabulary().terms.values())
    assert sum(map(len, sorts)) == len(TERMS)


def test_every_class_of_ours_is_named_in_the_design() -> None:
    stated = {
        "Person",
        "Body",
        "Post",
        "Tenure",
        "PersonnelChange",
        "Event",
        "Appearance",
        "Campaign",
        "Article",
        "Mention",
        "Place",
    }
    derived = {"CoAppearance", "Succession", "CampaignMonth", "Issue"}
    assert {str(term).removeprefix(NAMESPACE) for term in CLASSES if str(term).startswith(NAMESPACE)} == stated | derived


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (KG.Person, "http://xmlns.com/foaf/0.1/Person"),
        (KG.Body, "http://www.w3.org/ns/org#Organization"),
        (KG.Post, "http://www.w3.org/ns/org#Post"),
        (KG.Tenure, "http://www.w3.org/ns/org#Membership"),
        (KG.PersonnelChange, "http://www.w3.org/ns/prov#Activity"),
        (KG.Event, "http://semanticweb.cs.vu.nl/2009/11/sem/Event"),
        (KG.Event, "https://schema.org/Event"),
        (KG.Appearance, "http://semanticweb.cs.vu.nl/2009/11/sem/Role"),
        (KG.Appearance, "https://schema.org/Role"),
        (KG.Campaign, str(SKOS.Concept)),
        (KG.Article, "https://schema.org/NewsArticle"),
        (KG.Article, "http://www.w3.org/ns/prov#Entity"),
        (KG.Mention, "http://www.w3.org/ns/oa#SpecificResource"),
        (KG.Place, "https://schema.org/AdministrativeArea"),
    ],
)
def test_classes_meet_the_vocabularies_of_the_field(ours: URIRef, theirs: str) -> None:
    assert (ours, RDFS.subClassOf, URIRef(theirs)) in ONTOLOGY


def test_properties_have_a_domain_and_a_range_that_exist() -> None:
    literal = {str(rdflib.XSD[name]) for name in ("string", "boolean", "integer", "decimal", "date", "gYearMonth")}
    known = {str(one) for one in CLASSES} | literal | {"http://id.loc.gov/datatypes/edtf/EDTF", str(SKOS.Concept)}
    for term in PROPERTIES:
        if not str(term).startswith(NAMESPACE):
            continue
        domains = {*ONTOLOGY.objects(term, RDFS.domain), *ONTOLOGY.objects(term, SCHEMA.domainIncludes)}
        ranges = {*ONTOLOGY.objects(term, RDFS.range), *ONTOLOGY.objects(term, SCHEMA.rangeIncludes)}
        assert domains, term
        assert ranges, term
        assert {str(one) for one in domains | ranges} <= known, term
        assert len(list(ONTOLOGY.objects(term, RDFS.domain))) <= 1, term  # several would mean all of them at once


def test_concepts_belong_to_one_scheme_under_one_notation() -> None:
    for concept in CONCEPTS:
        (scheme,) = ONTOLOGY.objects(concept, SKOS.inScheme)
        (notation,) = ONTOLOGY.objects(concept, SKOS.notation)
        assert scheme in SCHEMES
        assert vocabulary().concept(str(scheme).removeprefix(NAMESPACE), str(notation)) == str(concept)
    assert len(vocabulary().concepts) == len(CONCEPTS)


# ------------------------------------------------------------------ shapes


def paths(shape: object) -> list[URIRef]:
    path = SHAPES.value(shape, SH.path)  # type: ignore[arg-type]
    alternatives = SHAPES.value(path, SH.alternativePath)
    return [path] if alternatives is None else list(Collection(SHAPES, alternatives))  # type: ignore[list-item, arg-type]


SHAPE_NODES = sorted(SHAPES.subjects(RDF.type, SH.PropertyShape))


@pytest.mark.parametrize("shape", SHAPE_NODES)
def test_shapes_speak_of_declared_terms_in_both_languages(shape: URIRef) -> None:
    targets = set(SHAPES.objects(shape, SH.targetClass))
    assert targets
    assert targets <= CLASSES
    assert set(paths(shape)) <= PROPERTIES
    for compared in (SH.lessThan, SH.lessThanOrEquals, SH.disjoint):
        assert set(SHAPES.objects(shape, compared)) <= PROPERTIES
    assert {message.language for message in SHAPES.objects(shape, SH.message)} == {"en", "zh"}


def test_every_class_has_a_shape() -> None:
    assert {target for shape in SHAPE_NODES for target in SHAPES.objects(shape, SH.targetClass)} == CLASSES


def test_lists_of_concepts_are_whole_schemes() -> None:
    schemes = {}
    for concept in CONCEPTS:
        schemes.setdefault(ONTOLOGY.value(concept, SKOS.inScheme), set()).add(concept)
    listed = [set(Collection(SHAPES, head)) for head in SHAPES.objects(None, SH["in"])]  # type: ignore[arg-type]
    assert all(values in schemes.values() for values in listed)
    assert all(values in listed for values in schemes.values())


# ------------------------------------------------------------------ context and alignments


def test_the_context_has_every_class_and_property_and_nothing_else() -> None:
    context = json.loads(ontology_text("context.jsonld"))["@context"]
    named = [value["@id"] if isinstance(value, dict) else value for value in context.values()]
    mapped = [name for name in named if ":" in name and not name.startswith(("http", "@"))]
    assert {vocabulary().iri(name) for name in mapped} == {str(term) for term in CLASSES | PROPERTIES}
    assert len(mapped) == len(set(mapped))
    for key, namespace in context.items():
        if isinstance(namespace, str) and namespace.startswith("http"):
            assert vocabulary().prefixes[key] == namespace


def test_the_context_types_what_it_reads() -> None:
    text = ontology_text("context.jsonld")
    document = json.loads(text) | {
        "id": "https://w3id.org/guanpu/tenure/1",
        "type": "Tenure",
        "label": "王平 区长",
        "startLatest": "2021-05-18",
        "firstSeen": "2021-05",
        "person": "https://w3id.org/guanpu/person/王平",
        "status": "kg:status-held",
    }
    graph = Graph().parse(data=json.dumps(document), format="json-ld")
    tenure = URIRef("https://w3id.org/guanpu/tenure/1")
    assert (tenure, RDF.type, KG.Tenure) in graph
    assert (tenure, KG.startLatest, rdflib.Literal("2021-05-18", datatype=rdflib.XSD.date)) in graph
    assert (tenure, KG.person, URIRef("https://w3id.org/guanpu/person/王平")) in graph
    assert (tenure, KG.status, KG["status-held"]) in graph
    assert (tenure, KG.firstSeen, rdflib.Literal("2021-05", datatype=URIRef("http://id.loc.gov/datatypes/edtf/EDTF"))) in graph


def test_alignments_start_from_declared_terms() -> None:
    graph = Graph().parse(data=ontology_text("alignments.ttl"), format="turtle")
    for subject, predicate, other in graph:
        if predicate in (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch):
            assert subject in (
                CLASSES
                if predicate == RDFS.subClassOf
                else PROPERTIES
                if predicate == RDFS.subPropertyOf
                else CLASSES | PROPERTIES
            )
            assert not str(other).startswith(NAMESPACE)


# ------------------------------------------------------------------ queries


@pytest.mark.parametrize("one", QUERIES, ids=lambda one: one.name)
def test_queries_say_what_they_answer_and_how_to_ask(one: NamedQuery) -> None:
    assert re.search("[\u4e00-\u9fff]", one.zh)
    assert one.zh.endswith(("？", "。"))
    assert re.fullmatch("[\x20-\x7e]+[?.]", one.en)
    assert one.example.startswith(f"kg query DIR --name {one.name}")
    assert set(re.findall(r"--set (\w+)=", one.example)) <= {parameter.name for parameter in one.parameters}
    values = re.findall(r"^  VALUES \?(\w+) \{", one.sparql, re.MULTILINE)
    assert values == [parameter.name for parameter in one.parameters]
    assert all("/" in parameter.note for parameter in one.parameters)  # in English / in Chinese


@pytest.mark.parametrize("one", QUERIES, ids=lambda one: one.name)
def test_queries_are_plain_sparql_in_declared_terms(one: NamedQuery) -> None:
    prepareQuery(one.sparql)  # another parser than the one that runs them; every prefix declared
    declared = set(re.findall(r"^PREFIX (\w+):", one.sparql, re.MULTILINE))
    body = "\n".join(line for line in one.sparql.split("\n") if not line.startswith(("#", "PREFIX")))
    used = set(re.findall(r"\b(\w+):[A-Za-z]", re.sub('"[^"]*"', "", body)))
    assert used == declared
    for name in re.findall(r"\b(?:kg|oa|org|prov|schema|skos|dcterms|rdfs):[A-Za-z-]+", re.sub('"[^"]*"', "", body)):
        assert name in vocabulary().terms or name == "skos:notation", name
    assert re.search(r"^ORDER BY ", one.sparql, re.MULTILINE)


def test_the_guide_names_every_query_and_its_examples_run() -> None:
    guide = (Path(__file__).parents[2] / "ontology" / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z-]+)`", "\n".join(line for line in guide.split("\n") if line.startswith("| `"))))
    assert named >= set(named_queries())
    for sparql in re.findall(r"```sparql\n(.*?)```", guide, re.DOTALL):
        ask(pyoxigraph.Store(), sparql)
