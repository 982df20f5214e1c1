"""The colours and patterns of the map and of the swatches: the one table for scripts and styles.

Colours that stay apart for colour-blind readers, each with a pattern of its own; no flag's colours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Pattern = Literal["diagonal", "horizontal", "vertical", "dots", "grid", "crossed"]

# the path of a pattern in a square of eight pixels
_PATHS: dict[Pattern, str] = {
    "diagonal": "M0 8L8 0",
    "horizontal": "M0 4H8",
    "vertical": "M4 0V8",
    "dots": "M3 4a1 1 0 1 0 2 0a1 1 0 1 0-2 0",
    "grid": "M0 4H8M4 0V8",
    "crossed": "M0 8L8 0M0 0L8 8",
}
# the same patterns as backgrounds of a swatch beside a line of text
_BACKGROUNDS: dict[Pattern, str] = {
    "diagonal": "repeating-linear-gradient(135deg,{colour} 0 2px,{tint} 2px 5px)",
    "horizontal": "repeating-linear-gradient(0deg,{colour} 0 2px,{tint} 2px 5px)",
    "vertical": "repeating-linear-gradient(90deg,{colour} 0 2px,{tint} 2px 5px)",
    "dots": "radial-gradient({colour} 35%,{tint} 40%) 0 0/5px 5px",
    "grid": (
        "repeating-linear-gradient(0deg,{colour} 0 1px,transparent 1px 4px),"
        "repeating-linear-gradient(90deg,{colour} 0 1px,{tint} 1px 4px)"
    ),
    "crossed": (
        "repeating-linear-gradient(45deg,{colour} 0 1px,transparent 1px 4px),"
        "repeating-linear-gradient(135deg,{colour} 0 1px,{tint} 1px 4px)"
    ),
}


@dataclass(frozen=True, slots=True)
class Fill:
    """What an area is filled with: a colour, its tint between the lines of the pattern, and the ground's opacity."""

    colour: str
    tint: str
    pattern: Pattern
    opacity: float = 0.5


FILLS: dict[str, Fill] = {
    "iturup": Fill("#3b6ea5", "#a9c0d8", "diagonal"),
    "kunashir": Fill("#8a4f9e", "#cdb4d5", "horizontal"),
    "shikotan": Fill("#2e7d5b", "#a5cab9", "dots"),
    "habomai": Fill("#b5651d", "#e2c2a4", "grid"),
    "jp": Fill("#a8760c", "#ddc48f", "vertical"),
    "ru": Fill("#0f6a78", "#8fbfc6", "horizontal"),
    "joint": Fill("#6b6b2a", "#c9c99a", "grid"),
    "unsettled": Fill("#8d8a80", "#eeeeee", "dots", 0.12),
    "none": Fill("#8d8a80", "#eeeeee", "crossed", 0.12),
}
# the map's other colours by day; a style takes one as var(--map-shore)
LINES: dict[str, str] = {
    "sea": "#cfe0ea",
    "land": "#e9e6dc",
    "shore": "#9a978b",
    "ink": "#111111",
    "border": "#7a1f1f",
    "counted": "#a3005c",
    "accent": "#33627c",
    "paper": "#ffffff",
    "veil": "#ffffffef",
    "text": "#222222",
    "quiet": "#4a4a44",
    "line": "#b9c7cf",
}
# what changes where the reader's machine is set to dark
DARK: dict[str, str] = {
    "sea": "#14232d",
    "land": "#34352f",
    "ink": "#f4f4f0",
    "border": "#f2a3a0",
    "counted": "#ff7ac0",
    "accent": "#6fa8c7",
    "paper": "#1b1f24",
    "veil": "#1b1f24ef",
    "text": "#ececea",
    "quiet": "#c9c9c2",
    "line": "#46525b",
}


def as_data() -> dict[str, Any]:
    """Return the fills (colour, path of the pattern, opacity of the ground) and the other colours for the scripts."""
    fills = {i: {"colour": f.colour, "path": _PATHS[f.pattern], "opacity": f.opacity} for i, f in FILLS.items()}
    return {"fills": fills, "lines": {name: f"var(--map-{name})" for name in LINES}}


def custom_properties() -> str:
    """Return the colours of the map as CSS custom properties, for both themes."""
    light, dark = ("".join(f"--map-{name}:{colour};" for name, colour in of.items()) for of in (LINES, DARK))
    return f":root{{{light}}}\n@media(prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def swatches() -> str:
    """Return a CSS rule for the swatch of each fill."""
    rules = (
        f".sw-{i}{{color:{f.colour};background:{_BACKGROUNDS[f.pattern].format(colour=f.colour, tint=f.tint)}}}"
        for i, f in FILLS.items()
    )
    return "\n".join(rules) + "\n"
