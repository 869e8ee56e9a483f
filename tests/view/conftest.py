"""The story's page in a real Chromium with the network cut; tests are skipped where there is no Chromium."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import view_story
from playwright.sync_api import Browser, sync_playwright
from view_visit import Visit

from kg.view.page import render_page, write_page

CHROMIUM = os.environ.get("KG_CHROMIUM", "/usr/bin/chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync"]


@pytest.fixture(scope="session")
def story_html() -> str:
    return render_page(view_story.story())


@pytest.fixture(scope="session")
def story_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("view") / "graph.html"
    write_page(view_story.story(), path)
    return path


@pytest.fixture(scope="session")
def hostile_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("view") / "hostile.html"
    write_page(view_story.hostile(), path, with_text=True)
    return path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no Chromium at {CHROMIUM} (KG_CHROMIUM names another)")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Opens pages; whatever a test does with them, in the end none has complained or asked for anything outside."""
    one = Visit(chromium)
    yield one
    for context in chromium.contexts:
        context.close()
    assert one.outside() == []
    assert one.complaints == []
