"""From inputs to records: pages are read, cut and extracted one by one, in any number of processes, with the same result.

What cannot be read is reported and left out; what was read before, by the same code, need not be read again (``known``).
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, replace
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable
from os import cpu_count
from pathlib import Path

from kg import lexicon
from kg.errors import InputError, KgError
from kg.extract.article import extract_page
from kg.model import Article, Page, Record
from kg.text.articles import articles
from kg.text.issue import edtf
from kg.text.pages import read_pages

FEW = 60  # so few pages are read sooner by one process than by starting several
WINDOW = 16  # pages in flight for each process, so that a big corpus never stands in memory whole


@dataclass(frozen=True, slots=True)
class Options:
    """What the user says of the pages (issue date in EDTF, place, paper), and how to go about reading them."""

    published: str | None = None
    place: str | None = None
    paper: str | None = None
    strict: bool = False
    workers: int | None = None  # None: one for few pages, else as many as the machine has cores


DEFAULTS = Options()


@dataclass(frozen=True, slots=True)
class PageRead:
    """One page and what it gave; ``key`` names all that its records depend on besides the code."""

    source: str
    key: str
    records: tuple[Record, ...]
    reused: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """All pages of a corpus, sorted by source, and one line for each input that was left out."""

    pages: tuple[PageRead, ...]
    skipped: tuple[str, ...]

    @property
    def records(self) -> tuple[Record, ...]:
        """All records, sorted by source, number and id."""
        return sort_records(record for page in self.pages for record in page.records)


def sort_records(records: Iterable[Record]) -> tuple[Record, ...]:
    """The order of every file of records, whatever order they came in; an article read twice from one source is one."""
    once = {record.id: record for record in records}
    return tuple(sorted(once.values(), key=lambda r: (r.source, r.number, r.id)))


def read(inputs: Sequence[str | Path], options: Options = DEFAULTS,
         report: Callable[[InputError], None] | None = None) -> Iterator[Article]:
    """The articles of files and folders, page by page; what cannot be read goes to ``report``, without one it is raised."""
    def refuse(error: InputError) -> None:
        raise error

    for page in _pages(inputs, options, report or refuse):
        yield from articles(page)


def read_records(inputs: Sequence[str | Path], options: Options = DEFAULTS,
                 known: Mapping[str, tuple[Record, ...]] | None = None,
                 progress: Callable[[int, int | None], None] | None = None) -> Reading:
    """Read, cut and extract ``inputs``.

    Parameters: ``known`` maps a page's key to its records where they have been made before by the same code;
    ``progress(done, total)`` is called after each page.
    Raises InputError for an input that is not there, and under ``options.strict`` for whatever else would be skipped.
    """
    skipped: list[str] = []

    def skip(error: InputError) -> None:
        if options.strict:
            raise error
        skipped.append(str(error))

    known = known or {}
    done: dict[tuple[str, str], PageRead] = {}
    fresh: list[Page] = []
    for page in _pages(inputs, options, skip):
        key = page_key(page)
        if key in known:
            done[page.source, key] = PageRead(page.source, key, known[key], reused=True)
        else:
            fresh.append(page)
    total = len(done) + len(fresh)
    for page, outcome in _each(fresh, _workers(options.workers, len(fresh))):
        if isinstance(outcome, str):
            skip(InputError(outcome))
        else:
            key = page_key(page)
            done[page.source, key] = PageRead(page.source, key, outcome)
        if progress:
            progress(len(done) + len(skipped), total)
    return Reading(tuple(done[at] for at in sorted(done)), tuple(sorted(skipped)))


def page_key(page: Page) -> str:
    """The hash of a page: its text and all that is known about it from outside."""
    return hashlib.sha256(json.dumps(asdict(page), ensure_ascii=True, sort_keys=True).encode()).hexdigest()[:32]


def engine() -> str:
    """The hash of the code and the tables that turn a page into records: what was read by another must be read again."""
    digest = hashlib.sha256()
    roots = [files("kg").joinpath(name) for name in ("extract", "lexicon", "text", "model.py", "corpus.py", "records.py")]
    for name, file in sorted(entry for root in roots for entry in _tree(root, root.name)):
        digest.update(f"{name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    digest.update(f"jieba {metadata.version('jieba')}".encode())
    return digest.hexdigest()[:32]


def lexicons() -> dict[str, str]:
    """Each table of the lexicon with the hash of its bytes."""
    return {name: hashlib.sha256(file.read_bytes()).hexdigest()
            for name, file in sorted(_tree(files(lexicon), "")) if name.endswith((".tsv", ".csv"))}


def unresolved(record: Record) -> Record:
    """The record as extraction made it: without the entity, event and campaign ids that resolution gave it."""
    return replace(record, people=tuple(replace(p, entity=None) for p in record.people),
                   events=tuple(replace(e, event=None) for e in record.events),
                   campaigns=tuple(replace(c, campaign=None) for c in record.campaigns))


def _pages(inputs: Sequence[str | Path], options: Options, report: Callable[[InputError], None]) -> Iterator[Page]:
    """The pages; what the caller himself got wrong is raised, whatever ``report`` does."""
    for given in inputs:
        if str(given) != "-" and not Path(given).exists():
            raise InputError(f"{given}: no such file or folder")
    if options.published and edtf(options.published) is None:
        raise InputError(f"--published {options.published}: no date (YYYY-MM-DD)")
    return read_pages(inputs, published=options.published, place=options.place, paper=options.paper, report=report)


def _tree(root: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    if root.is_file():
        yield name, root
    elif root.is_dir() and root.name != "__pycache__":
        for child in root.iterdir():
            yield from _tree(child, f"{name}/{child.name}" if name else child.name)


def _workers(wanted: int | None, pages: int) -> int:
    if wanted is None:
        return 1 if pages < FEW else cpu_count() or 1
    return max(1, min(wanted, pages))


def _records_of(page: Page) -> tuple[Record, ...] | str:
    """All records of a page, or one line that says why there are none."""
    try:
        return extract_page(articles(page))
    except KgError as error:
        return str(error)
    except Exception as error:  # a page that breaks a rule must not cost the user the other ten thousand
        return f"{page.source}: internal error, please report it: {type(error).__name__}: {error}"


def _each(pages: Sequence[Page], workers: int) -> Iterator[tuple[Page, tuple[Record, ...] | str]]:
    """Pages with their outcome, in the order of ``pages``; a bounded window of them is in work."""
    if workers == 1:
        yield from ((page, _records_of(page)) for page in pages)
        return
    with ProcessPoolExecutor(workers) as pool:
        window: deque[tuple[Page, Future[tuple[Record, ...] | str]]] = deque()
        try:
            for page in pages:
                window.append((page, pool.submit(_records_of, page)))
                if len(window) >= workers * WINDOW:
                    first, future = window.popleft()
                    yield first, future.result()
            while window:
                first, future = window.popleft()
                yield first, future.result()
        except BrokenProcessPool as error:
            raise KgError("a process that read pages was killed, perhaps for lack of memory; try fewer --workers") from error
        finally:
            for _, future in window:
                future.cancel()
