"""A VTN that talks nonsense, or never ends, is set aside with the reason, and nothing of it is used."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu.devices.openadr import message
from kotsukotsu.devices.openadr.book import Book
from kotsukotsu.devices.openadr.errors import VtnError
from kotsukotsu.devices.openadr.ven import Ven
from tests.devices.openadr.conftest import joins
from tests.devices.openadr.vtn import (
    VTN,
    distribute,
    envelope,
    event,
    nothing,
    price,
    response,
    send,
    signal,
    values,
)
from tests.devices.simulator import LOOPBACK, NOW, clock

BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'
)
FILE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'
TYPE = b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>'
DEEP = b"<a>" * 100_000 + b"</a>" * 100_000


def only(device, at=clock):
    (found,) = device.read(at).findings
    return found


def wire(text):
    return envelope(text).encode()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (BOMB, "DV-31"),
        (FILE, "DV-31"),
        (TYPE, "DV-31"),
        (DEEP, "DV-30"),
        (b"", "DV-31"),
        (b"<html>maintenance</html>", "DV-30"),
        (b"\xff\xfe\x00garbage", "DV-31"),
        (b'<?xml version="1.0" encoding="x-none"?><a/>', "DV-31"),
        (b"x" * 3_000_000, "DV-32"),
        (wire(""), "DV-30"),
        (wire(nothing() + nothing()), "DV-30"),
        (wire(distribute()), "DV-34"),
        (wire(nothing()), "DV-34"),
        (wire(nothing(code="500", words="sorry")), "DV-35"),
        (wire("<o:oadrCreatedPartyRegistration/>"), "DV-36"),
        (wire(f"<o:oadrCreatedPartyRegistration>{response('another')}</o:oadrCreatedPartyRegistration>"), "DV-33"),
    ],
    ids=["bomb", "file", "type", "deep", "empty", "page", "bytes", "encoding", "huge", "no message", "two", "events",
         "other", "refused", "no profile", "another number"],
)  # fmt: skip
def test_nonsense_at_registration_sets_the_vtn_aside(vtn, ven, answer, code):
    vtn.instead["oadrQueryRegistration"] = answer
    device = ven()
    assert only(device).code == code
    assert only(device).code == "DV-03"
    assert (vtn.names(), device.session.registration) == (["oadrQueryRegistration"], None)
    del vtn.instead["oadrQueryRegistration"]
    assert device.read(lambda: NOW + timedelta(minutes=10)).findings == ()


def test_the_reason_is_in_words(vtn, ven):
    vtn.instead["oadrQueryRegistration"] = BOMB
    found = only(ven())
    assert found.message("ja").startswith("指令元 の答えが読めないか、使ってはならない書き方を含みます")
    assert "left alone for ten minutes" in found.advice("en")
    assert len(found.message("ja")) < 150


def test_a_vtn_that_does_not_speak_2_0b_over_http_is_not_registered_with(vtn, ven):
    vtn.offers = (("2.0a", "simpleHttp"), ("2.0b", "xmpp"))
    found = only(ven())
    assert (found.code, found.data["answer"]) == ("DV-36", "2.0a simpleHttp、2.0b xmpp")


def test_a_registration_without_numbers_is_none(vtn, ven):
    vtn.oadrCreatePartyRegistration = vtn.oadrQueryRegistration
    assert only(ven()).code == "DV-36"


def test_another_name_than_agreed_is_refused(vtn, ven):
    assert [(one.data["element"], one.code) for one in (only(ven(ven_id="VEN-8")), only(ven(vtn_id="VTN-2")))] == [
        ("venID", "DV-33"),
        ("vtnID", "DV-33"),
    ]


def test_events_of_another_vtn_are_not_taken(vtn, ven):
    device = ven(decide=joins)
    device.read(clock)
    vtn.queue = [distribute(event("E1", NOW, signal([1, 1])), vtn="VTN-9")]
    reading = device.read(clock)
    assert ([one.code for one in reading.findings], reading.values, device.events) == (["DV-33"], (), ())
    assert vtn.told("oadrCreatedEvent") == []


@pytest.mark.parametrize("status", [301, 302, 404, 500, 503])
def test_another_status_is_told_and_no_other_address_is_followed(vtn, ven, status):
    def elsewhere(handler):
        handler.send_response(status)
        handler.send_header("Location", vtn.url)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    vtn.instead["oadrQueryRegistration"] = elsewhere
    found = only(ven())
    assert (found.code, found.data["status"], len(vtn.heard)) == ("DV-38", str(status), 1)


def test_what_is_no_http_is_told(vtn, ven):
    def other(handler):
        handler.wfile.write(b"220 mail.example.jp ESMTP\r\n\r\n")
        handler.close_connection = True

    vtn.instead["oadrQueryRegistration"] = other
    assert only(ven()).code == "DV-39"


def test_an_answer_that_stops_in_the_middle_is_told(vtn, ven):
    def half(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"<o:oadr")
        handler.close_connection = True

    vtn.instead["oadrQueryRegistration"] = half
    assert only(ven()).code == "DV-39"


def trickle(first, piece):
    def slowly(handler):
        with suppress(OSError):
            handler.wfile.write(first)
            for _ in range(100):
                time.sleep(0.05)
                handler.wfile.write(piece)

    return slowly


@pytest.mark.parametrize(
    "answer",
    [
        lambda _handler: time.sleep(1),
        trickle(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        trickle(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", b"<"),
        trickle(b"HTTP/1.1 200 OK\r\n\r\n", b"<"),
        trickle(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["silent", "headers", "body", "body without end", "continue"],
)
def test_a_vtn_that_never_ends_is_cut_off(vtn, ven, answer):
    vtn.instead["oadrQueryRegistration"] = answer
    began = time.monotonic()
    found = only(ven(seconds=0.4))
    assert (found.code, found.data["seconds"]) == ("DV-37", "0.4")
    assert time.monotonic() - began < 1.5


def test_all_questions_together_have_one_time(vtn, ven):
    def late(handler):
        time.sleep(0.25)
        send(handler, wire(vtn.party("", "")))

    vtn.instead["oadrQueryRegistration"] = vtn.instead["oadrCreatePartyRegistration"] = late
    began = time.monotonic()
    assert only(ven(seconds=0.4)).code == "DV-37"
    assert time.monotonic() - began < 1.5


def test_a_port_that_takes_the_connection_and_says_nothing_is_cut_off():
    with socket.socket() as deaf:
        deaf.bind((LOOPBACK, 0))
        deaf.listen()
        for scheme in ("http", "https"):
            began = time.monotonic()
            url = f"{scheme}://{LOOPBACK}:{deaf.getsockname()[1]}/"
            assert only(Ven("指令元", url, "市庁舎", seconds=0.3)).code == "DV-37"
            assert time.monotonic() - began < 1.5


def bad(old, new, **more):
    made = event("E1", NOW, more.pop("signals", signal([1, 1])), **more)
    assert old in made
    return made.replace(old, new)


@pytest.mark.parametrize(
    "wrong",
    [
        bad("PT60M", "P1M"),  # a month has no length
        bad("PT60M", "PT"),
        bad("PT60M", "P400D"),
        bad("PT60M", "PT90M"),  # longer than its intervals
        bad("PT60M", "-PT60M"),
        bad("PT60M", "PT9999999999S"),
        bad("2026-05-01T03:00:00Z</x:date-time>", "2026-05-01T03:00:00</x:date-time>"),  # of which zone?
        bad("2026-05-01T03:00:00Z</x:date-time>", "1999-05-01T03:00:00Z</x:date-time>"),
        bad("2026-05-01T03:00:00Z</x:date-time>", "yesterday</x:date-time>"),
        bad("<ei:value>1", "<ei:value>NaN"),
        bad("<ei:value>1", "<ei:value>INF"),
        bad("<ei:value>1", "<ei:value>4"),  # SIMPLE knows 0 to 3
        bad("<ei:value>1", "<ei:value>1.5"),
        bad("<ei:value>1", "<ei:value>1_0"),
        bad("<ei:value>1", "<ei:value>１"),
        bad("<ei:value>1", "<ei:value>1e99"),
        bad("<ei:value>1</ei:value>", ""),
        bad("<ei:eventStatus>far", "<ei:eventStatus>soon"),
        bad("<o:oadrResponseRequired>always", "<o:oadrResponseRequired>maybe"),
        bad("<ei:priority>0", "<ei:priority>-1"),
        bad("JPY", "USD", signals=price([1, 1])),
        bad("JPY", "W", signals=price([1, 1])),
        bad("<sc:siScaleCode>none", "<sc:siScaleCode>big", signals=price([1, 1])),
        bad("o:currencyPerKWh", "o:currency", signals=price([1, 1])),
        bad("<ei:value>1", "<ei:value>20000", signals=price([1, 1])),
        bad("<s:intervals>", "<s:others>").replace("</s:intervals>", "</s:others>"),
    ],
)
def test_an_event_that_is_nonsense_is_not_joined_and_the_others_are(vtn, ven, wrong):
    good = event("E2", NOW, signal([2, 2]))
    vtn.events = [wrong, good]
    device = ven(decide=joins)
    reading = device.read(clock)
    assert [(one.code, one.data["event"]) for one in reading.findings] == [("DV-40", "E1")]
    assert [(one.quantity, one.value) for one in reading.values] == [("level", Decimal(2))]
    told = vtn.told("oadrCreatedEvent")[0]
    assert (values(told, "eventID"), values(told, "responseCode")) == (["E1", "E2"], ["200", "454", "200"])
    assert values(told, "optType") == ["optOut", "optIn"]


@pytest.mark.parametrize(
    "events",
    [
        [event("", NOW, signal([1, 1]))],
        [event("E" * 600, NOW, signal([1, 1]))],
        [bad("<ei:modificationNumber>0", "<ei:modificationNumber>x")],
        [event("E1", NOW, signal([1, 1])), event("E1", NOW, signal([2, 2]), modification=1)],
        [event("E1", NOW, signal([1, 1])), event("E1", NOW, signal([1, 1]))],
    ],
    ids=["no number", "long number", "no modification", "two forms", "twice"],
)
def test_events_that_cannot_be_told_apart_are_not_taken_and_the_old_ones_stay(vtn, ven, events):
    vtn.events = [event("E0", NOW, signal([3, 3]))]
    device = ven(decide=joins)
    device.read(clock)
    vtn.queue = [distribute(*events)]
    reading = device.read(clock)
    assert ([one.code for one in reading.findings], [one.value for one in reading.values]) == (["DV-30"], [Decimal(3)])
    assert [one.event_id for one in device.events] == ["E0"]


@pytest.mark.parametrize(
    "asking",
    [
        "<o:oadrReportRequest/>",
        "<o:oadrReportRequest><ei:reportRequestID>R</ei:reportRequestID><ei:reportSpecifier/></o:oadrReportRequest>",
    ],
)
def test_a_report_request_that_is_nonsense_sets_the_vtn_aside(vtn, ven, asking):
    device = ven()
    device.read(clock)
    vtn.queue = [f"<o:oadrCreateReport><p:requestID>Q</p:requestID>{asking}</o:oadrCreateReport>"]
    assert only(device).code == "DV-30"


def test_a_poll_that_is_answered_with_a_question_only_we_may_ask_is_nonsense(vtn, ven):
    device = ven()
    device.read(clock)
    vtn.queue = ["<o:oadrQueryRegistration><p:requestID>Q</p:requestID></o:oadrQueryRegistration>"]
    assert only(device).code == "DV-34"


SAMPLE = wire(distribute(event("E1", NOW, signal([1, 2]) + price([20, 30])), vtn=VTN))


@given(st.binary(max_size=80))
def test_any_bytes_are_a_message_or_a_reason(data):
    with suppress(VtnError):
        message.decode(data)


@given(st.integers(0, len(SAMPLE) - 1), st.integers(0, 60), st.binary(max_size=20))
def test_a_damaged_message_is_taken_or_refused_with_a_reason(place, length, put):
    book = Book(joins)
    with suppress(VtnError):
        book.take(message.decode(SAMPLE[:place] + put + SAMPLE[place + length :]), "VEN-7", ())
    for one in book.events.values():
        list(book.asked(one.start))
