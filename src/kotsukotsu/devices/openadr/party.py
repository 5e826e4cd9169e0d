"""Registration: what the VTN offers, and the name under which it knows us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from xml.etree.ElementTree import Element

from kotsukotsu import texts
from kotsukotsu.devices.openadr.errors import VtnError
from kotsukotsu.devices.openadr.message import NAMES, PROFILE, duration, message, node, optional, text
from kotsukotsu.devices.openadr.talk import Talk, request_id

SERVICE = "EiRegisterParty"
TRANSPORT = "simpleHttp"
POLL = "oadr:oadrRequestedOadrPollFreq/xcal:duration"


@dataclass(frozen=True, slots=True)
class Registration:
    """What was agreed.

    Attributes
    ----------
    pause : timedelta
        The VTN wants to be polled no more often.
    """

    registration_id: str
    ven_id: str
    vtn_id: str
    pause: timedelta


def register(talk: Talk, ven_name: str, known: Registration | None = None) -> Registration:
    """Ask what the VTN offers, and register unless it says that we are.

    Parameters
    ----------
    known : Registration, optional
        An earlier one, to be renewed.

    Raises
    ------
    VtnError
        As `Talk.ask`; DV-36 if the VTN does not offer simple HTTP of 2.0b, or gives no number.
    """
    offer = talk.get(SERVICE, message("oadrQueryRegistration", request_id()), "oadrCreatedPartyRegistration")
    _fits(offer)
    talk.vtn_id = text(offer, "ei:vtnID")
    if known is None and optional(offer, "ei:registrationID") and optional(offer, "ei:venID"):
        made = offer
    else:
        made = talk.get(SERVICE, _create(talk.ven_id, ven_name, known), "oadrCreatedPartyRegistration")
    given = [optional(made, f"ei:{name}") for name in ("registrationID", "venID")]
    if not all(given):
        pairs = zip(("registrationID", "venID"), given, strict=True)
        colon = texts.label("sign.colon")
        raise VtnError("DV-36", answer=texts.listed(f"{name}{colon}{one or texts.none()}" for name, one in pairs))
    talk.ven_id = given[1]
    source = made if made.find(POLL, NAMES) is not None else offer
    pause = duration(source, POLL) if source.find(POLL, NAMES) is not None else timedelta(0)
    return Registration(given[0], given[1], talk.vtn_id, pause)


def _create(ven_id: str, ven_name: str, known: Registration | None) -> Element:
    again = [node("ei:registrationID", known.registration_id)] if known else []
    who = [node("ei:venID", ven_id)] if ven_id else []
    return message(
        "oadrCreatePartyRegistration", request_id(), *again, *who,
        node("oadr:oadrProfileName", PROFILE), node("oadr:oadrTransportName", TRANSPORT),
        node("oadr:oadrReportOnly", "false"), node("oadr:oadrXmlSignature", "false"),
        node("oadr:oadrVenName", ven_name), node("oadr:oadrHttpPullModel", "true"),
    )  # fmt: skip


def _fits(offer: Element) -> None:
    """DV-36 unless simple HTTP of 2.0b is among what is offered."""
    offered = [
        (optional(profile, "oadr:oadrProfileName"), (transport.text or "").strip())
        for profile in offer.iterfind("oadr:oadrProfiles/oadr:oadrProfile", NAMES)
        for transport in profile.iterfind("oadr:oadrTransports/oadr:oadrTransport/oadr:oadrTransportName", NAMES)
    ]
    if (PROFILE, TRANSPORT) not in offered:
        raise VtnError("DV-36", answer=texts.listed(" ".join(pair) for pair in offered))
