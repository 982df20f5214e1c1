# ruff: noqa: RUF001 - Russian sentences
"""Articles of every form, in the encodings the press has used, come out with their text and what is known of them."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import os
from pathlib import Path

import pytest
from read_articles import read_articles

from geo.model.dates import latest_today
from geo.news.extract import extract, extraction_context
from geo.news.model import Article, Format, ParsedDocument, RawDocument
from geo.news.normalize.article import normalize_article
from geo.news.normalize.dates import iso_date
from geo.news.normalize.publishers import Publishers
from geo.news.read.batches import sources
from geo.news.read.encodings import decode
from geo.news.read.formats import parse
from geo.news.uploads import read_uploads
from geo.paths import DATA

PAGE = """<!doctype html><html lang="ru"><head><meta charset="{charset}"><title>Школа на Шикотане — Газета</title>
<meta property="og:site_name" content="Газета"><meta property="og:title" content="Школа на Шикотане">
<meta property="article:published_time" content="2024-03-05T09:00:00+11:00">
<link rel="canonical" href="https://gazeta.example.ru/shkola"></head><body><nav><a href="/">Главная</a></nav>
<article><h1>Школа на Шикотане</h1><p>В посёлке Крабозаводское на Шикотане достроили новую школу на двести мест.</p>
<p>Занятия в ней начнутся первого сентября, сообщили в администрации района, где ждут учителей из других областей.</p>
</article><script>alert("Кунашир")</script><footer>Все права защищены</footer></body></html>"""

SENTENCES = {
    "ja": "色丹島の港で新しい桟橋の工事が始まった。",
    "ru": "На Шикотане начали строить новый причал, и жители этому рады.",
    "capitals": "НА ШИКОТАНЕ СТРОЯТ ПРИЧАЛ",
    "en": "The mayor’s café on Shikotan reopened — for the summer.",
}


def read(*paths: Path) -> list[Article]:
    """Read files that have no faults."""
    found, faults = read_articles(*paths, publishers=Publishers.from_data(DATA))
    assert not faults, [str(fault) for fault in faults]
    return found


def written(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize(
    ("sentence", "encoding"),
    [
        *[("ja", e) for e in ("utf-8", "utf-8-sig", "shift_jis", "euc-jp", "iso2022_jp", "utf-16", "utf-16-le")],
        *[("ru", e) for e in ("utf-8", "windows-1251", "koi8-r", "cp866", "utf-16", "utf-16-be")],
        *[("capitals", e) for e in ("windows-1251", "koi8-r", "cp866")],
        *[("en", e) for e in ("utf-8", "windows-1252", "utf-16")],
    ],
)
def test_a_text_is_read_in_the_encoding_it_is_in(sentence: str, encoding: str) -> None:
    assert decode(SENTENCES[sentence].encode(encoding)).lstrip("\ufeff") == SENTENCES[sentence]


@pytest.mark.parametrize(
    "declared", ["utf-8", "iso-8859-1", "windows-1251", "shift_jis", "koi8-r", "rot13", "nonsense"]
)
@pytest.mark.parametrize(("sentence", "encoding"), [("ja", "euc-jp"), ("ru", "windows-1251"), ("ru", "utf-8")])
def test_an_encoding_wrongly_declared_does_no_harm(sentence: str, encoding: str, declared: str) -> None:
    assert decode(SENTENCES[sentence].encode(encoding), declared) == SENTENCES[sentence]


def test_a_few_spoilt_bytes_do_not_spoil_a_text() -> None:
    assert decode((SENTENCES["ru"] * 20).encode() + b"\xd0") == SENTENCES["ru"] * 20 + "\ufffd"


def test_a_line_with_date_account_and_agency_in_front_is_metadata(tmp_path: Path) -> None:
    sentence = "A ferry will sail to Shikotan, \u201che said\u201c."
    untidy = f" date 2023-08-14 (@Reporter77)\n\nNEMURO, August 14. /TASS/. {sentence}"
    [article] = read(written(tmp_path / "a.txt", untidy))
    assert article.text == sentence
    assert (article.date, article.publisher, article.publisher_country) == ("2023-08-14", "TASS", "RU")


@pytest.mark.parametrize(
    ("line", "agency", "rest"),
    [
        ("TOKYO, Dec 1 (Reuters) - Ships sailed.", "Reuters", "Ships sailed."),
        ("МОСКВА, 1 дек — РИА Новости. Суда вышли.", "RIA Novosti", "Суда вышли."),
        ("NEMURO, Japan (AP) — Ships sailed.", "AP", "Ships sailed."),
        ("【根室共同】船が出た。", "Kyodo News", "船が出た。"),
        (
            "Shikotan, December ice aside, is green. It rained.",
            "",
            "Shikotan, December ice aside, is green. It rained.",
        ),
        ("Iturup, May 1 - the ferry arrived. It rained.", "", "Iturup, May 1 - the ferry arrived. It rained."),
    ],
)
def test_datelines_of_agencies_are_taken_off_and_sentences_like_them_are_not(
    tmp_path: Path, line: str, agency: str, rest: str
) -> None:
    [article] = read(written(tmp_path / "a.txt", line))
    assert (article.text, article.publisher) == (rest, agency)


def test_a_sentence_in_a_text_file_is_an_article_named_after_the_file(tmp_path: Path) -> None:
    [article] = read(written(tmp_path / "A note_2.TXT", SENTENCES["en"]))
    assert (article.document_id, article.text, article.language) == ("a-note-2", SENTENCES["en"], "en")


def test_lines_cut_at_a_width_are_joined_and_paragraphs_kept(tmp_path: Path) -> None:
    wrapped = "The ferry reached the island of\nShikotan on a calm Monday, and\nleft again.\n\nNobody was late."
    [article] = read(written(tmp_path / "a.txt", wrapped.replace("\n", "\r\n")))
    assert article.text == (
        "The ferry reached the island of Shikotan on a calm Monday, and left again.\n\nNobody was late."
    )


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-r"])
def test_a_page_gives_its_article_and_its_metadata(tmp_path: Path, charset: str) -> None:
    [article] = read(written(tmp_path / "p.html", PAGE.format(charset=charset).encode(charset, "xmlcharrefreplace")))
    assert "Крабозаводское на Шикотане" in article.text
    assert "Все права" not in article.text
    assert "alert" not in article.text
    assert (article.title, article.publisher, article.date) == ("Школа на Шикотане", "Газета", "2024-03-05")
    assert (article.url, article.language) == ("https://gazeta.example.ru/shkola", "ru")
    assert article.publisher_country == "RU"


def test_markdown_gives_its_front_matter_and_plain_text(tmp_path: Path) -> None:
    text = "---\ntitle: A pier\nsource: The Daily\ndate: 2024-05-01\nlink: https://d.example.jp/1\n---\n# A pier\n\n"
    [article] = read(
        written(tmp_path / "a.md", text + "On *Iturup* a [pier](http://x.example) was **built**.\n\n- Soon\n")
    )
    assert article.text == "A pier\n\nOn Iturup a pier was built.\n\nSoon"
    assert (article.title, article.publisher, article.date) == ("A pier", "The Daily", "2024-05-01")
    assert (article.url, article.publisher_country) == ("https://d.example.jp/1", "JP")


def test_markdown_with_toml_in_front_is_read(tmp_path: Path) -> None:
    [article] = read(written(tmp_path / "a.md", '+++\ntitle = "A pier"\ndate = 2024-05-01\n+++\nOn Iturup.'))
    assert (article.title, article.date, article.text) == ("A pier", "2024-05-01", "On Iturup.")


def test_json_lines_are_read_under_the_names_people_use(tmp_path: Path) -> None:
    lines = [
        {"text": "On Iturup.", "title": "A", "publisher": "Kyodo", "date": "2024-05-01T10:00:00Z"},
        {
            "Body": "On Kunashir.",
            "Headline": "B",
            "source": {"name": "ТАСС"},
            "Published At": "Wed, 01 May 2024 10:00:00 GMT",
        },
        {
            "content": "<p>On <b>Shikotan</b>.</p><script>x()</script><p>More.</p>",
            "link": "https://www.nhk.or.jp/a?utm_source=x",
        },
    ]
    first, second, third = read(written(tmp_path / "a.jsonl", "\n".join(json.dumps(line) for line in lines)))
    assert (first.publisher, first.publisher_country, first.date) == ("Kyodo News", "JP", "2024-05-01")
    assert (second.text, second.title, second.publisher, second.date) == ("On Kunashir.", "B", "TASS", "2024-05-01")
    assert (third.text, third.publisher, third.url) == ("On Shikotan.\n\nMore.", "NHK", "https://www.nhk.or.jp/a")
    assert [a.document_id for a in (first, second, third)] == ["a-1", "a-2", "a-3"]


@pytest.mark.parametrize(
    "form", ['[{"text": "On Iturup."}]', '{"articles": [{"text": "On Iturup."}]}', '{"text": "On Iturup."}']
)
def test_a_json_document_is_an_article_a_list_or_an_object_with_a_list(tmp_path: Path, form: str) -> None:
    assert [a.text for a in read(written(tmp_path / "a.json", form))] == ["On Iturup."]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "windows-1251", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_is_read_whatever_its_separator_and_encoding(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [["title", "text", "date"], ["Причал", '"На Шикотане; строят,\nи ждут"', "01.05.2024"]]
    data = "\r\n".join(separator.join(row) for row in rows).encode(encoding)
    [article] = read(written(tmp_path / "a.csv", data))
    assert (article.title, article.date) == ("Причал", "2024-05-01")
    assert article.text.startswith("На Шикотане; строят,")


def test_a_feed_gives_an_article_for_each_entry(tmp_path: Path) -> None:
    rss = """<rss version="2.0"><channel><title>The Daily</title><item><title>A</title><link>https://d.example.jp/1</link>
    <description>&lt;p&gt;On Iturup.&lt;/p&gt;</description><pubDate>Wed, 01 May 2024 10:00:00 +0900</pubDate></item>
    </channel></rss>"""
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Газета</title><entry><title>Б</title><id>x</id>
    <link href="https://g.example.ru/2"/><updated>2024-05-02T00:00:00Z</updated>
    <content type="html">На Итурупе.</content></entry></feed>"""
    one, other = read(written(tmp_path / "a.xml", rss), written(tmp_path / "b.atom", atom))
    assert (one.text, one.publisher, one.date, one.url) == (
        "On Iturup.",
        "The Daily",
        "2024-05-01",
        "https://d.example.jp/1",
    )
    assert (other.text, other.publisher, other.publisher_country) == ("На Итурупе.", "Газета", "RU")


@pytest.mark.parametrize(
    ("declared", "written_in"),
    [("windows-1251", "utf-8"), ("utf-8", "windows-1251"), ("utf-8", "koi8-r"), ("iso-8859-1", "windows-1251")],
)
def test_a_feed_that_misstates_its_encoding_is_read(tmp_path: Path, declared: str, written_in: str) -> None:
    feed = f"""<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel><title>Газета</title><item>
    <description>На Итурупе и на Шикотане построили причалы.</description></item></channel></rss>"""
    [article] = read(written(tmp_path / "a.xml", feed.encode(written_in)))
    assert (article.text, article.publisher) == ("На Итурупе и на Шикотане построили причалы.", "Газета")


def test_whoever_fetched_a_feed_knows_whose_it_is() -> None:
    feed = b"""<rss version="2.0"><channel><title>All news of today</title><item>
    <description>A pier was opened on Shikotan.</description></item></channel></rss>"""
    known = {"publisher": "Sakhalin Weekly", "publisher_country": "RU"}
    [document] = parse(RawDocument("https://example.org/rss", Format.FEED, feed, fields=known))
    assert isinstance(document, ParsedDocument)
    article, _ = normalize_article(document, Publishers())
    assert (article.publisher, article.publisher_country) == ("Sakhalin Weekly", "RU")


def warc_record(address: str, status: str, body: bytes) -> bytes:
    answer = b"HTTP/1.1 %s\r\nContent-Type: text/html; charset=windows-1251\r\n\r\n%s" % (status.encode(), body)
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2025-01-01T00:00:00Z\r\n"
    head += f"WARC-Record-ID: <urn:uuid:{address[-1] * 8}-0000-0000-0000-000000000000>\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    return head.encode() + answer + b"\r\n\r\n"


def archive(*, packed: bool) -> bytes:
    page = PAGE.format(charset="windows-1251").encode("windows-1251", "xmlcharrefreplace")
    records = [
        warc_record("https://a.example.ru/a", "200 OK", page),
        warc_record("https://a.example.ru/b", "404 Not Found", b"<p>Shikotan</p>"),
    ]
    return b"".join(gzip.compress(record) if packed else record for record in records)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_web_archive_gives_the_pages_that_were_found(tmp_path: Path, name: str) -> None:
    [article] = read(written(tmp_path / name, archive(packed=name.endswith("gz"))))
    assert article.title == "Школа на Шикотане"
    assert article.url == "https://a.example.ru/a"


def pdf(text: str) -> bytes:
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 9] /Contents 4 0 R /Resources << /Font << /F1 6 0 R >> >>>>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Title (A pier) /CreationDate (D:20240501120000Z) >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer << /Size 7 /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    return data + b"xref\n0 7\n0000000000 65535 f \n" + table + trailer


def test_a_pdf_gives_its_text_and_title_and_no_date_on_which_its_file_was_made(tmp_path: Path) -> None:
    [article] = read(written(tmp_path / "a.pdf", pdf("A pier was built on Iturup.")))
    assert (article.text, article.title, article.date) == ("A pier was built on Iturup.", "A pier", "")


@pytest.mark.parametrize("title", ["untitled", "Untitled-1", "Microsoft Word - a.doc", "news_final.docx", "Document1"])
def test_what_a_program_calls_a_pdf_is_no_title(tmp_path: Path, title: str) -> None:
    [article] = read(
        written(tmp_path / "a.pdf", pdf("A pier was built on Iturup.").replace(b"A pier)", title.encode() + b")"))
    )
    assert article.title == ""


def test_a_heading_in_larger_letters_is_a_paragraph_of_its_own(tmp_path: Path) -> None:
    lines = "Ferry to Kunashir cancelled) Tj /F1 9 Tf 0 -20 Td (The ferry to Kunashir was cancelled on) Tj"
    lines += " 0 -12 Td (Monday."
    [article] = read(written(tmp_path / "a.pdf", pdf(lines)))
    assert article.text == "Ferry to Kunashir cancelled\n\nThe ferry to Kunashir was cancelled on Monday."


def test_a_name_divided_at_the_end_of_a_line_of_a_pdf_is_whole(tmp_path: Path) -> None:
    lines = "Ash fell on Severo-) Tj 0 -12 Td (Kurilsk and on Yuzhno-) Tj 0 -12 Td (Kurilsk on Sunday."
    source = written(tmp_path / "a.pdf", pdf(lines))
    [result] = extract(tuple(sources([source])), extraction_context(DATA))
    [quoted] = result.quoted
    assert [(e.island, e.matched) for e in quoted.excerpts] == [("kunashir", "Yuzhno-Kurilsk")]


def page(body: str) -> str:
    head = "<!doctype html><html lang='en'><head><title>Bus</title></head><body class='cookies-shown'>"
    return f"{head}{body}</body></html>"


SHORT = "The bus on Kunashir was late."
BESIDE = """<div class="cookie-banner"><p>We use cookies to show you offers of Iturup Tours on all pages.</p></div>
<nav><a href="/">Home</a> <a href="/s">Shikotan</a></nav>
<ul id="breadcrumbs"><li>Home</li><li>Iturup</li></ul>
<figure><img src="a"><figcaption>A map of Habomai and Shikotan from 1945.</figcaption></figure>"""


@pytest.mark.parametrize("tag", ["main", "article", "div role='main'", "div"])
def test_a_page_of_one_short_sentence_gives_it_and_nothing_that_stands_beside_it(tmp_path: Path, tag: str) -> None:
    body = f"{BESIDE}<{tag}><p>{SHORT}</p></{tag.split(maxsplit=1)[0]}><footer>Iturup Media</footer>"
    assert [a.text for a in read(written(tmp_path / "a.html", page(body)))] == [SHORT]


@pytest.mark.parametrize(
    "around", ["div class='layout with-sidebar'", "form id='aspnetForm'", "div class='has-related'"]
)
def test_an_article_inside_of_what_is_called_after_its_neighbour_is_read(tmp_path: Path, around: str) -> None:
    story = f"{SHORT} It had waited an hour for the boat, said the driver, and nobody in it minded."
    story += " The council will look for another boat in May."
    body = f"<{around}>{BESIDE}<p>{story}</p><p>{story}</p><p>{story}</p></{around.split(maxsplit=1)[0]}>"
    [article] = read(written(tmp_path / "a.html", page(body)))
    assert article.text.startswith(SHORT)
    assert "Iturup" not in article.text


def test_a_page_of_menus_and_banners_alone_has_no_article(tmp_path: Path) -> None:
    articles, failures = read_articles(written(tmp_path / "a.html", page(BESIDE)))
    assert articles == []
    assert [str(f) for f in failures] == [f"{tmp_path / 'a.html'}: has no article text"]


@pytest.mark.parametrize("heading", ["References", "情報源", "Примечания", "== 出典 ==", "External links:"])
def test_a_list_of_references_is_no_part_of_a_text(tmp_path: Path, heading: str) -> None:
    [article] = read(
        written(tmp_path / "a.txt", f"{SHORT}\n\nIt came.\n\n{heading}\n\n- Shikotan ferry is late, The Daily, 2001")
    )
    assert article.text == f"{SHORT}\n\nIt came."


def test_code_in_markdown_is_no_part_of_a_text(tmp_path: Path) -> None:
    text = f"{SHORT}\n\n```\nisland = 'Iturup'\n```\n\n    print('Shikotan')\n\nIt came to `Yuzhno-Kurilsk`.\n"
    [article] = read(written(tmp_path / "a.md", text))
    assert article.text == f"{SHORT}\n\nIt came to Yuzhno-Kurilsk."


def test_a_reprint_carries_its_agency_and_the_country_of_the_agency(tmp_path: Path) -> None:
    text = "TOKYO (The Daily / Sputnik - 27th April, 2021) Japan spoke of Iturup."
    record = {"text": "On Iturup.", "publisher": "The Japan Times", "agency": "ТАСС"}
    reprint, other = read(written(tmp_path / "a.txt", text), written(tmp_path / "b.json", json.dumps(record)))
    assert reprint.publisher == "The Daily / Sputnik"
    assert (reprint.agency, reprint.agency_country) == ("Sputnik", "RU")
    assert (other.publisher, other.agency, other.agency_country) == ("The Japan Times", "TASS", "RU")


def test_an_agency_does_not_reprint_itself(tmp_path: Path) -> None:
    [article] = read(written(tmp_path / "a.txt", "TOKYO, Dec 1 (Reuters) - Ships sailed."))
    assert (article.publisher, article.agency) == ("Reuters", "")


@pytest.mark.parametrize(
    "body",
    [
        "<p>the Northern\n        <b>Territories</b> issue is on the table of the two governments again.</p>",
        "<p>Shiko<wbr>tan has a new pier, which the council opened on Monday.</p>",
        "<p>К&#1091;нашир ждёт паром, который вышел из порта в понедельник.</p>",
        "<p>If a < b, Kunashir > c: so says the council of the island today.</p>",
    ],
)
def test_a_name_is_found_across_the_tags_and_entities_of_a_page(tmp_path: Path, body: str) -> None:
    source = written(tmp_path / "a.html", page(f"<main>{body}</main>"))
    [result] = extract(tuple(sources([source])), extraction_context(DATA))
    assert len(result.quoted) == 1


def test_an_upload_of_too_many_or_too_large_files_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.news.uploads.UPLOAD_BYTES", 100)
    monkeypatch.setattr("geo.news.uploads.UPLOAD_FILES", 3)
    texts = [("a.txt", b"On Iturup."), ("b.txt", b"x" * 200), ("c.txt", b"On Kunashir.")]
    result = read_uploads([(name, io.BytesIO(data)) for name, data in texts], DATA)
    assert result.read == 1
    assert "b.txt: is not read: the files together are larger than" in str(result.faults.listed[0])
    result = read_uploads([(f"{n}.txt", io.BytesIO(b"On Iturup.")) for n in range(5)], DATA)
    assert result.read == 3
    assert str(result.faults.listed[0]) == "3.txt: is not read: no more than 3 files are read at once"


def test_folders_are_read_in_the_order_of_names_each_file_once(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    written(tmp_path / "b" / "two.txt.gz", gzip.compress(b"On Iturup."))
    written(tmp_path / "a.txt", "On Kunashir.")
    (tmp_path / "b" / "again").symlink_to(tmp_path)
    (tmp_path / "c.txt").symlink_to(tmp_path / "a.txt")
    assert [a.text for a in read(tmp_path)] == ["On Kunashir.", "On Iturup."]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2025-12-01T10:00:00+09:00", "2025-12-01"),
        ("Mon, 01 Dec 2025 10:00:00 GMT", "2025-12-01"),
        ("2025年12月1日", "2025-12-01"),
        ("令和7年12月1日", "2025-12-01"),
        ("1 декабря 2025 г.", "2025-12-01"),
        ("December 1st, 2025", "2025-12-01"),
        ("01.12.2025", "2025-12-01"),
        ("1764547200", "2025-12-01"),
        ("2025-12", "2025-12"),
        ("2025", "2025"),
        ("01/12/2025", ""),
        ("12/25/2023", "2023-12-25"),
        ("25/12/2023", "2023-12-25"),
        ("05/05/2024", "2024-05-05"),
        ("大正8年7月2日", "1919-07-02"),
        ("明治38年9月5日", "1905-09-05"),
        ("明治元年", "1868"),
        # a month of the old calendar is none of ours
        ("明治5年10月1日", "1872"),
        ("昭和70年1月1日", ""),
        ("2099-01-01", ""),
        ("2099", ""),
        # ten digits that are an hour, not seconds; and seconds of a year before anybody counted them for the press
        ("2025120112", ""),
        ("9999999999", ""),
        ("123456789", ""),
        ("0000-01-01", ""),
        ("9999-12-31", ""),
        ("2025-02-30", ""),
        ("tomorrow", ""),
        ("9" * 400, ""),
    ],
)
def test_dates_are_read_as_the_press_writes_them(text: str, iso: str) -> None:
    assert iso_date(text) == iso


def test_tomorrow_is_a_date_of_the_press_and_the_day_after_tomorrow_is_not() -> None:
    assert iso_date((latest_today() + dt.timedelta(days=1)).isoformat())
    assert not iso_date((latest_today() + dt.timedelta(days=2)).isoformat())


def test_a_date_that_is_left_out_is_told_in_its_own_writing(tmp_path: Path) -> None:
    record = {"text": "色丹島の港。", "date": "大正99年5月"}
    found, failures = read_articles(written(tmp_path / "a.json", json.dumps(record)))
    assert ([a.date for a in found], failures) == ([""], [])
    [document] = parse(RawDocument("a.json", Format.JSON, json.dumps(record).encode()))
    assert isinstance(document, ParsedDocument)
    [note] = normalize_article(document, Publishers())[1]
    assert "'大正99年5月'" in str(note)


@pytest.mark.parametrize("beside", ["data", "items", "news", "documents", "articles"])
def test_an_article_with_a_list_beside_its_text_is_an_article(tmp_path: Path, beside: str) -> None:
    record = {"text": "On Iturup.", beside: []}
    assert [a.text for a in read(written(tmp_path / "a.json", json.dumps(record)))] == ["On Iturup."]


def test_a_collection_that_describes_itself_is_a_collection(tmp_path: Path) -> None:
    record = {"description": "News of today", "items": [{"text": "On Iturup."}]}
    assert [a.text for a in read(written(tmp_path / "a.json", json.dumps(record)))] == ["On Iturup."]


def test_a_file_name_in_an_old_encoding_is_read_and_shown(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode("Кунашир сегодня.txt".encode("cp1251"))).write_text("On Kunashir.")
    [article] = read(tmp_path)
    assert article.path == f"{tmp_path}/Кунашир сегодня.txt"


def test_an_archive_that_ends_within_a_page_says_so(tmp_path: Path) -> None:
    source = written(tmp_path / "a.warc", archive(packed=False)[:1000])
    [result] = extract(tuple(sources([source])), extraction_context(DATA))
    assert result.read == 1
    [note] = result.remarks.listed
    assert str(note).startswith(f"{source}, record 1: is cut short: ")
