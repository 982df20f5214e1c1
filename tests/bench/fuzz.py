# ruff: noqa: RUF001 - Russian sentences
"""Reads mutated files of every format, as an ingest does, and counts what became of them; prints JSON.

``python tests/bench/fuzz.py --inputs 10000`` is the whole of it (some twenty minutes on two cores). Exits with 1 when a
file ended its worker, or a worker took more memory than it may.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from geo.news.limits import MIB  # noqa: E402 - needs the path
from geo.news.model import ReadFailure  # noqa: E402
from geo.news.read.batches import batches, sources  # noqa: E402
from geo.news.workers import Budget, run  # noqa: E402
from geo.paths import DATA  # noqa: E402

INPUTS = 10_000
SEED = 1
# of any one process
MOST_BYTES = 600 * MIB
BUDGET = Budget(document_seconds=20)
# as many files at once; their folder stays small
_GROUP = 250

_SENTENCES = (
    "The ferry reached Shikotan on Monday, and the mayor of Yuzhno-Kurilsk was there.",
    "На Кунашире начали строить новый причал, сообщили в администрации района.",
    "択捉島の港で新しい桟橋の工事が始まった。",
)
_PROSE = "\n\n".join(_SENTENCES)
_HTML = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pier</title></head><body><nav>Iturup</nav>'
    f"<article><h1>Pier</h1><p>{'</p><p>'.join(_SENTENCES)}</p></article></body></html>"
)
_RECORD = {"text": _PROSE, "title": "Pier", "date": "2024-05-01", "url": "https://example.jp/1?utm_source=x"}


def _pdf() -> bytes:
    stream = f"BT /F1 12 Tf 72 720 Td ({_SENTENCES[0]}) Tj ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 9] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>>>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer << /Size 6 /Root 1 0 R >>\n%%EOF\n"


def _warc() -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _HTML.encode()
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.jp/1\r\n"
    head += "WARC-Date: 2025-01-01T00:00:00Z\r\n"
    head += "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    return (head.encode() + answer + b"\r\n\r\n") * 2


def _feed() -> bytes:
    items = "".join(f"<item><title>A</title><description>{s}</description></item>" for s in _SENTENCES)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode()


SEEDS: dict[str, bytes] = {
    "txt": f"TOKYO, Dec 1 (Reuters) - {_PROSE}".encode(),
    "md": f"---\ntitle: Pier\ndate: 2024-05-01\n---\n# Pier\n\n{_PROSE}\n\n```\ncode\n```\n".encode(),
    "html": _HTML.encode(),
    "pdf": _pdf(),
    "jsonl": "\n".join(json.dumps(_RECORD | {"id": n}) for n in range(4)).encode(),
    "json": json.dumps({"articles": [_RECORD, _RECORD]}).encode(),
    "csv": ("title,text,date\r\n" + "".join(f'A,"{s}",2024-05-01\r\n' for s in _SENTENCES)).encode("cp1251", "replace"),
    "xml": _feed(),
    "warc": _warc(),
}


def mutated(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Return names and contents of so many files, the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - the same every time
    suffixes = sorted(SEEDS)
    for number in range(count):
        suffix = suffixes[number % len(suffixes)]
        data = SEEDS[suffix]
        for _ in range(dice.randint(1, 4)):
            data = dice.choice(_MUTATIONS)(data, dice)
        data = data[: 4 * MIB]
        layers = dice.choices((0, 1, 2), (80, 17, 3))[0]
        for _ in range(layers):
            data = gzip.compress(data, 1, mtime=0)
        if layers and dice.random() < 0.3:
            data = _flip(data, dice)
        yield f"{number:05}.{suffix}{'.gz' if layers else ''}", data


def _flip(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, 1 + len(changed) // 50) if changed else 0):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randint(0, len(data))]


def _part(data: bytes, dice: random.Random) -> tuple[int, int]:
    start = dice.randint(0, len(data))
    return start, dice.randint(start, min(len(data), start + 200))


def _drop(data: bytes, dice: random.Random) -> bytes:
    start, stop = _part(data, dice)
    return data[:start] + data[stop:]


def _repeat(data: bytes, dice: random.Random) -> bytes:
    start, stop = _part(data, dice)
    times = dice.choice((2, 10, 100, 1_000, 10_000))
    return data[:start] + data[start:stop] * min(times, MIB // max(1, stop - start)) + data[stop:]


def _splice(data: bytes, dice: random.Random) -> bytes:
    other = SEEDS[dice.choice(sorted(SEEDS))]
    start, stop = _part(other, dice)
    place = dice.randint(0, len(data))
    return data[:place] + other[start:stop] + data[place:]


def _token(data: bytes, dice: random.Random) -> bytes:
    place = dice.randint(0, len(data))
    return data[:place] + dice.choice(_TOKENS) * dice.choice((1, 1, 50, 5_000)) + data[place:]


def _noise(data: bytes, dice: random.Random) -> bytes:
    place = dice.randint(0, len(data))
    return data[:place] + dice.randbytes(dice.choice((1, 8, 200, 5_000))) + data[place:]


def _recoded(data: bytes, dice: random.Random) -> bytes:
    encoding = dice.choice(("utf-16", "utf-16-be", "cp1251", "koi8-r", "shift_jis", "euc-jp", "iso2022_jp", "utf-7"))
    return data.decode("utf-8", "replace").encode(encoding, "replace")


_MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_flip, _cut, _drop, _repeat, _splice, _token, _noise, _recoded),
)
_TOKENS = (
    *(
        b"\0",
        b"\n",
        b"\r\n\r\n",
        b"-",
        b"  \t",
        b"(",
        b"((",
        b"[",
        b"{",
        b'{"a":',
        b'"',
        b"'",
        b"\\",
        b"\\u",
        b"&#",
        b"&amp;",
    ),
    *(
        b"<div>",
        b"<b>",
        b"<p",
        b"<!--",
        b"]]>",
        b"<![CDATA[",
        b"</",
        b"<a href='/'>x</a>",
        b" a=b",
        b"**",
        b"> ",
        b"- ",
        b"`",
    ),
    *(
        b"---\n",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\x1b$B",
        b"\xed\xa0\x80",
        b"\x1f\x8b",
        b"%PDF-1.7\n",
        b"<< /A ",
        b"1 0 R ",
    ),
    *(b"WARC/1.0\r\n", b"Content-Length: 99999999999\r\n", b"Content-Length: -1\r\n", b"Content-Encoding: gzip\r\n"),
    *(b"999999999999999999999", b"1e999", b"Date: ", b"TOKYO, Dec 1 (", b"(@a) ", "島".encode(), "Кунашир ".encode()),
    *("\u202e".encode(), "\u200b".encode(), "\u0301".encode(), b"Iturup "),
)


def fuzzed(
    seed: int, count: int, *, workers: int = 1, progress: Callable[[int], object] = lambda _: None
) -> dict[str, Any]:
    """Read so many mutated files and return what became of them."""
    reasons: Counter[str] = Counter()
    bad: list[str] = []
    slow: list[str] = []
    found = {"inputs": count, "seed": seed, "articles": 0, "with_excerpts": 0, "failures": 0, "notes": 0}
    started = time.perf_counter()
    files = mutated(seed, count)
    for done in range(0, count, _GROUP):
        with tempfile.TemporaryDirectory(prefix="four-islands-fuzz-") as folder:
            for name, data in (next(files) for _ in range(min(_GROUP, count - done))):
                Path(folder, name).write_bytes(data)
            for result in run(batches(sources([Path(folder)])), DATA, workers=workers, budget=BUDGET):
                found["articles"] += result.read
                found["with_excerpts"] += len(result.quoted)
                found["failures"] += result.faults.count
                found["notes"] += result.remarks.count
                reasons.update(_kind(failure) for failure in result.faults.listed)
                bad += [_line(failure) for failure in result.faults.listed if "ended the process" in failure.reason]
                slow += [_line(failure) for failure in result.faults.listed if "took longer" in failure.reason]
        progress(done)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return {
        **found,
        "reasons": dict(reasons.most_common()),
        "ended_their_worker": bad,
        "took_too_long": slow,
        "largest_worker_mib": round(peak / MIB),
        "seconds": round(time.perf_counter() - started, 1),
        "well": not bad and peak < MOST_BYTES,
    }


def _kind(failure: ReadFailure) -> str:
    return failure.reason.partition(" (")[0]


def _line(failure: ReadFailure) -> str:
    return f"{Path(failure.path).name} {failure.place}: {failure.reason}"


def main() -> int:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--inputs", type=int, default=INPUTS, metavar="N", help=f"mutated files (default: {INPUTS:,})")
    parser.add_argument("--seed", type=int, default=SEED, help=f"of the dice (default: {SEED})")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    options = parser.parse_args()
    found = fuzzed(
        options.seed,
        options.inputs,
        workers=options.workers,
        progress=lambda done: print(f"{done:,} read", file=sys.stderr),
    )
    print(json.dumps(found, indent=2))
    return int(not found["well"])


if __name__ == "__main__":
    sys.exit(main())
