"""Measures a store as it grows: what adding costs, how long searches take, how large it is; prints JSON.

``python tests/bench/scale.py --excerpts 10000 100000 1000000`` is the whole of it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import corpus
import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from geo.news.model import ExtractedArticle  # noqa: E402
from geo.news.read.batches import batches, sources  # noqa: E402
from geo.news.search.facets import by_language, by_year  # noqa: E402
from geo.news.search.index import open_index  # noqa: E402
from geo.news.search.search import Filters, search  # noqa: E402
from geo.news.store.database import Readable  # noqa: E402
from geo.news.store.sqlite import FILE  # noqa: E402
from geo.news.store.store import Store  # noqa: E402
from geo.news.workers import run  # noqa: E402
from geo.paths import DATA  # noqa: E402

SIZES = (10_000, 100_000)
ADDED = 100
ROUNDS = 5
# words of every kind: in a third of all texts, in some, in next to none; several, phrases, parts of words, beginnings
WORDS = {
    "en": (
        "the", "ferry", "researchers", "vibekata", "ferry budget", "the council of harbour", '"two years of work"',
        '"Weather kept the aircraft"', "pier OR seabirds", "ferry -budget", "res*", "zzz",
    ),
    "ru": ("на", "причалы", "учёные", "вибеката", "паром бюджет", '"после двух лет работы"', "причал OR сад", "сов*"),
    "ja": ("の", "桟橋", "海鳥の数", "葵瑞翠", "連絡船 予算", '"天候のため"', "桟橋 OR 海鳥", "新しい -予算"),
}  # fmt: skip
FILTERS = {
    "": Filters(),
    "island": Filters(island="shikotan"),
    "outlet and period": Filters(publisher="paper-7", since="2018", until="2021-06"),
    "all": Filters(island="kunashir", kind="named", country="JP", since="2016"),
}
_MB = 1e6


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--excerpts", type=int, nargs="+", default=SIZES, metavar="N", help=f"(default: {SIZES})")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the stores there, use those it has")
    parser.add_argument("--here", action="store_true", help="measure one size in this process")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="four-islands-") as name:
        folder = options.keep or Path(name)
        if options.here:
            print(json.dumps(_measured(folder / str(options.excerpts[0]), options.excerpts[0])))
            return
        found: dict[str, Any] = {"cores": os.cpu_count(), "load_average_before": _load()}
        for excerpts in sorted(options.excerpts):
            print(f"store: {excerpts:,} excerpts", file=sys.stderr)
            found[str(excerpts)] = _alone(folder, excerpts)
        print(json.dumps(found | {"load_average_after": _load()}, indent=2, ensure_ascii=False))


def _alone(folder: Path, excerpts: int) -> dict[str, Any]:
    """Measure one size in a process of its own, whose memory is that of this size."""
    command = [sys.executable, __file__, "--here", "--excerpts", str(excerpts), "--keep", str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def _measured(store: Path, excerpts: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if not store.exists():
        corpus.write_store(store, excerpts)
        found["taken_in_seconds"], _ = _timed(lambda: open_index(DATA, store).close())
    found["store_mb"] = round((store / FILE).stat().st_size / _MB)
    found["opened_ms"] = round(_timed(lambda: open_index(DATA, store).close())[0] * 1000, 1)
    before = _rss()
    with closing(open_index(DATA, store)) as index:
        found["search"] = _searched(index)
    found["memory_of_searching_mb"] = round((_rss() - before) / _MB)
    found["adding_100_articles_seconds"] = _added(store)
    found["memory_mb"] = round(_rss() / _MB)
    return found


def _searched(index: Readable) -> dict[str, Any]:
    """Ask every combination of words and filters, as the page does: the hits, and how many by language and year."""
    asked = [(words, name) for of_a_language in WORDS.values() for words in of_a_language for name in FILTERS]
    asked += [("", name) for name in FILTERS]
    took: dict[tuple[str, str], list[float]] = {}
    hits_alone, hits = [], {}
    for _ in range(ROUNDS):
        for words, name in asked:
            started = time.perf_counter()
            hits[words, name] = search(index, words, FILTERS[name]).total
            searched = time.perf_counter()
            by_year(index, words, FILTERS[name])
            by_language(index, Filters(island=FILTERS[name].island))
            took.setdefault((words, name), []).append((time.perf_counter() - started) * 1000)
            hits_alone.append((searched - started) * 1000)
    slowest = sorted(asked, key=lambda key: -median(took[key]))[:5]
    every = [ms for times in took.values() for ms in times]
    return {
        "searches": len(asked),
        "times_each": ROUNDS,
        "hits_median_ms": round(median(hits_alone), 1),
        "hits_p95_ms": _p95(hits_alone),
        "with_counts_median_ms": round(median(every), 1),
        "with_counts_p95_ms": _p95(every),
        "with_counts_most_ms": round(max(every), 1),
        "slowest": {
            f"{words} [{name}]": {"hits": hits[words, name], "median_ms": round(median(took[words, name]), 1)}
            for words, name in slowest
        },
    }


def _added(store: Path) -> dict[str, float]:
    """Add 100 articles that name an island, the index current at the end: by what is read already, and by a command."""
    with tempfile.TemporaryDirectory(prefix="four-islands-") as name:
        read, asked = (_naming(Path(name) / f"{part}.jsonl", seed) for part, seed in (("read", 1), ("asked", 2)))
        extracted = [quoted for result in run(batches(sources([read])), DATA) for quoted in result.quoted]
        command = [sys.executable, "-m", "geo", "ingest", str(asked), "--store", str(store)]
        return {
            "in_the_store": _timed(lambda: _add(store, extracted))[0],
            "with_the_start_of_the_command": _timed(
                lambda: subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
            )[0],
        }


def _naming(path: Path, seed: int) -> Path:
    """Write 100 articles that name an island, others whenever it is done."""
    corpus.write(path, ADDED * corpus.ONE_IN, seed=time.time_ns() + seed)
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(lines[:: corpus.ONE_IN]), "utf-8")
    return path


def _add(store: Path, extracted: list[ExtractedArticle]) -> None:
    with Store(store) as keeping:
        for article in extracted:
            keeping.add(article)
        keeping.commit()
    open_index(DATA, store).close()


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    started = time.perf_counter()
    done = work()
    return round(time.perf_counter() - started, 3), done


def _p95(times: list[float]) -> float:
    return round(quantiles(times, n=20)[-1], 1)


def _rss() -> int:
    return psutil.Process().memory_info().rss


def _load() -> list[float]:
    return [round(value, 2) for value in os.getloadavg()]


if __name__ == "__main__":
    main()
