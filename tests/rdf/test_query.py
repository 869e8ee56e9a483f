"""SPARQL over a built folder: named queries, parameters, errors that say where, and no way out."""

from __future__ import annotations

import csv
import io
import json
import multiprocessing
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.rdf.query import Result, ask, named_queries, named_query, open_store, prepare, query, render
from kg.rdf.vocabulary import ontology_text

if TYPE_CHECKING:
    from kg.pipeline import Summary


def rows(folder: Path, asked: str, /, *columns: str, **bind: str | list[str]) -> list[tuple[object, ...]]:
    result = query(folder, named_query(asked).sparql, bind, asked)
    return [tuple(row[result.columns.index(column)] for column in columns) for row in result.rows]


# ------------------------------------------------------------------ what the named queries answer


def test_office_holders(small_folder: Path) -> None:
    columns = ("bodyName", "post", "person", "status", "certainty")
    assert rows(small_folder, "office-holders", *columns) == [
        ("丹阜区委", "区委书记", "高建设", "ended", "proved"),
        ("丹阜区政府", "区长", "司马长青", "end_unknown", "possible"),
    ]
    assert rows(small_folder, "office-holders", *columns, date="2021-07-01", body="丹阜区委") == [
        ("丹阜区委", "区委书记", "司马长青", "held", "proved")
    ]
    # the acting head was seen since, so the earlier head is no longer possible
    assert rows(small_folder, "office-holders", "person", "status", date="2021-07-01", body="丹阜区政府") == [
        ("诸葛明", "acting")
    ]
    assert rows(small_folder, "office-holders", "person", date="2021-02-01") == []
    ((evidence,),) = rows(small_folder, "office-holders", "evidence", body="丹阜区政府")
    assert evidence == "2021-03-02 区长司马长青"


def test_nobody_is_current_for_want_of_an_end(small_folder: Path) -> None:
    assert set(rows(small_folder, "office-holders", "certainty", date="2030-01-01")) == {("possible",)}


def test_career(small_folder: Path) -> None:
    assert rows(small_folder, "career", "post", "status", "start", "firstSeen", "lastSeen", "end", "articles") == [
        ("区长", "end_unknown", None, "2021-03-01", "2021-03-01", None, 1),
        ("区委书记", "held", "2021-06-09", "2021-06-09", "2021-07-03", None, 2),
        ("党组书记", "held", None, "2021-07-02", "2021-07-02", None, 1),
    ]
    assert len(rows(small_folder, "career", "post", name="高 建设")) == 2  # by an alias


def test_successions(small_folder: Path) -> None:
    columns = ("predecessor", "end", "successor", "start", "basis", "gapDays", "issuesReadInGap")
    assert rows(small_folder, "successions", *columns, post="区委书记") == [
        ("高建设", "2021-06-09", "司马长青", "2021-06-09", "stated", 64, 1)
    ]
    assert rows(small_folder, "successions", "predecessor", "successor", "actingOnly", body="丹阜区政府") == [
        ("司马长青", "诸葛明", True)
    ]


def test_appears_together(small_folder: Path) -> None:
    columns = ("a", "b", "events", "smallEvents", "newman", "eventsA", "eventsB", "expected")
    # three at the meeting of four (1/3) and once with two at the other (1)
    assert rows(small_folder, "appears-together", *columns, name="文静") == [("文静", "高建设", 2, 2, 1.333333, 2, 3, 1.5)]
    assert len(rows(small_folder, "appears-together", "a", least="1")) == 7


def test_colleagues(small_folder: Path) -> None:
    columns = ("bodyName", "post", "colleague", "colleaguePost", "from", "to")
    assert rows(small_folder, "colleagues", *columns, name="司马长青") == [
        ("丹阜区委", "区委书记", "高建设", "区委书记", "2021-06-09", "2021-06-09"),
        ("丹阜区政府", "党组书记", "诸葛明", "区长", "2021-07-02", "2021-07-02"),
    ]


def test_campaigns(small_folder: Path) -> None:
    assert rows(small_folder, "campaigns", "label", "firstSeen", "events", "peak", "convenedBy", "broader") == [
        ("创建文明城市", "2021-03-01", 2, "2021-03", "丹阜区委", "文明创建"),
        ("文明创建", "2021-03", None, None, None, None),
    ]
    assert rows(small_folder, "campaigns-by-month", "month", "articles", "allArticles", "events", campaign="创文") == [
        ("2021-03", 1, 1, 1),
        ("2021-04", 0, 1, 1),
    ]
    assert rows(small_folder, "leader-attention", "month", "campaign", "events", "allEvents") == [
        ("2021-03", "创建文明城市", 1, 1),
        ("2021-04", "创建文明城市", 1, 1),
    ]


def test_chairs_and_speaks(small_folder: Path) -> None:
    columns = ("post", "person", "events", "chairs", "speaks", "leads", "attends")
    assert rows(small_folder, "chairs-and-speaks", *columns, post=["区委书记", "区长"]) == [
        ("区委书记", "高建设", 3, 0, 2, 1, 1),
        ("区委书记", "司马长青", 1, 0, 0, 0, 1),
        ("区长", "司马长青", 1, 1, 0, 0, 0),
    ]


def test_concurrent_posts(small_folder: Path) -> None:
    assert rows(small_folder, "concurrent-posts", "person", "postA", "postB", "from", "to") == [
        ("司马长青", "区委书记", "党组书记", "2021-07-02", "2021-07-02")
    ]


def test_protocol_order_and_inspections(small_folder: Path) -> None:
    assert rows(small_folder, "protocol-order", "listLabel", "rank", "listSize", "open", "order") == [
        ("区领导", 2, 2, True, "by_stroke")
    ]
    assert rows(small_folder, "protocol-order", "rank", "relative", "block", "blockRank", "blockSize", name="高建设") == [
        (2, 1.0, "党委", 2, 2)
    ]
    assert rows(small_folder, "protocol-order", "relative", "block") == [(None, None)]
    assert rows(small_folder, "inspections", "target", "leader", "campaign", name="高建设") == [
        ("丹河公园", "高建设", "创建文明城市"),
        ("石桥铺街道", "高建设", "创建文明城市"),
    ]


def test_absence_has_its_denominator_and_is_refused_under_keyword_selection(small_folder: Path, tmp_path: Path) -> None:
    assert rows(small_folder, "not-seen-since", "person", "paper", "lastSeen", "issuesSince", "lastIssue", least="3") == [
        ("王平", "丹阜时讯", "2021-03-02", 4, "2021-08-01"),
        ("文静", "丹阜时讯", "2021-04-07", 3, "2021-08-01"),
    ]
    found = (small_folder / "graph.ttl").read_text(encoding="utf-8")
    shutil.copy(small_folder / "graph.nq.gz", tmp_path)
    (tmp_path / "graph.ttl").write_text(found.replace("kg:selection-complete", "kg:selection-keyword"), encoding="utf-8")
    assert rows(tmp_path, "not-seen-since", "person") == []


def test_single_sources_and_evidence(small_folder: Path) -> None:
    assert rows(small_folder, "single-source", "person", "post", "quote") == [
        ("司马长青", "党组书记", "区政府党组书记司马长青"),
        ("司马长青", "区长", "区长司马长青"),
        ("高建设", "区委副书记", "原区委书记高建设"),
    ]
    assert rows(small_folder, "evidence", "claim", "what", "quote", "start", "end", "source") == [
        ("appearance", "attend 创建文明城市推进会", "区领导王平、文静等参加会议", 45, 58, "丹阜时讯_2021-03-02_A01.txt"),
        ("appearance", "accompany 调研", "文静陪同", 27, 31, "丹阜时讯_2021-04-07_A01.txt"),
    ]
    assert ("change", "remove 区委书记") in rows(small_folder, "evidence", "claim", "what", name="高建设")


def test_contradictions_and_party_secretaries(small_folder: Path, tmp_path: Path) -> None:
    assert rows(small_folder, "contradictions", "problem") == []
    assert rows(small_folder, "party-secretary-first", "person") == []
    text = (small_folder / "graph.ttl").read_text(encoding="utf-8")
    tenure = (
        "<https://w3id.org/guanpu/tenure/{}> a kg:Tenure ; kg:person <https://w3id.org/guanpu/person/丹阜区/{}> ; "
        "kg:post <https://w3id.org/guanpu/post/{}> ; {} .\n"
    )
    odd = (
        tenure.format(
            "1", "王平", "丹阜区委:区委书记", 'kg:startLatest "2021-03-15"^^xsd:date ; kg:endEarliest "2021-03-20"^^xsd:date'
        )
        + tenure.format(
            "2", "王平", "丹阜区委:区委副书记", 'kg:endEarliest "2021-05-01"^^xsd:date ; kg:endLatest "2021-04-01"^^xsd:date'
        )
        + tenure.format(
            "3", "王平", "丹阜区委:区委副书记", 'kg:startEarliest "2022-05-01"^^xsd:date ; kg:startLatest "2022-04-01"^^xsd:date'
        )
        + tenure.format("4", "王平", "丹阜区政府:党组书记", 'kg:startLatest "2021-03-15"^^xsd:date')
        + tenure.format("5", "王平", "丹阜区政府:区长", 'kg:startLatest "2021-04-15"^^xsd:date')
    )
    (tmp_path / "graph.ttl").write_text(text + odd, encoding="utf-8")
    shutil.copy(small_folder / "graph.nq.gz", tmp_path)
    assert rows(tmp_path, "contradictions", "problem", "personA", "personB") == [
        ("seen after it was over", "王平", None),
        ("seen before it began", "王平", None),
        ("two holders", "王平", "高建设"),
    ]
    assert rows(tmp_path, "party-secretary-first", "person", "groupPost", "headPost") == [("王平", "党组书记", "区长")]


@pytest.mark.parametrize("name", list(named_queries()))
def test_every_named_query_has_one_answer(name: str, small_folder: Path) -> None:
    """The order is total: a second store gives the same rows in the same order."""
    sparql = named_query(name).sparql
    assert query(small_folder, sparql) == query(small_folder, sparql)


SILENT = {"contradictions", "party-secretary-first"}  # nothing of the kind in the sample


@pytest.mark.parametrize("name", [name for name in named_queries() if name not in SILENT])
def test_every_named_query_finds_something_in_the_sample(name: str, built: Summary) -> None:
    assert query(built.folder, named_query(name).sparql, where=name).rows


# ------------------------------------------------------------------ asking


def test_prefixes_need_not_be_declared_and_the_ontology_is_there(small_folder: Path) -> None:
    result = query(
        small_folder, 'SELECT ?zh { ?a a kg:Appearance ; kg:role/skos:prefLabel ?zh FILTER(lang(?zh) = "zh") } GROUP BY ?zh'
    )
    assert set(result.rows) == {("主持",), ("出席",), ("列席",), ("带队",), ("讲话",), ("陪同",)}


def test_named_graphs_are_asked_only_where_named_and_nothing_counts_twice(small_folder: Path) -> None:
    count = "SELECT (COUNT(?post) AS ?n) { ?t a kg:Tenure ; kg:post ?post }"
    assert query(small_folder, count).rows == ((6,),)
    assert ask(open_store(small_folder, named=True), count).rows == ((6,),)
    graphs = "SELECT ?article { GRAPH ?article { ?t kg:person <https://w3id.org/guanpu/person/丹阜区/诸葛明> ; kg:post ?post } }"
    assert [row[0] for row in query(small_folder, graphs).rows] == [
        f"https://w3id.org/guanpu/article/{ref}" for ref in ("a3", "a4")
    ]


def test_forms_of_answer(small_folder: Path) -> None:
    assert query(small_folder, "ASK { ?x a kg:Person }") == Result(("ask",), ((True,),))
    built = query(small_folder, "CONSTRUCT { ?x a kg:Seen } WHERE { ?x a kg:Succession }")
    assert built.columns == ("subject", "predicate", "object")
    assert len(built.rows) == 2
    assert query(small_folder, 'SELECT (1 AS ?i) (0.5 AS ?d) ("x" AS ?s) (true AS ?b) ?none {}').rows == (
        (1, 0.5, "x", True, None),
    )


def test_rows_without_order_are_sorted(small_folder: Path) -> None:
    found = query(small_folder, "SELECT ?name { ?x a kg:Person ; rdfs:label ?name }").rows
    assert list(found) == sorted(found)
    backwards = query(small_folder, "SELECT ?name { ?x a kg:Person ; rdfs:label ?name } ORDER BY DESC(?name)").rows
    assert list(backwards) == sorted(found, reverse=True)


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("SELECT * WHERE {\n  ?s ?p\n}", r"mine\.rq:3:2: expected .* near: }$"),
        ("SELEC *", r"mine\.rq:1:\d+: expected SELECT, ASK, .* near: SELEC \*$"),
        ("", r"mine\.rq:1:1: expected"),
        ("SELECT ?x { ?x a nope:Person }", r"mine\.rq:1:18: unknown prefix nope:; kg declares .*kg"),
        ("SELECT ?x {\n ?x a kg:Person ; nope:b/nope:c ?y }", r"mine\.rq:2:19: unknown prefix nope:"),
        ("DELETE WHERE { ?s ?p ?o }", r"mine\.rq:1:\d+: expected SELECT, ASK, .*only reads"),
        ("PREFIX my: <x:> SELECT * { ?s my:a _:b ", r"mine\.rq:1:\d+: expected "),
        ("SELECT \ud800", r"mine\.rq: "),
    ],
)
def test_bad_sparql_names_query_line_and_column(sparql: str, message: str, small_folder: Path) -> None:
    with pytest.raises(InputError, match=message) as caught:
        query(small_folder, sparql, where="mine.rq")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 220


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o }"


def test_a_query_that_takes_too_long_is_stopped(small_folder: Path) -> None:
    started = time.monotonic()
    with pytest.raises(InputError, match=r"mine\.rq: no answer within 1 s"):
        query(small_folder, ENDLESS, where="mine.rq", seconds=1)
    assert time.monotonic() - started < 15
    assert not multiprocessing.active_children()


def test_a_query_with_a_limit_answers_the_same(small_folder: Path) -> None:
    sparql = "SELECT ?name { ?x a kg:Person ; rdfs:label ?name }"
    assert query(small_folder, sparql, seconds=60) == query(small_folder, sparql)
    with pytest.raises(InputError, match=r"mine\.rq:1:\d+: expected"):
        query(small_folder, "SELEC *", where="mine.rq", seconds=60)


def test_bad_folders(small_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"has no graph\.ttl: not a folder that kg build wrote"):
        query(tmp_path, "ASK {}")
    shutil.copy(small_folder / "graph.ttl", tmp_path)
    with pytest.raises(InputError, match=r"has no graph\.nq\.gz"):
        query(tmp_path, "ASK {}")
    packed = (small_folder / "graph.nq.gz").read_bytes()
    for broken in (packed[: len(packed) // 2], b"no gzip", b""):
        (tmp_path / "graph.nq.gz").write_bytes(broken)
        if broken:
            with pytest.raises(InputError, match=r"graph\.nq\.gz: "):
                query(tmp_path, "ASK { GRAPH ?g {} }")
    (tmp_path / "graph.ttl").write_text("<a> <b> .", encoding="utf-8")
    with pytest.raises(InputError, match=r"graph\.ttl: .*line 1"):
        query(tmp_path, "ASK {}")


# ------------------------------------------------------------------ no way out


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",  # one token to a reader, two to a parser
        "SELECT * { ?s ?p trueSERVICE:x { ?s ?p ?o } }",
        "PREFIX e: <http://e/> SELECT * { ?s ?p e:a\\'.SERVICE <http://e/> {} # '\n }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { FILTER(?a<?b)SERVICE?x{} FILTER(?c>?d) }",
        "SELECT * { # '\n SERVICE ?x {} # '\n }",
    ],
)
def test_services_are_refused(sparql: str, small_folder: Path) -> None:
    with pytest.raises(InputError, match=r"query:\d+:\d+: (SERVICE asks another machine|)"):
        query(small_folder, sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        'ASK { ?s rdfs:label "SERVICE" }',
        "ASK { ?service a kg:Person }",
        "ASK { ?s a <http://x.example/SERVICE> } # SERVICE",
        "PREFIX x: <http://x/> ASK { ?s a x:service }",
        'ASK { ?s rdfs:label """a "SERVICE" b""" }',
    ],
)
def test_the_word_alone_is_no_service(sparql: str, small_folder: Path) -> None:
    assert query(small_folder, sparql).rows == ((False,),) or "?service" in sparql


def test_a_service_is_placed(small_folder: Path) -> None:
    with pytest.raises(InputError, match=r"mine\.rq:3:3: SERVICE"):
        query(small_folder, "SELECT *\n{\n  SERVICE <http://x/> {}\n}", where="mine.rq")


def test_from_reads_nothing_from_elsewhere(small_folder: Path) -> None:
    assert query(small_folder, "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }").rows == ()


# ------------------------------------------------------------------ parameters

ECHO = 'SELECT ?name WHERE {\n  VALUES ?name { "虎岩" }\n}'


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_a_bound_value_is_only_ever_a_value(value: str) -> None:
    kept = "".join("\ufffd" if char in "\ufffe\uffff" else char for char in value)
    assert ask(pyoxigraph.Store(), ECHO, {"name": value}).rows == ((kept,),)


def test_values_keep_the_type_of_the_default() -> None:
    template = "SELECT * {{\n VALUES ?x {{ {} }}\n}}"
    for default, value, term in (
        ('"a"', "b", '"b"'),
        ('"a"@zh', "b", '"b"@zh'),
        ("UNDEF", "b", '"b"'),
        ("UNDEF", "UNDEF", "UNDEF"),
        ('"a"', "UNDEF", "UNDEF"),
        ("1", "-2", "-2"),
        ('"2021-05-18"^^xsd:date', "2022-01-31", '"2022-01-31"^^xsd:date'),
        ("kg:role-chair", "kg:role-lead", "kg:role-lead"),
        ("<http://a/>", "http://b/", "<http://b/>"),
        ('"}" "{"', 'c" } #', '"c\\" } #"'),
    ):
        assert prepare(template.format(default), {"x": value}) == template.format(term)
    assert prepare(template.format("1 2"), {"x": ["3", "4"]}) == template.format("3 4")


@pytest.mark.parametrize(
    ("default", "value", "message"),
    [
        ('"2021-05-18"^^xsd:date', "2021-13-01", "parameter x: '2021-13-01' is no date; write it as 2021-05-18"),
        ('"2021-05-18"^^xsd:date', "20210518", "is no date"),
        ("1", "many", "'many' is no whole number"),
        ("kg:role-chair", "x} DROP", "is no IRI"),
        ("<http://a/>", "http://b/> {", "is no IRI"),
        ('"a"', [], "parameter x has no value"),
    ],
)
def test_values_that_do_not_fit(default: str, value: str | list[str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        prepare(f"SELECT * {{\nVALUES ?x {{ {default} }}\n}}", {"x": value})


def test_an_unknown_parameter_names_the_known_ones() -> None:
    with pytest.raises(InputError, match="office-holders: has no parameter 'day'; it has: date, body"):
        prepare(named_query("office-holders").sparql, {"day": "2021-05-18"}, "office-holders")
    with pytest.raises(InputError, match=r"no query is called 'carer'; there are: .*career"):
        named_query("carer")


def test_a_comment_is_no_parameter() -> None:
    with pytest.raises(InputError, match="it has: none"):
        prepare('# VALUES ?x { "a" }\nSELECT * {}', {"x": "b"})


def test_a_long_line_that_never_closes_is_left_at_once() -> None:
    assert prepare("SELECT * {\nVALUES ?x { " + "a" * 200_000, None).startswith("SELECT")


# ------------------------------------------------------------------ how an answer looks

RESULT = Result(("name", "n", "note"), (("虎岩", 1, None), ('"a",b\n', 0.123456, True), ("=1+1\x1b[31m", -2, "古丽娜尔·阿不都")))


def test_a_table_lines_up() -> None:
    assert render(RESULT, "table") == (
        "name       n       note\n"
        "─────────  ──────  ───────────────\n"
        "虎岩       1\n"
        '"a",b      0.1235  true\n'
        "=1+1\ufffd[31m  -2      古丽娜尔·阿不都\n"
    )


def test_csv_and_json_come_back() -> None:
    read = list(csv.reader(io.StringIO(render(RESULT, "csv"), newline="")))
    assert read == [
        ["name", "n", "note"],
        ["虎岩", "1", ""],
        ['"a",b\n', "0.123456", "true"],
        ["'=1+1 [31m", "-2", "古丽娜尔·阿不都"],
    ]
    assert [tuple(row.values()) for row in json.loads(render(RESULT, "json"))] == list(RESULT.rows)
    assert render(Result((), ()), "json") == "[]\n"


def test_rdflib_answers_the_same(small_folder: Path) -> None:
    """The queries are plain SPARQL 1.1: another engine gives the same rows."""
    graph = rdflib.Graph().parse(small_folder / "graph.ttl").parse(data=ontology_text("kg.ttl"), format="turtle")
    for name in named_queries():
        sparql = named_query(name).sparql
        known = [tuple(None if value is None else value.toPython() for value in row) for row in graph.query(sparql)]
        ours = query(small_folder, sparql).rows
        assert [tuple(str(value) for value in row) for row in known] == [tuple(str(value) for value in row) for row in ours], name
