"""The file itself: whole, closed to the outside, the same each time, and text never markup."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import combinations
from math import dist
from pathlib import Path
from typing import get_args

import pytest
import view_story
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Act, BodyRole, BylineRole, EventKind, PostClass, Role, Venue
from kg.resolve.model import TenureStatus
from kg.view.page import ASSETS, SCRIPTS, Page, embed, render_page


class Elements(HTMLParser):
    """Every element with its attributes, and the text of scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": []}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.lasttag in self.inside:
            self.inside[self.lasttag].append(data)


def embedded(html: str, name: str) -> object:
    match = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', html, re.S)
    assert match
    return json.loads(match.group(1))


def test_nothing_is_loaded_from_anywhere(story_html: str) -> None:
    elements = Elements(story_html).found
    assert not [tag for tag, _ in elements if tag in ("link", "iframe", "object", "embed", "img", "base", "form")]
    assert not [attrs for _, attrs in elements if {"src", "href", "srcset", "action", "style"} & attrs.keys()]
    assert not [name for _, attrs in elements for name in attrs if name.startswith("on")]


def test_the_policy_names_each_script_by_its_hash_and_nothing_else(story_html: str) -> None:
    page = Elements(story_html)
    policy = next(attrs["content"] or "" for tag, attrs in page.found if attrs.get("http-equiv") == "Content-Security-Policy")
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}
    runnable = re.findall(r"<script>(.*?)</script>", story_html, re.S)
    styles = re.findall(r"<style>(.*?)</style>", story_html, re.S)
    hashed = ["'sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() + "'" for code in runnable]
    assert len(runnable) == 3
    assert rules["script-src"] == hashed
    assert rules["style-src"] == ["'sha256-" + base64.b64encode(hashlib.sha256(styles[0].encode()).digest()).decode() + "'"]
    assert rules["default-src"] == ["'none'"]
    assert "connect-src" not in rules
    assert "unsafe" not in policy


def test_the_licence_of_the_drawing_library_stays(story_html: str) -> None:
    assert "@license" in story_html
    assert "http://www.apache.org/licenses/LICENSE-2.0" in story_html
    assert "University of Washington Interactive Data Lab" in str(embedded(story_html, "kg-licences"))


def test_pyvis_gives_nodes_and_edges(story_html: str) -> None:
    nodes, edges, data = (embedded(story_html, name) for name in ("kg-nodes", "kg-edges", "kg-data"))
    assert isinstance(nodes, list)
    assert isinstance(edges, list)
    assert isinstance(data, dict)
    assert [node["id"] for node in nodes] == list(range(len(data["nodes"])))
    assert len(edges) == len(data["edges"])
    assert {node["group"] for node in nodes} == {"person", "post", "body", "place", "event", "campaign", "article"}
    assert embedded(story_html, "kg-options")["physics"] == {"enabled": False}  # type: ignore[index]


def test_only_the_sentences_of_facts_are_embedded(story_html: str) -> None:
    data = embedded(story_html, "kg-data")
    texts = [sentence[2] for sentence in data["sentences"]]  # type: ignore[index]
    assert "区委书记高建设出席会议并讲话;" in texts
    assert "区长候选人单红出席大会。" not in story_html
    assert "区长候选人单红出席大会。" in render_page(view_story.story(), with_text=True)


def test_each_quote_is_its_record_s_text(story_html: str) -> None:
    data = embedded(story_html, "kg-data")
    quotes = {(article, start + a, start + b): text[a:b] for sentence, a, b in data["evidence"]  # type: ignore[index]
              for article, start, text in [data["sentences"][sentence]]}  # type: ignore[index]
    for (article, start, end), quote in quotes.items():
        source = next(r for r in view_story.story().records if r.headline == data["articles"][article]["headline"])  # type: ignore[index]
        assert source.text[start:end] == quote


def test_hostile_text_stays_inside_its_json() -> None:
    html = render_page(view_story.hostile(), with_text=True)
    assert html.encode("utf-8")
    page = Elements(html)
    scripts = [attrs.get("id") for tag, attrs in page.found if tag == "script"]
    assert scripts == ["kg-nodes", "kg-edges", "kg-options", "kg-data", "kg-licences", None, None, None]
    assert "img" not in [tag for tag, _ in page.found]
    nodes = embedded(html, "kg-nodes")
    assert {view_story.HOSTILE[0], view_story.HOSTILE[1]} <= {node["label"] for node in nodes}  # type: ignore[union-attr]


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(alphabet=st.characters(), max_size=20),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)))
def test_embedded_json_reads_back_and_holds_no_markup(value: object) -> None:
    text = str(embed(value))
    assert json.loads(text) == json.loads(json.dumps(value))  # json.dumps alone joins two halves of a surrogate pair
    assert not set("<>&\u2028\u2029") & set(text)
    text.encode("utf-8")


def test_the_same_bytes_under_another_hash_seed_and_locale() -> None:
    code = ("import hashlib, view_story; from kg.view.page import render_page; "
            "print(hashlib.sha256(render_page(view_story.story()).encode()).hexdigest())")
    found = set()
    for seed, locale in (("1", "C"), ("77", "C.UTF-8")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONPATH": str(Path(__file__).parent)}
        run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        found.add(run.stdout)
    assert len(found) == 1


def test_a_cut_page_says_so() -> None:
    data = embedded(render_page(view_story.story(), focus="单红", max_nodes=2), "kg-data")
    assert [reason for reason, _ in data["dropped"]] == ["focus", "limit"]  # type: ignore[index]
    assert data["asked"] == {"focus": "单红", "hops": 1, "nodes": [0]}  # type: ignore[index]


def test_in_a_notebook_the_page_is_a_closed_frame() -> None:
    shown = Page('<p class="a">&</p>')._repr_html_()
    frame = Elements(shown).found
    assert [tag for tag, _ in frame] == ["iframe"]
    assert frame[0][1]["srcdoc"] == '<p class="a">&</p>'
    assert frame[0][1]["sandbox"] == "allow-scripts allow-downloads allow-popups"


# Colour-blind simulation: Machado, Oliveira & Fernandes, IEEE TVCG 15(6), 2009, severity 1.0, on linear RGB.
BLIND = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}
KINDS = ("person", "body", "post", "campaign", "event", "place", "article")


def lab(colour: str, sight: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of ``#rrggbb`` as that sight has it."""
    screen = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in screen]
    r, g, b = (min(1.0, max(0.0, sum(k * c for k, c in zip(row, linear, strict=True)))) for row in sight)
    xyz = ((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505, 0.2126 * r + 0.7152 * g + 0.0722 * b,
           (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize("sight", BLIND)
def test_kinds_differ_in_colour_for_every_sight(theme: int, sight: str) -> None:
    css = (ASSETS / "page.css").read_text(encoding="utf-8")
    colours = [re.findall(rf"--{kind}: (#[0-9a-f]{{6}})", css)[theme] for kind in KINDS]
    seen = dict(zip(KINDS, (lab(colour, BLIND[sight]) for colour in colours), strict=True))
    distance = {(a, b): dist(seen[a], seen[b]) for a, b in combinations(KINDS, 2)}
    closest = min(distance, key=lambda pair: distance[pair])
    assert distance[closest] > 15, (closest, distance[closest])  # shapes differ as well


def test_the_page_says_only_words_it_has() -> None:
    code = "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in SCRIPTS)
    known = set(re.findall(r"^  (\w+): \[", code.split("const WORDS = {")[1].split("\n};")[0], re.M))
    marked = re.findall(r'data-word[a-z-]*="(\w+)"', (ASSETS / "page.html").read_text(encoding="utf-8"))
    said = {*re.findall(r"\bsay\('(\w+)'", code), *marked}
    assert said - known == set()
    kinds = (Act, Role, BodyRole, PostClass, TenureStatus, EventKind, BylineRole, Venue)
    values = {value for kind in kinds for value in get_args(kind)}
    assert values | {*KINDS} <= known
