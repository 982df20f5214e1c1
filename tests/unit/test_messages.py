"""The catalogues: every message of the code has a translation into each language, and no translation is left over."""

from __future__ import annotations

import ast
import re
import string
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from geo.i18n import CATALOGUES, PAGE_LANGUAGES, date, language, measure, number, speak, speaking, tr, trn
from geo.model.fields import Language
from geo.paths import DATA

ROOT = DATA.parent
TRANSLATED: tuple[Language, ...] = tuple(lang for lang in PAGE_LANGUAGES if lang != "en")


def said() -> set[object]:
    """Give every message of the code: those that pybabel finds, a pair where a count decides."""
    with (CATALOGUES / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    keywords: dict[str, tuple[int, ...] | None] = {"tr": None, "trn": (1, 2)}
    found = extract_from_dir(str(ROOT), methods, options, keywords, directory_filter=is_ours)
    return {message for _, _, message, _, _ in found}


def is_ours(folder: str | Path) -> bool:
    return Path(folder).name in {ROOT.name, "geo"} or (ROOT / "geo") in Path(folder).parents


def literal_messages() -> Iterator[tuple[str, int, str]]:
    for path in [*sorted((ROOT / "geo").rglob("*.py")), ROOT / "dashboard.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"tr", "trn"}:
                assert isinstance(node.args[0], ast.Constant), f"{path.name}, line {node.lineno}: no literal text"
                yield path.name, node.lineno, str(node.args[0].value)


def catalogue(lang: Language) -> Catalog:
    with (CATALOGUES / lang / "LC_MESSAGES" / "messages.po").open("rb") as written:
        return read_po(written, locale=lang)


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else [*(message.string or ())]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_message_has_a_translation_and_none_is_left_over(lang: Language) -> None:
    assert {message.id for message in catalogue(lang) if message.id} == said()


@pytest.mark.parametrize("lang", TRANSLATED)
def test_no_translation_is_empty_or_in_doubt_and_each_fills_the_same_fields(lang: Language) -> None:
    known = catalogue(lang)
    for message in (m for m in known if m.id):
        assert not message.fuzzy, message.id
        assert all(forms(message)), message.id
        english = message.id if isinstance(message.id, str) else message.id[-1]
        for form in forms(message):
            assert fields(form) == fields(english), message.id
        assert len(forms(message)) == (1 if isinstance(message.id, str) else known.num_plurals)


def test_no_message_hides_where_it_is_not_extracted() -> None:
    known = {text for message in said() for text in ((message,) if isinstance(message, str) else tuple(message))}  # type: ignore[arg-type]
    assert [place for place in literal_messages() if place[2] not in known] == []


def test_a_language_without_a_translation_of_a_message_says_it_in_english() -> None:
    with speaking("ja"):
        assert tr("No such message, {name}.", name="x") == "No such message, x."


def test_russian_counts_in_three_forms() -> None:
    with speaking("ru"):
        told = [trn("one person", "{count} people", n) for n in (1, 2, 5, 11, 21, 1692)]
    assert [re.sub(r"[\d\s]", "", text) for text in told] == [
        "человек",
        "человека",
        "человек",
        "человек",
        "человек",
        "человека",
    ]


def test_numbers_units_and_dates_follow_the_language() -> None:
    told = {}
    for lang in PAGE_LANGUAGES:
        with speaking(lang):
            told[lang] = (
                number(3166.64, 2),
                measure(16, "km", 1, fixed=True),
                measure(3166.64, "km2"),
                date("1855-02-07"),
                date("1855"),
            )
    assert told["en"] == ("3,166.64", "16.0 km", "3,166.64 km²", "7 Feb 1855", "1855")
    assert told["ja"] == ("3,166.64", "16.0 km", "3,166.64 km²", "1855年2月7日", "1855年")
    plain = tuple(re.sub(r"\s", " ", text) for text in told["ru"])
    assert plain == ("3 166,64", "16,0 км", "3 166,64 км²", "7 февраля 1855 г.", "1855 г.")


def test_the_language_of_one_reader_reaches_no_other() -> None:
    heard: list[Language] = []
    speak("ru")
    try:
        other = threading.Thread(target=lambda: heard.append(language()))
        other.start()
        other.join()
        assert (language(), heard) == ("ru", ["en"])
    finally:
        speak("en")
