"""Draws rows of the tables at random, to open their addresses and compare: ``python tests/bench/draw.py 20261125``."""

from __future__ import annotations

import argparse
import json
import random
from typing import Any

from geo.loading.schema import MODELS, read_tables
from geo.model.places import Source
from geo.model.row import Row
from geo.paths import DATA

SIZE = 40


def drawn(seed: int, size: int = SIZE) -> list[dict[str, Any]]:
    """Return rows with the sources they cite, drawn without replacement from every row that cites one.

    The rows stand in the order of the tables and of their files before the draw, so that the same data and the same
    seed give the same rows; own work, which has no address, is left out.
    """
    tables, _ = read_tables(DATA)
    addresses = {s.source_id: str(s.url or "") for s in tables[Source].rows}
    rows: list[dict[str, Any]] = [
        {"table": model.table_name(), "row": row.model_dump(mode="json"), "addresses": cited}
        for model in MODELS
        for row in tables[model].rows
        if any((cited := _cited(row, addresses)).values())
    ]
    return random.Random(seed).sample(rows, size)  # noqa: S311 - a draw to be repeated, not a secret


def _cited(row: Row, addresses: dict[str, str]) -> dict[str, str]:
    return {s: addresses[s] for column in row.citations() if (s := getattr(row, column, ""))}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seed", type=int)
    print(json.dumps(drawn(parser.parse_args().seed), ensure_ascii=False, indent=1))
