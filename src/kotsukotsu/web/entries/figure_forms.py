"""Forms of the figure of a year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from kotsukotsu import texts
from kotsukotsu.documents.printing import unit_name
from kotsukotsu.rounding import plain
from kotsukotsu.schema import Row
from kotsukotsu.web.common.forms import LabelledForm
from kotsukotsu.web.entries import machines
from kotsukotsu.web.entries.figures import Figure, entered
from kotsukotsu.web.entries.machines import Machine
from kotsukotsu.web.entries.services.figures import Said
from kotsukotsu.web.entries.typed import Typed, typed
from kotsukotsu.web.errors import WebError

EMPTY = 3  # lines for further machines
MOST = 300


class FigureForm(LabelledForm):
    """The year of an item; without an amount where machines make it up."""

    texts_at = "web.figure"
    quantity = forms.CharField(required=False)
    unit = forms.ChoiceField()
    estimated = forms.BooleanField(required=False)
    nothing = forms.BooleanField(required=False)
    document = forms.CharField(required=False, max_length=200)
    reason = forms.CharField()
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    data: Any

    def __init__(self, *args: Any, figure: Figure, row: Row | None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(figure, row), **kwargs)
        self.figure, self.row = figure, row
        self.fields["unit"].choices = [(unit, unit_name(unit)) for unit in figure.units]
        unused = {"reason"} if row is None else set()
        for name in unused | ({"quantity", "unit", "document"} if figure.way != "amount" else set()):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """An amount, or that there was none; never over somebody else's that was not seen."""
        said: dict[str, Any] = super().clean()
        if "quantity" in self.fields and not said.get("nothing"):
            self._read(said)
        if self.row and said["seen"] != self.row["activity_id"]:
            self._tell_what_stands(self.row)
        return said

    def _tell_what_stands(self, row: Row) -> None:
        """Who was faster, and with what; sent once more, with a reason, it is seen and may be corrected."""
        self.add_error("quantity" if "quantity" in self.fields else None, str(entered(row)))
        self.data = {**self.data.dict(), "seen": row["activity_id"]}

    def _read(self, said: dict[str, Any]) -> None:
        if not said.get("quantity", "").strip():
            self.add_error("quantity", texts.label("web.figure.needed"))
            return
        try:
            said["read"] = typed(said["quantity"], said.get("unit", self.figure.unit), estimated=said["estimated"])
        except WebError as error:
            self.add_error("quantity", str(error))

    def said(self, listed: list[Machine]) -> Said:
        """What is to be posted."""
        given = self.cleaned_data
        common = {"item": self.figure.item, "seen": given["seen"], "reason": given.get("reason", "")}
        unit = given.get("unit", self.figure.unit)
        if given["nothing"]:
            return Said(quantity=None, unit=unit, basis="not_occurring", **common)
        if self.figure.way == "amount":
            read: Typed = given["read"]
            return Said(quantity=read.quantity, unit=unit, basis=read.basis, note=given["document"].strip(), **common)
        basis = "estimated" if given["estimated"] else "measured"
        text, total = machines.note(listed), machines.amount(listed)
        return Said(quantity=total, unit=unit, basis=basis, note=text, **common)


def _initial(figure: Figure, row: Row | None) -> dict[str, Any]:
    if row is None:
        return {"unit": figure.unit}
    quantity = "" if row["quantity"] is None else plain(row["quantity"])
    return {
        "quantity": quantity, "unit": row["unit"], "estimated": row["basis"] == "estimated",
        "nothing": row["basis"] == "not_occurring", "document": row["note"] or "", "seen": row["activity_id"],
    }  # fmt: skip


class MachineForm(LabelledForm):
    """A machine; an empty line is none."""

    texts_at = "web.machine"
    equipment = forms.CharField(required=False, max_length=machines.NAME)
    charge = forms.CharField(required=False, max_length=32)
    recovered = forms.CharField(required=False, max_length=32)
    months = forms.IntegerField(
        required=False, min_value=0, max_value=machines.MONTHS, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )

    def __init__(self, *args: Any, way: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["months" if way == "released" else "recovered"]
        self.machine: Machine | None = None
        self.number = int(str(self.prefix).rpartition("-")[2]) + 1 if str(self.prefix)[-1:].isdigit() else 0
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = texts.label("web.machine.number", label=field.label, number=self.number)

    def clean(self) -> dict[str, Any]:
        """What was typed as a machine."""
        said: dict[str, Any] = super().clean()
        if self.errors or not any(str(value or "").strip() for value in said.values()):
            return said
        if "months" in self.fields and said["months"] is None:
            self.add_error("months", self.fields["months"].error_messages["required"])
            return said
        try:
            if "months" in self.fields:
                self.machine = machines.held(said["equipment"], said["charge"], said["months"])
            else:
                self.machine = machines.released(said["equipment"], said["charge"], said["recovered"])
        except WebError as error:
            self.add_error(error.data["field"], str(error))
        return said


class MachineForms(forms.BaseFormSet):
    """The lines of machines: there is one at least, unless there was none, and a name twice would count double."""

    def clean(self) -> None:
        """Tell a line what it has against another one."""
        said: set[str] = set()
        for line in self.forms:
            if line.machine and line.machine.equipment in said:
                line.add_error("equipment", str(WebError("WF-06", equipment=line.machine.equipment)))
            said |= {line.machine.equipment} if line.machine else set()
        if said or self.total_error_count() or self.data.get("nothing"):
            return
        if not self.forms:  # no browser sends this
            raise forms.ValidationError(str(WebError("WF-05")))
        self.forms[0].add_error("equipment", str(WebError("WF-05")))

    @property
    def listed(self) -> list[Machine]:
        """What was typed, in its order."""
        return [line.machine for line in self.forms if line.machine]


def machine_forms(figure: Figure, row: Row | None, given: Any = None) -> MachineForms:
    """The lines of a year's machines, with some empty ones."""
    # What was sent stands for itself: a line like an earlier one is no empty line.
    known = machines.read(row["note"]) if row and given is None else []
    first = [{**_plain(one), "equipment": one.equipment} for one in known]
    made = forms.formset_factory(MachineForm, MachineForms, extra=EMPTY, max_num=MOST, validate_max=True)
    return made(given, initial=first, form_kwargs={"way": figure.way}, prefix="machine")


def _plain(one: Machine) -> dict[str, str | int | None]:
    recovered: Decimal | None = one.recovered
    return {
        "charge": plain(one.charge), "recovered": None if recovered is None else plain(recovered), "months": one.months,
    }  # fmt: skip
