"""What is said to the VTN and what is made of its words, from registration on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element

from kotsukotsu import texts
from kotsukotsu.devices.model import Reading
from kotsukotsu.devices.openadr.book import Book, Opt
from kotsukotsu.devices.openadr.errors import Doubt, VtnError
from kotsukotsu.devices.openadr.message import message, name_of, node, optional, text
from kotsukotsu.devices.openadr.party import SERVICE as PARTY
from kotsukotsu.devices.openadr.party import Registration, register
from kotsukotsu.devices.openadr.report import SERVICE as REPORT
from kotsukotsu.devices.openadr.report import Reports, update
from kotsukotsu.devices.openadr.talk import Talk, good, request_id

EVENT, POLL = "EiEvent", "OadrPoll"
RESPONSE, DISTRIBUTED = "oadrResponse", "oadrDistributeEvent"


@dataclass
class Session:
    """The state of a VEN at a VTN.

    Attributes
    ----------
    registration : Registration, optional
        None until registered, and again when the VTN knows us no more.
    polled : datetime, optional
        When the VTN was asked last.
    """

    ven_name: str
    book: Book
    reports: Reports
    registration: Registration | None = None
    polled: datetime | None = None

    def news(self, talk: Talk, now: datetime) -> list[Doubt]:
        """Register and hear everything, or ask once what is new, no more often than the VTN wants."""
        if self.registration is None:
            return self._join(talk, now)
        if self.polled is not None and now - self.polled < self.registration.pause:
            return []
        self.polled = now
        heard = self._heard()
        question = message("oadrPoll", node("ei:venID", talk.ven_id))
        answer = talk.ask(POLL, question, (RESPONSE, *heard))
        name = RESPONSE if answer is None else name_of(answer)
        return [] if answer is None or name == RESPONSE else heard[name](talk, answer, now)

    def answer(self, talk: Talk, event_id: str, opt: Opt) -> None:
        """Say whether we join an event."""
        talk.tell(EVENT, self.book.say(event_id, opt, talk.ven_id))

    def report(self, talk: Talk, given: Reading, now: datetime) -> list[Doubt]:
        """Send the reports that are due; DV-47 for what has no value."""
        doubts = []
        for one in self.reports.due(now):
            values = self.reports.values(one, given.values)
            gone = [name for name in one.resources if name not in values]
            if gone:
                doubts.append(Doubt("DV-47", {"resources": texts.listed(gone)}))
            if values:
                answer = talk.get(REPORT, update(one, values, talk.ven_id, now), "oadrUpdatedReport")
                self.reports.done(one, now)
                for cancelled in answer.iterfind("{*}oadrCancelReport"):
                    self.reports.drop(cancelled)
        return doubts

    def _heard(self) -> dict[str, Callable[[Talk, Element, datetime], list[Doubt]]]:
        """What is done about each thing that a VTN can have for us."""
        return {
            DISTRIBUTED: self._events,
            "oadrCreateReport": self._asked_for_report,
            "oadrCancelReport": self._report_cancelled,
            "oadrRegisterReport": self._vtn_reports,
            "oadrUpdateReport": self._vtn_reports,
            "oadrRequestReregistration": self._again,
            "oadrCancelPartyRegistration": self._cancelled,
        }

    def _join(self, talk: Talk, now: datetime, known: Registration | None = None) -> list[Doubt]:
        """Register, say what may be reported, and ask for the events that there are."""
        made = register(talk, self.ven_name, known)
        doubts = self._offer(talk, now) if self.reports.points else []
        asking = node("pyld:eiRequestEvent", request_id(), node("ei:venID", talk.ven_id))
        answer = talk.ask(EVENT, message("oadrRequestEvent", asking), (RESPONSE, DISTRIBUTED))
        if answer is not None and name_of(answer) == DISTRIBUTED:
            doubts += self._events(talk, answer, now)
        self.registration, self.polled = made, now
        return doubts

    def _offer(self, talk: Talk, now: datetime) -> list[Doubt]:
        """Say which values may be had; the VTN may ask for some at once."""
        answer = talk.get(REPORT, self.reports.offer(talk.ven_id, now), "oadrRegisteredReport")
        _, impossible = self.reports.take(answer)
        if answer.find("{*}oadrReportRequest") is not None:
            request = optional(answer, "ei:eiResponse/pyld:requestID")
            talk.tell(REPORT, self.reports.pending("oadrCreatedReport", request, talk.ven_id))
        return _impossible(impossible)

    def _events(self, talk: Talk, given: Element, _now: datetime) -> list[Doubt]:
        talk.check("vtnID", talk.vtn_id, text(given, "ei:vtnID"))
        answer, doubts = self.book.take(given, talk.ven_id, [point.resource for point in self.reports.points])
        if answer is not None:
            talk.tell(EVENT, answer)
        return list(doubts)

    def _asked_for_report(self, talk: Talk, given: Element, now: datetime) -> list[Doubt]:
        request = text(given, "pyld:requestID")
        again, impossible = self.reports.take(given)
        talk.tell(REPORT, self.reports.pending("oadrCreatedReport", request, talk.ven_id))
        return [*(self._offer(talk, now) if again else []), *_impossible(impossible)]

    def _report_cancelled(self, talk: Talk, given: Element, _now: datetime) -> list[Doubt]:
        request = text(given, "pyld:requestID")
        self.reports.drop(given)
        talk.tell(REPORT, self.reports.pending("oadrCanceledReport", request, talk.ven_id))
        return []

    def _vtn_reports(self, talk: Talk, given: Element, _now: datetime) -> list[Doubt]:
        """What the VTN itself could report, or reports, is heard and not used."""
        name = {"oadrRegisterReport": "oadrRegisteredReport"}.get(name_of(given), "oadrUpdatedReport")
        heard = good(text(given, "pyld:requestID"))
        talk.tell(REPORT, message(name, heard, node("ei:venID", talk.ven_id)))
        return []

    def _again(self, talk: Talk, _given: Element, now: datetime) -> list[Doubt]:
        talk.tell(PARTY, message(RESPONSE, good(""), node("ei:venID", talk.ven_id)))
        known, self.registration = self.registration, None
        return self._join(talk, now, known)

    def _cancelled(self, talk: Talk, given: Element, _now: datetime) -> list[Doubt]:
        """The VTN wants us no more: nothing is asked of it until the rest is over."""
        self.registration = None
        number = text(given, "ei:registrationID")
        heard = (good(text(given, "pyld:requestID")), node("ei:registrationID", number), node("ei:venID", talk.ven_id))
        talk.tell(PARTY, message("oadrCanceledPartyRegistration", *heard))
        raise VtnError("DV-48", number=number)


def _impossible(numbers: tuple[str, ...]) -> list[Doubt]:
    return [Doubt("DV-46", {"request": number}) for number in numbers]
