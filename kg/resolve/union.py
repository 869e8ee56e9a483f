"""Disjoint sets, with results that do not depend on the order of joining."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Groups(Generic[Item]):
    """A partition that only grows coarser."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._order = {item: number for number, item in enumerate(items)}
        self._parent = {item: item for item in self._order}

    def find(self, item: Item) -> Item:
        """The representative of the item's set: its first item in the order given."""
        root = item
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[item] != root:
            self._parent[item], item = root, self._parent[item]
        return root

    def join(self, a: Item, b: Item) -> Item:
        """Make one set of two; the representative is the earlier one of theirs."""
        a, b = sorted((self.find(a), self.find(b)), key=self._order.__getitem__)
        self._parent[b] = a
        return a

    def sets(self) -> list[list[Item]]:
        """All sets, each in the order given, sorted by their first items."""
        found: dict[Item, list[Item]] = defaultdict(list)
        for item in self._order:
            found[self.find(item)].append(item)
        return list(found.values())
