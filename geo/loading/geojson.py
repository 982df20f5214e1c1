"""Reads GeoJSON land polygons and border lines (RFC 7946) and checks that they are what they say."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon, box, shape
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError
from geo.loading.rows import json_fault, read_text
from geo.model.fields import WINDOW

Bounds = tuple[float, float, float, float]
_WGS84 = "WGS 84 longitude and latitude, without a crs member (RFC 7946)"
_RINGS = "closed rings of at least four positions"
_RING_POSITIONS = 4
_LONGEST_FAULT = 200
_LINE_POSITIONS = 2

G = TypeVar("G", bound=BaseGeometry)


class Feature(NamedTuple):
    """A land of a collection: its id, its polygons in EPSG:4326, its properties and its line in the file."""

    identifier: str
    land: MultiPolygon
    properties: dict[str, Any]
    line: int | None


class Course(NamedTuple):
    """A line of a collection: its id, its path in EPSG:4326, its properties and its line in the file."""

    identifier: str
    path: LineString
    properties: dict[str, Any]
    line: int | None


def read_features(
    path: Path,
    ids: Sequence[str] | None,
    faults: list[DataError],
    *,
    needed: Sequence[str] = (),
    window: Bounds = WINDOW,
) -> tuple[Feature, ...]:
    """Return the sound features of a collection of Polygons and MultiPolygons, EPSG:4326.

    Parameters
    ----------
    ids
        The ids that must be there, each once, and no others; ``None`` takes any.
    faults
        Every fault found is added here.
    needed
        Ids that must be there when ``ids`` takes any.
    window
        Degrees west, south, east and north in which every position lies.
    """
    return tuple(Feature(*entry) for entry in _read(path, ids, faults, needed, partial(_sound_polygons, window=window)))


def read_lines(path: Path, faults: list[DataError], *, needed: Sequence[str] = ()) -> tuple[Course, ...]:
    """Return the sound lines of a collection, EPSG:4326; every fault found is added to ``faults``."""
    return tuple(Course(*entry) for entry in _read(path, None, faults, needed, _sound_line))


_Entry = tuple[str, G, dict[str, Any], int]


def _read(
    path: Path,
    ids: Sequence[str] | None,
    faults: list[DataError],
    needed: Sequence[str],
    sound: Callable[[object], G],
) -> list[_Entry[G]]:
    text = read_text(path, faults)
    if text is None:
        return []
    entries = _entries(path.name, text, faults)
    if entries is None:
        return []
    features, seen = _sound(path.name, zip(entries, _feature_lines(text), strict=True), ids, faults, sound)
    missing = [i for i in ids or needed if i not in seen]
    faults.extend(DataError(path.name, f"a feature with the id {i}", column="id") for i in missing)
    return features


def _entries(file: str, text: str, faults: list[DataError]) -> list[Any] | None:
    try:
        collection = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        faults.append(DataError(file, f"JSON ({json_fault(error)})", line=line))
        return None
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        faults.append(DataError(file, "a GeoJSON FeatureCollection", line=1))
        return None
    if "crs" in collection:
        faults.append(DataError(file, _WGS84, line=1, column="crs", value=json.dumps(collection["crs"])))
        return None
    if not collection.get("license") or not collection.get("attribution"):
        faults.append(DataError(file, "the members license and attribution", line=1))
    entries = collection.get("features")
    if not isinstance(entries, list):
        faults.append(DataError(file, "a list of features", line=1, column="features", value=str(entries)))
        return None
    return entries


def _feature_lines(text: str) -> list[int]:
    """Return the line on which each feature of a collection begins; the text has been parsed before."""
    decode = json.JSONDecoder().raw_decode
    starts: list[int] = []
    at = _skipped(text, text.index("{") + 1)
    while text[at] != "}":
        name, at = decode(text, at)
        at = _skipped(text, at)
        if name != "features" or text[at] != "[":
            _, at = decode(text, at)
        else:
            # of a member that is there twice the last one counts, as when the text was parsed
            starts, at = [], _skipped(text, at + 1)
            while text[at] != "]":
                starts.append(at)
                _, at = decode(text, at)
                at = _skipped(text, at)
            at += 1
        at = _skipped(text, at)
    breaks = (text.count("\n", *between) for between in itertools.pairwise([0, *starts]))
    return [1 + total for total in itertools.accumulate(breaks)]


def _skipped(text: str, at: int) -> int:
    # in sound JSON nothing else stands between two values
    return next(i for i in itertools.count(at) if text[i] not in " \t\r\n,:")


def _sound(
    file: str,
    entries: Iterable[tuple[Any, int]],
    ids: Sequence[str] | None,
    faults: list[DataError],
    sound: Callable[[object], G],
) -> tuple[list[_Entry[G]], set[str]]:
    features: list[_Entry[G]] = []
    seen: set[str] = set()
    for entry, line in entries:
        properties = entry.get("properties") if isinstance(entry, dict) else None
        properties = properties if isinstance(properties, dict) else {}
        identifier = str(properties.get("id", ""))
        if identifier in seen:
            faults.append(DataError(file, "each id once", line=line, column="id", value=identifier))
            continue
        seen.add(identifier)
        if not identifier or (ids is not None and identifier not in ids):
            expected = f"one of {', '.join(ids)}" if ids is not None else "an id"
            faults.append(DataError(file, expected, line=line, column="id", value=identifier))
            continue
        try:
            features.append((identifier, sound(entry.get("geometry")), properties, line))
        except _GeometryError as fault:
            column = f"geometry of {identifier}"
            faults.append(DataError(file, fault.expected, line=line, column=column, value=fault.value[:_LONGEST_FAULT]))
    return features, seen


class _GeometryError(Exception):
    def __init__(self, expected: str, value: str) -> None:
        super().__init__(expected, value)
        self.expected = expected
        self.value = value


def _sound_polygons(raw: object, window: Bounds) -> MultiPolygon:
    """Return a geometry as it is, or raise what is wrong with it: nothing is mended while reading."""
    kind = raw.get("type") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or kind not in {"Polygon", "MultiPolygon"}:
        raise _GeometryError("a Polygon or MultiPolygon", str(kind))
    try:
        _check_rings(raw["coordinates"] if kind == "MultiPolygon" else [raw["coordinates"]])
        geometry = shape(raw)
    except (ValueError, TypeError, IndexError, KeyError, AttributeError, shapely.errors.ShapelyError) as error:
        raise _GeometryError(_RINGS, str(error)) from error
    _check_place(geometry, window)
    if not geometry.is_valid:
        raise _GeometryError("rings that do not touch or cross themselves", shapely.is_valid_reason(geometry))
    parts = MultiPolygon([p for p in shapely.get_parts(geometry) if isinstance(p, Polygon)])
    if any(not p.exterior.is_ccw for p in parts.geoms):
        raise _GeometryError("outer rings anticlockwise (RFC 7946)", "a clockwise ring")
    return parts


def _sound_line(raw: object) -> LineString:
    """Return a line as it is, or raise what is wrong with it."""
    if not isinstance(raw, dict) or raw.get("type") != "LineString":
        raise _GeometryError("a LineString", str(raw.get("type") if isinstance(raw, dict) else None))
    expected = "a line of at least two positions that does not cross itself"
    try:
        if not all(math.isfinite(number) for position in raw["coordinates"] for number in position):
            raise _GeometryError(expected, "a position that is no number")
        line = LineString(raw["coordinates"])
    except (ValueError, TypeError, KeyError, shapely.errors.ShapelyError) as error:
        raise _GeometryError(expected, str(error)) from error
    _check_place(line, WINDOW)
    if len(line.coords) < _LINE_POSITIONS or not line.is_simple:
        raise _GeometryError(expected, f"a line of {len(line.coords)} positions")
    return line


def _check_rings(polygons: list[list[list[Any]]]) -> None:
    """Shapely closes an open ring by itself, so what the file says is looked at first."""
    for ring in itertools.chain.from_iterable(polygons):
        if len(ring) < _RING_POSITIONS:
            raise _GeometryError(_RINGS, f"a ring of {len(ring)} positions")
        if ring[0] != ring[-1]:
            raise _GeometryError(_RINGS, f"a ring of {len(ring)} positions that is not closed")


def _check_place(geometry: BaseGeometry, window: Bounds) -> None:
    if geometry.is_empty:
        raise _GeometryError("at least one position", "no position")
    west, south, east, north = geometry.bounds
    found = f"{west:g} {south:g} {east:g} {north:g}"
    inside, swapped = (box(*window).covers(box(*bounds)) for bounds in (geometry.bounds, (south, west, north, east)))
    off_the_earth = not box(-180, -90, 180, 90).covers(box(*geometry.bounds))
    if off_the_earth and not swapped:
        raise _GeometryError(_WGS84, found)
    if not inside:
        raise _GeometryError("positions as longitude, latitude between {} {} and {} {}".format(*window), found)
