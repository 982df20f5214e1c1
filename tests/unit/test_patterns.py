"""No pattern of the package needs more than linear time on text that is made to hold it up."""

# ruff: noqa: ANN401 - the parsed patterns of re have no types

from __future__ import annotations

import importlib
import pkgutil
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import geo

AnyPattern = re.Pattern[str] | re.Pattern[bytes]

# a text is drawn out to this many characters; the rules of the languages never see more than some hundred
LONGEST = 1_024
# what four times the text may cost: four times as much, with room for noise; the square would be sixteen times
GROWTH = 9.0
# what one character may cost more than with a pattern that is linear: stops the exponential before it hangs
MOST_A_CHARACTER = 400
REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
PLAIN = re.compile("[^x]*+x")


def patterns() -> dict[str, AnyPattern]:
    """Return every compiled pattern that a module of the package holds, or a container in it, by its name."""
    found: dict[str, AnyPattern] = {}
    for module in pkgutil.walk_packages(geo.__path__, "geo."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                members = list(vars(value).values()) if isinstance(value, type) else [value]
                for member in members:
                    for i, one in enumerate(_held(member)):
                        found.setdefault(f"{module.name}.{name}[{i}]", one)
    return found


def _held(value: object) -> Iterator[AnyPattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from _held(one)
    elif isinstance(value, dict):
        yield from _held(list(value.values()))


def texts(pattern: AnyPattern) -> set[tuple[str, str]]:
    """Return what a text can begin with and what it can repeat to hold a pattern up: its repeats, its alternatives."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = parser.parse(source, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)
    chance = random.Random(7)  # noqa: S311 - the same texts each time, no secret
    whole = [_sample(tree, chance) for _ in range(4)]
    plain = {*whole, *(f"{w} " for w in whole), " ", "-", "\n", "a", "я", "あ"}
    units = {("", unit) for unit in plain}
    for body, before in _repeats(tree, [], chance):
        units |= {(before, _sample(body, chance)) for _ in range(24)}
    return {(before, unit) for before, unit in units if unit}


def _repeats(tree: Any, before: list[str], chance: random.Random) -> Iterator[tuple[Any, str]]:
    for operation, argument in tree:
        if operation in REPEATS:
            yield argument[2], "".join(before)
            yield from _repeats(argument[2], before, chance)
        elif operation is sre.SUBPATTERN:
            yield from _repeats(argument[-1], before, chance)
        elif operation is sre.BRANCH:
            for branch in argument[1]:
                yield from _repeats(branch, before, chance)
        elif operation is sre.ATOMIC_GROUP:
            yield from _repeats(argument, before, chance)
        before = [*before, _sample([(operation, argument)], chance)]


def _sample(tree: Any, chance: random.Random) -> str:
    """Return a text that a parsed pattern matches, more or less."""
    said = ""
    for operation, argument in tree:
        if operation is sre.LITERAL:
            said += chr(argument)
        elif operation is sre.NOT_LITERAL:
            said += "a" if argument != ord("a") else "b"
        elif operation is sre.ANY:
            said += "a"
        elif operation is sre.IN:
            said += _member(argument, chance)
        elif operation in REPEATS:
            low, high, body = argument
            said += "".join(_sample(body, chance) for _ in range(chance.randint(low, min(low + 1, int(high)))))
        elif operation is sre.SUBPATTERN:
            said += _sample(argument[-1], chance)
        elif operation is sre.ATOMIC_GROUP:
            said += _sample(argument, chance)
        elif operation is sre.BRANCH:
            said += _sample(chance.choice(argument[1]), chance)
    return said


def _member(members: Any, chance: random.Random) -> str:
    category = {
        sre.CATEGORY_DIGIT: "7", sre.CATEGORY_SPACE: " ", sre.CATEGORY_WORD: "a",
        sre.CATEGORY_NOT_DIGIT: "a", sre.CATEGORY_NOT_SPACE: "a", sre.CATEGORY_NOT_WORD: " ",
    }  # fmt: skip
    if members[0][0] is sre.NEGATE:
        tried = (c for c in "aZ я5-あ " if not any(_in(c, m) for m in members[1:]))
        return next(tried, "\u2603")
    operation, argument = chance.choice(members)
    if operation is sre.RANGE:
        return chr(argument[0])
    return category[argument] if operation is sre.CATEGORY else chr(argument)


def _in(character: str, member: Any) -> bool:
    operation, argument = member
    if operation is sre.RANGE:
        return bool(argument[0] <= ord(character) <= argument[1])
    return bool(operation is sre.LITERAL and argument == ord(character))


def methods(name: str) -> tuple[str, ...]:
    """Return how the package uses a pattern: one that is only matched at a place is not searched for."""
    module, constant = name.split("[", maxsplit=1)[0].rsplit(".", 1)
    called = re.compile(r"\b(\w+)\.(search|match|fullmatch|finditer|findall|sub|split)\(")
    sources = {path: path.read_text("utf-8") for path in Path(geo.__file__).parent.rglob("*.py")}
    direct = {m[2] for text in sources.values() for m in called.finditer(text) if m[1] == constant}
    own = Path(str(importlib.import_module(module).__file__))
    used = direct or {m[2] for m in called.finditer(sources[own]) if m[1].islower()} or {"search"}
    return tuple(sorted({how if how in {"match", "fullmatch"} else "search" for how in used}))


def cost(pattern: AnyPattern, text: str, used: tuple[str, ...] = ("search",)) -> float:
    """Return the least of several times that a pattern takes to say what it finds in a text."""
    sought: Any = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")
    best = float("inf")
    for _ in range(3):
        begun = time.perf_counter()
        for method in used:
            getattr(pattern, method)(sought)
        best = min(best, time.perf_counter() - begun)
    return best


def holds_up(pattern: AnyPattern, text: tuple[str, str], used: tuple[str, ...] = ("search",)) -> bool:
    """Return whether a pattern takes more than linear time for a text that repeats a unit."""
    before, unit = text
    known: list[tuple[int, float]] = []
    times = 8
    while True:
        drawn = before + unit * times + "\x00"
        taken = cost(pattern, drawn, used)
        if taken > MOST_A_CHARACTER * cost(PLAIN, drawn):
            return True
        known.append((len(drawn), taken))
        if len(drawn) > LONGEST:
            break
        times += max(1, times // 5)
    length, taken = known[-1]
    quarter = min(known, key=lambda k: abs(k[0] - length / 4))
    return taken > GROWTH * quarter[1] and taken > 20 * cost(PLAIN, drawn)


@pytest.mark.parametrize("name", sorted(patterns()))
def test_no_text_holds_a_pattern_up(name: str) -> None:
    pattern = patterns_by_name[name]
    used = methods(name)
    held = [t for t in sorted(texts(pattern)) if holds_up(pattern, t, used)]
    # what a busy machine made look slow is asked again
    assert [t for t in held if holds_up(pattern, t, used) and holds_up(pattern, t, used)] == []


patterns_by_name = patterns()


@pytest.mark.parametrize(
    "written",
    [r"\b(?:four)[ ,]+(?:(?:and|of|the) ?,? ?)*$", r"(?:a|a)*b", r"[A-Z][\w-]*(?:[ -]+[\w-]+){0,4},"],
)
def test_a_pattern_that_backtracks_is_told(written: str) -> None:
    pattern = re.compile(written)
    assert any(holds_up(pattern, t) for t in sorted(texts(pattern)))
