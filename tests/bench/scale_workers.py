"""Measures what one driver and its workers spend on an article, and how far more workers carry; prints JSON.

``python tests/bench/scale_workers.py --articles 20000 100000`` is the whole of it (two minutes on two cores). What an
article more costs is the difference of two sizes, so that what starting takes falls out. ``machine`` is what processes
that only count gain by being several: no worker can gain more.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import corpus
import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

SIZES = (2_000, 12_000)
WORKERS = (1, 2)
# a corpus of a crawl comes in many files
FILES = 4
_MICRO = 1e6
_COUNTING = "for _ in range(20_000_000): pass"


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, nargs=2, default=SIZES, metavar="N", help=f"sizes (default: {SIZES})")
    parser.add_argument("--workers", type=int, nargs="+", default=WORKERS, metavar="N", help=f"(default: {WORKERS})")
    parser.add_argument("--here", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        files, store, workers, dask = options.here
        print(json.dumps(_driven(Path(files), store, int(workers), dask)))
        return
    print(json.dumps(measured(sorted(options.articles), options.workers), indent=2))


def measured(sizes: Sequence[int], workers: Sequence[int]) -> dict[str, Any]:
    """Measure the same files read by some numbers of workers, and by Dask with the largest."""
    found: dict[str, Any] = {"cores": os.cpu_count(), "load_average_before": _load()}
    few, most = min(workers), max(workers)
    found["machine"] = _machine(few, most)
    with tempfile.TemporaryDirectory(prefix="four-islands-") as name:
        folder = Path(name)
        for size in sizes:
            _write(folder / str(size), size)
        for number in workers:
            found[f"workers_{number}"] = _marginal([_alone(folder, size, number, "") for size in sizes])
        found["nothing_kept"] = _marginal([_alone(folder, size, most, "", keep=False) for size in sizes])
        with _cluster(most) as (address, cluster):
            found[f"dask_{most}"] = _marginal([_on_dask(folder, size, most, address, cluster) for size in sizes])
    rate = {key: each["articles_per_second"] for key, each in found.items() if key.startswith(("workers", "dask"))}
    found["most_over_fewest_workers"] = round(rate[f"workers_{most}"] / rate[f"workers_{few}"], 2)
    found["dask_over_workers"] = round(rate[f"dask_{most}"] / rate[f"workers_{most}"], 2)
    return found | {"load_average_after": _load()}


def _write(folder: Path, articles: int) -> None:
    folder.mkdir()
    for number in range(FILES):
        corpus.write(folder / f"{number}.jsonl", articles // FILES, seed=corpus.SEED + number)


def _machine(few: int, most: int) -> float:
    """Return how many times as much processes that only count do when there are most of them."""
    took = {}
    for number in (few, most):
        started = time.perf_counter()
        counting = [subprocess.Popen([sys.executable, "-c", _COUNTING]) for _ in range(number)]
        for process in counting:
            process.wait()
        took[number] = time.perf_counter() - started
    return round(most / few * took[few] / took[most], 2)


def _driven(files: Path, store: str, workers: int, dask: str) -> dict[str, float]:
    """Return what reading took: of this process, the driver, and of its workers, which have ended then."""
    from geo.news.ingest import ingest
    from geo.news.read.batches import batches, sources
    from geo.news.workers import run
    from geo.paths import DATA

    started, own = time.perf_counter(), time.process_time()
    if store:
        read = ingest([files], Path(store), DATA, workers=workers, dask=dask).read
    else:
        read = sum(result.read for result in run(batches(sources([files])), DATA, workers=workers))
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "read": read,
        "seconds": time.perf_counter() - started,
        "driver": time.process_time() - own,
        "workers": spent.ru_utime + spent.ru_stime,
    }


def _alone(folder: Path, size: int, workers: int, dask: str, *, keep: bool = True) -> dict[str, float]:
    print(f"{size:,} articles, {workers} workers{' of Dask' if dask else ''}", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="four-islands-") as store:
        where = store if keep else ""
        command = [sys.executable, __file__, "--here", str(folder / str(size)), where, str(workers), dask]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    run: dict[str, float] = json.loads(done.stdout)
    return run


def _on_dask(folder: Path, size: int, workers: int, address: str, cluster: list[psutil.Process]) -> dict[str, float]:
    """Measure a run whose workers live on: what they and the scheduler, which is in this process, spent meanwhile."""
    scheduler, before = time.process_time(), _spent(cluster)
    run = _alone(folder, size, workers, address)
    return run | {"workers": _spent(cluster) - before, "scheduler": time.process_time() - scheduler}


def _spent(processes: list[psutil.Process]) -> float:
    times = [process.cpu_times() for process in processes]
    return sum(t.user + t.system for t in times)


def _marginal(runs: list[dict[str, float]]) -> dict[str, Any]:
    """Return what an article more costs."""
    less, more = runs
    articles = more["read"] - less["read"]
    each = {key: (more[key] - less[key]) / articles for key in less if key != "read"}
    return {
        "articles": [int(run["read"]) for run in runs],
        "seconds": [round(run["seconds"], 2) for run in runs],
        "articles_per_second": round(1 / each["seconds"]),
        "microseconds_of_an_article": {key: round(each[key] * _MICRO) for key in each if key != "seconds"},
        "driver_over_workers": round(each["driver"] / each["workers"], 4),
        # were there machines enough: what one driver can take in
        "articles_per_second_of_one_driver": round(1 / each["driver"]),
    }


@contextmanager
def _cluster(workers: int) -> Iterator[tuple[str, list[psutil.Process]]]:
    from distributed import LocalCluster

    os.environ["PYTHONPATH"] = str(ROOT)
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        yield cluster.scheduler_address, psutil.Process().children(recursive=True)


def _load() -> list[float]:
    return [round(value, 2) for value in os.getloadavg()]


if __name__ == "__main__":
    main()
