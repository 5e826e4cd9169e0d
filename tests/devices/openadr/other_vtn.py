"""Somebody else's VTN (openleadr) in a process of its own; it prints what it hears. Run with the port to listen on."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta

from openleadr import OpenADRServer
from openleadr.objects import ActivePeriod, Event, EventDescriptor, EventSignal, Interval
from openleadr.utils import generate_id

VEN = "ven-x"
NOW = datetime.now(UTC).replace(microsecond=0)
HALF = timedelta(minutes=30)
YEN = {"name": "currencyPerKWh", "description": "currencyPerKWh", "unit": "JPY", "scale": "none"}


def say(*words):
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


async def register(info):
    say("registered", info["ven_name"])
    return VEN, "reg-x"


async def reports(ven_id, resource_id, measurement, unit, scale, min_sampling_interval, max_sampling_interval):
    say("offered", resource_id, measurement, unit, scale)
    return lambda data: say("reported", resource_id, data[0][1]), timedelta(minutes=1)


async def opted(ven_id, event_id, opt_type):
    say("answered", event_id, opt_type)


def event():
    signals = [
        signal("SIMPLE", "level", (1, 2), None),
        signal("ELECTRICITY_PRICE", "price", (25.5, 30.0), YEN),
    ]
    head = EventDescriptor(
        event_id="ev-1", modification_number=0, modification_date_time=NOW, market_context="http://market.example.jp",
        event_status="active", created_date_time=NOW, priority=1, test_event=False,
    )  # fmt: skip
    return Event(
        event_descriptor=head, event_signals=signals, targets=[{"ven_id": VEN}], response_required="always",
        active_period=ActivePeriod(dtstart=NOW - timedelta(minutes=5), duration=2 * HALF),
    )  # fmt: skip


def signal(name, kind, values, measurement):
    intervals = [
        Interval(dtstart=NOW - timedelta(minutes=5) + n * HALF, duration=HALF, signal_payload=value)
        for n, value in enumerate(values)
    ]
    return EventSignal(
        intervals=intervals, signal_name=name, signal_type=kind, signal_id=generate_id(), measurement=measurement
    )


async def main(port):
    server = OpenADRServer(vtn_id="vtn-x", http_port=port, requested_poll_freq=timedelta(seconds=0))
    server.add_handler("on_create_party_registration", register)
    server.add_handler("on_register_report", reports)
    server.add_raw_event(VEN, event(), callback=opted)
    await server.run()
    say("up")
    await asyncio.to_thread(sys.stdin.readline)
    say("cancelled", server.cancel_event(VEN, "ev-1") is None)
    await asyncio.to_thread(sys.stdin.readline)
    await server.stop()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
