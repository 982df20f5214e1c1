"""``python -m geo store``: writes a store as JSON Lines, and takes such lines in."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from geo.cli.failures import print_failures
from geo.cli.tables import Output
from geo.errors import UsageError
from geo.news.store.address import StoreAddress
from geo.news.store.export import export_store
from geo.news.store.records import ARTICLES, EXCERPTS
from geo.news.store.sqlite import FILE
from geo.news.store.store import Store


def run(*, data: Path, store: StoreAddress, action: Literal["export", "import"], folder: Path) -> Output:  # noqa: ARG001
    """Return one line on what was written or taken in; what is no record is told on stderr and left out."""
    if action == "export":
        return _export(store, folder)
    if not (folder / ARTICLES).is_file():
        raise UsageError(f"{folder} has no {ARTICLES}")
    with Store(store) as keeping:
        before = keeping.size()
        failures = keeping.import_lines(folder)
        new = keeping.size() - before
    print_failures("failed", failures)
    return Output([f"{new:,} new articles in {store}"], failures.listed)


def _export(store: StoreAddress, folder: Path) -> Output:
    if isinstance(store, Path) and not (store / FILE).is_file():
        raise UsageError(f"there is no store in {store}")
    with Store(store) as keeping:
        count, failures = export_store(keeping.database, folder)
    print_failures("failed", failures)
    told = f"{count:,} articles in {folder / ARTICLES}, their quotations in {folder / EXCERPTS}"
    return Output([told], failures.listed)
