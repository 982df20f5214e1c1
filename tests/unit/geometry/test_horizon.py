"""What is seen over the sea, against examples worked by hand."""

from __future__ import annotations

import math

import pytest

from geo.errors import GeoError
from geo.geometry.horizon import sight


def test_from_the_beach_a_low_rock_at_ten_kilometres_is_hidden_by_four_metres() -> None:
    """Worked by hand, with k = 0.13: R' = 6371.009 km / 0.87 = 7322.999 km.

    Eye at 1.7 m: s = sqrt(2 x 7322999 x 1.7) = sqrt(24898197) = 4990 m.
    Beyond the horizon: 10000 - 4990 = 5010 m; hidden: 5010^2 / (2 x 7322999) = 25100100 / 14645998 = 1.71 m.
    A lighthouse of 17 m shows 17 - 1.71 = 15.29 m.
    """
    seen = sight(10, 17, 1.7)
    assert seen.horizon_km == pytest.approx(4.990, abs=0.001)
    assert seen.hidden_m == pytest.approx(1.714, abs=0.005)
    assert seen.visible_m == pytest.approx(15.286, abs=0.005)


def test_from_a_tower_a_volcano_at_a_hundred_kilometres_shows_most_of_itself() -> None:
    """Worked by hand, with k = 0.13.

    Eye at 100 m: s = sqrt(2 x 7322999 x 100) = sqrt(1464599800) = 38270 m (exact arc: 38269.5 m).
    Beyond: 100000 - 38270 = 61730 m; hidden: 61730^2 / 14645998 = 3810592900 / 14645998 = 260.2 m.
    A peak of 1772 m shows 1772 - 260.2 = 1511.8 m.
    """
    seen = sight(100, 1772, 100)
    assert seen.hidden_m == pytest.approx(260.2, abs=0.2)
    assert seen.visible_m == pytest.approx(1511.8, abs=0.2)


def test_without_refraction_a_peak_of_1629_metres_is_gone_at_two_hundred_kilometres_from_the_shore() -> None:
    """Worked by hand, with k = 0: R = 6371.009 km.

    Eye at 10 m: s = sqrt(2 x 6371009 x 10) = sqrt(127420180) = 11288 m.
    Beyond: 200000 - 11288 = 188712 m; hidden: 188712^2 / (2 x 6371009) = 35612218944 / 12742018 = 2794.9 m, and the
    next term of 1/cos adds 5/24 (188712 / 6371009)^4 x 6371009 = 1.0 m: 2795.9 m.
    """
    seen = sight(200, 1629, 10, refraction=0)
    assert seen.hidden_m == pytest.approx(2795.9, abs=0.5)
    assert seen.visible_m == 0
    assert seen.elevation_deg < 0


def test_the_summit_touches_the_horizon_where_nothing_of_it_is_left() -> None:
    hidden = sight(150, 0, 20).hidden_m
    assert sight(150, hidden, 20).elevation_deg == pytest.approx(0, abs=1e-9)
    assert sight(150, hidden + 1, 20).visible_m == pytest.approx(1)


@pytest.mark.parametrize(
    "values", [(0, 10, 2), (-1, 10, 2), (10, -1, 2), (10, 10, -1), (math.nan, 10, 2), (math.inf, 10, 2)]
)
def test_what_cannot_be_is_refused(values: tuple[float, float, float]) -> None:
    with pytest.raises(GeoError, match="distance above 0 km"):
        sight(*values)


def test_on_the_other_side_of_the_earth_no_height_is_seen() -> None:
    for km in (11_600, 15_000, 20_003):
        assert sight(km, 8849, 10_000).visible_m == 0
        assert math.isinf(sight(km, 8849, 1.7).hidden_m)
