"""The colours of the map for eyes that see three colours, or two."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from geo.page.palette import FILLS

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB
SIGHT = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])
# CIE 1976: about 2.3 is just noticeable; several times that is told apart side by side on a map
APART = 10.0


def lab(colour: str, sight: str) -> np.ndarray:
    """Give a colour as it is seen, in CIE L*a*b*."""
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    x, y, z = np.cbrt(np.maximum(_XYZ @ np.clip(SIGHT[sight] @ linear, 0, 1), 1e-9) / _WHITE)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("sight", SIGHT)
def test_what_shares_a_pattern_differs_in_colour_for_every_kind_of_sight(sight: str) -> None:
    near = {
        (one, other): round(float(np.linalg.norm(lab(FILLS[one].colour, sight) - lab(FILLS[other].colour, sight))), 1)
        for one, other in itertools.combinations(FILLS, 2)
        if FILLS[one].pattern == FILLS[other].pattern
    }
    assert near
    assert {pair: apart for pair, apart in near.items() if apart < APART} == {}


@pytest.mark.parametrize("sight", SIGHT)
def test_japan_and_russia_differ_in_colour_for_every_kind_of_sight(sight: str) -> None:
    assert np.linalg.norm(lab(FILLS["jp"].colour, sight) - lab(FILLS["ru"].colour, sight)) > 2 * APART
