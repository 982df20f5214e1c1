"""Kills what writes a store at random moments and proves that nothing kept is lost and nothing half is shown.

``python tests/bench/kills.py --kills 1000 --seconds 3600`` is the whole of it: so many writers in a process, ingests of
two workers, and watches. Prints the counts as JSON and ends with 1 when anything was lost, half or different from a
writing that nobody killed, or when a process outlived its command.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import commands
import corpus

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from geo.news.model import ExtractedArticle  # noqa: E402
from geo.news.read.batches import batches, sources  # noqa: E402
from geo.news.search.index import open_index  # noqa: E402
from geo.news.store.export import export_store  # noqa: E402
from geo.news.store.sqlite import connect  # noqa: E402
from geo.news.store.store import Store  # noqa: E402
from geo.news.workers import run  # noqa: E402
from geo.paths import DATA  # noqa: E402

KINDS = ("writers", "ingests", "watches")
ARTICLES = 6_000
# kills a writing of a store within so many seconds; returns how, or nothing when it had come to its end
Kill = Callable[[Path, float], str]
# articles between two commits, and writers between two changes of what is shipped
COMMIT, SHIP = 7, 5
# each must be empty: an article that is new without a quotation, a quotation that cannot be found or is of nobody
HALF = {
    "articles without quotations": """SELECT count(*) FROM articles a WHERE canonical = number AND NOT shipped
        AND NOT EXISTS (SELECT 1 FROM passages WHERE article = a.number)""",
    "quotations of nobody": "SELECT count(*) FROM passages WHERE article NOT IN (SELECT number FROM articles)",
    "quotations that cannot be found": """SELECT count(*) FROM passages p WHERE NOT EXISTS
        (SELECT 1 FROM words WHERE rowid = p.number) AND quote NOT IN (SELECT quote FROM passages WHERE shipped)""",
    "entries of the index without a quotation": """SELECT count(*) FROM words
        WHERE rowid NOT IN (SELECT number FROM passages)""",
    "entries of the index without words": """SELECT count(*) FROM (SELECT number FROM passages INTERSECT
        SELECT rowid FROM words EXCEPT SELECT rowid FROM words WHERE words MATCH 'every')""",
    "copies of nothing": "SELECT count(*) FROM articles WHERE canonical NOT IN (SELECT number FROM articles)",
}


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--of", nargs="+", choices=KINDS, default=KINDS, help="what is killed (default: all)")
    parser.add_argument("--kills", type=int, default=1_000, metavar="N", help="of all kinds together")
    parser.add_argument("--seconds", type=float, default=1800.0, metavar="S", help="end after so long all the same")
    parser.add_argument("--articles", type=int, default=ARTICLES, metavar="N", help="one in twenty names an island")
    parser.add_argument("--seed", type=int, default=corpus.SEED)
    options = parser.parse_args()
    # whoever is started in the background of a shell would pass on that it ignores interrupts
    signal.signal(signal.SIGINT, signal.default_int_handler)
    found: dict[str, Any] = {"articles": options.articles, "seed": options.seed}
    for kind in options.of:
        share = options.kills // len(options.of), options.seconds / len(options.of)
        found[kind] = killed(kind, *share, options.articles, options.seed)
    found["faults"] = [f"{kind}: {fault}" for kind in options.of for fault in found[kind].pop("faults")]
    print(json.dumps(found, indent=2))
    sys.exit(bool(found["faults"]))


def killed(kind: str, kills: int, seconds: float, articles: int, seed: int) -> dict[str, Any]:
    """Kill so many of a kind, or as many as there is time for, and return what was counted and what was wrong."""
    counts: Counter[str] = Counter()
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="four-islands-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        dice = random.Random(seed)  # noqa: S311 - the same kills every time
        kill, longest = _killing(kind, folder, articles, dice, faults, stack)
        whole = _exported(folder / "whole", folder)
        started = time.monotonic()
        while counts["killed"] < kills and time.monotonic() < started + seconds and not faults:
            store = folder / f"store-{counts['stores']}"
            kept: list[str] = []
            # whoever was killed in the middle is followed by another, until one comes to the end
            while not faults:
                how = kill(store, longest)
                counts["begun"] += 1
                counts["killed" if how else "finished"] += 1
                if how:
                    counts[f"killed with {how}"] += 1
                kept = _checked(store, kept, faults)
                if not how:
                    break
            if not faults and _exported(store, folder) != whole:
                faults.append(f"store {counts['stores']} is not what a writing makes that nobody killed")
            counts["stores"] += 1
    return {**counts, "seconds": round(time.monotonic() - started), "faults": faults}


def _killing(  # noqa: PLR0913, PLR0917 - what one run of killing is made of
    kind: str, folder: Path, articles: int, dice: random.Random, faults: list[str], stack: contextlib.ExitStack
) -> tuple[Kill, float]:
    """Write the store ``whole`` without a kill; return what kills a writing, and how long a writing takes."""
    if kind == "writers":
        return _writers(folder, articles, dice)
    command = (
        commands.ingesting(folder, articles)
        if kind == "ingests"
        else stack.enter_context(commands.watching(folder, articles // 4))
    )
    longest = commands.run(command(folder / "whole"))
    return lambda store, seconds: commands.kill(command(store), seconds, dice, faults), longest


def _writers(folder: Path, articles: int, dice: random.Random) -> tuple[Kill, float]:
    nothing_shipped = _nothing_shipped(folder / "nothing")
    extracted = _extracted(folder / "corpus.jsonl", articles)
    # the first teaches this process the words, which the others inherit
    for store in (folder / "first", folder / "whole"):
        started = time.monotonic()
        _write(store, extracted)
        longest = time.monotonic() - started
    number = count()

    def kill(store: Path, seconds: float) -> str:
        data = (DATA, nothing_shipped)[next(number) // SHIP % 2]
        how = dice.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGINT))
        return how.name if _killed(store, extracted, data, dice.uniform(0, seconds), how) else ""

    return kill, longest


def _extracted(path: Path, articles: int) -> list[ExtractedArticle]:
    corpus.write(path, articles)
    return [quoted for result in run(batches(sources([path])), DATA) for quoted in result.quoted]


def _nothing_shipped(folder: Path) -> Path:
    folder.mkdir()
    (folder / "articles.csv").write_text(
        "article_id,title,publisher,publisher_country,agency,agency_country,date,language,url,characters,sha256\n"
    )
    (folder / "excerpts.jsonl").write_text("")
    return folder


def _write(store: Path, extracted: list[ExtractedArticle], data: Path = DATA) -> None:
    with Store(store) as keeping:
        for number, article in enumerate(extracted):
            keeping.add(article)
            if number % COMMIT == 0:
                keeping.commit()
        keeping.commit()
    open_index(data, store).close()


def _killed(store: Path, extracted: list[ExtractedArticle], data: Path, after: float, how: signal.Signals) -> bool:
    """Let a process of its own write, and kill it after a time; return whether it was killed before its end."""
    sys.stdout.flush()
    # an interrupt is to meet the writing, and not the making of its process
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    if (child := os.fork()) == 0:
        try:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
            _write(store, extracted, data)
        except BaseException:  # noqa: BLE001 - an interrupt, above all
            os._exit(1)
        os._exit(0)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    time.sleep(after)
    os.kill(child, how)
    return os.waitpid(child, 0)[1] != 0


def _checked(store: Path, before: list[str], faults: list[str]) -> list[str]:
    """Return the ids that a store keeps after a kill; note what is lost or half."""
    if not store.exists():
        return before
    with closing(connect(store)) as connection:
        [sound] = connection.execute("PRAGMA integrity_check").fetchone()
        if sound != "ok":
            faults.append(f"integrity: {sound}")
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        for name, query in HALF.items():
            if count := connection.execute(query).fetchone()[0]:
                faults.append(f"{name}: {count}")
        rows = connection.execute("SELECT article_id FROM articles WHERE NOT shipped ORDER BY number")
        kept = [str(row[0]) for row in rows]
    if kept[: len(before)] != before:
        faults.append("what was kept is lost")
    return kept


def _exported(store: Path, folder: Path) -> list[bytes]:
    with closing(connect(store)) as connection:
        export_store(connection, folder / "exported")
    return [path.read_bytes() for path in sorted((folder / "exported").iterdir())]


if __name__ == "__main__":
    main()
