"""A VEN at a simulated VTN: it registers, takes events in, answers them and says what is asked for now."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from kotsukotsu.devices.fleet import read_all
from kotsukotsu.devices.model import DeviceError, Observed
from kotsukotsu.devices.openadr.ven import Ven
from tests.devices.openadr.conftest import joins
from tests.devices.openadr.vtn import (
    NUMBER,
    VEN,
    VTN,
    distribute,
    event,
    nothing,
    power,
    price,
    signal,
    value,
    values,
)
from tests.devices.simulator import NOW, clock

HALF = timedelta(minutes=30)


def later(delta):
    return lambda: NOW + delta


def codes(findings):
    return [one.code for one in findings]


def asked(reading):
    return {one.quantity: (one.value, one.unit) for one in reading.values}


def test_it_registers_and_asks_for_the_events_that_there_are(vtn, ven):
    device = ven()
    reading = device.read(clock)
    assert (reading.values, reading.findings) == ((), ())
    assert vtn.names() == ["oadrQueryRegistration", "oadrCreatePartyRegistration", "oadrRequestEvent"]
    told = vtn.told("oadrCreatePartyRegistration")[0]
    said = {
        name: value(told, name) for name in ("oadrProfileName", "oadrTransportName", "oadrHttpPullModel", "oadrVenName")
    }
    assert said == {
        "oadrProfileName": "2.0b",
        "oadrTransportName": "simpleHttp",
        "oadrHttpPullModel": "true",
        "oadrVenName": "市庁舎",
    }
    registration = device.session.registration
    assert (registration.ven_id, registration.vtn_id, registration.registration_id) == (VEN, VTN, NUMBER)


def test_a_vtn_that_knows_us_already_is_not_asked_to_register_us(vtn, ven):
    vtn.registered = True
    vtn.oadrQueryRegistration = vtn.oadrCreatePartyRegistration
    device = ven()
    assert device.read(clock).findings == ()
    assert "oadrCreatePartyRegistration" not in vtn.names()


def test_a_level_and_a_price_hold_in_their_half_hours(vtn, ven):
    vtn.events = [event("E1", NOW, signal([1, 3]) + price(["25.5", "-1"]))]
    device = ven(decide=joins)
    first = device.read(clock)
    source = "OpenADR 127.0.0.1 E1 SIMPLE"
    assert first.values[0] == Observed("指令元", "level", Decimal(1), "level", source, NOW)
    assert asked(first) == {"level": (1, "level"), "price": (Decimal("25.5"), "yen/kWh")}
    assert asked(device.read(later(HALF))) == {"level": (3, "level"), "price": (-1, "yen/kWh")}
    assert device.read(later(2 * HALF)).values == ()
    assert list(device.asked(NOW - timedelta(seconds=1))) == []


def test_power_is_reckoned_in_watts_and_prices_by_their_scale(vtn, ven):
    vtn.events = [event("E1", NOW, power([150, "-2.5"]) + price([2, 3], scale="k", kind="priceRelative"))]
    device = ven(decide=joins)
    assert asked(device.read(clock)) == {"load": (150_000, "W"), "price_more": (2000, "yen/kWh")}
    assert asked(device.read(later(HALF)))["load"] == (-2500, "W")


def test_an_event_without_a_length_lasts_until_it_is_taken_back(vtn, ven):
    vtn.events = [event("E1", NOW, signal([2], minutes=0), minutes=0)]
    device = ven(decide=joins)
    assert asked(device.read(clock)) == {"level": (2, "level")}
    assert asked(device.read(later(timedelta(days=20)))) == {"level": (2, "level")}
    vtn.queue = [distribute(event("E1", NOW, signal([2], minutes=0), minutes=0, modification=1, state="cancelled"))]
    assert device.read(later(timedelta(days=21))).values == ()


def test_opting_in_is_answered_with_the_numbers_of_the_event(vtn, ven):
    vtn.events = [event("E1", NOW, signal([1, 1]), modification=4)]
    ven(decide=joins).read(clock)
    (told,) = vtn.told("oadrCreatedEvent")
    names = ("eventID", "modificationNumber", "optType", "responseCode", "requestID", "venID")
    assert [values(told, name) for name in names] == [["E1"], ["4"], ["optIn"], ["200", "200"], ["DIST-1"] * 2, [VEN]]


def test_opting_out_is_answered_and_asks_for_nothing(vtn, ven):
    vtn.events = [event("E1", NOW, signal([1, 1]))]
    device = ven(decide=lambda _event: "optOut")
    assert device.read(clock).values == ()
    assert values(vtn.told("oadrCreatedEvent")[0], "optType") == ["optOut"]


def test_nobody_is_promised_anything_until_somebody_decides(vtn, ven):
    vtn.events = [event("E1", NOW + HALF, signal([1, 1]))]
    device = ven()
    first = device.read(clock)
    assert (codes(first.findings), vtn.told("oadrCreatedEvent"), device.opt("E1")) == (["DV-44"], [], None)
    assert first.findings[0].data["start"] == "2026-05-01 12:30"
    assert device.answer("E1", "optIn", clock) == ()
    assert values(vtn.told("oadrCreatedEvent")[0], "optType") == ["optIn"]
    assert (device.read(clock).findings, device.opt("E1")) == ((), "optIn")
    device.answer("E1", "optOut", clock)
    assert (values(vtn.told("oadrCreatedEvent")[1], "optType"), device.read(later(HALF)).values) == (["optOut"], ())


def test_an_event_that_wants_no_answer_gets_none_and_holds(vtn, ven):
    vtn.events = [event("E1", NOW, signal([1, 1]), answer="never")]
    reading = ven().read(clock)
    assert (reading.findings, asked(reading), vtn.told("oadrCreatedEvent")) == ((), {"level": (1, "level")}, [])


def test_an_answer_to_an_event_that_is_not_there_is_an_error(ven):
    device = ven()
    device.read(clock)
    with pytest.raises(DeviceError) as caught:
        device.answer("E9", "optIn", clock)
    assert caught.value.code == "DV-49"


def test_a_changed_event_is_decided_anew_and_an_unchanged_one_is_not(vtn, ven):
    decided = []

    def decide(one):
        decided.append((one.event_id, one.modification))
        return "optIn"

    vtn.events = [event("E1", NOW, signal([1, 1]))]
    device = ven(decide=decide)
    device.read(clock)
    changed = event("E1", NOW, signal([3, 3]), modification=1)
    vtn.queue = [distribute(*vtn.events), distribute(changed), distribute(changed)]
    for _ in range(3):
        reading = device.read(clock)
    assert decided == [("E1", 0), ("E1", 1)]
    assert asked(reading) == {"level": (3, "level")}
    assert [values(one, "modificationNumber") for one in vtn.told("oadrCreatedEvent")] == [["0"], ["0"], ["1"], ["1"]]


def test_what_is_decided_by_hand_stays_while_the_event_is_the_same(vtn, ven):
    vtn.events = [event("E1", NOW, signal([1, 1]))]
    device = ven(decide=joins)
    device.read(clock)
    device.answer("E1", "optOut", clock)
    vtn.queue = [distribute(*vtn.events)]
    assert (device.read(clock).values, device.opt("E1")) == ((), "optOut")


def test_an_older_form_of_an_event_is_not_taken(vtn, ven):
    vtn.events = [event("E1", NOW, signal([2, 2]), modification=2)]
    device = ven(decide=joins)
    device.read(clock)
    vtn.queue = [distribute(event("E1", NOW, signal([1, 1]), modification=1))]
    reading = device.read(clock)
    assert (codes(reading.findings), asked(reading), device.opt("E1")) == (["DV-43"], {"level": (2, "level")}, "optIn")
    assert values(vtn.told("oadrCreatedEvent")[1], "responseCode") == ["200", "450"]


def test_an_event_that_is_not_named_any_more_is_taken_back(vtn, ven):
    vtn.events = [event("E1", NOW, signal([1, 1])), event("E2", NOW + 2 * HALF, signal([2, 2]))]
    device = ven(decide=joins)
    device.read(clock)
    vtn.queue = [distribute(vtn.events[1])]
    assert (device.read(clock).values, [one.event_id for one in device.events]) == ((), ["E2"])


def test_a_test_is_answered_and_asks_for_nothing(vtn, ven):
    vtn.events = [event("E1", NOW, signal([3, 3]), test="true")]
    reading = ven(decide=joins).read(clock)
    assert (codes(reading.findings), reading.values) == (["DV-45"], ())
    assert values(vtn.told("oadrCreatedEvent")[0], "optType") == ["optIn"]


@pytest.mark.parametrize(
    ("first", "second", "level"),
    [
        ({"priority": 2}, {"priority": 1}, 2),
        ({"priority": 0}, {"priority": 9}, 2),  # 0 is no rank
        ({"priority": 1}, {"priority": 2}, 1),
        ({"created": NOW - HALF}, {"created": NOW - 2 * HALF}, 1),  # the newest
    ],
)
def test_of_two_events_at_once_the_higher_rank_holds_then_the_newer(vtn, ven, first, second, level):
    vtn.events = [event("E1", NOW, signal([1, 1]), **first), event("E2", NOW, signal([2, 2]), **second)]
    assert asked(ven(decide=joins).read(clock)) == {"level": (level, "level")}


@pytest.mark.parametrize("targets", [[("venID", "VEN-8")], [("venID", VEN), ("resourceID", "m9")]])
def test_an_event_for_somebody_else_is_not_taken(vtn, ven, targets):
    vtn.events = [
        event("E1", NOW, signal([1, 1]), targets=targets),
        event("E2", NOW, signal([2, 2]), targets=[("venID", VEN)]),
    ]
    reading = ven(decide=joins).read(clock)
    assert (codes(reading.findings), asked(reading)) == (["DV-41"], {"level": (2, "level")})
    told = vtn.told("oadrCreatedEvent")[0]
    assert (values(told, "responseCode"), values(told, "optType")) == (["200", "462", "200"], ["optOut", "optIn"])


def test_an_event_of_which_nothing_is_understood_is_not_joined(vtn, ven):
    vtn.events = [event("E1", NOW, signal([9, 9], name="BID_PRICE", kind="price"))]
    reading = ven(decide=joins).read(clock)
    assert (codes(reading.findings), reading.values) == (["DV-42"], ())
    assert values(vtn.told("oadrCreatedEvent")[0], "responseCode") == ["200", "460"]


def test_the_vtn_is_polled_no_more_often_than_it_wants(vtn, ven):
    vtn.poll = "PT5M"
    device = ven()
    for minutes in (0, 1, 4, 5, 6, 10):
        device.read(later(timedelta(minutes=minutes)))
    assert vtn.names().count("oadrPoll") == 2


def test_no_pause_at_all_may_be_written_as_the_schema_lets_it(vtn, ven):
    vtn.poll = "P"
    device = ven()
    assert [device.read(clock).findings for _ in range(3)] == [(), (), ()]
    assert vtn.names().count("oadrPoll") == 2


def test_a_vtn_that_wants_a_new_registration_gets_one(vtn, ven):
    device = ven()
    device.read(clock)
    vtn.queue = [f"<o:oadrRequestReregistration><ei:venID>{VEN}</ei:venID></o:oadrRequestReregistration>"]
    assert device.read(clock).findings == ()
    assert vtn.names()[-4:] == [
        "oadrResponse",
        "oadrQueryRegistration",
        "oadrCreatePartyRegistration",
        "oadrRequestEvent",
    ]
    assert value(vtn.told("oadrCreatePartyRegistration")[1], "registrationID") == NUMBER
    assert device.read(clock).findings == ()


def test_a_vtn_that_cancels_the_registration_rests_and_is_asked_again(vtn, ven):
    device = ven()
    device.read(clock)
    inside = f"<p:requestID>C-1</p:requestID><ei:registrationID>{NUMBER}</ei:registrationID><ei:venID>{VEN}</ei:venID>"
    vtn.queue = [f"<o:oadrCancelPartyRegistration>{inside}</o:oadrCancelPartyRegistration>"]
    assert codes(device.read(clock).findings) == ["DV-48"]
    assert vtn.names()[-1] == "oadrCanceledPartyRegistration"
    assert codes(device.read(clock).findings) == ["DV-03"]
    assert device.read(later(timedelta(minutes=10))).findings == ()
    assert vtn.names().count("oadrCreatePartyRegistration") == 2


def test_a_vtn_that_has_forgotten_us_is_registered_with_after_a_rest(vtn, ven):
    device = ven()
    device.read(clock)
    vtn.registered = False
    (found,) = device.read(clock).findings
    assert (found.code, found.data["status"]) == ("DV-35", "463")
    assert device.read(later(timedelta(minutes=10))).findings == ()
    assert vtn.registered


def test_what_was_joined_stays_in_force_while_the_vtn_is_silent(vtn, ven):
    vtn.events = [event("E1", NOW, signal([1, 3]))]
    device = ven(decide=joins)
    device.read(clock)
    vtn.instead["oadrPoll"] = b"<html>maintenance</html"
    reading = device.read(later(HALF))
    assert (codes(reading.findings), asked(reading)) == (["DV-31"], {"level": (3, "level")})


def test_it_stands_beside_other_devices(vtn, ven):
    vtn.events = [event("E1", NOW, signal([1, 1]))]
    broken = Ven("壊れた指令元", "http://127.0.0.1:9/OpenADR2/Simple/2.0b", "市庁舎", seconds=1)
    reading = read_all([broken, ven(decide=joins)], clock)
    assert [(one.code, one.where) for one in reading.findings] == [("DV-01", "壊れた指令元")]
    assert asked(reading) == {"level": (1, "level")}


def test_what_the_vtn_itself_could_report_is_heard_and_not_used(vtn, ven):
    device = ven()
    device.read(clock)
    vtn.queue = [
        f"<o:{name}><p:requestID>R-1</p:requestID></o:{name}>" for name in ("oadrRegisterReport", "oadrUpdateReport")
    ]
    assert [device.read(clock).findings for _ in range(2)] == [(), ()]
    assert vtn.names()[-4:] == ["oadrPoll", "oadrRegisteredReport", "oadrPoll", "oadrUpdatedReport"]
    assert value(vtn.told("oadrUpdatedReport")[0], "requestID") == "R-1"


def test_nothing_new_is_nothing(vtn, ven):
    device = ven()
    device.read(clock)
    vtn.queue = [nothing("")]
    assert device.read(clock).findings == ()


@pytest.mark.parametrize(
    "url",
    ["vtn.example.jp", "ftp://vtn.example.jp", "https:///OpenADR2", "https://vtn.example.jp:99999/x", "https://[vtn/x"],
)
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(DeviceError) as caught:
        Ven("指令元", url, "市庁舎")
    assert caught.value.code == "DV-50"
