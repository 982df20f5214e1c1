"""The data folder is a Frictionless Data Package: what ships is what the models say, and it holds."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, system

from geo.loading.datapackage import package
from geo.loading.schema import MODELS
from geo.model.row import Row
from geo.paths import DATA

SHIPPED: dict[str, Any] = json.loads((DATA / "datapackage.json").read_text("utf-8"))
RESOURCES = {resource["path"]: resource for resource in SHIPPED["resources"]}


def faults(data: Path) -> list[tuple[str, str, str]]:
    """Give the table, the kind of error and the column of all that Frictionless finds in a folder."""
    with system.use_context(trusted=True):
        report = Package(str(data / "datapackage.json")).validate()
    return [
        (task.name, error.type, str(getattr(error, "field_name", ""))) for task in report.tasks for error in task.errors
    ]


def test_what_ships_is_what_the_models_and_the_files_say() -> None:
    assert package(DATA) == SHIPPED, "make package writes it anew"


def test_every_file_of_data_is_in_the_package_with_its_hash_and_its_licence() -> None:
    files = {p.name for p in DATA.iterdir() if p.suffix in {".csv", ".jsonl", ".geojson"}}
    assert set(RESOURCES) == files
    for name, resource in RESOURCES.items():
        content = (DATA / name).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
        (licence,) = resource["licenses"]
        assert licence["name"] == ("ODbL-1.0" if name.endswith(".geojson") else "MIT")


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_a_table_has_the_columns_the_key_and_the_references_of_its_model(model: type[Row]) -> None:
    schema = RESOURCES[model.FILE]["schema"]
    assert [field["name"] for field in schema["fields"]] == list(model.columns())
    assert schema["primaryKey"] == list(model.KEY)
    sources = [key["fields"] for key in schema["foreignKeys"] if key["reference"]["resource"] == "sources"]
    assert sources == [[column] for column in model.citations()]


def test_types_and_constraints_are_those_of_the_models() -> None:
    fields = {
        (path, field["name"]): (field["type"], field.get("constraints", {}))
        for path, resource in RESOURCES.items()
        for field in resource.get("schema", {}).get("fields", ())
    }
    assert fields["sources.csv", "class"][1]["enum"][0] == "treaty"
    assert fields["status.csv", "document_en"] == ("string", {"required": True})
    assert fields["claims.csv", "document_source_id"][1].get("required") is None
    assert fields["islets.csv", "area_km2"] == ("number", {"required": True, "exclusiveMinimum": 0})
    assert fields["places.csv", "lon"] == ("number", {"minimum": -180, "maximum": 180})
    assert fields["anchors.csv", "lon"] == ("number", {"required": True, "minimum": 138, "maximum": 161})
    assert fields["claims.csv", "island_ids"][1]["pattern"].startswith("(iturup|")
    assert fields["excerpts.jsonl", "start"] == ("integer", {"required": True, "minimum": 0})
    assert fields["names.csv", "official"] == ("string", {"enum": ["jp", "ru"]})


def test_the_package_is_valid() -> None:
    assert faults(DATA) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        ("names.csv", ",jp,cao-01,", ",jp,nowhere,", ("names", "foreign-key", "")),
        ("names.csv", ",jp,cao-01,", ",us,cao-01,", ("names", "constraint-error", "official")),
        ("islets.csv", "145.858", "45.858", ("islets", "constraint-error", "lon")),
        ("claims.csv", "iturup kunashir", "iturup  kunashir", ("claims", "constraint-error", "island_ids")),
    ],
)
def test_a_spoiled_cell_is_found(tmp_path: Path, file: str, old: str, new: str, found: tuple[str, str, str]) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    said = (data / file).read_text("utf-8")
    assert old in said
    (data / file).write_text(said.replace(old, new, 1), encoding="utf-8")
    (data / "datapackage.json").write_text(json.dumps(package(data)), encoding="utf-8")
    assert [f for f in faults(data) if f == found]
