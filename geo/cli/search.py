"""``python -m geo search``: finds excerpts by words and filters."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from geo.cli.failures import print_failures
from geo.cli.tables import Output
from geo.errors import UsageError
from geo.model.dates import PartialDate
from geo.news.model import FailureLog
from geo.news.search.index import open_index
from geo.news.search.search import Filters, Hit, Hits, search
from geo.news.store.address import StoreAddress
from geo.news.store.passages import damaged

# in brackets, as an ellipsis alone may be the text's own
_OMISSION = "[…]"
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def run(  # noqa: PLR0913 - the options of the command, all by name
    *,
    data: Path,
    store: StoreAddress,
    words: Sequence[str],
    newest: bool,
    limit: int,
    text_format: Literal["json", "text"],
    **filters: Any,  # noqa: ANN401 - the fields of Filters
) -> Output:
    """Return the excerpts that are found, best or newest first; ``filters`` are the fields of ``Filters``."""
    wanted = Filters(**filters)
    if (
        wanted.since
        and wanted.until
        and PartialDate.parse(wanted.since).first_day > PartialDate.parse(wanted.until).last_day
    ):
        raise UsageError(f"--since {wanted.since} is after --until {wanted.until}: nothing can be found")
    with closing(open_index(data, store)) as index, index.told():
        found = search(index, " ".join(words), wanted, newest=newest, limit=limit)
    if found.refusal:
        raise UsageError(found.refusal)
    failures = FailureLog()
    for number in found.damaged:
        failures.add(damaged(number))
    print_failures("failed", failures)
    if text_format == "json":
        return Output([json.dumps(asdict(found), ensure_ascii=False, indent=2)], failures.listed)
    return Output(["\n\n".join(_lines(found))], failures.listed)


def _lines(found: Hits) -> Iterable[str]:
    shown = f", the first {len(found.hits)}" if len(found.hits) < found.total else ""
    yield f"{found.total:,} excerpt{'' if found.total == 1 else 's'}{shown}"
    yield from (_line(hit) for hit in found.hits)


def _line(hit: Hit) -> str:
    said = [hit.article[name] for name in ("publisher", "date", "title", "url")]
    if not any(hit.article[name] for name in ("publisher", "title", "url")):
        said.append(hit.article["file"])
    outlets = (outlet["publisher"] or outlet["url"] or outlet["file"] for outlet in hit.outlets)
    others = [name for name in dict.fromkeys(outlets) if name and name != hit.article["publisher"]]
    also = [f"also: {', '.join(others)}"] if others else []
    reasons = sorted({f"{m['island']} ({m['kind']}: {m['matched']})" for m in hit.mentions})
    quotation = f"{_OMISSION} " * hit.has("cut_start") + _marked(hit) + f" {_OMISSION}" * hit.has("cut_end")
    repaired = ["line breaks or spaces tidied"] if hit.has("repaired") else []
    return "\n".join([", ".join(part for part in said if part), quotation, "; ".join(reasons + repaired), *also])


def _marked(hit: Hit) -> str:
    """Show what was found in bold where there is somebody to see it."""
    if not sys.stdout.isatty():
        return hit.quote
    text, position = "", 0
    for start, end in hit.highlights:
        text += f"{hit.quote[position:start]}{_BOLD}{hit.quote[start:end]}{_PLAIN}"
        position = end
    return text + hit.quote[position:]
