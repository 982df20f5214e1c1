"""The data folder as a Frictionless Data Package: files, hashes, licences, and a Table Schema from each model."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from geo.loading.schema import MODELS
from geo.model.row import Ref, Row

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_MIT = {"name": "MIT", "title": "MIT License", "path": "https://opensource.org/license/mit"}
_ODBL = {
    "name": "ODbL-1.0",
    "title": "Open Data Commons Open Database License 1.0, © OpenStreetMap contributors",
    "path": "https://opendatacommons.org/licenses/odbl/1-0/",
}
# what the tables, and what the outlines of the land are under
LICENCES = (_MIT, _ODBL)
_POLYGONS = {
    "islands": "The land of the four islands, EPSG:4326 (RFC 7946).",
    "context": "The land around, EPSG:4326 (RFC 7946).",
    "lines": "The limits of lines.csv: every point equally near to both shores, EPSG:4326 (RFC 7946).",
    "zones": "What lies within 12, 24 and 200 nautical miles of the four islands and of the land around, EPSG:4326.",
}
_NAMES = {"integer": "integer", "number": "number", "string": "string", "array": "array", "boolean": "boolean"}
# what JSON Schema and Table Schema call by the same name
_CONSTRAINTS = (
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "pattern",
    "enum",
)

# what a number may be, as Python and as Table Schema call it
_BOUNDS = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}


def package(data: Path) -> dict[str, Any]:
    """Return the descriptor of a data folder: Data Package 2.0, a tabular resource for each model of a row."""
    tables = sorted(MODELS, key=lambda model: model.FILE)
    return {
        "$schema": _PROFILE,
        "name": "four-islands",
        "title": "Iturup/Etorofu, Kunashir/Kunashiri, Shikotan and the Habomai islets",
        "description": "Who administers and who claims the four islands, on which documents; each row with its source.",
        "licenses": [*LICENCES],
        "resources": [
            *(_table(data, model) for model in tables),
            _file(
                data / "outlets.csv", "Publishers by country, with the domains and names that articles give them.", _MIT
            ),
            *(_file(data / f"{name}.geojson", about, _ODBL) for name, about in _POLYGONS.items()),
        ],
    }


def descriptor(data: Path) -> str:
    """Return the descriptor of a data folder as the text of ``datapackage.json``."""
    return json.dumps(package(data), ensure_ascii=False, indent=2) + "\n"


def data_version(data: Path) -> str:
    """Return the version of a data folder: the first 12 digits of the SHA-256 of its ``datapackage.json``.

    The descriptor holds the hash of every file, so that a change of any of them is another version.
    """
    return hashlib.sha256(descriptor(data).encode()).hexdigest()[:12]


def _table(data: Path, model: type[Row]) -> dict[str, Any]:
    about = (model.__doc__ or "").partition("\n")[0]
    resource = _file(data / model.FILE, about, _MIT) | {"type": "table", "schema": _schema(model)}
    return {key: resource[key] for key in ("name", "type", *(k for k in resource if k not in {"name", "type"}))}


def _file(path: Path, about: str, licence: Mapping[str, str]) -> dict[str, Any]:
    content = path.read_bytes()
    suffix = path.suffix.removeprefix(".")
    media = {"csv": "text/csv", "jsonl": "application/jsonl", "geojson": "application/geo+json"}
    # a table and the collection of its lines may bear one name
    name = path.stem if suffix != "geojson" else f"{path.stem}-{suffix}"
    return {
        "name": name,
        "path": path.name,
        "description": about,
        "format": suffix,
        "mediatype": media[suffix],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "licenses": [licence],
    }


def _schema(model: type[Row]) -> dict[str, Any]:
    properties = model.model_json_schema(by_alias=True)["properties"]
    listed = model.FILE.endswith(".jsonl")
    return {
        "fields": [
            _field(column, properties[column], field, listed=listed) for column, field in model.columns().items()
        ],
        # an object leaves out what it has nothing for, a row of CSV has every column
        **({"fieldsMatch": "superset"} if listed else {}),
        "missingValues": [""],
        "primaryKey": [*model.KEY],
        "foreignKeys": [*_foreign_keys(model)],
    }


def _field(column: str, described: Mapping[str, Any], field: FieldInfo, *, listed: bool) -> dict[str, Any]:
    # what may be nothing is described as what it is otherwise
    kind = next((k for k in described.get("anyOf", ()) if k.get("type") != "null"), described)
    constraints: dict[str, Any] = {} if _takes_nothing(field) else {"required": True}
    if kind["type"] == "array" and not listed:
        # a list in one cell: its entries, with one blank between
        entries = kind["items"].get("enum")
        if entries:
            one = f"({'|'.join(entries)})"
            constraints["pattern"] = f"{one}( {one})*"
        name = "string"
    else:
        name = _NAMES[kind["type"]]
        constraints |= {c: kind[c] for c in _CONSTRAINTS if c in kind} | _bounds(field.annotation, field.metadata)
        if "enum" in constraints:
            constraints["enum"] = [value for value in constraints["enum"] if value != ""]
        if constraints.get("minLength") == 1:
            # the same as required
            del constraints["minLength"]
    about = {"description": field.description} if field.description else {}
    return {"name": column, "type": name, **about, **({"constraints": constraints} if constraints else {})}


def _bounds(annotation: object, metadata: Iterable[object]) -> dict[str, float]:
    # those of a number that is looked at as a text before: its JSON Schema does not have them
    bounds: dict[str, float] = {}
    for mark in metadata:
        if isinstance(mark, FieldInfo):
            bounds |= _bounds(None, mark.metadata)
        bounds |= {said: getattr(mark, name) for name, said in _BOUNDS.items() if hasattr(mark, name)}
    # a number or nothing
    for part in get_args(annotation):
        bounds |= _bounds(getattr(part, "__origin__", None), getattr(part, "__metadata__", ()))
    return bounds


def _takes_nothing(field: FieldInfo) -> bool:
    adapter: TypeAdapter[Any] = TypeAdapter(Annotated[field.annotation, None, *field.metadata])  # type: ignore[arg-type]
    for nothing in ("", ()):
        try:
            adapter.validate_python(nothing)
        except ValidationError:
            continue
        return True
    return False


def _foreign_keys(model: type[Row]) -> Iterator[dict[str, Any]]:
    for column, ref in model.references().items():
        if _expressible(model, column, ref):
            ((table, target),) = ref.targets
            # the specification's way to say: this table itself
            resource = "" if table == model.table_name() else table
            yield {"fields": [column], "reference": {"resource": resource, "fields": [target]}}


def _expressible(model: type[Row], column: str, ref: Ref) -> bool:
    """Return whether Table Schema can say a reference: to one column, one id a cell, every id a row there."""
    listed = model.model_json_schema(by_alias=True)["properties"][column].get("type") == "array"
    return len(ref.targets) == 1 and not ref.known and not listed
