"""Every address of the application as people see it: by axe, on a desk, on a phone and at 200 %, word by word."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.entries import excel
from kotsukotsu.web.entries.models import Sheet
from kotsukotsu.web.entries.services.evidence import evidence_add
from kotsukotsu.web.municipalities.registers import Facility
from kotsukotsu.web.publications.models import Publication
from tests.web.browser import DESK, faults, picture, too_wide
from tests.web.conftest import PASSWORD

FILE = Path(__file__).parent / "visits.csv"
PATIENCE = 120_000  # while figures are computed for the first time [ms]
# 1280 pixels at 200 %, a tablet, and a phone.
NARROW = ({"width": 640, "height": 360}, {"width": 768, "height": 1024}, {"width": 360, "height": 740})
OTHER = "f009"  # a school whose sheet is still being filled
NOWHERE = (("/nowhere/", "clerk", ""), ("/log/", "clerk", ""))  # not there, and not for everybody
# What an address shows if it is no page: an answer to a form, a file, data or a part of a page.
ANSWERS = {
    "answer": (405, ""), "file": (200, "attachment"), "data": (200, ""), "part": (200, ""), "none": (404, ""),
}  # fmt: skip
# Latin letters that an office writes in Japanese text too.
OFFICE = {
    "API", "CSV", "EMS", "Excel", "KPI", "LED", "LNG", "LPG", "PDF", "PPA", "RDF", "Ready", "Word", "ZEB", "docx",
    "kWh", "ods", "xlsx", "NGL", "RPF", "OpenAPI", "Ctrl", "Delete", "Enter", "Esc", "Shift", "Tab",
}  # fmt: skip
WORDS = """() => { const body = document.body.cloneNode(true);
  const others = "script, style, code, kbd, pre, textarea, [lang=en], [translate=no]";
  body.querySelectorAll(others).forEach(one => one.remove());
  const said = [...body.querySelectorAll("*")].flatMap(one =>
    ["aria-label", "title", "alt", "placeholder"].map(name => one.getAttribute(name) || ""));
  const walk = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) said.push(walk.currentNode.data);
  return [document.title, ...said].join("\\n") }"""
# Words that end at an edge they cannot be scrolled past, or stand one letter below the other, and bars that stay while
# the page moves below them.
HIDDEN = """() => { const all = [...document.querySelectorAll("main *, header *")].filter(one => one.checkVisibility());
  const style = one => getComputedStyle(one);
  const heard = one => one.closest(".only-heard, svg");
  const cut = all.filter(one => !heard(one) && ["hidden", "clip"].includes(style(one).overflowX)
    && one.scrollWidth > one.clientWidth + 1).map(one => one.outerHTML.slice(0, 100));
  const seen = all.filter(one => one.matches("td, th, nav a") && !one.querySelector(".only-heard"));
  const thin = seen.filter(one => one.innerText.trim().length > 9
    && one.clientWidth < 4 * parseFloat(style(one).fontSize)).map(one => `thin: ${one.outerHTML.slice(0, 100)}`);
  const stays = all.filter(one => ["fixed", "sticky"].includes(style(one).position) && !one.closest("table"))
    .reduce((sum, one) => sum + one.getBoundingClientRect().height, 0);
  return [...cut, ...thin, ...(stays > innerHeight / 2 ? [`stays: ${stays}`] : [])] }"""
LATIN = re.compile(r"(?<![\w.@/:-])[A-Za-z]{3,}(?![\w.@/:-])", re.ASCII)


def lines():
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def client(who):
    """A client of somebody; `half` has given the first of two factors, `twofold` both, `single` needs only one."""
    made = Client()
    if who in ("half", "twofold", "single"):
        return _by_password(made, who)
    if who != "nobody":
        made.force_login(User.objects.get(username=who), backend="allauth.account.auth_backends.AuthenticationBackend")
    return made


def _by_password(made, who):
    person = User.objects.create(username=who, name="二要素さん", password=make_password(PASSWORD))
    if who != "single":
        TOTP.activate(person, generate_totp_secret())
        codes = RecoveryCodes.activate(person)
    made.post(reverse("account_login"), {"login": who, "password": PASSWORD})
    if who == "twofold":
        made.post(reverse("mfa_authenticate"), {"code": codes.get_unused_codes()[0]})
    if who != "half":  # what is asked again before the second factor is touched
        made.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return made


def people():
    """A client of everybody who visits something."""
    return {who: client(who) for who in sorted({line["who"] for line in lines()})}


def keys():
    """What arguments of the table stand for."""
    sheet, secretariat = Sheet.objects.get(facility_id=OTHER), User.objects.get(username="secretariat")
    file = evidence_add(sheet=sheet, name="form.xlsx", content=excel.written(sheet), actor=secretariat)
    return {
        "clerk": User.objects.get(username="clerk").pk, "school": Facility.objects.get(facility_id="f010").pk,
        "publication": Publication.objects.order_by("-number").first().pk, "evidence": file.pk,
    }  # fmt: skip


def address(line, keys):
    given = dict(pair.split("=") for pair in line["arguments"].split(";") if pair)
    return reverse(line["name"], kwargs={name: value.format(**keys) for name, value in given.items()})


def wrong(page, known=frozenset()):
    """What is wrong with the page that is open, but for words that are known there."""
    page.locator("main [data-coming], [aria-busy=true]").first.wait_for(state="detached", timeout=PATIENCE)
    page.set_viewport_size(DESK)
    found = faults(page)
    for viewport in NARROW:
        page.set_viewport_size(viewport)
        found += [("too wide", viewport["width"], too_wide(page))] if too_wide(page) > 0 else []
        found += [("hidden", viewport["width"], one) for one in page.evaluate(HIDDEN)]
    found += [fault for fault in faults(page) if fault not in found]
    words = page.evaluate(WORDS)
    names = {*User.objects.values_list("username", flat=True)}
    found += [("not Japanese", word) for word in sorted({*LATIN.findall(words)} - OFFICE - names - known)]
    found += [("no character", sign) for sign in "□\ufffd" if sign in words]
    if page.locator("h1").count() != 1 or not page.title().split("｜")[0].strip():
        found.append(("title or heading", page.title(), page.locator("h1").all_inner_texts()))
    return found


def visited(browse, people, known):
    """Faults by address and reader; every page is kept as a picture."""
    pages, found = {}, {}
    shown = [(address(line, known), line["who"], line["words"]) for line in lines() if line["shows"] == "page"]
    for number, (where, who, words) in enumerate([*shown, *NOWHERE]):
        page = pages[who] = pages.get(who) or browse("/login/", None if who == "nobody" else people[who])
        page.goto(where)
        mistakes = wrong(page, {*words.split()}) if page.url.endswith(where) else [("led to", page.url)]
        found |= {(where, who): mistakes} if mistakes else {}
        picture(page, f"page-{number:02}-{who}")
    return found


def answered(people, known):
    """Addresses that answer otherwise than the table says."""
    found = {}
    for line in lines():
        if line["shows"] in ANSWERS:
            answer = people[line["who"]].get(address(line, known))
            told = (answer.status_code, answer.headers.get("Content-Disposition", "")[:10])
            found |= {} if told == ANSWERS[line["shows"]] else {line["name"]: told}
    return found
