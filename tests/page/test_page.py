"""The page without a browser: what a reader finds in it for each choice, link and fault."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
# the containers of the page by what they are about: the islands in view, distances, quotations
SECTIONS = {"panel": ("panel", "claims", "arguments"), "distances": ("distances",), "excerpts": ("excerpts",)}
# by island: the name in Japanese and in Russian, a municipality each state names, the official area in km²
ISLANDS: dict[str, tuple[str, str, str, str, str]] = {
    "iturup": ("択捉島", "Итуруп", "紗那村", "Курильск", "3,166.64 km²"),
    "kunashir": ("国後島", "Кунашир", "泊村", "Южно-Курильск", "1,489.27 km²"),
    "shikotan": ("色丹島", "Шикотан", "色丹村", "Малокурильское", "247.65 km²"),
    "habomai": ("歯舞群島", "Хабомаи", "根室市", "Южно-Курильский район", "94.84 km²"),
}
ISLETS = ("貝殻島", "水晶島", "秋勇留島", "勇留島", "志発島", "多楽島")
# published in kilometres from Cape Nosappu; computed ones differ by up to 0.8 km
PUBLISHED_FROM_NOSAPPU = {"択捉島": 144.5, "国後島": 37.4, "色丹島": 73.3, "歯舞群島": 3.7}
# by naming, the script in which nothing of our own is written then
FOREIGN = {"ja": re.compile(r"[\u0400-\u04ff]"), "ru": re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")}
# a name in the only convention our sources have it in, with the words that say so
MARKED_FALLBACK = re.compile(
    r"<span lang=\"\w+\">[^<]*</span>\s*(<(i|a)\b[^>]*>[^<]*</\2>)?"
    r"\s*<small>[^<]*no [^<]*name in our sources[^<]*</small>"
)
QUOTATION = re.compile(r"<blockquote.*?</blockquote>", re.DOTALL)


def opened(**parameters: str) -> AppTest:
    """Open the page at an address with these parameters."""
    page = AppTest.from_file(ROOT / "dashboard.py", default_timeout=60)
    page.query_params.update(parameters)
    # there is no browser here: the server draws the sections
    page.session_state["sections"] = True
    return page.run()


def choose(page: AppTest, island: str | None) -> None:
    """Choose an island in the list, or none."""
    page.segmented_control(key="island").set_value(island).run()


def name_in(page: AppTest, naming: str) -> None:
    """Choose the naming."""
    page.segmented_control(key="naming").set_value(naming).run()


def markup(page: AppTest, section: str) -> str:
    """Give a section as it was written."""
    return "\n".join(part.value for key in SECTIONS[section] for part in page.container(key=key).html)


def words(markup_text: str) -> str:
    """Give what a reader reads of a piece of HTML."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", markup_text))).strip()


def read(page: AppTest, section: str) -> str:
    """Give what a reader reads in a section."""
    return words(markup(page, section))


def whole(page: AppTest) -> str:
    """Give all of the page's own HTML, in the sections and below them."""
    return "\n".join(part.value for part in page.html)


def headings(page: AppTest, section: str) -> str:
    """Give the headings of a section and of its rows and columns."""
    found = re.findall(r"<(h2|h3|h4|th|dt)\b[^>]*>(.*?)</\1>", markup(page, section), re.DOTALL)
    return " | ".join(words(text) for _, text in found)


def own_words(page: AppTest, section: str) -> str:
    """Give a section without its quotations and without names that are marked as missing in a convention."""
    return words(MARKED_FALLBACK.sub("", QUOTATION.sub("", markup(page, section))))


def rows(page: AppTest) -> dict[str, tuple[float, str]]:
    """Give the table of distances: by place, the computed kilometres and the published cell."""
    found: dict[str, tuple[float, str]] = {}
    for row in re.findall(r"<tbody>.*?</tbody>", markup(page, "distances"), re.DOTALL)[0].split("</tr>"):
        cells = [words(c) for c in re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        if cells:
            found[cells[0]] = (float(cells[1].split(" ")[0]), cells[5])
    return found


def has_map(page: AppTest) -> bool:
    """Tell whether a map is on the page."""
    return len(page.get("component_instance")) == 1


def plain(page: AppTest) -> None:
    """Make sure that nothing went wrong in the run."""
    assert not page.exception
    assert not page.error
    assert not page.warning


def test_the_page_opens_with_its_controls_sections_and_map() -> None:
    page = opened()
    plain(page)
    assert page.title[0].value == "Four Islands"
    assert page.segmented_control(key="island").value is None
    assert page.segmented_control(key="naming").value == "both"
    assert page.selectbox(key="origin").value == "nosappu"
    assert has_map(page)
    assert not page.info
    for section, keys in SECTIONS.items():
        assert all(page.get_by_key(key) for key in keys)
        assert read(page, section)


def test_the_first_view_shows_all_four_side_by_side() -> None:
    page = opened()
    columns = headings(page, "panel")
    for latin in (
        "Etorofu-tō / Iturup",
        "Kunashiri-tō / Kunashir",
        "Shikotan-tō / Shikotan",
        "Habomai-guntō / Khabomai",
    ):
        assert latin in columns
    assert "Japan" in columns
    assert "Russia" in columns
    panel = read(page, "panel")
    for *_, area in ISLANDS.values():
        assert area in panel


@pytest.mark.parametrize("island", ISLANDS)
def test_a_chosen_island_shows_its_name_claim_administration_distance_and_excerpts(island: str) -> None:
    ja, ru, japanese_unit, russian_unit, area = ISLANDS[island]
    page = opened()
    choose(page, island)
    plain(page)
    heading = words(re.findall(r"<h2>(.*?)</h2>", markup(page, "panel"), re.DOTALL)[0])
    assert ja in heading
    assert ru in heading
    panel = read(page, "panel")
    for text in ("Japan: claims", "Russia: administers and claims", japanese_unit, russian_unit):
        assert text in panel
    assert area in words(whole(page))
    for other, (other_ja, *_) in ISLANDS.items():
        assert other == island or other_ja not in headings(page, "panel")
    computed, _ = next(cells for name, cells in rows(page).items() if name.startswith(ja))
    assert computed == pytest.approx(PUBLISHED_FROM_NOSAPPU[ja], abs=0.8)
    excerpts = markup(page, "excerpts")
    assert excerpts.count("<blockquote") >= 2
    assert "<mark" in excerpts
    assert re.search("names " + island.capitalize(), read(page, "excerpts"))


@pytest.mark.parametrize("island", [None, *ISLANDS])
def test_every_question_shows_japans_side_and_russias(island: str | None) -> None:
    panel = markup(opened(**({"island": island} if island else {})), "panel")
    sides = re.findall(r'class="side side-(jp|ru)"', panel)
    assert sides == ["jp", "ru"] * 13
    said = re.findall(r'id="claim-(jp|ru)-[^"]*">(.*?)</?div', panel, re.DOTALL)
    spoken = [sum(len(words(text).split()) for side, text in said if side == owner) for owner in ("jp", "ru")]
    assert max(spoken) / min(spoken) <= 1.5


@pytest.mark.parametrize("island", ISLANDS)
def test_every_figure_of_an_island_opens_its_source(island: str) -> None:
    page = opened(island=island)
    figures = re.findall(r"<tr>((?:(?!</tr>).)*km²(?:(?!</tr>).)*)</tr>", whole(page), re.DOTALL)
    assert figures
    for figure in figures:
        assert re.search(r"<a href=\"https?://[^\"]+\"|<span class=\"src\"", figure), words(figure)


def test_an_excerpt_says_who_published_it_when_and_where_to_read_it() -> None:
    page = opened(island="kunashir")
    found = re.findall(r"<figcaption>.*?</figcaption>", markup(page, "excerpts"), re.DOTALL)
    captions = [words(c) for c in found]
    assert any("TASS, 1 Dec 2025" in words(c) and 'href="http' in c for c in found)
    assert any("UrduPoint" in c and "27 Apr 2021" in c for c in captions)
    assert any("refers to the islands as a group" in c for c in captions)


def test_clear_shows_all_four_again() -> None:
    page = opened()
    first = {section: read(page, section) for section in SECTIONS}
    choose(page, "shikotan")
    assert page.query_params == {"island": "shikotan"}
    page.button(key="clear").click().run()
    plain(page)
    assert page.segmented_control(key="island").value is None
    assert {section: read(page, section) for section in SECTIONS} == first
    assert page.query_params == {}


@pytest.mark.parametrize("island", [None, *ISLANDS])
@pytest.mark.parametrize("naming", FOREIGN)
def test_one_naming_shows_no_name_in_the_other_script(island: str | None, naming: str) -> None:
    page = opened()
    choose(page, island)
    name_in(page, naming)
    plain(page)
    for section in SECTIONS:
        assert not FOREIGN[naming].search(own_words(page, section)), section


@pytest.mark.parametrize("section", ["panel", "distances"])
def test_the_naming_switches_the_names_in_every_section_and_back(section: str) -> None:
    page = opened(island="kunashir")
    both = read(page, section)
    assert "国後島" in both
    assert "Кунашир" in both
    name_in(page, "ja")
    japanese = read(page, section)
    assert "国後島 Kunashiri-tō" in japanese
    assert "Кунашир" not in japanese
    name_in(page, "ru")
    russian = read(page, section)
    assert "Кунашир Kunashir" in russian
    assert "国後島" not in russian
    assert "Kunashiri-tō" not in russian
    name_in(page, "both")
    assert read(page, section) == both
    plain(page)


def test_the_naming_switches_the_islands_of_a_quotation() -> None:
    page = opened(naming="ja")
    assert "国後島 Kunashiri-tō" in read(page, "excerpts")
    name_in(page, "ru")
    assert "Кунашир Kunashir" in read(page, "excerpts")
    assert "国後島" not in read(page, "excerpts")


def test_a_name_comes_with_its_reading_its_romanisation_and_whose_official_name_it_is() -> None:
    panel = read(opened(island="habomai"), "panel")
    assert "歯舞群島 (はぼまいぐんとう) · Hepburn · official name in Japan" in panel
    assert "Хабомаи · BGN/PCGN · transliteration, not official" in panel


def test_the_naming_switches_the_words_on_the_controls() -> None:
    page = opened()
    name_in(page, "ja")
    assert page.segmented_control(key="island").options[0] == "択捉島 Etorofu-tō"
    assert page.selectbox(key="origin").options[0] == "納沙布岬 Nosappu-misaki"
    name_in(page, "ru")
    assert page.segmented_control(key="island").options[0] == "Итуруп Iturup"
    assert page.selectbox(key="origin").options[0] == "мыс Носаппу mys Nosappu"


@pytest.mark.parametrize(
    ("island", "stand_in"), [("iturup", "Горное"), ("kunashir", "Менделеево"), ("shikotan", "мыс Край Света")]
)
def test_a_place_without_a_japanese_name_stands_under_its_russian_one_and_says_so(island: str, stand_in: str) -> None:
    shown = whole(opened(island=island, naming="ja"))
    found = [words(row) for row in re.findall(r"<tr>.*?</tr>|<li>.*?</li>", shown, re.DOTALL) if stand_in in row]
    assert found
    assert all(re.search("no (Japanese )?name in our sources", row) for row in found)


def test_the_distances_list_islands_and_islets_near_the_published_ones() -> None:
    page = opened(naming="ja")
    found = {name.split(" ")[0]: value for name, value in rows(page).items()}
    assert set(found) >= {*PUBLISHED_FROM_NOSAPPU, *ISLETS}
    for name, published in PUBLISHED_FROM_NOSAPPU.items():
        computed, cell = found[name]
        assert computed == pytest.approx(published, abs=0.8)
        assert cell.startswith(str(published))


def test_the_origin_switches_the_table_of_distances() -> None:
    page = opened(naming="ja")
    from_nosappu = rows(page)
    assert "納沙布岬" in headings(page, "distances")
    for origin, name in (("nemuro", "根室"), ("notsuke", "野付半島"), ("shiretoko", "知床岬")):
        page.selectbox(key="origin").set_value(origin).run()
        plain(page)
        assert name in headings(page, "distances")
        assert rows(page) != from_nosappu
        assert page.query_params["origin"] == origin
    page.selectbox(key="origin").set_value("notsuke").run()
    kunashir = next(value for name, value in rows(page).items() if name.startswith("国後島"))
    assert kunashir[0] == pytest.approx(16.0, abs=0.8)
    assert kunashir[1].startswith("16.0")
    page.selectbox(key="origin").set_value("nosappu").run()
    assert rows(page) == from_nosappu
    assert page.query_params == {"naming": "ja"}


def test_a_link_opens_at_its_view() -> None:
    page = opened(island="habomai", naming="ru", origin="nemuro")
    plain(page)
    assert not page.info
    assert page.segmented_control(key="island").value == "habomai"
    assert page.segmented_control(key="naming").value == "ru"
    assert page.selectbox(key="origin").value == "nemuro"
    assert "Хабомаи" in headings(page, "panel")
    assert "Немуро" in headings(page, "distances")
    assert page.query_params == {"island": "habomai", "naming": "ru", "origin": "nemuro"}


@pytest.mark.parametrize("perspective", ["jp", "ru", "both", "administered"])
def test_whose_view_the_map_draws_is_part_of_the_address(perspective: str) -> None:
    page = opened()
    assert page.segmented_control(key="perspective").value == "administered"
    page.segmented_control(key="perspective").set_value(perspective).run()
    plain(page)
    assert page.query_params == ({} if perspective == "administered" else {"perspective": perspective})
    again = opened(perspective=perspective)
    plain(again)
    assert not again.info
    assert again.segmented_control(key="perspective").value == perspective


def test_the_perspectives_are_offered_in_words() -> None:
    options = opened().segmented_control(key="perspective").options
    assert options == ["As administered", "As Japan claims", "As Russia claims", "Side by side"]


@pytest.mark.parametrize(
    ("date", "told"),
    [
        (
            "1855-02-07",
            ("On 7 Feb 1855", "Treaty of Shimoda", "Russian Empire", "Japan says", "Russia says"),
        ),
        ("1945-09-03", ("On 3 Sep 1945", "Soviet landings in the Habomai group", "Soviet Union")),
        ("1951-09-08", ("On 8 Sep 1951", "Article 2(c)", "Japan says", "Russia says")),
    ],
)
def test_a_date_opens_the_history_of_that_day_and_is_part_of_the_address(date: str, told: tuple[str, ...]) -> None:
    page = opened()
    assert "Who held what on that day" not in read(page, "panel")
    page.selectbox(key="date").set_value(date).run()
    plain(page)
    assert page.query_params == {"date": date}
    history = read(page, "panel").split("Who held what on that day")
    assert len(history) == 2
    for said in told:
        assert said in " ".join(history)
    again = opened(date=date)
    assert not again.info
    assert again.selectbox(key="date").value == date
    assert read(again, "panel") == read(page, "panel")
    page.selectbox(key="date").set_value("").run()
    assert page.query_params == {}
    assert "Who held what on that day" not in read(page, "panel")


def test_the_date_control_lists_today_first_and_every_dated_state_once() -> None:
    options = opened().selectbox(key="date").options
    assert options[0] == "Today"
    assert len(set(options)) == len(options) > 30
    assert any(o.startswith("19 Oct 1956: ") for o in options)
    assert any(o.startswith("3 Sep 1945: ") for o in options)


@pytest.mark.parametrize(
    ("date", "told"), [("1900-01-01", "On 1 Jan 1900"), ("1945-09", "On Sep 1945"), ("1800", "On 1800")]
)
def test_a_link_to_a_date_between_two_events_opens_on_that_date(date: str, told: str) -> None:
    page = opened(date=date)
    plain(page)
    assert not page.info
    assert page.selectbox(key="date").value == date
    assert told in read(page, "panel")
    assert page.query_params == {"date": date}


def test_on_a_day_of_the_past_the_choice_of_view_rests_and_comes_back_today() -> None:
    page = opened(perspective="jp")
    assert not page.segmented_control(key="perspective").disabled
    page.selectbox(key="date").set_value("1905-09-05").run()
    plain(page)
    assert page.segmented_control(key="perspective").disabled
    assert page.query_params == {"perspective": "jp", "date": "1905-09-05"}
    page.selectbox(key="date").set_value("").run()
    assert not page.segmented_control(key="perspective").disabled
    assert page.segmented_control(key="perspective").value == "jp"
    assert page.query_params == {"perspective": "jp"}


@pytest.mark.parametrize("kuril", ["ru_usage", "jp_usage", "treaty_1875", "san_francisco"])
def test_what_kuril_covers_is_part_of_the_address(kuril: str) -> None:
    page = opened()
    assert page.selectbox(key="kuril").value == ""
    page.selectbox(key="kuril").set_value(kuril).run()
    plain(page)
    assert page.query_params == {"kuril": kuril}
    again = opened(kuril=kuril)
    assert not again.info
    assert again.selectbox(key="kuril").value == kuril


def test_a_link_holds_place_and_scene_together() -> None:
    link = {"island": "shikotan", "naming": "ru", "perspective": "ru", "date": "1956-10-19", "kuril": "san_francisco"}
    page = opened(**link)
    plain(page)
    assert not page.info
    assert page.query_params == link
    assert "transfer agreed to, after a peace treaty" in read(page, "panel")
    choose(page, "iturup")
    assert page.query_params == {**link, "island": "iturup"}
    assert "not mentioned" in read(page, "panel")


def test_a_wrong_date_in_a_link_leaves_the_rest_of_it() -> None:
    page = opened(date="1945-02-30", perspective="ru", kuril="kurils")
    plain(page)
    assert [("date" in note.value, "kuril" in note.value) for note in page.info] == [(True, False), (False, True)]
    assert page.query_params == {"perspective": "ru"}


def test_a_choice_of_view_date_or_meaning_leaves_the_other_panels_as_they_are() -> None:
    page = opened(island="habomai")
    before = {section: read(page, section) for section in SECTIONS}
    page.segmented_control(key="perspective").set_value("jp").run()
    page.selectbox(key="kuril").set_value("ru_usage").run()
    assert {section: read(page, section) for section in SECTIONS} == before
    page.selectbox(key="date").set_value("1875-05-07").run()
    assert read(page, "panel").endswith(before["panel"])


@pytest.mark.parametrize(
    ("section", "told"),
    [
        (
            "others",
            ("Other countries\u2019 positions", "United States", "Ukraine", "takes no side", "no statement found"),
        ),
        ("others", ("What “Kuril” means", "Kuril Islands in Russian usage", "disputed")),
        ("glossary", ("Contested words", "不法占拠", "итоги Второй мировой войны", "administered by Russia")),
        ("history", ("All events", "Treaty of Shimoda", "Diplomatic Bluebook 2025")),
    ],
)
def test_below_stands_what_is_the_same_for_every_view(section: str, told: tuple[str, ...]) -> None:
    for page in (opened(), opened(island="kunashir", naming="ja", date="1945-09-01")):
        plain(page)
        shown = "\n".join(part.value for part in page.container(key=section).html)
        for said in told:
            assert said in words(shown)


def test_every_link_of_the_contents_leads_to_a_part_of_the_page() -> None:
    page = opened()
    anchors = re.findall(r'<a href="#([a-z]+)"', whole(page))
    parts = set(re.findall(r'\bid="([a-z]+)"', whole(page))) | {s.anchor for s in page.subheader}
    assert anchors == ["claims", "arguments", "history", "press", "distances", "sea", "others", "words"]
    assert set(anchors) <= parts


def test_a_view_made_by_hand_opens_from_its_address() -> None:
    page = opened()
    choose(page, "iturup")
    name_in(page, "ja")
    page.selectbox(key="origin").set_value("shiretoko").run()
    address: dict[str, Any] = dict(page.query_params)
    again = opened(**address)
    for section in SECTIONS:
        assert read(again, section) == read(page, section)


@pytest.mark.parametrize("key", ["island", "naming", "origin", "perspective", "date", "kuril"])
@pytest.mark.parametrize("value", ["atlantis", "", "<b>KUNASHIR</b>", "クナシリ", "2999"])
def test_an_unknown_value_in_a_link_gives_the_usual_view_and_a_note(key: str, value: str) -> None:
    page = opened(**{key: value})
    plain(page)
    assert len(page.info) == 1
    assert key in page.info[0].value
    assert not value or value not in page.info[0].value
    assert page.segmented_control(key="island").value is None
    assert page.segmented_control(key="naming").value == "both"
    assert page.selectbox(key="origin").value == "nosappu"
    assert page.segmented_control(key="perspective").value == "administered"
    assert page.selectbox(key="date").value == ""
    assert page.selectbox(key="kuril").value == ""
    assert page.query_params == {}


def test_what_a_link_says_rightly_stays_beside_what_it_says_wrongly() -> None:
    page = opened(island="kunashir", naming="klingon")
    assert len(page.info) == 1
    assert page.segmented_control(key="island").value == "kunashir"
    assert "国後島" in headings(page, "panel")


def test_faulty_data_shows_one_plain_message_and_the_page_works_once_it_is_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    monkeypatch.setenv("FOUR_ISLANDS_DATA", str(data))
    facts = data / "facts.csv"
    sound = facts.read_text("utf-8")
    facts.write_text(sound.replace("3166.64", "a lot", 1), "utf-8")

    page = opened()
    assert not page.exception
    assert len(page.error) == 1
    for word in ("facts.csv", "line 2", "column value", "a lot", "expected a number"):
        assert word in page.error[0].value
    assert "Traceback" not in page.error[0].value
    assert not has_map(page)
    # the way around the page stands, and nothing of the data
    assert [part.value for part in page.html if not re.match(r"\s*<(nav|style)\b", part.value)] == []
    assert not page.segmented_control
    assert not page.selectbox

    facts.write_text(sound, "utf-8")
    page.run()
    plain(page)
    assert has_map(page)
    assert "3,166.64 km²" in read(page, "panel")


def test_a_missing_data_folder_shows_one_plain_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOUR_ISLANDS_DATA", str(tmp_path / "nowhere"))
    page = opened()
    assert not page.exception
    assert len(page.error) == 1
    assert not has_map(page)


def test_another_data_folder_is_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    facts = data / "facts.csv"
    facts.write_text(facts.read_text("utf-8").replace("3166.64", "3166.65", 1), "utf-8")
    monkeypatch.setenv("FOUR_ISLANDS_DATA", str(data))
    page = opened()
    plain(page)
    assert "3,166.65 km²" in read(page, "panel")
