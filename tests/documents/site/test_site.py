"""The site as a visitor opens it: from a folder, without network, read with a real browser and with axe."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe

from kotsukotsu import texts
from kotsukotsu.documents.site.places import file_names
from kotsukotsu.documents.yearly import factors
from kotsukotsu.sessions.publication import Publication, publication
from kotsukotsu.sessions.published_site import Document, site_files
from kotsukotsu.sessions.session import Session
from tests.documents.conftest import MADE

KINDS = ("index", "emissions", "targets", "measures", "facilities/index", "facilities/f022", "data", "method",
         "corrections")  # fmt: skip
PAGES = [*KINDS, "en/index", "en/facilities/f022"]
PHONE = {"width": 375, "height": 800}


@pytest.fixture(scope="module")
def files(city_published: Publication):
    report = Document("report.pdf", "report", b"%PDF-1.7 report")
    return site_files(city_published, (report,), "案")


@pytest.fixture(scope="module")
def root(files, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("usb")
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def approved(one_more):
    """The site with 1 kWh more in one bill, approved; without the banner it is to be compared with the draft."""
    return site_files(one_more, (), "")


class Seen(HTMLParser):
    """Links, the language and the text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []
        self.words: list[str] = []
        self.language = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append(tag)
        self.links += [found[name] for name in ("href", "src") if found.get(name)]
        self.language = found.get("lang", "") if tag == "html" else self.language

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def seen(root: Path, name: str) -> Seen:
    return Seen((root / f"{name}.html").read_text(encoding="utf-8"))


def without_banner(page: bytes) -> bytes:
    return re.sub(rb'<p class="banner draft">.*?</p>', b"", page, count=1)


def test_every_facility_has_a_page_in_both_languages(root):
    for folder in ("facilities", "en/facilities"):
        assert len(list((root / folder).glob("*.html"))) == 301


def test_every_link_leads_to_a_file_of_the_folder(root):
    for path in root.rglob("*.html"):
        found = Seen(path.read_text(encoding="utf-8"))
        for link in found.links:
            target = link.partition("#")[0]
            assert not re.match(r"[a-z]+:|/", link), (path, link)
            assert not target or (path.parent / target).resolve().is_file(), (path, link)


def test_no_page_needs_a_script_or_the_network(root):
    for path in root.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert "<script" not in html
        assert "http" not in html.replace("http://www.w3.org/", "")
    style = (root / "assets/site.css").read_text(encoding="utf-8")
    assert re.findall(r'url\("(.{22})', style) == ["data:font/woff;base64,"]


def test_figures_are_those_of_the_overview_in_both_languages(root, city_published):
    found = city_published.overview()
    for name in ("index", "en/index"):
        assert f"{found.totals.total} t-CO2e" in seen(root, name).text
    page = seen(root, "emissions").text
    assert all(part.tonnes.text in page for part in found.items)
    listed = seen(root, "facilities/index").text
    assert all(part.name in listed and part.tonnes.text in listed for part in found.facilities)


def test_one_kwh_more_changes_the_pages_that_show_it_and_no_other(files, approved):
    pages = {path for path in files if path.endswith(".html")}
    moved = {path for path in pages if without_banner(files[path]) != approved[path]} - {"data.html"}
    japanese = {path for path in moved if not path.startswith("en/")}
    assert {path for path in japanese if "/" in path} == {f"facilities/{n}.html" for n in ("index", "f001")}
    assert {"emissions.html", "method.html"} <= japanese
    assert not japanese & {"corrections.html"}
    assert {f"en/{path}" for path in japanese} == moved - japanese - {"en/data.html"}


def test_english_pages_are_english_and_japanese_ones_japanese(root):
    own = re.compile(r"[ぁ-ん]{2}.*。")
    for name in KINDS:
        page = seen(root, f"en/{name}")
        assert page.language == "en"
        assert not re.search("[\u3000－～]", page.text), name
        assert "年度" not in page.text.replace("令和5年度は", "")[:400], name
        assert seen(root, name).language == "ja"
    assert not own.search(seen(root, "en/index").text)
    assert not own.search(seen(root, "en/emissions").text)


def test_every_page_says_that_it_is_a_draft_until_it_is_approved(root, approved):
    for path in root.rglob("*.html"):
        assert b'class="banner draft"' in path.read_bytes(), path
    pages = [data for path, data in approved.items() if path.endswith(".html")]
    assert len(pages) > 600
    assert not any(b'class="banner draft"' in data for data in pages)


def test_approval_takes_the_banner_away_and_changes_no_file_else(town):
    town.year("kerosene", 2013, 1000)
    town.year("kerosene", 2014, 900)
    whole = publication(Session(town.write()), 2014, MADE)
    draft, final = site_files(whole, (), "案"), site_files(whole, (), "")
    assert len([path for path in final if not path.endswith(".html")]) > 15
    assert {path: without_banner(data) for path, data in draft.items()} == final


def test_downloads_and_the_proof_are_offered_and_hold_the_totals(root, city_published):
    links = seen(root, "data").links
    for name in ("emissions.csv", "emissions.xlsx", "emissions.json", "proof.zip", "report.pdf"):
        assert f"downloads/{name}" in links
    with (root / "downloads/emissions.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["fiscal_year"] == "2024"]
    total = sum((Decimal(row["tonnes_co2e"]) for row in rows), Decimal(0))
    assert total == city_published.results[2024].total
    assert json.loads((root / "downloads/emissions.json").read_text(encoding="utf-8"))["rows"]
    script = root / "downloads/proof/check_totals.py"
    done = subprocess.run([sys.executable, "-I", "-S", script], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


def test_corrections_and_earlier_statements_are_shown(root):
    page = seen(root, "corrections").text
    for words in ("1,203 kL", "1,230 kL", "20,529", "21,001", "街路灯、公園、公衆トイレ"):
        assert words in page


def test_the_method_leads_the_total_back_to_factors_that_add_up(root, city_published):
    found, result = city_published.overview(), city_published.results[2024]
    made = factors.factors(found, result, city_published.names)
    parts = sum((row[5].exact for row in made.rows), Decimal(0))
    assert abs(parts - result.total) < Decimal("1E-25")  # thirds are divided for each line
    page = seen(root, "method").text
    assert all(row[3].text in page and row[5].text in page for row in made.rows)


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_a_phone_does_not_scroll_sideways(chromium, root, name):
    page = chromium.new_page(viewport=PHONE, locale="ja-JP")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((root / f"{name}.html").as_uri())
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert all(url.startswith("file://") for url in asked)
    page.close()


def test_a_row_of_measures_is_a_block_on_a_phone_with_its_headings(chromium, root):
    page = chromium.new_page(viewport=PHONE, locale="ja-JP")
    page.goto((root / "measures.html").as_uri())
    tables = page.locator("table.stacked")
    assert tables.count() >= 3
    for one in tables.all():
        assert one.evaluate("one => one.scrollWidth <= one.parentElement.clientWidth")
        assert one.evaluate("one => one.caption.clientWidth > one.clientWidth / 2")  # not one letter below the other
        cell = one.locator("td[data-label]").first
        assert cell.evaluate("one => getComputedStyle(one, '::before').content").strip(
            '"'
        ).strip() == cell.get_attribute("data-label")
    page.close()


def test_the_pages_are_read_without_javascript(chromium, root, city_published):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((root / "index.html").as_uri())
    page.get_by_role("link", name="施設", exact=True).click()
    page.get_by_role("link", name="コツコツ市役所").click()
    assert page.get_by_role("heading", level=1).inner_text() == "コツコツ市役所"
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/en/facilities/f001.html")
    context.close()


def test_hostile_names_stay_texts_and_never_leave_the_folder(town):
    bad = "<script>alert(1)</script>\"'&{name}=1+1"
    town.municipality["name"] = bad.replace('"', "")
    town.facility("../../evil", bad, use=bad, note=bad)
    town.year("kerosene", 2013, 1000)
    town.year("kerosene", 2014, 900, facility_id="../../evil")
    town.year("kerosene", 2014, 900)
    town.add("reviews", facility_id="../../evil", fiscal_year=2014, kind="review", text=bad, person=bad)
    town.add("errata", corrected_on="2020-01-01", fiscal_year=2014, document=bad, place=bad, wrong=bad, right=bad,
             reason=bad)  # fmt: skip
    town.add("opinions", fiscal_year=2014, body=bad, opinion=bad)
    made = site_files(publication(Session(town.write()), 2014, MADE), (), bad)
    assert all(".." not in path for path in made)
    pages = {path: data.decode() for path, data in made.items() if path.endswith(".html")}
    assert all("<script" not in html for html in pages.values())
    assert bad in Seen(pages["corrections.html"]).text
    assert bad in Seen(pages["facilities/no-2.html"]).text
    assert b",=" not in made["downloads/emissions.csv"]


def test_names_of_pages_are_plain_on_every_computer():
    made = file_names(["f1", "F1", "con", "index", "", "あ", "a/b", "no-1", "com1"])
    assert len({name.lower() for name in made.values()}) == len(made)
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in made.values())
    assert made["con"] != "con"


def test_the_base_year_alone_can_be_published(town):
    town.year("kerosene", 2013, 1000)
    made = site_files(publication(Session(town.write()), 2013, MADE), (), "")
    with texts.speaking("ja"):
        assert "総排出量は" in made["index.html"].decode()
