"""A simulated OpenADR 2.0b VTN on the loopback interface, written from the standard without our own codec."""

from __future__ import annotations

import re
import threading
from datetime import UTC
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree as ET

from tests.devices.openadr.schema import faults
from tests.devices.simulator import LOOPBACK

SPACES = (
    'xmlns:o="http://openadr.org/oadr-2.0b/2012/07" xmlns:ei="http://docs.oasis-open.org/ns/energyinterop/201110" '
    'xmlns:p="http://docs.oasis-open.org/ns/energyinterop/201110/payloads" '
    'xmlns:x="urn:ietf:params:xml:ns:icalendar-2.0" xmlns:s="urn:ietf:params:xml:ns:icalendar-2.0:stream" '
    'xmlns:em="http://docs.oasis-open.org/ns/emix/2011/06" '
    'xmlns:sc="http://docs.oasis-open.org/ns/emix/2011/06/siscale" '
    'xmlns:pw="http://docs.oasis-open.org/ns/emix/2011/06/power"'
)
VTN, VEN, NUMBER = "VTN-1", "VEN-7", "REG-42"
PATH = "/OpenADR2/Simple/2.0b"


def envelope(inner):
    return (
        f'<?xml version="1.0"?><o:oadrPayload {SPACES}><o:oadrSignedObject>{inner}</o:oadrSignedObject></o:oadrPayload>'
    )


def response(request="", code="200", words="OK"):
    return (
        f"<ei:eiResponse><ei:responseCode>{code}</ei:responseCode><ei:responseDescription>{words}"
        f"</ei:responseDescription><p:requestID>{request}</p:requestID></ei:eiResponse>"
    )


def nothing(request="", **more):
    return f"<o:oadrResponse>{response(request, **more)}<ei:venID>{VEN}</ei:venID></o:oadrResponse>"


def utc(at):
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def signal(values, minutes=30, name="SIMPLE", kind="level", item=""):
    intervals = "".join(
        f"<ei:interval><x:duration><x:duration>PT{minutes}M</x:duration></x:duration><x:uid><x:text>{n}</x:text></x:uid>"
        f"<ei:signalPayload><ei:payloadFloat><ei:value>{value}</ei:value></ei:payloadFloat></ei:signalPayload>"
        "</ei:interval>"
        for n, value in enumerate(values)
    )
    return (
        f"<ei:eiEventSignal><s:intervals>{intervals}</s:intervals><ei:signalName>{name}</ei:signalName>"
        f"<ei:signalType>{kind}</ei:signalType><ei:signalID>s</ei:signalID>{item}</ei:eiEventSignal>"
    )


def price(values, minutes=30, unit="JPY", scale="none", kind="price"):
    item = (
        f"<o:currencyPerKWh><o:itemDescription>currencyPerKWh</o:itemDescription><o:itemUnits>{unit}</o:itemUnits>"
        f"<sc:siScaleCode>{scale}</sc:siScaleCode></o:currencyPerKWh>"
    )
    return signal(values, minutes, "ELECTRICITY_PRICE", kind, item)


def power(values, minutes=30, kind="setpoint", scale="k"):
    item = (
        f"<pw:powerReal><pw:itemDescription>RealPower</pw:itemDescription><pw:itemUnits>W</pw:itemUnits>"
        f"<sc:siScaleCode>{scale}</sc:siScaleCode><pw:powerAttributes><pw:hertz>50</pw:hertz><pw:voltage>6600</pw:voltage>"
        "<pw:ac>true</pw:ac></pw:powerAttributes></pw:powerReal>"
    )
    return signal(values, minutes, "LOAD_DISPATCH", kind, item)


def event(event_id, start, signals, minutes=60, modification=0, **more):
    target = "".join(f"<ei:{kind}>{one}</ei:{kind}>" for kind, one in more.get("targets", ()))
    return (
        "<o:oadrEvent><ei:eiEvent><ei:eventDescriptor>"
        f"<ei:eventID>{event_id}</ei:eventID><ei:modificationNumber>{modification}</ei:modificationNumber>"
        f"<ei:priority>{more.get('priority', 0)}</ei:priority>"
        "<ei:eiMarketContext><em:marketContext>http://market.example.jp</em:marketContext></ei:eiMarketContext>"
        f"<ei:createdDateTime>{utc(more.get('created', start))}</ei:createdDateTime>"
        f"<ei:eventStatus>{more.get('state', 'far')}</ei:eventStatus>"
        f"<ei:testEvent>{more.get('test', 'false')}</ei:testEvent>"
        "</ei:eventDescriptor><ei:eiActivePeriod><x:properties>"
        f"<x:dtstart><x:date-time>{utc(start)}</x:date-time></x:dtstart>"
        f"<x:duration><x:duration>PT{minutes}M</x:duration></x:duration>"
        "<ei:x-eiNotification><x:duration>PT0S</x:duration></ei:x-eiNotification></x:properties><x:components/>"
        f"</ei:eiActivePeriod><ei:eiEventSignals>{signals}</ei:eiEventSignals><ei:eiTarget>{target}</ei:eiTarget>"
        f"</ei:eiEvent><o:oadrResponseRequired>{more.get('answer', 'always')}</o:oadrResponseRequired></o:oadrEvent>"
    )


def distribute(*events, request="DIST-1", vtn=VTN, reply=""):
    reply = response(reply) if reply else ""
    return (
        f'<o:oadrDistributeEvent ei:schemaVersion="2.0b">{reply}<p:requestID>{request}</p:requestID>'
        f"<ei:vtnID>{vtn}</ei:vtnID>{''.join(events)}</o:oadrDistributeEvent>"
    )


def wanted(number, resources, minutes=0, specifier="telemetry"):
    payloads = "".join(
        f"<ei:specifierPayload><ei:rID>{one}</ei:rID><ei:readingType>Direct Read</ei:readingType></ei:specifierPayload>"
        for one in resources
    )
    return (
        f"<o:oadrReportRequest><ei:reportRequestID>{number}</ei:reportRequestID><ei:reportSpecifier>"
        f"<ei:reportSpecifierID>{specifier}</ei:reportSpecifierID><x:granularity><x:duration>PT{minutes}M</x:duration>"
        f"</x:granularity><ei:reportBackDuration><x:duration>PT{minutes}M</x:duration></ei:reportBackDuration>{payloads}"
        "</ei:reportSpecifier></o:oadrReportRequest>"
    )


class Vtn:
    """It registers one VEN, hands out what is in the queue at each poll, and keeps what it heard."""

    def __init__(self, tls=None):
        self.queue = []  # messages for the next polls
        self.events = []  # for who asks for them
        self.wanted = ""  # report requests in answer to a registration of reports
        self.cancels = ""  # in answer to a report
        self.poll = "PT0S"
        self.registered = False
        self.offers = (("2.0b", "simpleHttp"),)
        self.ven = VEN
        self.instead = {}  # message → bytes, or a function of the handler that writes what it likes
        self.faults = []  # of what it heard, by the schema of the standard
        self.heard = []  # (service, message, tree)
        vtn = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                vtn.serve(self)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
        self.server.daemon_threads = True
        self.server.block_on_close = False
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.scheme = "https" if tls else "http"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    @property
    def url(self):
        return f"{self.scheme}://{LOOPBACK}:{self.server.server_address[1]}{PATH}"

    def serve(self, handler):
        assert handler.path.startswith(f"{PATH}/")
        assert handler.headers["Content-Type"] == "application/xml"
        data = handler.rfile.read(int(handler.headers["Content-Length"]))
        self.faults += faults(data)
        tree = ET.fromstring(data)
        message = tree[0][0]
        name = message.tag.rpartition("}")[2]
        self.heard.append((handler.path.rpartition("/")[2], name, message))
        answer = self.instead[name] if name in self.instead else envelope(self.answer(name, message)).encode()
        if callable(answer):
            answer(handler)
            return
        send(handler, answer)

    def answer(self, name, message):
        request = value(message, "requestID")
        ven = value(message, "venID")
        if name not in ("oadrQueryRegistration", "oadrCreatePartyRegistration") and ven != self.ven:
            return nothing(request, code="452", words="INVALID ID")
        if name not in ("oadrQueryRegistration", "oadrCreatePartyRegistration") and not self.registered:
            return nothing(request, code="463", words="NOT REGISTERED")
        return getattr(self, name, lambda request, _message: nothing(request))(request, message)

    def oadrQueryRegistration(self, request, _message):
        return self.party(request, "")

    def oadrCreatePartyRegistration(self, request, _message):
        self.registered = True
        ids = f"<ei:registrationID>{NUMBER}</ei:registrationID><ei:venID>{self.ven}</ei:venID>"
        return self.party(request, ids)

    def party(self, request, ids):
        profiles = "".join(
            f"<o:oadrProfile><o:oadrProfileName>{profile}</o:oadrProfileName><o:oadrTransports><o:oadrTransport>"
            f"<o:oadrTransportName>{transport}</o:oadrTransportName></o:oadrTransport></o:oadrTransports></o:oadrProfile>"
            for profile, transport in self.offers
        )
        return (
            f"<o:oadrCreatedPartyRegistration>{response(request)}{ids}<ei:vtnID>{VTN}</ei:vtnID>"
            f"<o:oadrProfiles>{profiles}</o:oadrProfiles><o:oadrRequestedOadrPollFreq><x:duration>{self.poll}</x:duration>"
            "</o:oadrRequestedOadrPollFreq></o:oadrCreatedPartyRegistration>"
        )

    def oadrRegisterReport(self, request, _message):
        inside = f"{response(request)}{self.wanted}<ei:venID>{VEN}</ei:venID>"
        return f"<o:oadrRegisteredReport>{inside}</o:oadrRegisteredReport>"

    def oadrRequestEvent(self, request, _message):
        return distribute(*self.events, reply=request) if self.events else nothing(request)

    def oadrPoll(self, _request, _message):
        return self.queue.pop(0) if self.queue else nothing()

    def oadrUpdateReport(self, request, _message):
        return f"<o:oadrUpdatedReport>{response(request)}{self.cancels}<ei:venID>{VEN}</ei:venID></o:oadrUpdatedReport>"

    def names(self):
        return [name for _, name, _ in self.heard]

    def told(self, name):
        """The messages of a name that were heard."""
        return [message for _, heard, message in self.heard if heard == name]

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(2)


def send(handler, data, status=200):
    handler.send_response(status)
    handler.send_header("Content-Type", "application/xml")
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


def value(message, name):
    """The first element of a name, whatever its prefix."""
    return next((one.text or "" for one in message.iter() if one.tag.endswith("}" + name)), "")


def values(message, name):
    return [one.text or "" for one in message.iter() if re.search(rf"}}{name}$", one.tag)]
