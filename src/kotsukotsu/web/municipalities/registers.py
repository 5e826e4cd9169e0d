"""The tables of a city folder, column by column; ``schema/*.csv`` says what each means."""

from __future__ import annotations

from django.db import models

from kotsukotsu.web.municipalities.fields import column
from kotsukotsu.web.municipalities.tabled import Tabled


class Department(Tabled):
    """A department as it was in a period; one id may have several rows, one for each name or place."""

    table = "departments"
    department_id = column(table, "department_id", db_index=True)
    name = column(table, "name")
    parent_id = column(table, "parent_id")
    valid_from = column(table, "valid_from")
    valid_to = column(table, "valid_to")


class Facility(Tabled):
    """A facility; its id is its own for ever."""

    table = "facilities"
    facility_id = column(table, "facility_id", unique=True)
    name = column(table, "name")
    department_id = column(table, "department_id", db_index=True)
    use = column(table, "use")
    floor_area_m2 = column(table, "floor_area_m2")
    management = column(table, "management")
    scopes = column(table, "scopes")
    opened_on = column(table, "opened_on")
    closed_on = column(table, "closed_on")
    note = column(table, "note")


class FacilityDepartment(Tabled):
    """Which department had a facility in a period other than its register's."""

    table = "facility_departments"
    facility_id = column(table, "facility_id", db_index=True)
    department_id = column(table, "department_id", db_index=True)
    valid_from = column(table, "valid_from")
    valid_to = column(table, "valid_to")


class Supply(Tabled):
    """Who supplies a facility's item, from when to when."""

    table = "supplies"
    facility_id = column(table, "facility_id", db_index=True)
    item = column(table, "item")
    supplier = column(table, "supplier")
    menu = column(table, "menu")
    valid_from = column(table, "valid_from")
    valid_to = column(table, "valid_to")
    share = column(table, "share")
    meter_id = column(table, "meter_id")


class Meter(Tabled):
    """A meter of a facility."""

    table = "meters"
    meter_id = column(table, "meter_id")
    facility_id = column(table, "facility_id", db_index=True)
    item = column(table, "item")
    name = column(table, "name")
    note = column(table, "note")


class Apportionment(Tabled):
    """A share of a meter that counts for another facility."""

    table = "apportionments"
    facility_id = column(table, "facility_id", db_index=True)
    item = column(table, "item")
    meter_id = column(table, "meter_id")
    to_facility_id = column(table, "to_facility_id")
    share = column(table, "share")
    valid_from = column(table, "valid_from")
    valid_to = column(table, "valid_to")
    note = column(table, "note")


class Body(Tabled):
    """A reporting body and what it holds."""

    table = "bodies"
    body_id = column(table, "body_id")
    name = column(table, "name")
    kind = column(table, "kind")
    in_plan = column(table, "in_plan")
    department_id = column(table, "department_id", db_index=True)
    facility_id = column(table, "facility_id", db_index=True)
    share = column(table, "share")
    valid_from = column(table, "valid_from")
    valid_to = column(table, "valid_to")


class Waste(Tabled):
    """Composition of the waste that an incinerator burns."""

    table = "wastes"
    facility_id = column(table, "facility_id", db_index=True)
    valid_from = column(table, "valid_from")
    valid_to = column(table, "valid_to")
    moisture = column(table, "moisture")
    plastic_share = column(table, "plastic_share")
    synthetic_fibre_share = column(table, "synthetic_fibre_share")
    source = column(table, "source")


class Vehicle(Tabled):
    """A vehicle of the fleet."""

    table = "vehicles"
    vehicle_id = column(table, "vehicle_id", db_index=True)
    facility_id = column(table, "facility_id", db_index=True)
    department_id = column(table, "department_id", db_index=True)
    vehicle_class = column(table, "class", db_column="class")
    fuel = column(table, "fuel")
    acquired_on = column(table, "acquired_on")
    disposed_on = column(table, "disposed_on")
    air_conditioner = column(table, "air_conditioner")
    note = column(table, "note")
    drive = column(table, "drive")
    alternative = column(table, "alternative")


class Explanation(Tabled):
    """Why a value changed, in the words of an office."""

    table = "explanations"
    facility_id = column(table, "facility_id", db_index=True)
    item = column(table, "item")
    fiscal_year = column(table, "fiscal_year")
    text = column(table, "text")
    author = column(table, "author")
    written_on = column(table, "written_on")


class Restatement(Tabled):
    """A version of the base year's total."""

    table = "restatements"
    version = column(table, "version")
    fiscal_year = column(table, "fiscal_year")
    stated_on = column(table, "stated_on")
    tonnes_co2e = column(table, "tonnes_co2e")
    reason = column(table, "reason")


class Measure(Tabled):
    """A measure that a facility could take."""

    table = "measures"
    measure_id = column(table, "measure_id")
    facility_id = column(table, "facility_id", db_index=True)
    measure = column(table, "measure")
    size = column(table, "size")
    unit = column(table, "unit")
    value = column(table, "value")
    cost_yen = column(table, "cost_yen")
    running_yen = column(table, "running_yen")
    earliest_fy = column(table, "earliest_fy")
    start_fy = column(table, "start_fy")
    group = column(table, "group")
    requires = column(table, "requires")
    subsidy = column(table, "subsidy")
    renewal_fy = column(table, "renewal_fy")
    renewal_discount = column(table, "renewal_discount")
    source = column(table, "source")
    note = column(table, "note")


class Subsidy(Tabled):
    """A programme that pays a part of measures."""

    table = "subsidies"
    programme = column(table, "programme")
    name = column(table, "name")
    rate = column(table, "rate")
    yearly_limit_yen = column(table, "yearly_limit_yen")
    source = column(table, "source")


class Kpi(Tabled):
    """An indicator of a year, as counted."""

    table = "kpis"
    kpi = column(table, "kpi")
    fiscal_year = column(table, "fiscal_year")
    numerator = column(table, "numerator")
    denominator = column(table, "denominator")
    source = column(table, "source")
    note = column(table, "note")


class Assumption(Tabled):
    """What the city expects of a future year."""

    table = "assumptions"
    kind = column(table, "kind")
    fiscal_year = column(table, "fiscal_year")
    value = column(table, "value")
    low = column(table, "low")
    high = column(table, "high")
    source = column(table, "source")


class OwnFactor(Tabled):
    """A factor of the city's own; `file` is the file of ``factors/`` that it stands in."""

    table = "factors"
    file = models.TextField(default="factors/own.csv")
    factor_id = column(table, "factor_id")
    item = column(table, "item")
    supplier = column(table, "supplier")
    menu = column(table, "menu")
    gas = column(table, "gas")
    value = column(table, "value")
    mass = column(table, "mass")
    per = column(table, "per")
    valid_from = column(table, "valid_from")
    valid_to = column(table, "valid_to")
    source = column(table, "source")
    locator = column(table, "locator")
    status = column(table, "status")


class Progress(Tabled):
    """How far a measure had come in a year."""

    table = "progress"
    measure_id = column(table, "measure_id")
    fiscal_year = column(table, "fiscal_year")
    state = column(table, "state")
    text = column(table, "text")
    source = column(table, "source")


class Review(Tabled):
    """What an office says of a facility's year, or a countermeasure."""

    table = "reviews"
    facility_id = column(table, "facility_id", db_index=True)
    fiscal_year = column(table, "fiscal_year")
    kind = column(table, "kind")
    text = column(table, "text")
    person = column(table, "person")
    date = column(table, "date")
    state = column(table, "state")


class Opinion(Tabled):
    """What a council said, and the city's answer."""

    table = "opinions"
    fiscal_year = column(table, "fiscal_year")
    body = column(table, "body")
    held_on = column(table, "held_on")
    opinion = column(table, "opinion")
    answer = column(table, "answer")


class Erratum(Tabled):
    """A published figure that was wrong, and what is right."""

    table = "errata"
    corrected_on = column(table, "corrected_on")
    fiscal_year = column(table, "fiscal_year")
    document = column(table, "document")
    place = column(table, "place")
    wrong = column(table, "wrong")
    right = column(table, "right")
    reason = column(table, "reason")


class Renewable(Tabled):
    """Plants of a kind at a place: installed, planned, studied."""

    table = "renewables"
    kind = column(table, "kind")
    place = column(table, "place")
    facility_id = column(table, "facility_id", db_index=True)
    installed_kw = column(table, "installed_kw")
    planned_kw = column(table, "planned_kw")
    planned_fy = column(table, "planned_fy")
    studied_kw = column(table, "studied_kw")
    note = column(table, "note")
    owner = column(table, "owner")
    kwh = column(table, "kwh")
    installed_on = column(table, "installed_on")
    removed_on = column(table, "removed_on")
    source = column(table, "source")


class Survey(Tabled):
    """What was found at a facility on a day: lighting, room for PV, ZEB."""

    table = "surveys"
    facility_id = column(table, "facility_id", db_index=True)
    surveyed_on = column(table, "surveyed_on")
    pv_suitable = column(table, "pv_suitable")
    roof_m2 = column(table, "roof_m2")
    lighting = column(table, "lighting")
    zeb = column(table, "zeb")
    source = column(table, "source")
    note = column(table, "note")


class PowerMix(Tabled):
    """What the electricity of a supplier's menu was made of in a fiscal year."""

    table = "power_mixes"
    supplier = column(table, "supplier")
    menu = column(table, "menu")
    fiscal_year = column(table, "fiscal_year")
    renewable_pct = column(table, "renewable_pct")
    decarbonised_pct = column(table, "decarbonised_pct")
    source = column(table, "source")
    status = column(table, "status")
    note = column(table, "note")


class IntensityBase(Tabled):
    """What the energy of a facility is divided by in a year."""

    table = "intensity_bases"
    facility_id = column(table, "facility_id", db_index=True)
    fiscal_year = column(table, "fiscal_year")
    base = column(table, "base")
    value = column(table, "value")
    unit = column(table, "unit")
    source = column(table, "source")


class PrintedTotal(Tabled):
    """A total of a year for which only print remains."""

    table = "printed_totals"
    fiscal_year = column(table, "fiscal_year")
    sector = column(table, "sector")
    item = column(table, "item")
    gas = column(table, "gas")
    facility_id = column(table, "facility_id", db_index=True)
    tonnes_co2e = column(table, "tonnes_co2e")
    source = column(table, "source")
    note = column(table, "note")
