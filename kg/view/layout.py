"""Where the nodes stand: igraph's force layout from a fixed start, then labels pushed apart; same graph, same coordinates."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

import igraph
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Ties = Sequence[tuple[int, int, float]]  # node, node, how strongly they draw each other (> 0)
FONT = 13.0  # px, the page's label size
LABEL_LIMIT = 12  # characters drawn; longer labels end in …
APART = 600  # up to so many nodes are pushed apart one by one; beyond, and without a frame, the page drops labels that do not fit
MARK = (36.0, 36.0)  # px, a node without its label
UNDER = 20.0  # px from the foot of a mark to the foot of its label


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands at a place: a mark of that radius in px, and its label under it."""

    label: str
    radius: float = 10.0


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a screen that a scene is drawn for, in px."""

    width: float
    height: float


WIDE, NARROW = Frame(720, 640), Frame(356, 540)
DENSITY = 90  # nodes that a scene without a frame puts on the area of a wide one


def scene(marks: Mapping[int, Mark], ties: Ties, frame: Frame | None, seed: int = 7) -> dict[int, tuple[int, int]]:
    """Whole-pixel places for ``marks`` by node, ``ties`` drawing together.

    ``frame``: the screen to fill, or None for a scene as large as its nodes need; there nodes without a tie stand in rows below.
    """
    inside = [(a, b, w) for a, b, w in ties if a in marks and b in marks and a != b]
    tied = {end for a, b, _ in inside for end in (a, b)}
    nodes = sorted(marks if frame or not tied else tied)
    if not nodes:
        return {}
    at = {node: i for i, node in enumerate(nodes)}
    size = frame or Frame(*(side * math.sqrt(max(1.0, len(nodes) / DENSITY)) for side in (WIDE.width, WIDE.height)))
    points = _fill(_forces(len(nodes), [(at[a], at[b], w) for a, b, w in inside], seed), size)
    if frame:
        points = _push_apart(points, np.array([box(marks[node]) for node in nodes]), size, rounds=300)
    elif len(nodes) <= APART:
        boxes = [box(marks[node]) if len(nodes) <= DENSITY else MARK for node in nodes]
        points = _push_apart(points, np.array(boxes), size, rounds=40)
    placed = {node: (round(float(x)), round(float(y))) for node, (x, y) in zip(nodes, points, strict=True)}
    return {**placed, **_rows([node for node in sorted(marks) if node not in at], size)}


def _rows(nodes: Sequence[int], size: Frame) -> dict[int, tuple[int, int]]:
    """Rows below the scene, as wide as it, for what no tie draws anywhere."""
    across = max(1, int(size.width // (MARK[0] * 2)))
    left, top = -size.width / 2 + MARK[0], size.height / 2 + MARK[1] * 2.5
    return {node: (round(left + i % across * MARK[0] * 2), round(top + i // across * MARK[1] * 1.5))
            for i, node in enumerate(nodes)}


def box(mark: Mark) -> tuple[float, float]:
    """Width and height in px of a mark with its label; the middle of the box lies UNDER / 2 below that of the mark."""
    drawn = mark.label[:LABEL_LIMIT]
    ems = sum(1.0 if east_asian_width(c) in "WFA" else 0.56 for c in drawn) + (1.0 if len(mark.label) > LABEL_LIMIT else 0)
    return max(34.0, 2 * mark.radius + 6, ems * FONT * 1.04 + 8), 2 * mark.radius + UNDER + 4


def _forces(count: int, ties: Ties, seed: int) -> Points:
    if count == 1:
        return np.zeros((1, 2))
    angles = np.arange(count) * (math.pi * (3 - math.sqrt(5)))  # a sunflower: spread out, and no two alike
    start = np.stack((np.cos(angles), np.sin(angles)), axis=1) * np.sqrt(np.arange(1, count + 1))[:, None]
    graph = igraph.Graph(n=count, edges=[(a, b) for a, b, _ in ties])
    igraph.set_random_number_generator(random.Random(seed))
    try:
        found = graph.layout_fruchterman_reingold(weights=[math.log2(1 + w) for *_, w in ties] or None, seed=start.tolist(),
                                                  niter=800 if count <= APART else 250, grid="auto")
    finally:
        igraph.set_random_number_generator(random)
    points: Points = np.array(found.coords, dtype=np.float64)
    return points


def _fill(points: Points, size: Frame) -> Points:
    """Turn the longest direction level with the longer side, and stretch ranks half-way to evenly spread.

    A force layout leaves a crowded middle and empty corners; mixing each coordinate with its rank opens the middle.
    """
    middle = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(middle, full_matrices=False)
    if axes.shape[0] == 2:
        axes = axes * np.where(axes[np.arange(2), np.abs(axes).argmax(axis=1)] < 0, -1.0, 1.0)[:, None]  # fix the sign
        middle = middle @ (axes.T if size.width >= size.height else axes[::-1].T)
    out: Points = np.zeros((len(points), 2))
    for column, side in enumerate((size.width, size.height)):
        values = middle[:, column]
        reach = float(np.abs(values).max()) or 1.0
        ranks = np.argsort(np.argsort(values, kind="stable"), kind="stable") / max(1, len(values) - 1) * 2 - 1
        out[:, column] = (0.5 * values / reach + 0.5 * ranks) * side / 2
    return out


def _push_apart(points: Points, boxes: Points, size: Frame, rounds: int) -> Points:
    """Move overlapping boxes apart along the cheaper axis, and back into the frame, until none overlap."""
    points = points + np.array([0, UNDER / 2])  # from the middle of a mark to that of its box
    half = (boxes[:, None, :] + boxes[None, :, :]) / 2
    limit = np.maximum(np.array([size.width, size.height]) / 2 - boxes / 2, 1)
    points = points.clip(-limit, limit)
    for _ in range(rounds):
        gap = points[:, None, :] - points[None, :, :]
        over = half - np.abs(gap)
        hit: NDArray[np.bool_] = np.all(over > 0, axis=2) & ~np.eye(len(points), dtype=np.bool_)
        if not hit.any():
            break
        # Equal coordinates have no direction: the lower index goes left and up.
        order = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))[None, :])[:, :, None]
        way = np.where(gap == 0, order, np.sign(gap))
        cheaper = np.stack((over[:, :, 0] <= over[:, :, 1], over[:, :, 0] > over[:, :, 1]), axis=2)
        points += np.where(cheaper & hit[:, :, None], way * (over + 1) * 0.5, 0).clip(-40, 40).sum(axis=1) * 0.6
        points = points.clip(-limit, limit)
    placed: Points = points - np.array([0, UNDER / 2])
    return placed
