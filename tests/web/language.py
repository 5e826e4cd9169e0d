"""What a page says in the wrong language; what the city wrote itself is taken from its database."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from django.apps import apps
from django.db.models import CharField, JSONField, TextField

from kotsukotsu.web.papers.parts import every

JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠々、。：（）「」・～｜△\u3000－]")
BLANK = " \n\t"
# Names of plans, as the catalogue quotes them.
QUOTED = ("政府実行計画", "地球温暖化対策計画", "閣議決定", "カーボンニュートラル宣言")
SAID_IN = ("aria-label", "title", "alt", "placeholder", "data-label", "data-words", "data-same", "data-differs")
ALONE = ("area", "br", "col", "hr", "img", "input", "link", "meta", "wbr")


class _Words(HTMLParser):
    """Texts and spoken attributes, but for what is marked as Japanese and what people have typed."""

    def __init__(self):
        super().__init__()
        self.said, self._inside = [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        passed = bool(self._inside and self._inside[-1]) or given.get("lang") == "ja" or tag in ("style", "textarea")
        if tag not in ALONE:
            self._inside.append(passed)
        if not passed:
            self.said += [given[name] for name in SAID_IN if given.get(name)]

    def handle_endtag(self, tag):
        if tag not in ALONE and self._inside:
            self._inside.pop()

    def handle_data(self, data):
        if not (self._inside and self._inside[-1]) and data.strip(BLANK):
            self.said.append(data.strip(BLANK))


def own_words():
    """A pattern of everything that people and the city's files wrote into the database, the longest first."""
    found = {*QUOTED, *(one.title for one in every().values())}  # the city's documents are Japanese
    for model in apps.get_models():
        texts = (CharField, TextField, JSONField)
        names = [one.attname for one in model._meta.concrete_fields if isinstance(one, texts)]
        for row in model.objects.values_list(*names) if names else ():
            found.update(part for value in row for part in _parts(value) if JAPANESE.search(part))
    return re.compile("|".join(map(re.escape, sorted(found, key=len, reverse=True))) or "(?!)")


def _parts(value):
    """Lines of a text, and what stands in quotation marks (the settings are one text)."""
    if isinstance(value, list | dict):
        return [part for one in (value.values() if isinstance(value, dict) else value) for part in _parts(one)]
    text = str(value or "")
    return [part.strip() for part in (*text.splitlines(), *re.findall('"([^"]+)"', text)) if part.strip()]


def left_japanese(page, own):
    """What a page that speaks English says in Japanese, without what the city wrote itself."""
    words = _Words()
    words.feed(page)
    return sorted({said for said in words.said if JAPANESE.search(own.sub("", said))})
