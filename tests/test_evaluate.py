"""The scorer: equal things written otherwise are right, different things are not, and the counts add up."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.evaluate import (
    LAYERS,
    Counts,
    compare,
    core,
    evaluate,
    flips,
    fold,
    freeze,
    read_annotation,
    same_body,
    same_office,
    same_post,
    table,
    thaw,
    whole_title,
)

ARTICLE: dict[str, Any] = {
    "headline": "区教育局召开开学工作会", "bylines": [{"name": "祁小禾", "role": "reporter"}], "people": ["高建设", "欧阳 靖"],
    "posts": [{"person": "高建设", "post": "区委书记", "body": "丹阜区委", "accept": ["中共丹阜区委书记"]},
              {"person": "欧阳靖", "post": "组织部长", "body": "丹阜区委组织部", "status": "acting"}],
    "events": [{"name": "开学工作会", "kind": "meeting", "date": "XXXX-09-01", "accept_date": ["2021-09-01"],
                "campaigns": ["双减"], "bodies": ["丹阜区教育局"], "optional_bodies": ["丹阜区卫健委"],
                "appearances": [{"person": "高建设", "role": "speak"}, {"person": "欧阳靖", "role": "chair"}],
                "optional_appearances": [{"person": "高建设", "role": "attend"}]}],
    "changes": [], "campaigns": [{"name": "双减", "accept": ["“双减”工作"]}, {"name": "创建全国文明城市", "optional": True}]}


def page(**changed: Any) -> dict[str, list[dict[str, Any]]]:
    return {"a": [{**ARTICLE, **changed}]}


def test_the_gold_scores_full_marks_against_itself(gold: Path) -> None:
    report = evaluate(gold / "gold", gold / "gold")
    assert not report.faults
    assert tuple(report.counts) == LAYERS
    assert all(c.gold == c.found == c.right > 0 and c.f1 == 1 for c in report.counts.values())


def test_other_spellings_and_optional_items_are_no_fault() -> None:
    event = {**ARTICLE["events"][0], "date": "2021-09-01", "bodies": ["衡泽市丹阜区教育局", "丹阜区卫健委"], "appearances": [
        {"person": "高建设", "role": "speak"}, {"person": "高建设", "role": "attend"}, {"person": "欧阳靖", "role": "chair"}]}
    posts = [{"person": "高建设", "post": "书记", "body": "中共衡泽市丹阜区委员会"},
             {"person": "欧阳靖", "post": "组织部部长", "body": "丹阜区委组织部", "status": "acting"}]
    found = page(events=[event], posts=posts, people=[{"name": "欧阳靖"}, {"name": "高建设"}],
                 campaigns=[{"name": "双减"}, {"name": "创建全国文明城市"}])
    assert compare(page(), found).faults == ()


@pytest.mark.parametrize(("changed", "layer", "counts"), [
    ({"people": ["高建设"]}, "people", Counts(2, 1, 1)),
    ({"bylines": []}, "bylines", Counts(1, 0, 0)),
    ({"posts": [{"person": "高建设", "post": "区长", "body": "丹阜区"}]}, "posts", Counts(2, 1, 0)),
    ({"posts": [{"person": "高建设", "post": "区委书记", "body": "鹿亭县委"}]}, "offices", Counts(2, 1, 0)),
    ({"posts": [{"person": "高建设", "post": "区委书记", "body": "鹿亭县委"}]}, "posts", Counts(2, 1, 1)),
    ({"posts": ARTICLE["posts"][:1]}, "status", Counts(1, 0, 0)),
    ({"events": []}, "dates", Counts(1, 0, 0)),
    ({"events": []}, "coappearance", Counts(1, 0, 0)),
    ({"events": [{**ARTICLE["events"][0], "date": "2021-09-02"}]}, "dates", Counts(1, 1, 0)),
    ({"events": [{**ARTICLE["events"][0], "kind": "activity"}]}, "kinds", Counts(1, 1, 0)),
    ({"events": [*ARTICLE["events"], {"name": "植树", "kind": "activity", "date": None}]}, "events", Counts(1, 2, 1)),
    ({"campaigns": [{"name": "疫情防控"}]}, "campaigns", Counts(1, 1, 0)),
    ({"changes": [{"person": "高建设", "post": "区委书记", "body": "丹阜区委", "act": "appoint"}]}, "changes", Counts(0, 1, 0))])
def test_what_is_wrong_counts(changed: dict[str, Any], layer: str, counts: Counts) -> None:
    report = compare(page(), page(**changed))
    assert report.counts[layer] == counts
    assert {f.layer for f in report.faults} >= {layer}


def test_an_article_without_partner_counts_with_all_it_has() -> None:
    report = compare({"a": [ARTICLE, {**ARTICLE, "headline": "另一篇很不同的报道", "people": ["田家和"]}]}, page())
    assert report.counts["articles"] == Counts(2, 1, 1)
    assert report.counts["people"] == Counts(3, 2, 2)
    assert compare(page(), {}).counts["people"] == Counts(2, 0, 0)


@pytest.mark.parametrize(("body", "post", "title"), [
    ("丹阜区委", "区委书记", "丹阜区委书记"), ("中共丹阜区委员会", "书记", "丹阜区委书记"),
    ("丹阜区人民政府", "区长", "丹阜区长"), ("丹阜区", "副区长", "丹阜区副区长"),
    ("丹阜区人大常委会", "主任", "丹阜区人大主任"), (None, "总书记", "总书记"),
    ("丹阜区委组织部", "组织部部长", "丹阜区委组织部长"), ("政协丹阜区委员会", "区政协主席", "丹阜区政协主席")])
def test_whole_titles(body: str | None, post: str, title: str) -> None:
    assert whole_title(body, post) == title


def test_small_comparisons() -> None:
    assert fold(" 阿不都·热合曼（Ａ） “双减” ") == "阿不都热合曼a双减"
    assert core("区委副书记") == core("副书记") == "副书记"
    assert core("区长") == "区长"
    assert same_body("丹阜区教育局", "衡泽市丹阜区教育局")
    assert not same_body("丹阜区教育局", "鹿亭县教育局")
    one = {"person": "王平", "post": "主任", "body": "丹阜区人大常委会"}
    assert same_office(one, {"person": "王平", "post": "人大常委会主任", "body": "丹阜区人大"})
    assert not same_post(one, {"person": "王平", "post": "副主任", "body": "丹阜区人大"})


def test_a_frozen_report_comes_back_and_shows_what_flipped(tmp_path: Path) -> None:
    before, now = compare(page(), page(people=["高建设"])), compare(page(), page(bylines=[]))
    (tmp_path / "kept.json").write_text(freeze(before), encoding="utf-8")
    kept = thaw(tmp_path / "kept.json")
    assert kept.counts == before.counts
    right, wrong = flips(kept, now)
    assert [(f.layer, f.side, f.what) for f in right] == [("people", "missed", "欧阳靖")]
    assert [(f.layer, f.side, f.what) for f in wrong] == [("bylines", "missed", "祁小禾")]
    assert "+0.333" in table(now, kept)


@pytest.mark.parametrize(("name", "text", "says"), [
    ("a.json", "[1]", "no source"), ("a.jsonl", '{"source": "a"}\n{oops', "a.jsonl:2: not JSON"),
    ("a.json", '{"source": "a", "articles": 1}', "articles must be"), ("a.json", "", "no annotation"),
    ("a.jsonl", "[" * 100_000, "not JSON")])
def test_what_is_no_annotation_is_named(tmp_path: Path, name: str, text: str, says: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=says):
        read_annotation(tmp_path / name)


def test_agrees_with_the_reference_scorer(shared: Path, gold: Path, tmp_path: Path) -> None:
    """The same counts as the annotators' own script, on a found side with every kind of fault."""
    found = []
    for number, file in enumerate(sorted((gold / "gold").glob("*.json"))):
        plain = json.loads(file.read_text(encoding="utf-8"))
        for article in plain["articles"]:
            for layer in ("people", "posts", "bylines", "campaigns", "events", "changes"):
                if article.get(layer):
                    article[layer].pop(number % len(article[layer]))
            for post in article["posts"]:
                post.pop("accept", None)
                post["body"] = [post["body"], f"衡泽市{post['body']}", None][number % 3]
        found.append(plain)
    for number, plain in enumerate(found):
        (tmp_path / f"{number:02}.json").write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")
    done = subprocess.run([sys.executable, shared / "gold" / "score.py", gold / "gold", tmp_path, "--json"], capture_output=True,
                          check=True)
    expected = json.loads(done.stdout)
    report = evaluate(gold / "gold", tmp_path)
    assert {layer: (c.gold, c.found, round(c.f1, 6)) for layer, c in report.counts.items()} == {
        layer: (row["gold"], row["found"], round(row["f1"], 6)) for layer, row in expected.items()}
