"""The place of a page, found from the whole page."""

from __future__ import annotations


def find_place(page_text: str, paper: str | None) -> tuple[str, ...]:
    """The chain of places a page is about, nearest last; () where it cannot tell."""
    return ()
