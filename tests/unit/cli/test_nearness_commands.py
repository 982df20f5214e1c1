"""What the command line tells of distances from any point, between islands, over the horizon and of the sea."""

from __future__ import annotations

import json
from itertools import combinations
from typing import Any

import numpy as np
import pytest
import shapely

from geo.__main__ import main
from geo.geometry.nearest_shore import between_shores
from geo.geometry.shores import GEOD
from geo.loading.dossier import Dossier
from geo.model.fields import ISLANDS


def rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert main([*arguments, "--format", "json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    return capsys.readouterr().err


def test_distances_start_from_any_point_on_earth(capsys: pytest.CaptureFixture[str]) -> None:
    found = {r["to"]: r for r in rows(capsys, "distances", "--from", "43.38528,145.81694")}
    usual = {r["to"]: r for r in rows(capsys, "distances", "--from", "nosappu")}
    for island in ISLANDS:
        assert found[island]["km"] == usual[island]["km"]
        assert found[island]["nautical_miles"] == pytest.approx(found[island]["km"] / 1.852, abs=0.01)
        assert found[island]["miles"] == pytest.approx(found[island]["km"] / 1.609344, abs=0.01)
    assert found["kaigara"]["bearing_deg"] == pytest.approx(69.8, abs=0.5)


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        ("atlantis", "--from takes one of nosappu, nemuro"),
        ("95,10", "95 is no latitude"),
        ("10,190", "190 is no longitude"),
        ("1.2.3,4", "in degrees"),
        ("nan,4", "--from takes one of"),
        ("", "--from takes one of"),
    ],
)
def test_what_is_no_origin_is_refused_in_a_sentence(capsys: pytest.CaptureFixture[str], origin: str, told: str) -> None:
    assert told in refusal(capsys, "distances", f"--from={origin}")


def test_every_two_lands_are_as_far_apart_as_their_nearest_points(
    capsys: pytest.CaptureFixture[str], dossier: Dossier
) -> None:
    found = {(r["from"], r["to"]): r["km"] for r in rows(capsys, "matrix")}
    # an islet is part of its island
    assert len(found) == len(list(combinations(dossier.lands, 2))) - len(dossier.islets)
    assert found["kaigara", "odoke"] == pytest.approx(1.5, abs=0.1)
    assert found["iturup", "kunashir"] == pytest.approx(22.5, abs=0.8)


@pytest.mark.parametrize(("one", "other"), [("yuri", "shibotsu"), ("kunashir", "iturup"), ("taraku", "shikotan")])
def test_no_two_points_of_two_shores_are_nearer(dossier: Dossier, one: str, other: str) -> None:
    line = between_shores(dossier.lands[one], dossier.lands[other])
    near = shapely.Point(line.from_point).buffer(0.35)
    outlines = (shapely.segmentize(dossier.lands[i].boundary, 0.0005) for i in (one, other))
    starts, ends = (shapely.get_coordinates(shapely.intersection(outline, near)) for outline in outlines)
    nearest = min(
        float(np.min(GEOD.inv(np.full(len(ends), lon), np.full(len(ends), lat), *ends.T)[2])) for lon, lat in starts
    )
    assert line.km * 1000 - 1 <= nearest <= line.km * 1000 + 60


def test_from_a_tower_at_nosappu_tyatya_stands_over_the_horizon_and_stokap_does_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = {(r["peak"], r["stated_by"]): r for r in rows(capsys, "sight", "--from", "nosappu", "--eye", "30")}
    assert found["tyatya", "jp"]["visible_m"] > 1000
    assert found["stokap", "ru"]["visible_m"] == 0
    # a height by either side, both shown
    assert {state for peak, state in found if peak == "tyatya"} == {"jp", "ru"}


def test_an_eye_under_water_sees_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--eye takes metres over the sea" in refusal(capsys, "sight", "--eye", "-1")
    assert "--from takes one of" in refusal(capsys, "sight", "--from", "atlantis")


def test_the_zone_of_the_four_islands_is_claimed_by_both_and_known_whole(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(capsys, "sea")
    assert [(r["nearest_land"], r["nautical_miles"]) for r in found if r["claimed_by"] == "jp ru"] == [
        ("four_islands", 12),
        ("four_islands", 24),
        ("four_islands", 200),
    ]
    assert all(r["whole"] == "yes" for r in found if r["nearest_land"] == "four_islands")
