"""build(): the stages in order, the folder written whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from kg import records
from kg.built import MANIFEST, Built
from kg.corpus import DEFAULTS, Options, PageRead, Reading, engine, lexicons, read_records, sort_records, unresolved
from kg.errors import InputError, KgError, OutputError
from kg.graph.build import build_graph
from kg.graph.coappearance import coappearance, coappearance_graph
from kg.graph.graphml import write_graphml
from kg.graph.tables import write_tables
from kg.model import Record
from kg.rdf.serialise import BASE, write_rdf
from kg.resolve import resolve
from kg.resolve.judgements import NONE, Judgements, parse_judgements, read_judgements
from kg.resolve.model import Resolution, Selection
from kg.swap import carry_over, replacing
from kg.view.page import write_page

WRITERS = ("guanpu", "igraph", "jieba", "networkx", "numpy", "pyoxigraph", "pypinyin", "pyvis", "rdflib", "scipy",
           "vl-convert-python")  # what shapes the bytes
Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did: the folder's own counts, what was left out, and how it differs from the build that it replaced."""

    folder: Path
    counts: Mapping[str, int]
    skipped: tuple[str, ...]
    reused: int  # pages whose records were taken over from the build before
    renamed: tuple[tuple[str, str], ...]  # ids of people in the earlier build, and what some of their mentions bear now
    doubtful: tuple[str, ...] = ()  # judgements of the earlier build, by file and line, to be looked at again
    undated: int = 0  # articles whose issue date nothing says


def build(inputs: Sequence[str | Path], folder: str | Path, options: Options = DEFAULTS, *,
          records_from: str | Path | None = None, judgements: str | Path | None = None, selection: Selection = "unknown",
          base: str = BASE, progress: Progress | None = None) -> Summary:
    """Read ``inputs`` (and records made elsewhere), resolve them, and write graph, RDF, tables and page into ``folder``.

    An existing build in ``folder`` is replaced when the new one is whole; pages that it has read already, unchanged and by the
    same code, are not read again, and the outcome is the same bytes as without it.
    Raises InputError where nothing could be read, JudgementError, and OutputError where the folder cannot be written, holds
    something else, or where the result breaks a bound that a sound build keeps.
    """
    told = progress or (lambda stage, done, total: None)
    target = Path(folder)
    _check_target(target, inputs)
    before = _earlier(target)
    verdicts = read_judgements(Path(judgements)) if judgements else NONE
    reading = (read_records(inputs, options, _known(before), lambda done, total: told("read", done, total)) if inputs
               else Reading((), ()))
    foreign, refused = _foreign(Path(records_from), options.strict) if records_from else ((), ())
    found = sort_records((*reading.records, *foreign))
    skipped = (*reading.skipped, *refused)
    if not found:
        looked = "no article was read" if skipped or reading.pages or not inputs else \
            f"no page (.txt, .html, .jsonl, .zip) in {', '.join(map(str, inputs))}"
        raise InputError("\n".join((*skipped, f"nothing to build: {looked}")))
    told("resolve", 0, None)
    resolution = resolve(found, verdicts, selection)
    _check(found, resolution, reading, before)
    with replacing(target) as partial:
        _write(resolution, partial, base, told)
        counts = _counts(resolution, reading)
        manifest = {**_manifest(partial, reading, options, base, counts), "selection": selection, "skipped": len(skipped),
                    "records_from": _sha256(Path(records_from)) if records_from else None,
                    "judgements": Path(judgements).read_text(encoding="utf-8-sig") if judgements else None}
        (partial / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
        carry_over(target, partial, before.manifest["files"] if before else {})
    reused = sum(page.reused for page in reading.pages)
    renamed = _renamed(before, resolution) if before else ()
    undated = sum(record.published is None for record in found)
    return Summary(target, counts, skipped, reused, renamed, _doubtful(before, verdicts, renamed), undated)


def _write(resolution: Resolution, folder: Path, base: str, told: Progress) -> None:
    told("graph", 0, None)
    pairs = coappearance(resolution)
    records.write(resolution.records, folder / "records.jsonl")
    write_graphml(build_graph(resolution), folder / "graph.graphml")
    write_graphml(coappearance_graph(pairs, resolution), folder / "coappearance.graphml")
    told("tables", 0, None)
    write_tables(resolution, folder / "tables", pairs)
    told("rdf", 0, None)
    write_rdf(resolution, folder, base, pairs)
    told("page", 0, None)
    write_page(resolution, folder / "graph.html")


def _check_target(target: Path, inputs: Sequence[str | Path]) -> None:
    if target.exists() and not target.is_dir():
        raise OutputError(f"{target}: is a file, a build needs a folder")
    if target.is_dir() and any(target.iterdir()) and not (target / MANIFEST).exists():
        raise OutputError(f"{target}: holds other things than a build; name a new or empty folder")
    around = next((given for given in inputs if str(given) != "-" and Path(given).is_dir()
                   and target.resolve().is_relative_to(Path(given).resolve())), None)
    if around is not None:  # the next build would read this one's graph.html and records.jsonl as pages
        raise OutputError(f"{target}: lies in {around}, which is read; name a folder outside of the pages")


def _earlier(target: Path) -> Built | None:
    """The build that is being replaced, where it can be read; one that cannot is replaced all the same."""
    built = Built(target)
    try:
        sound = {"engine", "files", "pages", "counts"} <= built.manifest.keys() and bool(built.records)
    except KgError:
        return None
    return built if sound else None


def _known(before: Built | None) -> dict[str, tuple[Record, ...]]:
    """Records of the earlier build by the key of their page, if the same code made them."""
    if before is None or before.manifest["engine"] != engine():
        return {}
    by_id = {record.id: unresolved(record) for record in before.records}
    return {page["key"]: tuple(by_id[ref] for ref in page["records"])
            for page in before.manifest["pages"] if all(ref in by_id for ref in page["records"])}


def _foreign(path: Path, strict: bool) -> tuple[tuple[Record, ...], tuple[str, ...]]:
    """Records made elsewhere, line by line; a bad line is left out and named."""
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    kept, refused = [], []
    for number, line in enumerate(lines, start=1):
        where = f"{path}:{number}"
        try:
            text = line.decode("utf-8-sig")
            if text.strip():
                kept.append(_checked(unresolved(records.loads(text, where)), where))
        except (InputError, UnicodeError) as error:
            fault = error if isinstance(error, InputError) else InputError(f"{where}: not UTF-8, or half a surrogate pair in it")
            if strict:
                raise fault from error
            refused.append(str(fault))
    return tuple(kept), tuple(refused)


def _checked(record: Record, where: str) -> Record:
    """The record, if each of its claims quotes its text; a foreign extractor may count otherwise (bytes, UTF-16)."""
    records.dumps(record).encode()
    claims: Iterable[Any] = (*record.bylines, *record.posts, *record.changes, *record.campaigns, *record.events,
                             *(a for e in record.events for a in (*e.appearances, *e.bodies)))
    for claim in claims:
        for evidence in claim.evidence:
            if record.text[max(0, evidence.start):evidence.end] != evidence.quote:
                raise InputError(f"{where}: evidence does not equal text[{evidence.start}:{evidence.end}]: {evidence.quote[:30]}")
    return record


def _check(found: Sequence[Record], resolution: Resolution, reading: Reading, before: Built | None) -> None:
    """Bounds that a sound build keeps; to stop is better than to write half a corpus as if it were whole."""
    if [r.id for r in resolution.records] != [r.id for r in found]:
        raise OutputError(f"resolution gave {len(resolution.records)} records of {len(found)}; nothing was written")
    known = {p.id for p in resolution.people}
    lost = next((f"{r.source}: {p.name}" for r in resolution.records for p in r.people if p.entity not in known), None)
    if lost:
        raise OutputError(f"{lost} is nobody in the resolution; nothing was written")
    if before is not None:
        earlier = {page["key"]: len(page["records"]) for page in before.manifest["pages"]}
        again = [(earlier[page.key], len(page.records)) for page in reading.pages if page.key in earlier]
        then, now = sum(n for n, _ in again), sum(n for _, n in again)
        if now * 2 < then:
            raise OutputError(f"the same pages gave {then} articles before and {now} now; nothing was written "
                              f"(remove {before.folder} to build all the same)")


def _counts(resolution: Resolution, reading: Reading) -> dict[str, int]:
    return {"pages": len(reading.pages), "articles": len(resolution.records),
            "people": len(resolution.people), "officials": sum(p.kind == "official" for p in resolution.people),
            "bodies": len(resolution.bodies), "places": len(resolution.places), "posts": len(resolution.posts),
            "tenures": len(resolution.tenures), "changes": len(resolution.changes), "successions": len(resolution.successions),
            "events": len(resolution.events), "appearances": sum(len(e.appearances) for e in resolution.events),
            "campaigns": len(resolution.campaigns)}


def _manifest(folder: Path, reading: Reading, options: Options, base: str, counts: Mapping[str, int]) -> dict[str, Any]:
    """All that the outcome depends on, and the hash of each file of it. No time and no path of this machine."""
    return {
        "guanpu": metadata.version("guanpu"), "schema": records.SCHEMA, "engine": engine(), "base": base,
        "options": {"published": options.published, "place": options.place, "paper": options.paper},
        "counts": dict(counts),
        "pages": [_page(page) for page in reading.pages],
        "lexicons": lexicons(),
        "versions": {name: metadata.version(name) for name in WRITERS},
        "files": {path.relative_to(folder).as_posix(): _sha256(path) for path in sorted(folder.rglob("*")) if path.is_file()},
    }


def _page(page: PageRead) -> dict[str, Any]:
    return {"source": page.source, "key": page.key, "records": [record.id for record in page.records]}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _renamed(before: Built, resolution: Resolution) -> tuple[tuple[str, str], ...]:
    """Earlier ids of people, each with every other id that one of their mentions bears now; what is merely gone is not told."""
    now = {(r.id, p.name): p.entity for r in resolution.records for p in r.people}
    moved = {(p.entity, now.get((r.id, p.name))) for r in before.records for p in r.people}
    return tuple(sorted((old, new) for old, new in moved if old and new and old != new))


def _doubtful(before: Built | None, verdicts: Judgements, renamed: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Verdicts that stood already and name an id of a name whose ids have changed: it may be somebody else's now."""
    if before is None or not renamed:
        return ()
    changed = {_name_of(id_) for pair in renamed for id_ in pair}
    earlier = {(row.verdict, row.a, row.b) for row in parse_judgements(before.manifest.get("judgements") or "").rows}
    rows = [row for row in verdicts.rows if (row.verdict, row.a, row.b) in earlier and row.verdict != "reject"]
    return tuple(f"{row.where}: ids of this name have changed, {ref} may be somebody else now"
                 for row in rows for ref in (row.a, row.b) if "#" not in ref and _name_of(ref) in changed)


def _name_of(id_: str) -> str:
    return id_.rpartition("/")[2].partition("~")[0]
