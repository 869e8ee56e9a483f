"""IRIs stay readable and apart, literals come back as they went in, whatever the sources hold."""

from __future__ import annotations

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.rdf import terms

BASE = "https://w3id.org/guanpu/"
ANY = st.text(st.characters(codec=None), max_size=12)  # any code point, halves of surrogate pairs too


@pytest.mark.parametrize(
    ("ref", "path"),
    [
        ("管城回族区/虎岩", "管城回族区/虎岩"),
        ("丹阜区/王平~2", "丹阜区/王平~2"),
        ("丹阜区委|区委书记", "丹阜区委:区委书记"),
        ("a:b;c", "a%3Ab%3Bc"),
        ("古丽娜尔·阿不都", "古丽娜尔·阿不都"),
        ("“双减”（试点）、推进会", "“双减”（试点）、推进会"),
        ("两 字\u3000名", "两%20字%E3%80%80名"),
        ('<a href="x">', "%3Ca%20href=%22x%22%3E"),
        ("100%#?", "100%25%23%3F"),
        ("../../etc/.", "%2E%2E/%2E%2E/etc/%2E"),
        ("v1.2", "v1.2"),
        ("😀", "😀"),
        ("\u202e反", "%E2%80%AE反"),
        ("\ud800", "%ED%A0%80"),
        ("\ue000", "%EE%80%80"),
    ],
)
def test_paths(ref: str, path: str) -> None:
    assert terms.path(ref) == path


@given(ANY, ANY)
def test_two_ids_never_meet_in_one_iri(a: str, b: str) -> None:
    assert (terms.iri(BASE, "person", a) == terms.iri(BASE, "person", b)) == (a == b)


@given(st.lists(ANY, min_size=1, max_size=3), st.lists(ANY, min_size=1, max_size=3))
def test_two_pairs_never_meet_in_one_iri(a: list[str], b: list[str]) -> None:
    assert (terms.iri(BASE, "coappearance", *a) == terms.iri(BASE, "coappearance", *b)) == (a == b)


@given(ANY)
def test_iris_are_legal(ref: str) -> None:
    term = terms.iri(BASE, "person", ref)
    triple = f"{term} {term} {term} .\n".encode()
    (read,) = pyoxigraph.parse(triple, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert f"<{read.subject.value}>" == term
    (subject,) = rdflib.Graph().parse(triple, format="nt").subjects()
    assert subject.n3() == term


@given(st.text(st.characters(codec=None), max_size=30))
def test_literals_come_back(value: str) -> None:
    kept = "".join("\ufffd" if "\ud800" <= char <= "\udfff" or char in "\ufffe\uffff" else char for char in value)
    triple = f"<x:a> <x:b> {terms.text(value)} .\n".encode()
    (read,) = pyoxigraph.parse(triple, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert read.object.value == kept
    (known,) = rdflib.Graph().parse(triple, format="nt").objects()
    assert str(known) == kept


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        (0.0, '"0.0"'),
        (1.0, '"1.0"'),
        (1 / 3, '"0.333333"'),
        (1e-9, '"0.0"'),
        (12345678.5, '"12345678.5"'),
    ],
)
def test_decimals_are_canonical(value: float, literal: str) -> None:
    assert terms.decimal(value) == f"{literal}^^<http://www.w3.org/2001/XMLSchema#decimal>"


@pytest.mark.parametrize(
    "base", ["https://w3id.org/guanpu/", "http://localhost:8000/kg/", "https://例子.中国/谱/", "urn:guanpu:"]
)
def test_a_base(base: str) -> None:
    assert terms.check_base(base) == base
    assert list(pyoxigraph.parse(f"{terms.iri(base, 'person', 'x')} <x:b> 1 .".encode(), format=pyoxigraph.RdfFormat.TURTLE))


@pytest.mark.parametrize(
    "base",
    [
        "",
        "guanpu/",
        "https://w3id.org/guanpu",
        "https://x.example/a b/",
        "file:///tmp/",
        "https://x/<y>/",
        "https://x.example/#",
        "javascript:alert(1)/",
    ],
)
def test_no_base(base: str) -> None:
    with pytest.raises(KgError, match="must be an absolute IRI"):
        terms.check_base(base)


@pytest.mark.parametrize(
    ("date", "span"),
    [
        ("2021-04-25", ("2021-04-25", "2021-04-25")),
        ("2021-02", ("2021-02-01", "2021-02-28")),
        ("XXXX-04-25", (None, None)),
        ("2021-04-12/2021-04-14", ("2021-04-12", "2021-04-14")),
        ("2021-04/..", ("2021-04-01", None)),
        (None, (None, None)),
        ("近日", (None, None)),
    ],
)
def test_spans(date: str | None, span: tuple[str | None, str | None]) -> None:
    assert terms.span(date) == span
