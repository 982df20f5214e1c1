"""The tables in the language of the page: what is translated, what needs no translation, and what is missing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from geo.__main__ import main
from geo.cli.texts import untranslated
from geo.loading.dossier import load, load_languages
from geo.loading.schema import read_tables
from geo.model.fields import Language
from geo.model.translations import TRANSLATIONS
from geo.paths import DATA

QUESTION = "questions,Title as a whole,Принадлежность островов в целом"
HEADER = "table,english,text\n"


@pytest.fixture
def translated(data_copy: Path) -> Path:
    """Give a data folder whose only translation is the Russian title of a question."""
    (data_copy / "translations_ja.csv").write_text(HEADER, encoding="utf-8")
    (data_copy / "translations_ru.csv").write_text(f"{HEADER}{QUESTION}\n", encoding="utf-8")
    return data_copy


def test_a_text_with_a_translation_is_read_in_the_language_of_the_page(translated: Path) -> None:
    titles = {lang: dossier.questions[0].title_en for lang, dossier in load_languages(translated).items()}
    assert titles == {"en": "Title as a whole", "ja": "Title as a whole", "ru": "Принадлежность островов в целом"}


def test_a_text_without_a_translation_stays_english(translated: Path) -> None:
    english, russian = (load_languages(translated)[lang] for lang in ("en", "ru"))
    assert russian.questions[1].title_en == english.questions[1].title_en
    assert russian.events[0] == english.events[0]


def test_the_words_of_a_document_and_names_in_their_own_script_need_no_translation(translated: Path) -> None:
    russian = load_languages(translated)["ru"]
    declaration = next(e for e in russian.events if e.event_id == "declaration-1956")
    assert declaration.clause_en == declaration.clause_ru
    assert russian.names["iturup"]["ru"].latin == "Итуруп"
    assert russian.names["iturup"]["ja"].latin == "Etorofu-tō"


def test_a_dossier_in_english_is_the_tables_as_they_stand() -> None:
    assert load().language == "en"
    with (DATA / "questions.csv").open(encoding="utf-8", newline="") as table:
        assert [q.title_en for q in load().questions] == [row["title_en"] for row in csv.DictReader(table)]


def test_what_is_missing_is_printed_as_rows_to_fill_in(translated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["texts", "--language", "ru", "--data", str(translated)]) == 0
    rows = [*csv.DictReader(io.StringIO(capsys.readouterr().out))]
    assert {"table": "questions", "english": "Treaty of Shimoda, 1855", "text": ""} in rows
    assert not any(row["english"] == "Title as a whole" for row in rows)
    # filled in and put below what is there, nothing is missing
    with (translated / "translations_ru.csv").open("a", encoding="utf-8", newline="") as table:
        csv.writer(table, lineterminator="\n").writerows([r["table"], r["english"], f"«{r['table']}»"] for r in rows)
    assert main(["texts", "--language", "ru", "--data", str(translated)]) == 0
    assert capsys.readouterr().out == ""
    assert main(["check", "--data", str(translated)]) == 0


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_text_that_the_page_shows_is_translated(language: Language) -> None:
    tables, faults = read_tables(DATA)
    assert faults == []
    assert untranslated(tables, language) == []


@pytest.mark.parametrize(("language", "marks"), [("ja", "「」"), ("ru", "«»")])
def test_every_quotation_in_a_translation_is_closed(language: Language, marks: str) -> None:
    with (DATA / TRANSLATIONS[language].FILE).open(encoding="utf-8", newline="") as table:
        texts = [row["text"] for row in csv.DictReader(table)]
    assert [text for text in texts if text.count(marks[0]) != text.count(marks[1])] == []
