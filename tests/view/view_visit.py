"""A visit to a page in Chromium with the network cut, which keeps what the page should never do."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page


def until(page: Page | Frame, condition: str, seconds: float = 20) -> None:
    """Wait for a condition in the page, asked from outside: the page's own policy forbids it to evaluate text."""
    for _ in range(int(seconds / 0.05)):
        if page.evaluate(condition):
            return
        time.sleep(0.05)
    pytest.fail(f"never came true: {condition}")


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
        until(page, "document.documentElement.dataset.drawn !== undefined || location.hash.includes('view=time')")
        return page

    def outside(self) -> list[str]:
        return [url for url in self.requests if not url.startswith(("file:", "blob:", "data:"))]
