"""The place of a paper: one page may mislead about it, all of its pages together hardly do.

Extraction finds the place of a page in the page alone. A page that has news of a zone or of another city in all its corners can
pass for one of that place; the paper's name (梧澜日报) and its other pages say whose paper it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.model import Record
from kg.resolve.places import Chain, consistent, is_zone, stem_place
from kg.resolve.titles import fold


def under_own_papers(records: Sequence[Record]) -> tuple[Record, ...]:
    """The records with the place of their paper, where the page's own chain holds no place that the paper is named after.

    A paper's place is the one, named in its title, that most of its pages are found to be of; a page of a county in a city's
    paper stays one of the county, and papers that are named after no place of the corpus are left as they are.
    """
    placed = [replace(record, place=chain) if (chain := consistent(record.place)) != record.place else record
              for record in records]
    own = _named_places(placed)
    return tuple(replace(record, place=own[paper]) if (paper := record.paper or "") in own and not _named(paper, record.place)
                 else record for record in placed)


def _named_places(records: Iterable[Record]) -> Mapping[str, Chain]:
    """Paper -> the place it is named after, by the number of its pages found to be there."""
    pages: dict[str, Counter[Chain]] = defaultdict(Counter)
    for paper, _, place in sorted({(record.paper, record.source, record.place) for record in records if record.paper}):
        if paper and (chain := _named(paper, place)):
            pages[paper][chain] += 1
    return {paper: min(counted, key=lambda chain: (-counted[chain], -len(chain), chain)) for paper, counted in pages.items()}


def _named(paper: str, place: Chain) -> Chain:
    """The chain down to the place that a paper is named after; () where it is named after none of them, or only after a zone
    that bears its city's name."""
    for size in range(len(place), 0, -1):
        stem = stem_place(fold(place[size - 1]))
        if len(stem) > 1 and stem in fold(paper) and not is_zone(place[size - 1]):
            return place[:size]
    return ()
