"""What a reader sees when the data is hostile or faulty."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

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
        stranger.open(address)
        for island, text in zip(ISLANDS, HOSTILE, strict=True):
            words = " ".join(text.split())
            stranger.choose_in_list(island)
            stranger.sees(island)
            expect(stranger.card.locator("blockquote")).to_have_text(words)
            expect(stranger.card.locator(".cite")).to_contain_text(PUBLISHER)
            expect(stranger.excerpts.locator("blockquote").first).to_have_text(words)
            expect(stranger.excerpts.locator("figcaption").first).to_contain_text(PUBLISHER)
            for place in (stranger.card, stranger.excerpts):
                expect(place.locator("img, script, b b, [onerror], [onmouseover]")).to_have_count(0)
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
