"""The story's page in a real Chromium with the network cut; tests are skipped where there is no Chromium."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import view_story
from playwright.sync_api import Browser, Page, sync_playwright

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


@dataclass
class Visit:
    """Opens a page and keeps what it should never do: complain, or ask for anything but its own file."""

    browser: Browser
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, path: Path, fragment: str = "", *, width: int = 1280, height: int = 800, locale: str = "zh-CN",
             scheme: str = "light") -> Page:
        context = self.browser.new_context(viewport={"width": width, "height": height}, locale=locale, offline=True,
                                           color_scheme=scheme, accept_downloads=True)  # type: ignore[arg-type]
        page = context.new_page()
        page.on("console", lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(path.as_uri() + (f"#{fragment}" if fragment else ""))
        page.wait_for_function("document.documentElement.dataset.drawn !== undefined || location.hash.includes('view=time')")
        return page

    def outside(self) -> list[str]:
        return [url for url in self.requests if not url.startswith(("file:", "blob:", "data:"))]


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Opens pages; whatever a test does with them, in the end none has complained or asked for anything outside."""
    one = Visit(chromium)
    yield one
    for context in chromium.contexts:
        context.close()
    assert one.outside() == []
    assert one.complaints == []
