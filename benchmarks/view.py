"""Time to the first drawing of a large page, ours and stock pyvis with the same places and physics off, in one run.

    python benchmarks/view.py [--events 1500] [--rounds 7] [--chromium /usr/bin/chromium]

The corpus is invented and random by a fixed seed. Each page is opened seven times in a fresh tab, in turn with the others; the
median is printed.
Stock pyvis loads its libraries from other hosts, so its page is made with ``cdn_resources="in_line"`` and those requests cut.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from pyvis.network import Network

from kg.model import Record
from kg.resolve.model import (
    AppearanceNode,
    Body,
    CampaignNode,
    Entity,
    EventNode,
    EvidenceRef,
    Issue,
    PostNode,
    Resolution,
    Tenure,
)
from kg.view.page import render_page

SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙", "建国伟芳娜敏静丽强磊军洋勇艳杰涛明超秀兰霞平刚"


def corpus(events: int, seed: int = 11) -> Resolution:
    """About three nodes an event: people seen by a heavy-tailed chance, posts, bodies, campaigns, an article each."""
    chance = random.Random(seed)
    people = [f"县/{chance.choice(SURNAMES)}{chance.choice(GIVEN)}{chance.choice(GIVEN)}{i}" for i in range(events)]
    bodies = [f"县第{i}局" for i in range(events // 5)]
    campaigns = [f"第{i}号专项行动" for i in range(max(1, events // 40))]
    records, told = [], []
    for i in range(events):
        day = f"{2015 + i * 9 // events}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        name = f"第{i}次会议"
        text = f"{name}召开。" + "、".join(f"某人{j}" for j in range(8)) + "参加会议。"
        records.append(Record(f"r{i}", f"p{i}.txt", 1, name, text, published=day, paper="县报", place=("县",), page="1"))
        present = {people[min(int(chance.paretovariate(0.6)) - 1, events - 1)] for _ in range(chance.randint(2, 12))}
        proof = (EvidenceRef(f"r{i}", 0, len(name), name),)
        seated = tuple(AppearanceNode(p, ("attend",), ("参加",), 1, place, len(present), False, None, None, None, None, f"r{i}",
                                      proof) for place, p in enumerate(sorted(present), start=1))
        told.append(EventNode(f"e{i}", name, "meeting", day, None, (), (f"r{i}",), (chance.choice(campaigns),),
                              ((chance.choice(bodies), "host"),), seated, proof))
    posts = [PostNode(f"{b}|局长", "局长", b, "office", True) for b in bodies]
    proof = (EvidenceRef("r0", 0, 6, records[0].text[0:6]),)
    tenures = [Tenure(f"t{i}", p, p, post.id, "局长", post.body, post.body, "office", "held", "2018-01-01", "2019-01-01",
                      "printed", "printed", None, None, None, proof)
               for i, p in enumerate(people[:events // 2]) for post in [chance.choice(posts)]]
    return Resolution(
        records=tuple(records), people=tuple(Entity(p, p[2:], "official", (), ("县",), (), 1, ()) for p in sorted(people)),
        bodies=tuple(Body(b, b, (), ("县",), None, "政府", "县", None) for b in sorted(bodies)), places=(), posts=tuple(posts),
        tenures=tuple(tenures), changes=(), successions=(), events=tuple(told),
        campaigns=tuple(CampaignNode(c, c, (), None, None, None, (), (), (), ()) for c in campaigns),
        coverage=tuple(Issue("县报", r.published, "1", 1) for r in records), selection="unknown")


def part(page: str, name: str) -> Any:
    """One of the JSON blocks of our page."""
    return json.loads(page.split(f'id="{name}">', maxsplit=1)[1].split("</script>", maxsplit=1)[0])


def stock(page: str) -> str:
    """The same nodes, places and edges through pyvis as it comes."""
    flat = part(page, "kg-data")["scenes"]["graph"]["all"]
    at = {flat[i]: flat[i + 1:i + 3] for i in range(0, len(flat), 3)}
    network = Network(cdn_resources="in_line", directed=True)
    network.toggle_physics(False)
    network.nodes = [{"id": n["id"], "label": n["label"], "shape": "dot", "size": 8, "x": at[n["id"]][0], "y": at[n["id"]][1]}
                     for n in part(page, "kg-nodes") if n["id"] in at]
    network.edges = [{"from": e["from"], "to": e["to"], "arrows": "to"} for e in part(page, "kg-edges")
                     if e["from"] in at and e["to"] in at]
    html: str = network.generate_html()
    end = "drawGraph();\n        </script>"
    assert end in html
    return html.replace(end, "drawGraph();\nnetwork.once('afterDrawing', () => {\n"
                             "document.documentElement.dataset.drawn = String(Math.round(performance.now())); });\n</script>")


def drawn(browser: Browser, path: Path, fragment: str = "") -> int:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    page.goto(path.as_uri() + fragment)
    page.wait_for_function("document.documentElement.dataset.drawn !== undefined", timeout=120_000)
    took = int(page.evaluate("document.documentElement.dataset.drawn"))
    context.close()
    return took


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--events", type=int, default=1500)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--chromium", default="/usr/bin/chromium")
    given = options.parse_args()
    ours = render_page(corpus(given.events))
    theirs = stock(ours)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        files = {"ours": Path(folder) / "ours.html", "stock": Path(folder) / "stock.html"}
        files["ours"].write_text(ours, encoding="utf-8")
        files["stock"].write_text(theirs, encoding="utf-8")
        browser = play.chromium.launch(executable_path=given.chromium, args=["--no-sandbox", "--disable-gpu"])
        pages = (("stock pyvis, all nodes", "stock", ""), ("ours, all nodes", "ours", "#level=all"),
                 ("ours, first screen", "ours", ""))
        # In turn, so that whatever else the machine does slows all of them.
        rounds = [[drawn(browser, files[kind], fragment) for _, kind, fragment in pages] for _ in range(given.rounds)]
        for (name, kind, _), times in zip(pages, zip(*rounds, strict=True), strict=True):
            size = files[kind].stat().st_size / 1e6
            print(f"{name:24} {statistics.median(times):6.0f} ms   ({min(times)}-{max(times)}), file {size:.1f} MB")
        browser.close()


if __name__ == "__main__":
    main()
