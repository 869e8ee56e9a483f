"""The files of the graph: the same bytes from the same knowledge, read alike by two independent parsers."""

from __future__ import annotations

import gzip
import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdf_district import make_small

from kg.errors import KgError
from kg.graph.coappearance import Pair
from kg.model import Mention, Person
from kg.rdf.facts import describe
from kg.rdf.serialise import BASE, to_nquads, to_quads, to_turtle, write_rdf
from kg.resolve.model import EvidenceRef, Resolution

KG = "https://w3id.org/guanpu/ontology#"
HOSTILE = "a\"b\\c\n\r\t<script>alert('1')</script>\u202e😀\ud800\x00\u2028}{`|^%;:#?"


def turtle(resolution: Resolution, pairs: tuple[Pair, ...] = ()) -> str:
    return "".join(to_turtle(describe(resolution, pairs, BASE)))


def nquads(resolution: Resolution, pairs: tuple[Pair, ...] = ()) -> list[str]:
    return list(to_nquads(describe(resolution, pairs, BASE)))


def triples(text: str) -> set[tuple[str, str, str]]:
    quads = pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    return {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads}


def shuffled(resolution: Resolution, seed: int) -> Resolution:
    mixed = {}
    for name in (
        "records",
        "people",
        "bodies",
        "places",
        "posts",
        "tenures",
        "changes",
        "successions",
        "events",
        "campaigns",
        "coverage",
    ):
        items = list(getattr(resolution, name))
        random.Random(seed).shuffle(items)
        mixed[name] = tuple(items)
    return replace(resolution, **mixed)


def test_written_twice_it_is_the_same_bytes(small: Resolution, small_folder: Path, tmp_path: Path) -> None:
    write_rdf(shuffled(small, 7), tmp_path)
    for name in ("graph.ttl", "graph.nq.gz"):
        assert (tmp_path / name).read_bytes() == (small_folder / name).read_bytes()
    assert (tmp_path / "graph.nq.gz").read_bytes()[4:8] == b"\0\0\0\0"  # no time in the head


def test_neither_hash_seed_nor_locale_matters(small_folder: Path, tmp_path: Path) -> None:
    program = (
        "import sys, pathlib, rdf_district; from kg.rdf.serialise import write_rdf; "
        "write_rdf(rdf_district.make_small(), pathlib.Path(sys.argv[1]))"
    )
    here = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    for number, more in enumerate(({"PYTHONHASHSEED": "1", "LC_ALL": "C"}, {"PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"})):
        folder = tmp_path / str(number)
        folder.mkdir()
        subprocess.run([sys.executable, "-c", program, str(folder)], env=here | more, check=True)
        for name in ("graph.ttl", "graph.nq.gz"):
            assert (folder / name).read_bytes() == (small_folder / name).read_bytes()


def test_two_parsers_read_the_same_triples(small_folder: Path) -> None:
    text = (small_folder / "graph.ttl").read_text(encoding="utf-8")
    known = rdflib.Graph().parse(data=text, format="turtle")
    assert len(known) == len(triples(text))
    again = known.serialize(format="nt", encoding="utf-8")
    read = pyoxigraph.parse(again, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in read} == triples(text)


def test_the_union_of_the_named_graphs_is_the_turtle(small_folder: Path) -> None:
    packed = gzip.decompress((small_folder / "graph.nq.gz").read_bytes())
    quads = list(pyoxigraph.parse(packed, format=pyoxigraph.RdfFormat.N_QUADS))
    union = {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads}
    assert union == triples((small_folder / "graph.ttl").read_text(encoding="utf-8"))
    dataset = rdflib.Dataset()
    dataset.parse(data=packed, format="nquads")
    assert sum(1 for _ in dataset.quads()) == len(quads)


def test_lines_are_sorted_and_each_once(small: Resolution, small_pairs: tuple[Pair, ...]) -> None:
    lines = nquads(small, small_pairs)
    assert lines == sorted(set(lines))
    assert ["{} {} {} {} .\n".format(*quad) for quad in to_quads(small, small_pairs)] == lines


def test_counts(small: Resolution, tmp_path: Path) -> None:
    counts = write_rdf(small, tmp_path)
    lines = gzip.decompress((tmp_path / "graph.nq.gz").read_bytes()).decode().splitlines()
    assert counts == {
        "triples": len(triples((tmp_path / "graph.ttl").read_text(encoding="utf-8"))),
        "quads": len(lines),
        "graphs": len(small.records) + 2,
    }


def test_one_named_graph_an_article_and_one_for_what_is_derived(small: Resolution, small_pairs: tuple[Pair, ...]) -> None:
    quads = list(pyoxigraph.parse("".join(nquads(small, small_pairs)).encode(), format=pyoxigraph.RdfFormat.N_QUADS))
    graphs = {quad.graph_name.value for quad in quads}
    assert graphs == {f"{BASE}article/{record.id}" for record in small.records} | {
        f"{BASE}graph/resolved",
        f"{BASE}graph/derived",
    }
    kinds = {
        quad.object.value.removeprefix(KG)
        for quad in quads
        if quad.predicate.value.endswith("#type") and quad.graph_name.value == f"{BASE}graph/derived"
    }
    assert kinds == {"CoAppearance", "Succession", "CampaignMonth"}


def test_what_one_article_says_leaves_with_it(small: Resolution) -> None:
    """The first tenure rests on three articles, the second on one: only of the first something is left without the third."""
    left = [line for line in nquads(small) if f"<{BASE}article/a3> .\n" not in line]
    assert any("tenure/丹阜区/高建设:丹阜区委:区委书记>" in line for line in left)
    assert not any("tenure/丹阜区/高建设:丹阜区委:区委副书记>" in line for line in left)


def test_readable_turtle(small_folder: Path) -> None:
    text = (small_folder / "graph.ttl").read_text(encoding="utf-8")
    block = text[text.index("\n<https://w3id.org/guanpu/tenure/丹阜区/司马长青:丹阜区委:区委书记>") :]
    assert (
        block[: block.index(" .\n") + 3]
        == """
<https://w3id.org/guanpu/tenure/丹阜区/司马长青:丹阜区委:区委书记> a kg:Tenure ;
    kg:endEarliest "2021-07-03"^^xsd:date ;
    kg:firstBasis kg:date-occurred ;
    kg:firstSeen "2021-06-09"^^edtf:EDTF ;
    kg:lastBasis kg:date-occurred ;
    kg:lastSeen "2021-07-03"^^edtf:EDTF ;
    kg:person <https://w3id.org/guanpu/person/丹阜区/司马长青> ;
    kg:post <https://w3id.org/guanpu/post/丹阜区委:区委书记> ;
    kg:start "2021-06-09"^^edtf:EDTF ;
    kg:startEarliest "2021-06-09"^^xsd:date ;
    kg:startLatest "2021-06-09"^^xsd:date ;
    kg:status kg:status-held ;
    org:organization <https://w3id.org/guanpu/body/丹阜区委> ;
    prov:wasDerivedFrom <https://w3id.org/guanpu/mention/a3/24-35>, <https://w3id.org/guanpu/mention/a4/5-21> ;
    rdfs:label "司马长青 区委书记" .
"""
    )


@pytest.mark.parametrize(
    ("dates", "bounds"),
    [
        # seen only: inner bounds, no outer ones
        ({"first_seen": "2021-03-01", "last_seen": "2021-04-06"}, (None, "2021-03-01", "2021-04-06", None)),
        # a stated start gives the outer bound; what is seen earlier than its end tightens the inner one
        (
            {"start": "2021-02", "first_seen": "2021-02-10", "last_seen": "2021-04"},
            ("2021-02-01", "2021-02-10", "2021-04-01", None),
        ),
        (
            {"start": "2021-02-01", "end": "2021-06-09", "first_seen": "2021-03-01", "last_seen": "2021-04-06"},
            ("2021-02-01", "2021-02-01", "2021-06-09", "2021-06-09"),
        ),
        # called a former one: it was over by then
        ({"former_since": "2021-06-10"}, (None, None, None, "2021-06-10")),
        ({"former_since": "2021-06-10", "end": "2021-06"}, (None, None, "2021-06-01", "2021-06-10")),
        # a year that nobody knows bounds nothing
        ({"first_seen": "XXXX-03-01", "last_seen": "XXXX-03-01"}, (None, None, None, None)),
        # at odds: the bounds cross, the shapes report it
        (
            {"end": "2021-04-01", "first_seen": "2021-03-01", "last_seen": "2021-05-01"},
            (None, "2021-03-01", "2021-05-01", "2021-04-01"),
        ),
    ],
)
def test_bounds_of_a_tenure(small: Resolution, dates: dict[str, str], bounds: tuple[str | None, ...]) -> None:
    empty = dict.fromkeys(("first_seen", "last_seen", "start", "end", "former_since"))
    one = replace(small, tenures=(replace(small.tenures[0], **(empty | dates)),))
    known = rdflib.Graph().parse(data=turtle(one), format="turtle")
    (tenure,) = known.subjects(rdflib.RDF.type, rdflib.URIRef(f"{KG}Tenure"))
    found = [
        known.value(tenure, rdflib.URIRef(KG + name)) for name in ("startEarliest", "startLatest", "endEarliest", "endLatest")
    ]
    assert tuple(None if value is None else str(value) for value in found) == bounds


def hostile(resolution: Resolution, word: str) -> Resolution:
    """The same resolution with ``word`` as a name, an id, a quote, a title, a source …"""
    person = replace(resolution.people[0], id=f"丹阜区/{word}", name=word or "无名", aliases=(word,), reasons=(word,))
    record = resolution.records[0]
    text = f"区委书记{word}出席。"
    quote = EvidenceRef(record.id, 0, len(text), text)
    people = (Person(word, "official", (Mention(4, 4 + len(word)),), person.id),) if word else ()
    record = replace(record, text=text, headline=word, source=word, paper=word, url=word, people=people, campaigns=())
    seen = replace(
        resolution.events[0].appearances[0],
        person=person.id,
        verbs=(word,),
        title=word,
        list_label=word,
        list=1,
        evidence=(quote,),
    )
    event = replace(
        resolution.events[0], id=f"{word}/1", name=word, place=word, sites=(word,), appearances=(seen,), evidence=(quote,)
    )
    tenure = replace(resolution.tenures[0], id=f"{person.id}|x", person=person.id, name=word, evidence=(quote,))
    return replace(
        resolution,
        people=(person,),
        records=(record,),
        events=(event,),
        tenures=(tenure,),
        changes=(),
        successions=(),
        campaigns=(),
    )


def test_hostile_labels_stay_labels(small: Resolution) -> None:
    resolution = hostile(small, HOSTILE)
    shown = HOSTILE.replace("\ud800", "\ufffd")
    known = rdflib.Graph().parse(data=turtle(resolution), format="turtle")
    person = rdflib.URIRef(
        BASE + "person/丹阜区/a%22b%5Cc%0A%0D%09%3Cscript%3Ealert('1')%3C/script%3E%E2%80%AE😀%ED%A0%80%00%E2%80%A8%7D%7B%60:"
        "%5E%25%3B%3A%23%3F"
    )
    assert str(known.value(person, rdflib.RDFS.label)) == shown
    store = pyoxigraph.Store()
    store.bulk_load("".join(nquads(resolution)).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    assert {quad.object.value for quad in store if quad.predicate.value.endswith("#exact")} == {f"区委书记{shown}出席。", shown}
    assert len({quad.graph_name for quad in store}) == 2  # the article and what is resolved


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec=None), max_size=8))
def test_any_label_survives_both_formats_and_both_parsers(word: str) -> None:
    resolution = hostile(make_small(), word)
    text = turtle(resolution)
    read = triples(text)
    quads = list(pyoxigraph.parse("".join(nquads(resolution)).encode(), format=pyoxigraph.RdfFormat.N_QUADS))
    assert {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads} == read
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == len(read)


def test_quotes_are_as_long_as_their_offsets(small: Resolution) -> None:
    """Also where a code point takes two units of UTF-16: offsets count code points."""
    known = rdflib.Graph().parse(data=turtle(hostile(small, "😀𠮷")), format="turtle")
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    mentions = list(known.subjects(rdflib.RDF.type, rdflib.URIRef(f"{KG}Mention")))
    assert len(mentions) == 2
    for mention in mentions:
        parts = list(known.objects(mention, oa.hasSelector))
        (start,), (end,), (quote,) = ([v for part in parts for v in known.objects(part, p)] for p in (oa.start, oa.end, oa.exact))
        assert int(end) - int(start) == len(str(quote))


def test_the_base_can_be_chosen(small: Resolution, tmp_path: Path) -> None:
    write_rdf(small, tmp_path, base="https://data.example/谱/")
    text = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert "<https://data.example/谱/person/丹阜区/王平>" in text
    assert BASE.removesuffix("/") not in text.replace(KG, "")
    with pytest.raises(KgError, match="base 'data/'"):
        write_rdf(small, tmp_path, base="data/")


def test_an_empty_corpus_is_a_graph(tmp_path: Path) -> None:
    empty = Resolution((), (), (), (), (), (), (), (), (), (), (), "unknown")
    assert write_rdf(empty, tmp_path) == {"triples": 2, "quads": 2, "graphs": 1}


def test_two_appearances_and_two_successions_of_the_same_people_stay_apart(small: Resolution) -> None:
    event = small.events[0]
    twice = replace(event, appearances=(event.appearances[0], replace(event.appearances[0], venue="video", roles=("observe",))))
    again = replace(small.successions[0], gap_days=1)
    known = rdflib.Graph().parse(
        data=turtle(replace(small, events=(twice,), successions=(small.successions[0], again))), format="turtle"
    )
    for kind in ("Appearance", "Succession"):
        assert len(set(known.subjects(rdflib.RDF.type, rdflib.URIRef(KG + kind)))) == 2


def test_a_place_that_the_resolution_does_not_know_is_no_node(small: Resolution) -> None:
    away = replace(small.people[0], place=("外省", "某县"))
    assert "外省" not in turtle(replace(small, people=(away,)))
    near = replace(small.people[0], place=("衡泽市", "丹阜区", "某街道"))
    assert "kg:inPlace <https://w3id.org/guanpu/place/衡泽市/丹阜区>" in turtle(
        replace(small, people=(near,), bodies=(), events=())
    )
