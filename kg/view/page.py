"""The offline page: pyvis draws through our own template, everything inlined, nothing fetched, text never markup."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pyvis
import vl_convert
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from kg.errors import OutputError
from kg.graph.build import build_graph
from kg.graph.coappearance import coappearance
from kg.model import Record
from kg.resolve.model import EvidenceRef, PersonnelChange, Resolution, Succession
from kg.view.facts import Edge, Facts, Node, read_graph, select
from kg.view.names import readings
from kg.view.scenes import Link, Scenes, links, radii, scenes

MAX_NODES = 20_000
ASSETS = Path(str(resources.files("kg.view"))) / "assets"
SCRIPTS = ("words.js", "days.js", "data.js", "state.js", "shown.js", "shapes.js", "draw.js", "search.js", "panel.js", "paths.js",
           "tenures.js", "charts.js", "export.js", "main.js")
SENTENCE_ENDS = "。！？!?；;\n"
LONGEST_SENTENCE = 240
# What vis-network may do on its own: nothing moves, nothing is edited.
OPTIONS: Mapping[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "multiselect": False, "selectConnectedEdges": False,
                    "keyboard": {"enabled": True, "bindToWindow": False}},
    "nodes": {"borderWidth": 1, "borderWidthSelected": 3, "labelHighlightBold": False},
    "edges": {"smooth": False, "selectionWidth": 1, "hoverWidth": 0.5},
}
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
_HALF_PAIR = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Page:
    """A rendered page that a notebook shows in place: Jupyter and VS Code call ``_repr_html_``."""

    html: str
    height: int = 680

    def _repr_html_(self) -> str:
        """An iframe that holds the whole page; it may run its scripts and save files, and sees nothing of the notebook."""
        return (f'<iframe title="Guanpu" style="width:100%;height:{self.height}px;border:0" '
                f'sandbox="allow-scripts allow-downloads allow-popups" srcdoc="{html.escape(self.html, quote=True)}"></iframe>')


def write_page(resolution: Resolution, path: Path, *, focus: str | None = None, hops: int = 1, since: str | None = None,
               until: str | None = None, kinds: Sequence[str] = (), min_weight: float = 0, max_nodes: int = MAX_NODES,
               with_text: bool = False) -> None:
    """Write the page of ``resolution`` to ``path``, UTF-8; the options are those of ``render_page``."""
    page = render_page(resolution, focus=focus, hops=hops, since=since, until=until, kinds=kinds, min_weight=min_weight,
                       max_nodes=max_nodes, with_text=with_text)
    path.write_text(page, encoding="utf-8", newline="\n")


def render_page(resolution: Resolution, *, focus: str | None = None, hops: int = 1, since: str | None = None,
                until: str | None = None, kinds: Sequence[str] = (), min_weight: float = 0, max_nodes: int = MAX_NODES,
                with_text: bool = False) -> str:
    """The page as one string of HTML.

    ``focus``, ``hops``, ``since``, ``until``, ``kinds``, ``min_weight``, ``max_nodes`` cut the graph down as
    ``kg.view.facts.select`` says, and the page tells what was left out. Only the sentences that carry a fact are embedded;
    ``with_text`` embeds whole articles, for private use. Raises InputError for an unknown focus, kind or date.
    """
    whole = read_graph(build_graph(resolution), resolution)
    facts = select(whole, focus=focus, hops=hops, since=since, until=until, kinds=kinds, min_weight=min_weight,
                   max_nodes=max_nodes)
    joined = links(facts)
    placed = scenes(facts, joined, coappearance(resolution))
    asked = {"focus": focus, "hops": hops if focus else None, "since": since, "until": until, "kinds": list(kinds),
             "min_weight": min_weight or None, "nodes": _named(facts, focus) if focus else None}
    network = Network(directed=True)
    network.nodes = [_vis_node(i, node, radius) for i, (node, radius) in enumerate(zip(facts.nodes, radii(facts), strict=True))]
    network.edges = _vis_edges(facts)
    network.options = dict(OPTIONS)
    network.path = "page.html"
    network.templateEnv = _environment(_page_data(resolution, facts, joined, placed, asked, with_text))
    page: str = network.generate_html()
    return page


def embed(value: Any) -> Markup:
    """``value`` as JSON that can stand inside a script element: no character of it can end the element or be markup."""
    return inert(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def inert(text: str) -> Markup:
    """JSON text with each character spelled out that HTML, JavaScript or UTF-8 stumble over (``<``, U+2028, half a pair)."""
    return Markup(_HALF_PAIR.sub(lambda half: f"\\u{ord(half[0]):04x}", text.translate(_ESCAPES)))


def _environment(data: Mapping[str, Any]) -> Environment:
    scripts = {"vis": _vis_script(), "vega": _vega_script(), "page": _page_script()}
    css = _asset("page.css")
    for name, code in scripts.items():
        if "</script" in code.lower() or "<!--" in code or "\r" in code:
            raise OutputError(f"the script {name} cannot stand inside an HTML page")
    environment = Environment(loader=FileSystemLoader(ASSETS), autoescape=True, undefined=StrictUndefined)
    environment.filters.update(embed=embed, inert=inert)
    environment.globals.update(data=data, css=Markup(css), licences=_asset("licences.txt"),
                               scripts={name: Markup(code) for name, code in scripts.items()},
                               policy=_policy(scripts.values(), css))
    return environment


def _policy(scripts: Iterable[str], css: str) -> str:
    """The content security policy: these scripts and this style by their hashes, and nothing from anywhere else."""
    hashes = " ".join(f"'sha256-{_sha256(code)}'" for code in scripts)
    return (f"default-src 'none'; script-src {hashes}; style-src 'sha256-{_sha256(css)}'; img-src data: blob:; "
            "base-uri 'none'; form-action 'none'; trusted-types default; require-trusted-types-for 'script'")


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


@cache
def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


@cache
def _page_script() -> str:
    """Our own script: the files in order, in one scope of their own."""
    return "(() => {\n'use strict';\n" + "\n".join(_asset(name) for name in SCRIPTS) + "})();\n"


@cache
def _vis_script() -> str:
    """vis-network as pyvis ships it, with its licence banner."""
    folder = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2"
    return (folder / "vis-network.min.js").read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _vega_script() -> str:
    """Vega, Vega-Lite and vega-embed as vl-convert carries them; the bundle sets ``window.vegaEmbed`` and fetches nothing."""
    bundle: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return bundle.replace("\r\n", "\n")


def _vis_node(number: int, node: Node, radius: float) -> dict[str, Any]:
    return {"id": number, "label": node.label, "group": node.kind, "value": node.weight, "size": radius}


def _vis_edges(facts: Facts) -> list[dict[str, Any]]:
    number = {node.id: i for i, node in enumerate(facts.nodes)}
    return [{"from": number[e.source], "to": number[e.target], "kind": e.kind, "id": i} for i, e in enumerate(facts.edges)]


def _page_data(resolution: Resolution, facts: Facts, joined: Sequence[Link], placed: Scenes, asked: Mapping[str, Any],
               with_text: bool) -> dict[str, Any]:
    number = {node.id: i for i, node in enumerate(facts.nodes)}
    quotes = _Quotes(resolution.records)
    edges = [_edge_data(edge, quotes) for edge in facts.edges]
    steps = [_step_data(step, number, quotes) for step in resolution.successions
             if {f"person/{step.predecessor}", f"person/{step.successor}", f"post/{step.post}"} <= number.keys()]
    changes = [_change_data(change, number, quotes) for change in resolution.changes
               if {f"person/{change.person}", f"post/{change.post}"} <= number.keys()]
    campaigns = {f"campaign/{c.id}": c.evidence for c in resolution.campaigns}
    nodes = [_node_data(node, number, quotes, campaigns.get(node.id, ())) for node in facts.nodes]
    return {
        "nodes": nodes, "edges": edges, "links": [[link.a, link.b, list(link.via)] for link in joined],
        "scenes": {view: {level: _flat(places) for level, places in levels.items()} for view, levels in placed.items()},
        "successions": steps, "changes": changes,
        "coverage": [[i.paper, i.date, i.page, i.articles] for i in resolution.coverage],
        "selection": resolution.selection, "total": facts.total, "dropped": [list(cut) for cut in facts.dropped],
        "asked": {key: value for key, value in asked.items() if value},
        **quotes.data(number, with_text),
    }


def _named(facts: Facts, focus: str) -> list[int]:
    """The numbers of the nodes that were asked for by name."""
    return [i for i, node in enumerate(facts.nodes) if focus in (node.id, node.label, *node.facts.get("aliases", ()))]


def _flat(places: Mapping[int, tuple[int, int]]) -> list[int]:
    """Node, x, y, node, x, y …: a third of the bytes of objects."""
    return [value for node, (x, y) in places.items() for value in (node, x, y)]


def _node_data(node: Node, number: Mapping[str, int], quotes: _Quotes, evidence: Iterable[EvidenceRef]) -> dict[str, Any]:
    facts = dict(node.facts)
    if "body" in facts:
        facts["body"] = number.get(f"body/{facts['body']}")
    if "convening" in facts:
        facts["convening"] = [number[ref] for ref in facts["convening"] if ref in number]
    if "months" in facts:
        facts["months"] = [[m.month, m.articles, m.events, m.all_articles, m.all_events] for m in facts["months"]]
    names = () if node.kind in ("event", "article") else (node.label, *facts.get("aliases", ()))
    spelled = [reading for name in names for reading in readings(name)]
    return {"ref": node.id, "when": node.when, "pinyin": spelled, "evidence": quotes.numbers(ref.id for ref in evidence), **facts}


def _step_data(step: Succession, number: Mapping[str, int], quotes: _Quotes) -> dict[str, Any]:
    return {"from": number[f"person/{step.predecessor}"], "to": number[f"person/{step.successor}"],
            "post": number[f"post/{step.post}"], "basis": step.basis, "gap": step.gap_days, "issues": step.issues_read_in_gap,
            "acting": step.acting, "evidence": quotes.numbers(ref.id for ref in step.evidence)}


def _change_data(change: PersonnelChange, number: Mapping[str, int], quotes: _Quotes) -> dict[str, Any]:
    return {"person": number[f"person/{change.person}"], "post": number[f"post/{change.post}"], "act": change.act,
            "date": change.date, "by": change.by, "evidence": quotes.numbers(ref.id for ref in change.evidence)}


def _edge_data(edge: Edge, quotes: _Quotes) -> dict[str, Any]:
    data = {"when": edge.when, "evidence": quotes.numbers(edge.evidence), **edge.facts}
    return {key: value for key, value in data.items() if value not in (None, [], ())}


class _Quotes:
    """Collects the sentences that the page needs; each sentence and each article stands in the page once."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = {record.id: record for record in records}
        self._articles: dict[str, int] = {}
        self._sentences: dict[tuple[str, int, int], int] = {}
        self._marks: dict[tuple[int, int, int], int] = {}

    def numbers(self, ids: Iterable[str]) -> list[int]:
        """The page's numbers of evidence ids (``article:start-end``), in order."""
        return [self._number(ref) for ref in ids]

    def _number(self, ref: str) -> int:
        article, _, offsets = ref.rpartition(":")
        start, end = (int(offset) for offset in offsets.split("-"))
        self._articles.setdefault(article, len(self._articles))
        first, last = sentence(self._records[article].text, start, end)
        place = self._sentences.setdefault((article, first, last), len(self._sentences))
        return self._marks.setdefault((place, start - first, end - first), len(self._marks))

    def data(self, number: Mapping[str, int], with_text: bool) -> dict[str, Any]:
        """``articles``, ``sentences`` ([article, offset, text]), ``evidence`` ([sentence, from, to]); code points."""
        for ref in number:  # an article that is a node is cited even where no fact rests on it
            if ref.startswith("article/"):
                self._articles.setdefault(ref.removeprefix("article/"), len(self._articles))
        articles = [self._citation(self._records[ref], number.get(f"article/{ref}"), with_text) for ref in self._articles]
        sentences = [[self._articles[ref], first, self._records[ref].text[first:last]] for ref, first, last in self._sentences]
        return {"articles": articles, "sentences": sentences, "evidence": [list(mark) for mark in self._marks]}

    @staticmethod
    def _citation(record: Record, node: int | None, with_text: bool) -> dict[str, Any]:
        cited = {"node": node, "paper": record.paper, "date": record.published, "page": record.page, "headline": record.headline,
                 "url": record.url, "source": record.source, "text": record.text if with_text else None}
        return {key: value for key, value in cited.items() if value is not None}


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around ``text[start:end]``, its end mark included; of a very long one only the part about the mark."""
    first = max(text.rfind(mark, 0, start) for mark in SENTENCE_ENDS) + 1
    ends = [place for mark in SENTENCE_ENDS if (place := text.find(mark, max(start, end - 1))) >= 0]
    last = max(end, min(ends, default=len(text) - 1) + 1)
    if last - first > LONGEST_SENTENCE:
        spare = max(0, LONGEST_SENTENCE - (end - start)) // 2
        first, last = max(first, start - spare), min(last, end + spare)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last
