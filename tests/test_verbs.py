"""The package's face: verbs that cost nothing to import and do what their commands do."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
import rdflib

import kg
from kg.errors import InputError
from kg.extract.article import extract_page
from kg.pipeline import Summary
from kg.rdf.query import open_store

VERBS = ("read", "extract", "resolve", "build", "load")
HEAVY = ("networkx", "scipy", "numpy", "rdflib", "pyoxigraph", "pyvis", "igraph", "jieba", "pandas")


def test_importing_costs_nothing() -> None:
    told = f"import sys, kg, kg.cli; print([name for name in {HEAVY} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_a_documented_function_on_the_map(verb: str) -> None:
    function = getattr(kg, verb)
    assert inspect.isfunction(function)
    assert inspect.getdoc(function)
    assert f"kg.{verb}" in (kg.__doc__ or "")


def test_verbs_chain(pages: Path) -> None:
    page = sorted(pages.iterdir())[0]
    articles = list(kg.read(page))
    records = kg.extract([page])
    assert [a.id for a in articles] == [r.id for r in records]
    assert extract_page(articles) == records
    resolution = kg.resolve(iter(records))
    assert [r.id for r in resolution.records] == [r.id for r in records]
    assert kg.extract(str(page), published="2001-02-03")[0].published == "2001-02-03"


def test_a_bad_page_is_raised_or_left_out(pages: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_bytes(sorted(pages.iterdir())[0].read_bytes())
    with pytest.raises(InputError, match=r"empty\.txt"):
        kg.extract(tmp_path)
    with pytest.raises(InputError, match=r"empty\.txt"):
        list(kg.read(tmp_path))
    assert {r.source for r in kg.extract(tmp_path, strict=False)} == {"good.txt"}


def test_a_built_folder_opens(built: Summary) -> None:
    opened = kg.load(str(built.folder))
    assert isinstance(opened.graph, nx.MultiDiGraph)
    kinds = {kind for _, kind in opened.graph.nodes(data="kind")}
    assert kinds == {"person", "post", "body", "place", "event", "campaign", "article"}
    assert not opened.coappearance().is_multigraph()
    assert isinstance(opened.rdf(), rdflib.Graph)
    assert len(opened.rdf()) > 1000
    found = opened.query("SELECT (COUNT(?p) AS ?n) WHERE { ?p a kg:Person }")
    assert found.columns == ("n",)
    assert found.rows[0][0] >= opened.manifest["counts"]["people"]
    assert opened.query("ASK { GRAPH ?article { ?p a kg:Person } }").rows == ((True,),)
    assert opened.query("SELECT (COUNT(?p) AS ?n) WHERE { ?p a kg:Person }", seconds=60) == found
    page = opened.view(focus="高建设", hops=1)
    assert "高建设" in page.html
    assert "srcdoc=" in page._repr_html_()
    assert set(opened.tables) >= {"people", "tenures", "coappearances"}


def test_the_graph_is_loaded_once_for_several_queries(built: Summary, monkeypatch: pytest.MonkeyPatch) -> None:
    loads = []
    monkeypatch.setattr("kg.built.open_store", lambda *a, **k: loads.append(a) or open_store(*a, **k))
    opened = kg.load(built.folder)
    for _ in range(3):
        opened.query("ASK { ?p a kg:Person }")
    assert len(loads) == 1


def test_damaged_records_are_named_and_a_build_replaces_them(built: Summary, pages: Path, tmp_path: Path) -> None:
    page, out = sorted(pages.iterdir())[0], tmp_path / "out"
    kg.build(page, out)
    file = out / "records.jsonl"
    sound = file.read_bytes()
    middle = sound.index("区".encode()) + 1  # within a character
    for data, says in ((sound[:middle], r"records\.jsonl:1: not UTF-8"), (sound[:40], r"records\.jsonl:1: not JSON")):
        file.write_bytes(data)
        with pytest.raises(InputError, match=says):
            assert kg.load(out).records
    file.unlink()
    with pytest.raises(InputError, match=r"records\.jsonl: cannot be read: No such file"):
        assert kg.load(out).records
    file.write_bytes(sound[:middle])
    kg.build(page, out)
    assert file.read_bytes() == sound


def test_what_is_no_build_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no build here"):
        kg.load(tmp_path)
    for text, says in (("{", "cannot be read"), ("[]", "not a JSON object"), ("{}", "not one that a build writes")):
        (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=says):
            kg.load(tmp_path)
