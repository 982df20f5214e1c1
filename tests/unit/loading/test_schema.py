"""Adding a table is one class: what a model declares of its file, key and references holds for the data folder."""

from __future__ import annotations

import re

import pytest

from geo.loading.schema import MODELS
from geo.model.fields import ISLANDS
from geo.model.row import Row
from geo.paths import DATA

COLUMNS = {model.table_name(): model.columns() for model in MODELS}
# a list of our own for reading articles, no table of the page
READ_BY_THE_PRESS = {"outlets.csv"}
# sources and articles are sources, an excerpt cites its article, a surface form or a translation states no fact
CITING_NOTHING = {"sources", "gazetteer", "articles", "excerpts", "balance", "translations_ja", "translations_ru"}


def test_every_table_in_the_folder_has_its_model_and_every_model_its_table() -> None:
    files = [model.FILE for model in MODELS]
    assert len(files) == len(set(files))
    assert set(files) == {p.name for p in DATA.iterdir() if p.suffix in {".csv", ".jsonl"}} - READ_BY_THE_PRESS


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_a_key_and_every_reference_name_columns_that_exist(model: type[Row]) -> None:
    assert model.KEY
    assert set(model.KEY) <= set(model.columns())
    for ref in model.references().values():
        for table, column in ref.targets:
            assert column in COLUMNS[table]


def test_every_table_of_facts_cites_its_sources() -> None:
    assert {model.table_name() for model in MODELS if not model.citations()} == CITING_NOTHING
    for model in MODELS:
        named = {c for c in model.columns() if c.endswith("source_id") and model.table_name() != "sources"}
        assert named == set(model.citations()), model


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_the_list_of_tables_names_every_column(model: type[Row]) -> None:
    (line,) = [t for t in (DATA / "README.md").read_text("utf-8").splitlines() if t.startswith(f"| `{model.FILE}`")]
    named = set(re.findall(r"`([a-z0-9_]+)`", line))
    # one name for both: iturup_en to habomai_en
    spanned = {f"{island}_en" for island in ISLANDS} if "`iturup_en` to `habomai_en`" in line else set()
    assert set(model.columns()) - spanned <= named
