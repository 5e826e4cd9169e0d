"""One conversation with the VTN, in which everything that it says must be for us, from it, and about what was asked."""

from __future__ import annotations

import ssl
from collections.abc import Collection
from time import monotonic
from uuid import uuid4
from xml.etree.ElementTree import Element

from kotsukotsu.devices.openadr.errors import OverdueError, VtnError
from kotsukotsu.devices.openadr.http import post
from kotsukotsu.devices.openadr.message import NAMES, decode, encode, name_of, node, optional, text

NOTHING = ""  # the name of no message: an empty answer
GOOD = "200"
NOT_REGISTERED = "463"
OWN_NUMBERS = ("pyld:requestID", "pyld:eiRequestEvent/pyld:requestID")  # elsewhere it is the VTN's number, given back


class Talk:
    """Questions and answers until the time is over.

    Parameters
    ----------
    url : str
        Up to and with ``/OpenADR2/Simple/2.0b``.
    seconds : float
        For all questions together. [s]
    ven_id, vtn_id : str
        As agreed or learnt; empty while not known.
    """

    def __init__(self, url: str, seconds: float, tls: ssl.SSLContext | None, ven_id: str, vtn_id: str) -> None:
        self.url = url.rstrip("/")
        self.tls = tls
        self.until = monotonic() + seconds
        self.ven_id = ven_id
        self.vtn_id = vtn_id

    def ask(self, service: str, question: Element, expected: Collection[str]) -> Element | None:
        """The answer to a question; None where it may be empty and is.

        Raises
        ------
        OverdueError, OSError, VtnError
            As `post` and `decode`; DV-33 another's names or numbers, DV-34 another message, DV-35 a refusal.
        """
        left = self.until - monotonic()
        if left <= 0:
            raise OverdueError
        data = post(f"{self.url}/{service}", encode(question), left, self.tls)
        if not data.strip() and NOTHING in expected:
            return None
        answer = decode(data)
        self._refused(answer, name_of(question))
        if name_of(answer) not in expected:
            raise VtnError("DV-34", question=name_of(question), answer=name_of(answer))
        self._ours(question, answer)
        return answer

    def get(self, service: str, question: Element, expected: str) -> Element:
        """The one answer that there can be."""
        answer = self.ask(service, question, (expected,))
        if answer is None:
            raise VtnError("DV-34", question=name_of(question), answer="")
        return answer

    def tell(self, service: str, word: Element) -> None:
        """Say something to which the VTN has nothing to say but that it heard it."""
        self.ask(service, word, (NOTHING, "oadrResponse"))

    def check(self, element: str, expected: str, given: str) -> None:
        """DV-33 if both are known and differ."""
        if expected and given and expected != given:
            raise VtnError("DV-33", element=element, expected=expected, answer=given)

    def _refused(self, answer: Element, question: str) -> None:
        if answer.find("ei:eiResponse", NAMES) is None:
            return
        code = text(answer, "ei:eiResponse/ei:responseCode")
        if not code.startswith("2"):
            said = optional(answer, "ei:eiResponse/ei:responseDescription")
            raise VtnError("DV-35", question=question, status=code, answer=said)

    def _ours(self, question: Element, answer: Element) -> None:
        self.check("venID", self.ven_id, optional(answer, "ei:venID"))
        self.check("vtnID", self.vtn_id, optional(answer, "ei:vtnID"))
        for path in OWN_NUMBERS:
            self.check("requestID", optional(question, path), optional(answer, "ei:eiResponse/pyld:requestID"))


def request_id() -> Element:
    """A number by which an answer names its question."""
    return node("pyld:requestID", uuid4().hex)


def good(request: str) -> Element:
    """That a request was understood."""
    return node("ei:eiResponse", node("ei:responseCode", GOOD), node("pyld:requestID", request))
