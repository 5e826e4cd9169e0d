"""What is asked of a choice of measures: the budget of each year, the aim, the years."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.periods import FiscalYear
from kotsukotsu.rounding import plain
from kotsukotsu.sessions.optimise_setting import AHEAD, HUNDRED, Asked, budgets_of
from kotsukotsu.web.common.forms import LabelledForm
from kotsukotsu.web.municipalities.selectors import facility_names

CHEAPEST, MOST = "cheapest", "most"
RATE = 4  # an assumption, not taken from a rule; the result says which was used [%/year]
BETWEEN = re.compile(r"[、\s]+")


class Question(LabelledForm):
    """Measures, within which budgets, for which aim.

    Parameters
    ----------
    fy : int
        The year whose use is taken to stay.
    aims : sequence of pairs
        Fiscal years and reductions of the city's milestones. [%]
    """

    texts_at = "see.choice"
    budget = forms.CharField(max_length=400)
    aim = forms.ChoiceField(widget=forms.RadioSelect)
    pct = forms.DecimalField(required=False, min_value=0, max_value=100)
    first_fy = forms.TypedChoiceField(coerce=int)
    last_fy = forms.TypedChoiceField(coerce=int)
    rate = forms.DecimalField(min_value=0, max_value=100)
    closed = forms.ChoiceField(required=False)
    closed_fy = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)

    def __init__(self, data: Mapping[str, Any] | None, *, fy: int, aims: Sequence[tuple[int, Decimal]]) -> None:
        goal, pct = next((one for one in aims if one[0] >= fy + AHEAD), aims[-1])
        given = {"aim": CHEAPEST, "pct": plain(pct), "first_fy": fy + AHEAD, "last_fy": goal, "rate": RATE}
        super().__init__(data, initial=given)
        self.fy = fy
        years = [(year, FiscalYear(year).name) for year in range(fy + 1, max(goal, aims[-1][0]) + 1)]
        self.fields["aim"].choices = [(aim, texts.label(f"see.choice.aim.{aim}")) for aim in (CHEAPEST, MOST)]
        self.fields["first_fy"].choices = self.fields["last_fy"].choices = years
        self.fields["closed"].choices = [("", texts.none()), *facility_names().items()]
        self.fields["closed_fy"].choices = [("", texts.none()), *years]
        for name in ("budget", "pct", "rate", "closed"):
            self.fields[name].help_text = texts.label(f"see.choice.{name}.help")

    def clean(self) -> dict[str, Any]:
        """Years in order, a budget for each, a target for the cheapest, a facility and its year together."""
        given = super().clean() or {}
        if given.get("aim") == CHEAPEST and given.get("pct") is None and "pct" not in self.errors:
            self.add_error("pct", texts.label("see.choice.pct.lacking"))
        if bool(given.get("closed")) != bool(given.get("closed_fy")):
            self.add_error("closed_fy", texts.label("see.choice.closed.half"))
        first, last = given.get("first_fy"), given.get("last_fy")
        if first and last and first > last:
            self.add_error("last_fy", texts.label("see.choice.years.wrong"))
        elif first and last and "budget" in given:
            given["budget"] = self._budget(given["budget"], last - first + 1)
        return given

    def _budget(self, text: str, years: int) -> str:
        """As the command line takes it; full-width digits and 、 are what people type."""
        parts = BETWEEN.split(unicodedata.normalize("NFKC", text).strip("、 　"))
        joined = ",".join(part.replace(",", "").strip() for part in parts) if len(parts) > 1 else parts[0]
        try:
            budgets_of(joined, years)
        except KotsukotsuError as error:
            wrong = "count" if error.code == "PO-02" else "unread"
            self.add_error("budget", texts.label(f"see.choice.budget.{wrong}", years=years, **_given(error)))
        return joined

    def question(self) -> tuple[Asked, tuple[str, ...]]:
        """The same as the command takes it, and the closure."""
        given = self.cleaned_data
        cheapest = given["aim"] == CHEAPEST
        rate = exact.exact_quotient(given["rate"], HUNDRED)
        target_fy, pct = (given["last_fy"], given["pct"]) if cheapest else (None, None)
        years = f"{given['first_fy']}-{given['last_fy']}"
        close = (f"{given['closed']}={given['closed_fy']}",) if given["closed"] else ()
        return Asked(given["budget"], target_fy, pct, years, self.fy, None, rate), close


def _given(error: KotsukotsuError) -> dict[str, Any]:
    return {name: error.data[name] for name in ("given", "value") if name in error.data}
