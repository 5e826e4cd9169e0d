"""An analysis as data for programs (JSON): numbers are strings in plain decimal notation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Context, Decimal
from typing import Any

from kotsukotsu.analysis.anomaly import Unusual
from kotsukotsu.analysis.bases import Unit
from kotsukotsu.analysis.causes import Causes
from kotsukotsu.analysis.index import ItemIndex, Series
from kotsukotsu.analysis.intensity import Intensity
from kotsukotsu.analysis.more import Measured, More
from kotsukotsu.analysis.weather_use import WeatherLine
from kotsukotsu.analysis.where import Ranked
from kotsukotsu.analysis.words import Sentence
from kotsukotsu.documents.analysis.view import View
from kotsukotsu.rounding import plain
from kotsukotsu.schema import cell

_OUTPUT = Context(prec=30)


def data(view: View) -> dict[str, Any]:
    """The whole document."""
    report = view.report
    return {
        **view.head,
        "place": report.place,
        "against": report.against,
        **_causes(report.causes),
        "residual_tonnes_co2e": plain(report.causes.residual()),
        "chain": [{"from": step.against, "to": step.fy, **_causes(step)} for step in report.chain],
        "reach_percent": plain(report.reach),
        "sentences": [_sentence(one) for one in report.sentences],
        **{name: _rows(view, name) for name in report.rankings},
        "index": [_index(one) for one in report.index],
        "intensity": [_intensity(one) for one in report.intensity],
        "facility_sentences": {
            key: [_sentence(one) for one in found] for key, found in report.facility_sentences.items()
        },
        **_more(view.more),
        "complete": view.complete,
        "findings": [finding.as_dict() for finding in view.findings],
    }


def _causes(causes: Causes) -> dict[str, Any]:
    return {
        "base_tonnes_co2e": text(causes.before),
        "tonnes_co2e": text(causes.after),
        "change_tonnes_co2e": text(causes.change),
        "effects_tonnes_co2e": {name: text(value) for name, value in causes.effects().items()},
    }


def _rows(view: View, name: str) -> list[dict[str, Any]]:
    """A ranking; where its key is one of the causes', with the effects."""
    keys = {"facility": lambda cause: cause.facility, "item": lambda cause: cause.item}
    by = view.report.causes.by(keys[name]) if name in keys else {}
    return [_row(row, view.names[name](row.key), by.get(row.key)) for row in view.report.rankings[name]]


def _row(row: Ranked, name: str, causes: Causes | None) -> dict[str, Any]:
    return {
        "rank": row.rank,
        "key": row.key,
        "name": name,
        "base_tonnes_co2e": text(row.base),
        "tonnes_co2e": text(row.latest),
        "share_percent": text(row.share),
        "cumulative_percent": text(row.cumulative),
        "change_tonnes_co2e": text(row.change),
        "change_percent": text(row.rate),
        "is_main": row.is_main,
        "is_new": row.is_new,
        **({"effects_tonnes_co2e": _causes(causes)["effects_tonnes_co2e"]} if causes else {}),
    }


def _sentence(one: Sentence) -> dict[str, Any]:
    figures = [{"name": figure.name, "value": text(figure.value), "unit": figure.unit} for figure in one.figures]
    return {"text": one.text, "effect": one.effect or None, "item": one.item or None, "figures": figures}


def _index(one: ItemIndex) -> dict[str, Any]:
    return {
        "item": one.item,
        "tonnes_co2e": _series(one.emission),
        "quantity": _series(one.use),
        "emission_index": _series(one.emission_index),
        "use_index": _series(one.use_index),
    }


def _series(values: Series) -> dict[str, str | None]:
    return {str(year): text(value) for year, value in sorted(values.items())}


def _intensity(one: Intensity) -> dict[str, Any]:
    peers = one.peers
    quartiles: Sequence[Decimal | None] = (peers.lower, peers.median, peers.upper) if peers else (None, None, None)
    names = ("lower_quartile", "median", "upper_quartile")
    return {
        "facility": one.facility,
        "use": one.use,
        "floor_area_m2": text(one.area),
        "kg_co2e_per_m2": text(one.value),
        **{name: text(value) for name, value in zip(names, quartiles, strict=True)},
        "peers": peers.count if peers else None,
        "quarter": one.quarter,
    }


def text(value: Decimal | None) -> str | None:
    """A number as programs read it, to 30 digits."""
    return None if value is None else plain(_OUTPUT.plus(value))


def _more(more: More) -> dict[str, Any]:
    """What was asked for beside the report; null where not asked for."""
    return {
        "weather": [_weather(line) for line in more.weather.lines] if more.weather else None,
        "normal_years": list(more.weather.normal) if more.weather else None,
        "saving": _saving(more.measured) if more.measured else None,
        "unusual": None if more.unusual is None else [_unusual(one) for one in more.unusual],
        "proposals": None if more.proposals is None else [_row_of(row) for row in more.proposals],
        "energy_intensity": [_unit(unit) for unit in more.units],
    }


def _weather(line: WeatherLine) -> dict[str, Any]:
    fit, normal = line.baseline.fit, line.normal
    return {
        "facility": line.facility,
        "item": line.item,
        "station": line.weather.station,
        "form": fit.form.name if fit else None,
        "balance_points_c": [repr(one) for one in fit.balances] if fit else [],
        "r2": repr(fit.r2) if fit and fit.r2 is not None else None,
        "cv_rmse": repr(fit.cv_rmse) if fit and fit.cv_rmse is not None else None,
        "periods": len(line.baseline.periods),
        "unit": line.unit,
        "quantity": text(line.actual),
        "expected": text(normal.expected) if normal else None,
        "normal": text(normal.normal) if normal else None,
        "normalised": text(normal.normalised) if normal else None,
        "is_used": line.is_used,
        "findings": [finding.as_dict() for finding in line.baseline.findings],
    }


def _saving(found: Measured) -> dict[str, Any]:
    saving, fit = found.saving, found.baseline.fit
    values = (saving.expected, saving.actual, saving.saving, saving.margin) if saving else (None,) * 4
    names = ("expected", "actual", "saving", "margin")
    return {
        "facility": found.facility,
        "item": found.item,
        "began": found.began.isoformat(),
        "done": found.done.isoformat(),
        "unit": found.unit,
        "form": fit.form.name if fit else None,
        **{
            name: None if value is None else text(value / found.ratio)
            for name, value in zip(names, values, strict=True)
        },
        "confidence": text(saving.confidence) if saving else None,
        "periods": len(saving.periods) if saving else 0,
    }


def _unusual(one: Unusual) -> dict[str, Any]:
    facility, item, meter, use = one.bill
    return {
        "kind": one.kind,
        "facility": facility,
        "item": item,
        "meter_id": meter,
        "use": use,
        "month": str(one.month),
        "value": repr(one.value),
        "expected": repr(one.expected),
        "explanation": one.explanation,
        "code": one.finding.code,
    }


def _row_of(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: None if value is None else cell(value) for name, value in row.items()}


def _unit(unit: Unit) -> dict[str, Any]:
    found = unit.found
    return {
        "base": unit.base or None,
        "unit": unit.unit,
        "crude_oil_kl": _series(unit.energy),
        "denominator": _series(unit.denominator),
        "intensity": _series(found.intensities) if found else {},
        "ratio_percent": _series(found.ratios) if found else {},
        "five_year_average_percent": text(found.printed) if found else None,
        "breaks": list(unit.linked),
        "crude_oil_kl_by_rules_before": {str(year): text(energy) for year, energy in unit.linked.items()},
    }
