"""CPU time of reading every layer of articles, beside what jieba alone takes to cut the same text into words.

    python benchmarks/speed.py [PAGES ...] [--rounds 5]

PAGES are files or folders as for ``kg extract``; without any, the sample that comes with the package. Each figure is the median
of the rounds; in each round every job runs in a process of its own, one after the other. Start-up is aside: before the clock
starts, modules, jieba's dictionary and the lexicon's tables are loaded and one invented article is read; what was remembered of
words is then forgotten, so that none is known from before. The clock is the processor's (``time.process_time``).
"""

from __future__ import annotations

import argparse
import cProfile
import functools
import inspect
import json
import pstats
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import jieba
import jieba.posseg

from kg import lexicon
from kg.extract.article import extract_page
from kg.model import Article, Page
from kg.sample import folder
from kg.text.articles import articles
from kg.text.pages import read_pages

WARM_UP = """鹿亭县召开秋收工作推进会
本报讯（记者 程朗 通讯员 顾月）9月3日下午，鹿亭县秋收工作推进会在县委礼堂召开。县委副书记、县长方致远主持会议并讲话，县领导韩舒、
高子墨等出席，县农业农村局局长阿依古丽·买买提作工作汇报。方致远强调，要抓好“三夏”生产和安全生产专项整治。
次日，方致远带队到柳河镇督导秋粮收购工作，副县长罗青陪同。会议决定任命赵一鸣为县财政局局长，免去孙立言的县审计局局长职务。"""


def read_all(pages: Sequence[Page], cut: Sequence[Sequence[Article]]) -> None:
    for page in cut:
        extract_page(page)


def cut_pages(pages: Sequence[Page], cut: Sequence[Sequence[Article]]) -> None:
    for page in pages:
        articles(page)


def jieba_words(pages: Sequence[Page], cut: Sequence[Sequence[Article]]) -> None:
    for page in cut:
        for article in page:
            list(jieba.cut(article.text))


def jieba_tags(pages: Sequence[Page], cut: Sequence[Sequence[Article]]) -> None:
    for page in cut:
        for article in page:
            list(jieba.posseg.cut(article.text))


JOBS: dict[str, Callable[[Sequence[Page], Sequence[Sequence[Article]]], None]] = {
    "jieba.cut": jieba_words, "jieba.posseg.cut": jieba_tags, "pages into articles": cut_pages, "articles into records": read_all}


def caches() -> Iterator[Any]:
    """What the modules that read text have remembered themselves: tables (caches without a parameter) and words (with one)."""
    read = [module for name, module in sorted(sys.modules.items()) if name.startswith(("kg.text.", "kg.extract."))]
    return (f for module in read for f in vars(module).values()
            if isinstance(f, functools._lru_cache_wrapper) and f.__wrapped__.__module__ == module.__name__)


def start_up() -> None:
    """Load every table."""
    jieba.initialize()
    list(jieba.posseg.cut(WARM_UP))
    for name in sorted(path.stem for path in Path(lexicon.__file__).parent.glob("*.tsv")):
        lexicon.forms(name)
    extract_page(articles(Page("warm-up", WARM_UP, published="2020-09-05")))
    for cache in caches():
        if not inspect.signature(cache).parameters:
            cache()


def forget() -> None:
    """Forget every word."""
    for cache in caches():
        if inspect.signature(cache).parameters:
            cache.cache_clear()


def pages_of(paths: Sequence[str]) -> list[Page]:
    return list(read_pages([Path(path) for path in paths], report=lambda error: print(error, file=sys.stderr)))


def measure(job: str, paths: Sequence[str]) -> dict[str, float]:
    """One job in this process: seconds of the processor, and the size of what was read."""
    start_up()
    pages = pages_of(paths)
    cut = [articles(page) for page in pages]
    forget()  # cutting the pages has seen words too
    begun = time.process_time()
    JOBS[job](pages, cut)
    seconds = time.process_time() - begun
    lengths = [len(article.text) for page in cut for article in page]
    return {"seconds": seconds, "pages": len(pages), "articles": len(lengths), "characters": sum(lengths)}


def profile(paths: Sequence[str], rows: int) -> None:
    start_up()
    pages = pages_of(paths)
    cut = [articles(page) for page in pages]
    forget()
    profiler = cProfile.Profile()
    profiler.runcall(read_all, pages, cut)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(rows)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("pages", nargs="*", default=[str(folder())])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--profile", type=int, metavar="ROWS", help="instead, the functions that take the time (cProfile)")
    options.add_argument("--job", choices=JOBS, help="instead, one job in this process, as JSON")
    given = options.parse_args()
    if given.job:
        print(json.dumps(measure(given.job, given.pages)))
        return
    if given.profile:
        profile(given.pages, given.profile)
        return
    results: dict[str, list[dict[str, float]]] = {job: [] for job in JOBS}
    for _ in range(given.rounds):
        for job in JOBS:
            done = subprocess.run([sys.executable, __file__, "--job", job, *given.pages], check=True, stdout=subprocess.PIPE)
            results[job].append(json.loads(done.stdout))
    size = results["jieba.cut"][0]
    print(f"{size['pages']:.0f} pages, {size['articles']:.0f} articles, {size['characters']:.0f} characters, "
          f"{given.rounds} rounds")
    base = statistics.median(result["seconds"] for result in results["jieba.cut"])
    print(f"{'':24} {'ms':>8} {'least':>8} {'most':>8} {'char/s':>10} {'jieba.cut':>9}")
    for job, rounds in results.items():
        times = sorted(result["seconds"] for result in rounds)
        middle = statistics.median(times)
        print(f"{job:24} {middle * 1e3:8.1f} {times[0] * 1e3:8.1f} {times[-1] * 1e3:8.1f} {size['characters'] / middle:10.0f} "
              f"{middle / base:8.2f}x")


if __name__ == "__main__":
    main()
