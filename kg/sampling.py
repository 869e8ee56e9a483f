"""A sample of claims for referees: drawn by strata, with inclusion probabilities, judged by hand, read back as precision.

The draw is a pure function of the records, the size and the seed: each claim's place in the lot is a hash, so that neither the
order of the records nor the machine matters.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scipy import stats

from kg.errors import InputError
from kg.explain import claims
from kg.graph.tables import BOM, cell
from kg.model import Record
from kg.text.decode import decode

COLUMNS = ("id", "layer", "rule", "paper", "published", "source", "number", "claim", "sentence", "stratum", "stratum_size",
           "stratum_sampled", "probability", "verdict", "note")
STRATA = ("layer", "rule", "paper")
RIGHT, WRONG = ("right", "r", "1", "y", "yes", "对", "是"), ("wrong", "w", "0", "n", "no", "错", "否")


@dataclass(frozen=True, slots=True)
class Precision:
    """Precision of one layer, weighted by inclusion probability, with a 95 % interval clustered by paper."""

    layer: str
    judged: int
    right: int
    clusters: int
    clustered_by: Literal["papers", "articles"]
    precision: float
    low: float
    high: float


def draw(records: Iterable[Record], size: int, by: Sequence[str] = ("layer", "rule"), seed: int = 0) -> list[dict[str, str]]:
    """``size`` claims (all, where there are fewer), at least one of each stratum where ``size`` allows, else in proportion.

    ``by`` names the columns that make the strata: layer, rule, paper. Rows have the columns COLUMNS, verdict and note empty,
    sorted by layer, rule and id. Raises InputError for an unknown stratum.
    """
    if unknown := [name for name in by if name not in STRATA]:
        raise InputError(f"--by {','.join(by)}: unknown {unknown[0]!r}, expected some of {', '.join(STRATA)}")
    strata: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows(records):
        strata[" / ".join(row[name] for name in by)].append(row)
    shares = allocate({name: len(rows) for name, rows in strata.items()}, size)
    drawn = []
    for name, rows in strata.items():
        lot = sorted(rows, key=lambda row: hashlib.sha256(f"{seed}\0{row['id']}".encode()).digest())[:shares[name]]
        drawn += [{**row, "stratum": name, "stratum_size": str(len(rows)), "stratum_sampled": str(shares[name]),
                   "probability": f"{shares[name] / len(rows):.6g}", "verdict": "", "note": ""} for row in lot]
    return sorted(drawn, key=lambda row: (row["layer"], row["rule"], row["id"]))


def allocate(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """How many to draw of each stratum: one each first (the largest, where not all can have one), the rest in proportion.

    Never more than a stratum has; the shares sum to ``size`` or to all there is.
    """
    order = sorted(sizes, key=lambda name: (-sizes[name], name))
    shares = {name: int(n < size and sizes[name] > 0) for n, name in enumerate(order)}
    total, left = sum(sizes.values()), min(size, sum(sizes.values())) - sum(shares.values())
    ideal = {name: left * sizes[name] / total for name in order} if total else {}
    for name in order:
        shares[name] += min(int(ideal[name]), sizes[name] - shares[name]) if total else 0
    left = min(size, total) - sum(shares.values())
    while left > 0:
        for name in sorted(order, key=lambda name: (int(ideal[name]) - ideal[name], name)):
            if left and shares[name] < sizes[name]:
                shares[name] += 1
                left -= 1
    return shares


def to_csv(rows: Iterable[Mapping[str, str]]) -> str:
    """The sample as a file for a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([cell(row[name]) for name in COLUMNS] for row in rows)
    return BOM + text.getvalue()


def read_verdicts(path: Path) -> list[dict[str, str]]:
    """A filled sample; rows without a verdict are left out.

    As a spreadsheet saves it: UTF-8, UTF-16 or GB 18030, with commas, semicolons or tabs, and with decimal commas. Raises
    InputError that names file, line and what is wrong, also where no row has a verdict.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    text = decode(data, str(path)).text
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    if missing := {"id", "layer", "paper", "probability", "verdict"} - set(reader.fieldnames or ()):
        raise InputError(f"{path}: no column {', '.join(sorted(missing))}: not a sample that kg drew")
    judged = []
    for row in reader:
        verdict = (row["verdict"] or "").strip().lower()
        if not verdict:
            continue
        if verdict not in RIGHT + WRONG:
            raise InputError(f"{path}:{reader.line_num}: verdict {verdict!r}, expected right or wrong")
        probability = (row["probability"] or "").replace(",", ".")
        try:
            sound = 0 < float(probability) <= 1
        except ValueError:
            sound = False
        if not sound:
            raise InputError(f"{path}:{reader.line_num}: probability {row['probability']!r} is none")
        judged.append({**row, "probability": probability, "verdict": "right" if verdict in RIGHT else "wrong"})
    if not judged:
        raise InputError(f"{path}: no row has a verdict; fill the column with right or wrong")
    return judged


def precision(judged: Iterable[Mapping[str, str]], level: float = 0.95) -> tuple[Precision, ...]:
    """Precision of each layer, sorted by layer.

    Each verdict is weighted by the inverse of its inclusion probability; the variance is the linearised one of a ratio with the
    papers as clusters (the articles, where there is one paper only); the interval is that of Korn and Graubard (Survey
    Methodology 24, 1998): Clopper and Pearson's at the effective sample size, which does not shrink to nothing at 100 %.
    """
    layers: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in judged:
        layers[row["layer"]].append(row)
    return tuple(_precision(layer, layers[layer], level) for layer in sorted(layers))


def _precision(layer: str, rows: Sequence[Mapping[str, str]], level: float) -> Precision:
    weights = [1 / float(row["probability"]) for row in rows]
    right = [row["verdict"] == "right" for row in rows]
    p = sum(w for w, ok in zip(weights, right, strict=True) if ok) / sum(weights)
    by_paper = len({row["paper"] for row in rows}) > 1
    totals: dict[str, float] = defaultdict(float)
    for row, w, ok in zip(rows, weights, right, strict=True):
        totals[row["paper"] if by_paper else row["id"].split(":")[0]] += w * (ok - p)
    clusters, judged = len(totals), len(rows)
    effective = float(judged)
    if clusters > 1 and judged > 1:
        variance = clusters / (clusters - 1) * sum(z * z for z in totals.values()) / sum(weights) ** 2
        quantile = [stats.t.ppf((1 + level) / 2, n - 1) for n in (judged, clusters)]
        if variance > 0:
            effective = min(judged, p * (1 - p) / variance * (quantile[0] / quantile[1]) ** 2)
    hits = p * effective
    low = stats.beta.ppf((1 - level) / 2, hits, effective - hits + 1) if hits > 0 else 0.0
    high = stats.beta.ppf((1 + level) / 2, hits + 1, effective - hits) if hits < effective else 1.0
    return Precision(layer, judged, sum(right), clusters, "papers" if by_paper else "articles", p, float(low), float(high))


def _rows(records: Iterable[Record]) -> Iterable[dict[str, str]]:
    for record in records:
        event = ""
        for number, (layer, what, claim) in enumerate(claims(record), start=1):
            if layer == "event":  # the appearances and bodies that follow are its own
                event = f" @ {claim.name or what}"
            said = what + event if layer in ("appearance", "body") else what
            yield {"id": f"{record.id}:{number}", "layer": layer, "rule": claim.rule, "paper": record.paper or "",
                   "published": record.published or "", "source": record.source, "number": str(record.number), "claim": said,
                   "sentence": " … ".join(evidence.quote for evidence in claim.evidence)}
