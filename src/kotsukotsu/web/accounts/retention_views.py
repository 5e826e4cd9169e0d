"""How long records are kept, as the administrator sets it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kotsukotsu import texts
from kotsukotsu.web.accounts import retention
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.forms import LabelledForm


class RetentionForm(LabelledForm):
    """A kind of record, and its years."""

    texts_at = "web.retention"
    kind = forms.ChoiceField()
    years = forms.IntegerField(min_value=1, max_value=retention.MOST)
    reason = forms.CharField()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, texts.label(f"web.retention.{kind}")) for kind in retention.LEAST]


@requires("settings")
def page(request: HttpRequest) -> HttpResponse:
    """The periods, and a form to change one."""
    form = RetentionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        retention.retention_set(**form.cleaned_data, actor=request.user)
        messages.success(request, texts.label("web.person.done"))
        return redirect("retention")
    kept = [
        (texts.label(f"web.retention.{kind}"), retention.years(kind), least) for kind, least in retention.LEAST.items()
    ]
    return render(request, "accounts/retention.html", {"form": form, "kept": kept})
