"""Measures reading, finding and keeping on a generated corpus; prints JSON.

``python tests/bench/news.py --articles 1000 10000 100000`` is the whole of it (some five minutes on two cores).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import corpus
import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

SIZES = (1_000, 10_000)
_MB = 1e6


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, nargs="+", default=SIZES, metavar="N", help=f"sizes (default: {SIZES})")
    options = parser.parse_args()
    print(json.dumps(measured(options.articles), indent=2))


def measured(sizes: list[int]) -> dict[str, Any]:
    """Measure ingesting corpora of some sizes."""
    found: dict[str, Any] = {"cores": os.cpu_count(), "load_average_before": [round(v, 2) for v in os.getloadavg()]}
    with tempfile.TemporaryDirectory(prefix="four-islands-") as name:
        found["ingest"] = _ingests(Path(name), sizes)
    found["load_average_after"] = [round(v, 2) for v in os.getloadavg()]
    return found


def _ingests(folder: Path, sizes: list[int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for size in sorted(sizes):
        path = folder / f"{size}.jsonl"
        found[str(size)] = {"mb": round(corpus.write(path, size) / _MB, 1)}
        _say(f"ingest: {size:,} articles, one core")
        found[str(size)]["one_core"] = _ingest(path, folder / f"one-{size}")
        if size != max(sizes):
            path.unlink()
    _say("ingest: two workers")
    largest = found[str(max(sizes))]
    largest["two_cores"] = _ingest(path, folder / "two", "--workers", "2")
    _say("ingest: Dask, two workers")
    with _cluster() as address:
        largest["dask_two_workers"] = _ingest(path, folder / "dask", "--dask", address)
    stores = [folder / f"one-{max(sizes)}", folder / "two", folder / "dask"]
    found["same_bytes_whatever_does_the_work"] = len({_bytes(store) for store in stores}) == 1
    found["linear"] = _linear(found, sorted(sizes))
    return found


def _ingest(path: Path, store: Path, *options: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "geo", "ingest", str(path), "--store", str(store), *options]
    started = time.perf_counter()
    process = psutil.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    peaks = {"largest": 0.0, "together": 0.0}
    watching = threading.Thread(target=_watch, args=(process, peaks))
    watching.start()
    out, _ = process.communicate()
    seconds = time.perf_counter() - started
    watching.join()
    counts = {line.split("  ")[0].strip(): line.split()[-1] for line in out.splitlines()}
    articles = int(next(line.split()[1].replace(",", "") for line in out.splitlines() if line.startswith("read")))
    return {
        "seconds": round(seconds, 2),
        "articles_per_second": round(articles / seconds),
        "peak_rss_mb": round(peaks["largest"] / _MB),
        "peak_rss_of_all_processes_mb": round(peaks["together"] / _MB),
        "exit_code": process.returncode,
        "store_mb": round(sum(f.stat().st_size for f in store.glob("*.sqlite")) / _MB, 1),
    } | ({"failed": counts["failed"]} if process.returncode else {})


def _watch(process: psutil.Popen, peaks: dict[str, float]) -> None:
    while process.poll() is None:
        try:
            # the workers of a cluster are children of ours, not of the command
            sizes = [p.memory_info().rss for p in psutil.Process().children(recursive=True)]
        except psutil.NoSuchProcess:
            continue
        peaks["largest"] = max([peaks["largest"], *sizes])
        peaks["together"] = max(peaks["together"], sum(sizes))
        time.sleep(0.05)


@contextmanager
def _cluster() -> Iterator[str]:
    from distributed import LocalCluster

    os.environ["PYTHONPATH"] = str(ROOT)
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        yield cluster.scheduler_address


def _bytes(store: Path) -> tuple[bytes, ...]:
    from geo.news.store.export import export_store
    from geo.news.store.sqlite import connect

    with tempfile.TemporaryDirectory() as folder, closing(connect(store)) as connection:
        export_store(connection, Path(folder))
        return tuple(path.read_bytes() for path in sorted(Path(folder).iterdir()))


def _linear(found: dict[str, Any], sizes: list[int]) -> dict[str, Any]:
    """Compare what an article more costs at every size: the same when the cost is linear."""
    seconds = {size: found[str(size)]["one_core"]["seconds"] for size in sizes}
    costs = {
        f"{less}-{more}": round((seconds[more] - seconds[less]) / (more - less) * 1e6) for less, more in pairwise(sizes)
    }
    return {"microseconds_of_an_article_more": costs}


def _say(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    main()
