"""What a reader sees when the data is hostile or faulty."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from spoilt_data import without_translations

from geo.errors import FaultyDataError
from geo.loading.dossier import load

from .reader import DESK, ISLANDS, ROOT, Reader, serving

# quotations are word for word, so they may hold anything
HOSTILE = [
    '<img src=x onerror="window.hacked=1">${window.hacked=1}',
    "`;window.hacked=1//",
    "</script><script>window.hacked=1</script>",
    "{{ 7*7 }}{% raw %}\\2019 \\u003cimg src=x onerror=window.hacked=1\\u003e &lt;b&gt; <!-- \u2028",
]
# records are plain text: no markup, yet quotes, backslashes and the like
PUBLISHER = "The \"Times\" onmouseover='window.hacked=1' & $Sons$ *\\2019*"
# by table: the row and the columns that hold such words in the test of the dispute's own texts
SPOILT = {
    "events.csv": ("shimoda-1855", ("title_en", "clause_en", "note_en", "iturup_en")),
    "claims.csv": ("jp-never-other", ("position_en", "document_en")),
    "history.csv": ("iturup", ("holder_name_en",)),
    "glossary.csv": ("administered", ("term", "meaning_en", "we_say_en")),
    "lines.csv": ("iturup_urup", ("label_en", "title_en")),
    "definitions.csv": ("treaty_1875", ("title_en", "whose_en", "document_en")),
    "recognition.csv": ("us-1945-yalta", ("statement_en", "party_en", "document_en")),
    "questions.csv": ("title", ("title_en", "turns_on_en")),
}


def spoil(data: Path, table: str, columns: tuple[str, ...], words: str) -> None:
    """Write words into columns of the row of a table that is named for it, or of the rows."""
    file = data / table
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        if next(iter(row.values())) == SPOILT[table][0]:
            row.update(dict.fromkeys(columns, words))
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def hostile(data_copy: Path) -> Path:
    """Fill the data folder with hostile quotations, each island with another one first."""
    file = data_copy / "excerpts.jsonl"
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    article = "tass-2025-12-01"
    for island, text in zip(ISLANDS, HOSTILE, strict=True):
        quote = {"quote": text, "start": 0, "end": len(text), "matched": text, "language": "en"}
        lines.insert(0, {"article": article, "island": island, "kind": "named", **quote})
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    articles = data_copy / "articles.csv"
    quoted = PUBLISHER.replace('"', '""')
    articles.write_text(articles.read_text("utf-8").replace(",TASS,", f',"{quoted}",'), "utf-8")
    return data_copy


@pytest.fixture
def stranger(browser: Browser) -> Iterator[Reader]:
    """Give a reader who comes to a server with another data folder."""
    reader = Reader.arrive(browser, DESK)
    yield reader
    reader.leave()


def test_hostile_words_are_shown_as_words(hostile: Path, stranger: Reader, tmp_path: Path) -> None:
    with serving(tmp_path / "log", data=hostile) as address:
        stranger.open(f"{address}/#press")
        for island, text in zip(ISLANDS, HOSTILE, strict=True):
            words = " ".join(text.split())
            stranger.choose_in_list(island)
            stranger.sees(island)
            expect(stranger.panel.locator("blockquote")).to_have_text(words)
            expect(stranger.panel).to_contain_text(PUBLISHER)
            shown = stranger.excerpts.locator("figure", has_text=words)
            expect(shown.locator("blockquote").first).to_have_text(words)
            expect(shown.locator("figcaption").first).to_contain_text(PUBLISHER)
            for place in (stranger.panel, stranger.excerpts):
                expect(place.locator("img:not(.chart), script, b b, [onerror], [onmouseover]")).to_have_count(0)
        assert stranger.page.evaluate("() => typeof window.hacked") == "undefined"
        assert stranger.run("() => typeof window.hacked") == "undefined"
    assert stranger.observed.outside == []
    assert stranger.observed.errors == []


@pytest.mark.parametrize(
    "cell",
    ["a lot", "![](https://outside.example/x.png) [a](https://outside.example) *b* $c$ $d$ :red[e] <b>f</b>"],
    ids=["words", "markdown"],
)
def test_faulty_data_is_one_plain_message_and_no_map(
    data_copy: Path, stranger: Reader, tmp_path: Path, cell: str
) -> None:
    facts = data_copy / "facts.csv"
    facts.write_text((ROOT / "data" / "facts.csv").read_text("utf-8").replace("3166.64", cell, 1), "utf-8")
    with serving(tmp_path / "log", data=data_copy) as address:
        stranger.page.goto(address)
        messages = stranger.page.get_by_test_id("stAlert")
        expect(messages).to_have_count(1)
        # a long value may be cut, but what is left of it stands as it is in the file
        for text in ("facts.csv", "line 2", "column value", cell[:55]):
            expect(messages).to_contain_text(text)
        expect(stranger.page.locator("iframe")).to_have_count(0)
        expect(stranger.panel).to_have_count(0)
        expect(stranger.page.locator("body")).not_to_contain_text("Traceback")
    assert stranger.observed.outside == []


@pytest.mark.parametrize("words", HOSTILE, ids=["picture", "literal", "script", "template"])
def test_markup_and_template_literals_are_refused_in_our_own_tables(data_copy: Path, words: str) -> None:
    for table, (_, columns) in SPOILT.items():
        spoil(data_copy, table, columns, words)
    with pytest.raises(FaultyDataError) as refused:
        load(data_copy)
    told = [str(fault) for fault in refused.value.faults]
    cells = [(table, column) for table, (_, columns) in SPOILT.items() for column in columns]
    assert [cell for cell in cells if not any(cell[0] in fault and cell[1] in fault for fault in told)] == []


def test_hostile_words_without_markup_are_shown_as_words_everywhere(
    data_copy: Path, stranger: Reader, tmp_path: Path
) -> None:
    without_translations(data_copy)
    for table, (_, columns) in SPOILT.items():
        spoil(data_copy, table, columns, f"{PUBLISHER} {table}")
    with serving(tmp_path / "log", data=data_copy) as address:
        stranger.open(f"{address}/?date=1855-02-07&kuril=treaty_1875&island=iturup")
        page = stranger.page
        strip, legend = stranger.map.locator(".strip"), stranger.map.locator(".legend")
        expect(strip).to_contain_text(f"{PUBLISHER} events.csv")
        expect(strip).to_contain_text(f"{PUBLISHER} definitions.csv")
        expect(legend).to_contain_text(f"{PUBLISHER} definitions.csv")
        expect(stranger.card).to_contain_text(f"{PUBLISHER} history.csv")
        expect(page.locator(".history")).to_contain_text(f"{PUBLISHER} events.csv")
        expect(page.locator(".history")).to_contain_text(f"{PUBLISHER} history.csv")
        sections = {"glossary": "glossary", "recognition": "others", "definitions": "others", "events": "history"}
        for table, section in {**sections, "claims": "arguments", "questions": "arguments"}.items():
            page.locator(f".fi.contents a[href='#{'words' if section == 'glossary' else section}']").click()
            expect(page.locator(f".st-key-{section}")).to_contain_text(f"{PUBLISHER} {table}.csv")
        stranger.unfold()
        expect(page.locator(".st-key-date")).not_to_contain_text("undefined")
        stranger.pick("date", "Today")
        stranger.look_as("jp")
        label = stranger.map.locator(".border-label .label[data-id=iturup_urup]")
        expect(label).to_contain_text(f"{PUBLISHER} lines.csv")
        for run in (page.evaluate, stranger.run):
            assert run("() => typeof window.hacked") == "undefined"
            assert run("() => document.querySelectorAll('[onmouseover], [onerror]').length") == 0
    assert stranger.observed.outside == []
    assert stranger.observed.errors == []
