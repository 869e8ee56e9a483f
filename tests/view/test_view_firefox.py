"""The page in a headless Firefox, as far as a screenshot and its console tell; skipped where there is no Firefox."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

FIREFOX = os.environ.get("KG_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
# Writes what the page's console says to standard output, and sends whatever wants the network to a port where nobody listens.
PROFILE = """user_pref("devtools.console.stdout.content", true);
user_pref("browser.dom.window.dump.enabled", true);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
"""
BLANK = 30_000  # bytes; the screenshot of an empty page has far fewer, that of ours ten times as many

pytestmark = pytest.mark.skipif(FIREFOX is None, reason="no Firefox here (KG_FIREFOX names one)")


def screenshot(address: str, folder: Path) -> tuple[int, str]:
    """Bytes of the screenshot, and what the browser wrote about files of ours."""
    profile = folder / "profile"
    profile.mkdir(exist_ok=True)
    (profile / "user.js").write_text(PROFILE, encoding="utf-8")
    picture = folder / "screen.png"
    options = ["--headless", "--no-remote", "--profile", profile, "--window-size=1280,800", "--screenshot", picture]
    run = subprocess.run(
        [str(FIREFOX), *options, address],
        capture_output=True, text=True, timeout=120, env={**os.environ, "HOME": str(folder), "MOZ_HEADLESS": "1"}, check=False)
    said = run.stdout + run.stderr
    return picture.stat().st_size if picture.exists() else 0, "\n".join(
        line for line in said.splitlines() if "file:" in line or "Content-Security-Policy" in line)


@pytest.mark.parametrize("fragment", ["", "level=all", "view=met", "view=held&mode=asof&until=2020-06-01",
                                      "view=time&chart=seats", "view=time&chart=months"])
def test_firefox_draws_the_page_without_complaint(story_file: Path, tmp_path: Path, fragment: str) -> None:
    size, complaints = screenshot(f"{story_file.as_uri()}#{fragment}", tmp_path)
    assert complaints == ""
    assert size > BLANK


def test_a_complaint_would_be_seen(tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    broken.write_text("<!DOCTYPE html><meta charset=utf-8><script>nothing.here()</script>", encoding="utf-8")
    size, complaints = screenshot(broken.as_uri(), tmp_path)
    assert "nothing is not defined" in complaints
    assert size < BLANK
