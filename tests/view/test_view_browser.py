"""The page as its reader has it: a real Chromium, the network cut, no complaint on the console."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import view_story
from playwright.sync_api import Page
from view_visit import Visit, until

from kg.graph.coappearance import coappearance
from kg.pipeline import Summary
from kg.resolve.model import Resolution
from kg.view.page import Page as Shown
from kg.view.page import render_page, write_page


def shown(page: Page) -> list[str]:
    found: list[str] = page.evaluate("guanpu.shown()")
    return sorted(found)


def lines(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("guanpu.lines()")
    return found


def joined(page: Page, kind: str | None = None) -> set[tuple[str, ...]]:
    return {tuple(sorted((line["from"], line["to"]))) for line in lines(page) if kind in (None, line["kind"])}


def title(page: Page) -> str:
    return page.locator("#panel h2").inner_text()


def ref(kind: str, rest: str) -> str:
    return quote(f"{kind}/{rest}", safe="")


JIANSHE = ref("person", "丹阜区/高建设")
CHANGQING = ref("person", "丹阜区/司马长青")
HONG = ref("person", "丹阜区/单红")


def test_the_first_screen(visit: Visit, story_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = visit.open(story_file)
    assert shown(page) == sorted(["高建设", "司马长青", "单红", "丹阜区委", "丹阜区政府", "创建国家卫生城市"])
    assert "显示 6 个节点" in page.locator("#status").inner_text()
    assert page.locator("#legend button").count() == 7
    with capsys.disabled():
        print(f"\nfirst draw after {page.evaluate('document.documentElement.dataset.drawn')} ms")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 768), (768, 1024), (390, 844), (1920, 1080)])
def test_the_sample_fills_any_screen_and_each_label_is_drawn(visit: Visit, built: Summary, width: int, height: int) -> None:
    page = visit.open(built.folder / "graph.html", width=width, height=height)
    boxes, marks = page.evaluate("guanpu.labels()"), page.evaluate("guanpu.marks()")
    assert len(boxes) == len(marks) >= 15
    stage = page.locator("#network").bounding_box()
    assert stage
    status = page.locator("#status").bounding_box()
    assert status
    assert stage["y"] + max(box["bottom"] for box in boxes) <= status["y"] + 2
    across = max(box["right"] for box in boxes) - min(box["left"] for box in boxes)
    down = max(box["bottom"] for box in boxes) - min(box["top"] for box in boxes)
    assert across > 0.7 * stage["width"] or down > 0.7 * stage["height"]


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_labels_of_the_first_screen_are_whole_and_apart(visit: Visit, story_file: Path, width: int, height: int) -> None:
    page = visit.open(story_file, width=width, height=height)
    boxes = page.evaluate("guanpu.labels()")
    assert sorted(box["text"] for box in boxes) == shown(page)
    for a, b in combinations(boxes, 2):
        assert a["right"] <= b["left"] or b["right"] <= a["left"] or a["bottom"] <= b["top"] or b["bottom"] <= a["top"], (a, b)
    area = page.evaluate("[document.getElementById('network').clientWidth, document.getElementById('network').clientHeight]")
    assert all(box["left"] >= 0 and box["right"] <= area[0] and box["top"] >= 0 and box["bottom"] <= area[1] for box in boxes)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("view", ["graph", "met", "held"])
def test_no_mark_covers_a_label_of_the_sample(visit: Visit, built: Summary, view: str, width: int, height: int) -> None:
    page = visit.open(built.folder / "graph.html", f"view={view}", width=width, height=height)
    marks, boxes = page.evaluate("guanpu.marks()"), page.evaluate("guanpu.labels()")
    assert len(boxes) == len(marks) >= 15
    covered = [(box["text"], mark["label"]) for box in boxes for mark in marks if mark["id"] != box["id"]
               and box["left"] - mark["x"] < mark["radius"] - 2 and mark["x"] - box["right"] < mark["radius"] - 2
               and box["top"] - mark["y"] < mark["radius"] - 2 and mark["y"] - box["bottom"] < mark["radius"] - 2]
    assert covered == []


@pytest.mark.parametrize("typed", ["高建", "高建设", "gaojianshe", "Gao Jianshe", "gjs", "gaoj", "高书记", "gaoshuji"])
def test_search_finds_a_person(visit: Visit, story_file: Path, typed: str) -> None:
    page = visit.open(story_file)
    page.keyboard.press("/")
    page.keyboard.type(typed)
    first = page.locator("#suggestions li").first
    assert first.inner_text().startswith("高建设")
    page.keyboard.press("Enter")
    assert title(page) == "高建设"
    assert page.locator("#suggestions").is_hidden()


def test_search_by_keyboard_over_posts_and_bodies(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file)
    page.fill("#query", "区委")
    found = page.locator("#suggestions li b").all_inner_texts()
    assert {"丹阜区委", "区委书记"} <= set(found)
    assert page.locator("#query").get_attribute("aria-activedescendant") == "suggestion-0"
    page.keyboard.press("ArrowDown")
    assert page.locator("#suggestions li[aria-selected=true] b").inner_text() == found[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.locator("#suggestions li[aria-selected=true] b").inner_text() == found[-1]
    page.keyboard.press("Escape")
    assert page.locator("#suggestions").is_hidden()
    page.fill("#query", "丹阜区委书记")
    assert page.locator("#suggestions li b").all_inner_texts() == ["区委书记", "司马长青", "高建设"]  # the post, then who held it
    page.fill("#query", "没有这个人")
    assert page.locator("#suggestions").inner_text() == "没有找到"


def test_on_a_phone_the_suggestions_lie_over_the_panel(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, f"selected={JIANSHE}", width=390, height=560)
    page.fill("#query", "区")
    assert page.locator("#panel").is_visible()
    hidden = page.evaluate("""[...document.querySelectorAll('#suggestions li')].filter((line) => {
      line.scrollIntoView({ block: 'nearest' });
      const box = line.getBoundingClientRect();
      return !line.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2));
    }).length""")
    assert hidden == 0


@pytest.mark.parametrize(("typed", "found"), [
    ("区委书记高建设", ["高建设"]), ("司马书记", ["司马长青"]), ("单区长", ["单红"]), ("王区长", []), ("记高", ["高建设"]),
])
def test_search_by_post_and_name(visit: Visit, story_file: Path, typed: str, found: list[str]) -> None:
    page = visit.open(story_file)
    page.fill("#query", typed)
    assert page.locator("#suggestions li b").all_inner_texts() == found


def test_the_other_reading_of_a_surname_finds_too(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file)
    for typed in ("shanhong", "danhong", "sh"):
        page.fill("#query", typed)
        assert page.locator("#suggestions li b").first.inner_text() == "单红"


def test_the_sentence_behind_a_fact(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, f"selected={JIANSHE}")
    fact = page.locator("#panel section", has_text="任职经历").locator("li.fact").first
    assert "丹阜区委书记" in fact.inner_text()
    assert fact.locator("blockquote").count() == 0
    fact.locator(".quote-button").click()
    assert fact.locator("blockquote").inner_text() == "区委书记高建设出席会议并讲话;"
    assert fact.locator("mark").inner_text() == "区委书记高建设"
    assert fact.locator("mark b").inner_text() == "高建设"
    assert fact.locator("figcaption").inner_text().startswith("《丹阜时讯》 2018-03-16 A01 · 全区攻坚战动员大会召开")
    link = fact.locator("figcaption a")
    assert link.get_attribute("href") == "https://example.org/a1"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_a_sentence_with_two_marks_stands_once(visit: Visit, tmp_path: Path) -> None:
    plain = view_story.story()
    seat = plain.tenures[0]
    both = (*seat.evidence, *view_story.quoted("a1", "出席会议并讲话"))
    path = tmp_path / "marks.html"
    write_page(replace(plain, tenures=(replace(seat, evidence=both), *plain.tenures[1:])), path)
    page = visit.open(path, f"selected={JIANSHE}")
    fact = page.locator("#panel section", has_text="任职经历").locator("li.fact").first
    fact.locator(".quote-button").click()
    assert fact.locator("blockquote").all_inner_texts() == ["区委书记高建设出席会议并讲话;"]
    assert fact.locator("mark").all_inner_texts() == ["区委书记高建设出席会议并讲话"]  # the two touch


def test_an_article_leads_to_its_address(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, f"selected={ref('article', 'a1')}")
    assert page.locator("#panel .sub").inner_text() == "丹阜时讯 2018-03-16 A01"
    assert page.get_by_role("link", name="打开原网页").get_attribute("href") == "https://example.org/a1"


def test_a_career_tells_stated_from_seen(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, f"selected={JIANSHE}")
    career = page.locator("#panel section", has_text="任职经历").locator("li.fact").first.inner_text()
    assert "首见 2018-03-14" in career
    assert "止 2021-02-24" in career
    assert "末见" not in career
    assert page.locator("#panel .small-chart svg").count() == 1


def test_the_slider_changes_what_is_shown(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file)
    slider = page.locator("#until")
    slider.focus()
    page.keyboard.press("Home")
    until(page, "guanpu.shown().length < 6")
    assert shown(page) == sorted(["高建设", "司马长青", "丹阜区委", "丹阜区政府"])
    assert page.locator("#until-date").input_value() == "2018-03-14"
    page.locator("#until-date").fill("2019-03-01")
    until(page, "guanpu.shown().includes('创建国家卫生城市')")
    assert "单红" not in shown(page)
    page.locator("#time-reset").click()
    assert "单红" in shown(page)


def test_a_range_leaves_out_what_lies_before_it(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, "level=all")
    assert "攻坚战动员大会" in shown(page)
    page.locator("#from-date").fill("2021-03-01")
    until(page, "!guanpu.shown().includes('攻坚战动员大会')")
    assert {"创卫推进会", "司马长青", "单红"} <= set(shown(page))
    assert "王平" not in shown(page)
    assert "1 个无日期活动不在时段内" in page.locator("#status").inner_text()


@pytest.mark.parametrize(("day", "seats", "dashed"), [
    ("2018-12-31", {("区委书记", "高建设"), ("区长", "司马长青")}, set()),
    ("2020-06-01", {("区委书记", "高建设"), ("区长", "司马长青")}, {("区长", "司马长青")}),  # unseen since
    ("2021-12-31", {("区委书记", "司马长青"), ("区长", "司马长青")}, {("区长", "司马长青")}),  # stated end and start
    ("2022-01-20", {("区委书记", "司马长青"), ("区长", "单红")}, set()),  # a successor was seen
])
def test_who_held_what_on_a_day(visit: Visit, story_file: Path, day: str, seats: set[tuple[str, str]],
                                dashed: set[tuple[str, str]]) -> None:
    page = visit.open(story_file, f"view=held&mode=asof&until={day}")
    assert joined(page, "holds") == {tuple(sorted(seat)) for seat in seats}
    held = {tuple(sorted((line["from"], line["to"]))) for line in lines(page) if line["kind"] == "holds" and line["dashed"]}
    assert held == {tuple(sorted(seat)) for seat in dashed}


def test_a_succession_shows_from_its_day(visit: Visit, story_file: Path) -> None:
    def steps(page: Page) -> dict[tuple[str, str], bool]:
        return {(line["from"], line["to"]): line["dashed"] for line in lines(page) if line["kind"] == "succeeded"}

    page = visit.open(story_file, "view=held")
    assert steps(page) == {("高建设", "司马长青"): False, ("司马长青", "单红"): True}  # stated; only next seen
    page.locator("[data-time=asof]").click()
    page.locator("#until-date").fill("2020-06-01")
    until(page, "!guanpu.shown().includes('单红')")
    assert steps(page) == {}
    page.locator("#until-date").fill("2022-01-21")
    until(page, "guanpu.shown().includes('单红')")
    assert steps(page) == {("司马长青", "单红"): True}  # 高建设 sits nowhere any more


def test_as_of_in_the_panel(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, f"selected={CHANGQING}&mode=asof&until=2021-12-31")
    block = page.locator("#panel section", has_text="2021-12-31 在任")
    assert block.locator("li.attested").inner_text() == "丹阜区委书记"
    assert "2019-02-20 之后未再见报" in block.locator("li.unseen").inner_text()


def test_the_roster_of_a_day(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, "mode=asof&until=2021-12-31")
    assert title(page) == "2021-12-31 在任名单"
    party, government = (page.locator("#panel section", has_text=body) for body in ("丹阜区委", "丹阜区政府"))
    assert party.locator("li.attested .to").all_inner_texts() == ["区委书记", "司马长青"]
    assert government.locator("li.unseen .to").all_inner_texts() == ["区长", "司马长青"]


def test_who_became_the_head_is_deputy_no_more(visit: Visit, built: Summary) -> None:
    page = visit.open(built.folder / "graph.html", "mode=asof&until=2024-03-08")
    party = page.locator("#panel section").filter(has=page.locator("h3", has_text=re.compile("^丹阜区委$")))
    held = [text for text in party.locator("li").all_inner_texts() if "司马长青" in text]
    assert [("副" in text, "书记" in text) for text in held] == [(False, True)]


def test_the_legend_filters(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file)
    page.locator("#legend [data-kind=body]").click()
    assert "丹阜区委" not in shown(page)
    assert page.locator("#legend [data-kind=body]").get_attribute("aria-pressed") == "false"
    page.locator("#legend [data-kind=body]").click()
    assert "丹阜区委" in shown(page)


def test_filters_by_role_body_campaign_and_weight(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, "level=all")
    page.select_option("#filter-role", "chair")
    assert {"攻坚战动员大会", "创卫推进会", "司马长青"} <= set(shown(page))
    assert not {"高建设", "单红", "调研创卫工作"} & set(shown(page))
    page.locator("#reset").click()
    page.locator("[data-level=all]").click()
    page.select_option("#filter-body", label="丹阜区委")
    assert {"丹阜区委", "区委书记", "高建设", "司马长青", "攻坚战动员大会"} <= set(shown(page))
    assert "单红" not in shown(page)
    page.locator("#reset").click()
    page.locator("[data-level=all]").click()
    page.select_option("#filter-campaign", label="创建国家卫生城市")
    assert {"调研创卫工作", "创卫推进会", "单红"} <= set(shown(page))
    assert "攻坚战动员大会" not in shown(page)
    page.locator("#reset").click()
    page.locator("[data-level=all]").click()
    page.locator("#filter-weight").fill("4")
    assert "司马长青" in shown(page)
    assert "单红" not in shown(page)


def test_a_body_s_own_panel_narrows_to_it(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, f"level=all&selected={ref('body', '丹阜区委')}")
    page.locator("#only").click()
    assert "单红" not in shown(page)
    assert page.locator("#filter-body option:checked").inner_text() == "丹阜区委"
    page.locator("#only").click()
    assert "单红" in shown(page)


def test_neighbours_unfold_and_fold(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, f"selected={JIANSHE}")
    before = shown(page)
    assert ("丹阜区委", "高建设") in joined(page, "link")
    page.locator("#expand").click()
    assert set(shown(page)) - set(before) == {"区委书记", "攻坚战动员大会", "调研创卫工作"}
    assert ("丹阜区委", "高建设") not in joined(page)  # the summary has dissolved into what it summed up
    assert {("区委书记", "高建设"), ("丹阜区委", "区委书记")} <= joined(page)
    page.locator("#expand").click()
    assert shown(page) == before
    spot = page.evaluate("guanpu.at('高建设')")
    page.locator("#network").dblclick(position=spot)
    assert "攻坚战动员大会" in shown(page)


def test_a_click_on_a_node_and_on_the_ground(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file)
    page.locator("#network").click(position=page.evaluate("guanpu.at('创建国家卫生城市')"))
    page.wait_for_selector("#panel .close")
    assert title(page) == "创建国家卫生城市"
    assert page.locator("#panel .small-chart svg").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("#panel .close").count() == 0


def test_co_appearance_is_that_of_the_graph(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, "view=met&level=all")
    names = {entity.id: entity.name for entity in view_story.story().people}
    expected = {tuple(sorted((names[p.a], names[p.b]))): (p.events, p.newman) for p in coappearance(view_story.story())}
    found = {tuple(sorted((line["from"], line["to"]))): (line["events"], line["weight"]) for line in lines(page)}
    assert {pair: events for pair, (events, _) in found.items()} == {pair: events for pair, (events, _) in expected.items()}
    assert {pair: w for pair, (_, w) in found.items()} == pytest.approx({pair: w for pair, (_, w) in expected.items()})
    page.locator("#filter-weight").fill("2")
    assert joined(page) == {("司马长青", "高建设")}


def test_a_click_on_a_line_shows_its_events(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, "view=met")
    a, b = (page.evaluate(f"guanpu.at('{name}')") for name in ("高建设", "司马长青"))
    page.locator("#network").click(position={"x": (a["x"] + b["x"]) / 2, "y": (a["y"] + b["y"]) / 2})
    page.wait_for_selector("#panel .close")
    assert "同场活动 2 次 · 1.50" in page.locator("#panel h3").first.inner_text()
    assert page.locator("#panel li.fact").all_inner_texts()[0].startswith("调研创卫工作")
    marked = page.locator("#panel li.fact").first.locator("mark").all_inner_texts()
    assert sorted(marked) == sorted(["区委书记高建设到梅渡镇调研创卫工作", "区长司马长青陪同调研"])


def test_a_path_between_two_people(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, f"selected={JIANSHE}")
    page.get_by_role("button", name="到另一人的路径").click()
    page.keyboard.type("shanhong")
    page.keyboard.press("Enter")
    assert title(page) == "路径: 高建设 → 单红"
    steps = page.locator("#panel .step .to").all_inner_texts()
    assert steps[0] == "高建设"
    assert "司马长青" in steps
    assert steps[-1] == "单红"
    assert set(steps) - {"丹阜区委书记", "丹阜区政府区长"} <= set(shown(page))


def test_the_copied_link_is_that_of_the_view(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, f"selected={JIANSHE}")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#link-button").click()
    until(page, "document.getElementById('link-button').textContent === '链接已复制'")
    assert page.evaluate("navigator.clipboard.readText()") == f"{story_file.as_uri()}#selected={JIANSHE}"


def test_a_link_restores_the_view(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, f"view=held&mode=asof&until=2020-06-01&selected={JIANSHE}&lang=en")
    fragment = page.evaluate("guanpu.fragment()")
    again = visit.open(story_file, fragment, locale="zh-CN")
    assert again.evaluate("guanpu.fragment()") == fragment
    assert shown(again) == shown(page)
    assert title(again) == "高建设"
    assert again.locator("[data-view=held]").get_attribute("aria-selected") == "true"
    assert again.locator("#until-date").input_value() == "2020-06-01"
    assert again.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("fragment", [
    "view=nonsense&level=7&until=2021-99-99&selected=person%2Fnobody&opened=x&edge=a&least=-3&hide=all",
    "%E0%A4%A", "path=a&path=b&from=9999-01-01&mode=asof",
])
def test_a_wrong_link_is_no_error(visit: Visit, story_file: Path, fragment: str) -> None:
    assert visit.open(story_file, fragment).locator("#legend button").count() > 0


def test_languages(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, locale="en-US")
    assert page.locator("[data-view=met]").inner_text() == "Co-appearance"
    page.locator("#language-button").click()
    assert page.locator("[data-view=met]").inner_text() == "同场"
    assert page.locator("html").get_attribute("lang") == "zh-CN"


def test_every_word_of_the_page_is_translated(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, f"selected={JIANSHE}", locale="en-US")
    texts = " ".join(page.locator(f"#{part}").inner_text() for part in ("filters", "tools", "views", "status"))
    for own in ("中文", "丹阜区委", "丹阜区政府", "创建国家卫生城市"):  # the other language's button, and what the papers say
        texts = texts.replace(own, "")
    assert not re.search("[\u4e00-\u9fff]", texts)
    keys = page.evaluate("[...document.querySelectorAll('[data-word]')].map((node) => [node.dataset.word, node.textContent])")
    assert [key for key, text in keys if not text.strip() or text == key] == []


def test_dark_follows_the_system_and_the_button(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.locator("#theme-button").click()
    assert page.evaluate(ground) != dark
    assert "theme=light" in page.evaluate("guanpu.fragment()")


def test_saved_files(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, f"selected={JIANSHE}&opened={JIANSHE}")
    page.locator("#export summary").click()
    kept = {}
    for kind in ("png", "svg", "csv"):
        with page.expect_download() as download:
            page.locator(f"#export-{kind}").click()
        assert download.value.suggested_filename == f"guanpu-graph.{kind}"
        kept[kind] = Path(download.value.path()).read_bytes()
    assert kept["png"].startswith(b"\x89PNG")
    drawing = ElementTree.fromstring(kept["svg"])
    texts = [node.text or "" for node in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert {"高建设", "攻坚战动员大会"} <= set(texts)
    assert page.locator("#status").inner_text() in "".join(texts)  # the caption, in however many lines
    width, height = (int.from_bytes(kept["png"][at:at + 4], "big") for at in (16, 20))
    stage = page.locator("#network").bounding_box()
    assert stage
    assert width == stage["width"]
    assert height > stage["height"] + 15  # the caption stands under the picture
    assert kept["csv"].startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(kept["csv"].decode("utf-8-sig"))))
    assert {row["label"] for row in rows if row["record"] == "node"} == set(shown(page))
    holds = next(row for row in rows if row["relation"] == "holds" and row["from"].endswith("高建设"))
    assert holds["evidence"] == "区委书记高建设出席会议并讲话;"


def test_co_appearance_is_saved_with_its_events_and_dates(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, "view=met")
    rows = list(csv.DictReader(io.StringIO(page.evaluate("guanpu.csv()").removeprefix("\ufeff"))))
    pair = next(row for row in rows if {row["from"], row["to"]} == {"person/丹阜区/高建设", "person/丹阜区/司马长青"})
    assert (pair["relation"], pair["weight"], pair["first"], pair["last"]) == ("met", "1.5", "2018-03-14", "2019-02-20")
    assert set(pair["events"].split(" | ")) == {"攻坚战动员大会", "调研创卫工作"}


@pytest.mark.parametrize(("chart", "texts"), [
    ("careers", {"司马长青", "高建设", "丹阜区委书记", "丹阜区政府区长"}),
    ("seats", {"丹阜区委书记", "丹阜区政府区长", "高建设", "单红"}),
    ("months", {"创建国家卫生城市", "2019-02", "2022-01", "当月全部报道"}),
])
def test_timelines(visit: Visit, story_file: Path, chart: str, texts: set[str]) -> None:
    page = visit.open(story_file, f"view=time&chart={chart}")
    page.wait_for_selector("#chart svg")
    assert texts <= {text.strip() for text in page.locator("#chart svg text").all_text_contents()}
    assert page.locator("#network").is_hidden()


def test_nobody_goes_on_unseen_where_a_successor_was_seen(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, "view=time&chart=seats")
    page.wait_for_selector("#chart svg")
    goes_on = page.evaluate("""guanpu.bars().filter((bar) => bar.horizon !== null)
      .map((bar) => [bar.row, bar.name, new Date(bar.horizon).toISOString().slice(0, 10)])""")
    assert sorted(goes_on) == [["丹阜区委书记", "司马长青", "2022-01-21"], ["丹阜区政府区长", "单红", "2022-01-21"],
                               ["丹阜区政府区长", "司马长青", "2022-01-20"]]


def test_a_status_has_one_colour_in_both_languages(visit: Visit, story_file: Path) -> None:
    found = []
    for locale in ("zh-CN", "en-US"):
        page = visit.open(story_file, "view=time&chart=seats", locale=locale)
        page.wait_for_selector("#chart svg .role-legend-symbol path")
        found.append(page.evaluate("""[...document.querySelectorAll('#chart svg .role-legend-symbol path')]
          .map((path) => getComputedStyle(path).fill)"""))
        words = page.locator("#chart svg .role-legend-label text").all_text_contents()
        assert words == {"zh-CN": ["在任", "已离任", "离任时间不详"], "en-US": ["held", "ended", "end unknown"]}[locale]
    assert found[0] == found[1]
    assert len(set(found[0])) == 3


def test_a_bar_of_a_timeline_leads_to_its_sentence(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, "view=time&chart=seats")
    page.wait_for_selector("#chart svg")
    page.locator("#chart svg text", has_text="单红").last.click()
    page.wait_for_selector("#panel .close")
    assert "单红" in title(page)
    assert page.locator("#panel mark").first.inner_text() == "区长单红讲话"


def test_search_adds_to_a_timeline(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, f"view=time&picks={HONG}")
    page.wait_for_selector("#chart svg")
    assert page.locator(".pick").count() == 1
    page.fill("#query", "gjs")
    page.keyboard.press("Enter")
    assert page.locator(".pick").all_inner_texts()[-1].startswith("高建设")


def test_on_a_telephone(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, width=390, height=844)
    assert page.locator("#panel").is_hidden()
    page.fill("#query", "gjs")
    page.keyboard.press("Enter")
    assert page.locator("#panel").is_visible()
    page.wait_for_timeout(500)  # the view glides there
    top = page.locator("#panel").bounding_box()
    stage = page.locator("#network").bounding_box()
    assert top
    assert stage
    assert stage["y"] + page.evaluate("guanpu.at('高建设')")["y"] < top["y"]
    page.locator("#panel .close").click()
    page.locator("#filters-button").click()
    assert page.locator("#legend").is_visible()


def test_a_telephone_shows_what_the_page_is_and_who_is_in_office(visit: Visit, story_file: Path) -> None:
    page = visit.open(story_file, width=390, height=844)
    page.locator("[data-zoom=about]").click()
    assert "每条事实都能点回报纸上的那句话" in page.locator("#panel").inner_text()
    page.locator("#panel .close").click()
    assert page.locator("#panel").is_hidden()
    page.locator("[data-time=asof]").click()
    page.locator("[data-zoom=about]").click()
    assert title(page) == "2022-01-21 在任名单"
    assert visit.open(story_file).locator("[data-zoom=about]").is_hidden()  # on a wide screen it stands there anyway


@pytest.mark.parametrize(("chart", "cells"), [
    ("careers", ["高建设", "丹阜区委书记", "已离任", "2018-03-14", "2019-02-20", "", "2021-02-24",
                 "区委书记高建设出席会议并讲话;"]),
    ("months", ["创建国家卫生城市", "2019-02", "1", "1", "1"]),
])
def test_saved_timelines(visit: Visit, story_file: Path, chart: str, cells: list[str]) -> None:
    page = visit.open(story_file, f"view=time&chart={chart}&theme=dark")
    page.wait_for_selector("#chart svg")
    page.locator("#export summary").click()
    kept = {}
    for kind in ("png", "svg", "csv"):
        with page.expect_download() as download:
            page.locator(f"#export-{kind}").click()
        kept[kind] = Path(download.value.path()).read_bytes()
    assert kept["png"].startswith(b"\x89PNG")
    assert cells[0] in kept["svg"].decode()
    ground = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ground').trim()")
    first = next(ElementTree.fromstring(kept["svg"]).iter("{http://www.w3.org/2000/svg}rect"))
    assert first.get("fill") == ground == "#16191d"
    assert page.locator(f"#chart svg rect[fill='{ground}']").count() == 0  # the page's own chart stays on the page's ground
    assert cells in list(csv.reader(io.StringIO(kept["csv"].decode("utf-8-sig"))))


def test_a_page_about_somebody_opens_on_them(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "focus.html"
    write_page(view_story.story(), path, focus="高建设", hops=1)
    page = visit.open(path)
    assert title(page) == "高建设"
    assert {"攻坚战动员大会", "区委书记"} <= set(shown(page))
    assert "焦点：高建设，1 步以内" in page.locator("#status").inner_text()
    assert "生成时略去焦点以外" in page.locator("#status").inner_text()


def test_a_page_of_a_window_has_its_slider(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "window.html"
    write_page(view_story.story(), path, since="2019", until="2021-06")
    page = visit.open(path)
    assert page.locator("#from-date").input_value() == "2019-01-01"
    assert page.locator("#until-date").input_value() == "2021-06-30"
    assert "生成时按时段略去" in page.locator("#status").inner_text()


def test_a_page_without_dates_says_why_it_has_no_timeline(visit: Visit, tmp_path: Path) -> None:
    plain = view_story.story()
    path = tmp_path / "undated.html"
    bare = {"first_seen": None, "last_seen": None, "start": None, "end": None}
    write_page(replace(
        plain, records=tuple(replace(r, published=None) for r in plain.records), changes=(), successions=(),
        tenures=tuple(replace(t, **bare) for t in plain.tenures),  # type: ignore[arg-type]
        events=tuple(replace(e, date=None) for e in plain.events),
        campaigns=tuple(replace(c, first=None, last=None, months=()) for c in plain.campaigns),
        coverage=tuple(replace(i, date=None) for i in plain.coverage)), path)
    page = visit.open(path)
    assert page.locator("#time").is_hidden()
    assert "拖动下方时间轴" not in page.locator("#panel").inner_text()
    for chart in ("careers", "seats", "months"):
        page = visit.open(path, f"view=time&chart={chart}")
        assert "sources.csv" in page.locator("#chart").inner_text()


def test_a_page_about_nothing_opens(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    write_page(Resolution((), (), (), (), (), (), (), (), (), (), (), "unknown"), path)
    page = visit.open(path)
    assert shown(page) == []
    for view in ("met", "held", "time", "graph"):
        page.locator(f"[data-view={view}]").click()
    page.fill("#query", "gjs")
    assert page.locator("#suggestions").inner_text() == "没有找到"


VIEWS = ("", "level=all", "view=met&level=all", "view=held&level=all", "view=time", "view=time&chart=seats",
         "view=time&chart=months")


@pytest.mark.parametrize("fragment", VIEWS)
def test_hostile_text_stays_text(visit: Visit, hostile_file: Path, fragment: str) -> None:
    page = visit.open(hostile_file, fragment)
    refs = page.evaluate("JSON.parse(document.getElementById('kg-data').textContent).nodes.map((node) => node.ref)")
    for target in refs:
        chosen = quote(target, safe="")
        page.evaluate("(fragment) => { location.hash = fragment; }", f"{fragment}&selected={chosen}&opened={chosen}")
        page.wait_for_selector("#panel .close")
        for button in page.locator("#panel .quote-button").all()[:4]:
            button.click()
        assert "[object" not in page.locator("#panel").inner_text()
        assert "undefined" not in page.locator("#panel").inner_text()
    assert page.evaluate("window.hacked") is None
    assert page.locator("img, iframe, #panel script, #suggestions script").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    page.fill("#query", "script")
    assert "<script>" in page.locator("#suggestions").inner_text() or fragment.startswith("view=time&chart=months")
    assert "'=HYPERLINK(1)" in page.evaluate("guanpu.csv()") or "=HYPERLINK(1)" not in page.evaluate("guanpu.csv()")


def test_a_mark_of_direction_turns_nothing_else_around(visit: Visit, tmp_path: Path) -> None:
    """A paper whose name ends in U+202E; the date beside it must still read from left to right."""
    path = tmp_path / "turned.html"
    plain = view_story.story()
    turned = replace(plain, records=tuple(replace(r, paper="时讯\u202e", headline=f"\u202e{r.headline}") for r in plain.records),
                     people=tuple(replace(p, name=f"{p.name}\u202e", reasons=()) for p in plain.people))
    write_page(turned, path)
    page = visit.open(path, f"selected={JIANSHE}")
    page.locator("#panel .quote-button").first.click()
    ends = page.evaluate("""() => {
      const walker = document.createTreeWalker(document.querySelector('#panel figcaption'), NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.search(/2018-03-16/);
        const left = (i) => {
          const range = document.createRange();
          range.setStart(node, i);
          range.setEnd(node, i + 1);
          return range.getBoundingClientRect().left;
        };
        if (at >= 0) return [left(at), left(at + 9)];
      }
    }""")
    assert ends[0] < ends[1]


# What a notebook's own page allows: Jupyter sets no policy for scripts; VS Code's, as its webview of notebook outputs writes it
# where its policy is switched on, is handed down to the frame.
POLICIES = {
    "jupyter": "",
    "vscode": ("default-src 'none'; script-src https://*.vscode-cdn.net 'unsafe-inline' 'unsafe-eval'; style-src "
               "https://*.vscode-cdn.net 'unsafe-inline'; img-src https://*.vscode-cdn.net https: http: data:; font-src "
               "https://*.vscode-cdn.net https:; connect-src https:; child-src https: data:;"),
}


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_in_a_notebook(visit: Visit, tmp_path: Path, policy: str) -> None:
    outer = tmp_path / "notebook.html"
    shown_inline = Shown(render_page(view_story.story()))._repr_html_()
    allowed = f'<meta http-equiv="Content-Security-Policy" content="{policy}">' if policy else ""
    outer.write_text(f"<!DOCTYPE html><meta charset=utf-8>{allowed}{shown_inline}", encoding="utf-8")
    page = visit.browser.new_context(offline=True).new_page()
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("console", lambda message: visit.complaints.append(message.text) if message.type == "error" else None)
    page.goto(outer.as_uri())
    frame = page.frames[-1]
    until(frame, "document.documentElement.dataset.drawn !== undefined")
    frame.fill("#query", "gjs")
    frame.press("#query", "Enter")
    assert frame.locator("#panel h2").inner_text() == "高建设"
