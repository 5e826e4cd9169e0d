"""One UDP socket that asks a node and waits, never longer than it was told, for the answer to that question."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic
from types import TracebackType
from typing import Self

from kotsukotsu.devices.echonet.frame import (
    CONTROLLER,
    GET,
    GET_ANSWER,
    GET_REFUSED,
    SET,
    SET_ANSWER,
    SET_REFUSED,
    Frame,
    decode,
    encode,
)
from kotsukotsu.devices.model import NonsenseError, RefusedError

PORT = 3610  # to which every node listens and answers
LONGEST = 1500  # of a frame, the Ethernet's limit [byte]
ANSWERS = {GET: (GET_ANSWER, GET_REFUSED), SET: (SET_ANSWER, SET_REFUSED)}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an object is: address of its node, class and instance."""

    host: str
    group: int
    instance: int = 1
    port: int = PORT

    @property
    def eoj(self) -> bytes:
        """The object's three bytes."""
        return self.group.to_bytes(2, "big") + bytes((self.instance,))


class Link:
    """A controller's socket; shared by all devices, which are asked in turn.

    Parameters
    ----------
    host : str
        Address of the interface on which to listen.
    port : int
        Nodes answer to 3610, so that is the port where they are real ones.
    seconds : float
        How long an answer may take. [s]
    """

    def __init__(self, host: str, port: int = PORT, seconds: float = 2.0) -> None:
        self.seconds = seconds
        self._tid = 0
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            self._socket.bind((host, port))
            self._socket.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(host))
        except OSError:
            self._socket.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def get(self, place: Place, code: int) -> bytes:
        """The data of one property.

        Raises
        ------
        TimeoutError, NonsenseError, RefusedError
            No answer, an unreadable one, or the answer that there is no such property.
        """
        answer = self._ask(place, GET, code, b"")
        data = dict(answer.properties).get(code)
        if not data:
            raise NonsenseError(encode(answer).hex())
        return data

    def ask_all(self, place: Place, code: int) -> Iterator[tuple[str, Frame | NonsenseError]]:
        """Who answers for a property, and what, until the time is over.

        Words that are no frame come as such; answers to other questions are passed over.

        Parameters
        ----------
        place : Place
            Its address may be that of a group.
        """
        question = self._question(place, GET, code, b"")
        self._socket.sendto(encode(question), (place.host, place.port))
        until = monotonic() + self.seconds
        while (left := until - monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                data, (host, *_) = self._socket.recvfrom(LONGEST)
            except TimeoutError:
                return
            try:
                answer = decode(data)
            except NonsenseError as error:
                yield host, error
                continue
            if (answer.tid, answer.source, answer.service) == (question.tid, place.eoj, GET_ANSWER):
                yield host, answer

    def set(self, place: Place, code: int, data: bytes) -> None:
        """Have one property set, and the setting confirmed.

        Raises
        ------
        TimeoutError, NonsenseError, RefusedError
            As `get`; refused where the node does not take the value.
        """
        answer = self._ask(place, SET, code, data)
        if code not in dict(answer.properties):
            raise NonsenseError(encode(answer).hex())

    def _ask(self, place: Place, service: int, code: int, data: bytes) -> Frame:
        question = self._question(place, service, code, data)
        self._socket.sendto(encode(question), (place.host, place.port))
        done, refused = ANSWERS[service]
        answer = self._answer(place, question)
        if answer.service == refused:
            raise RefusedError(f"0x{code:02X}")
        if answer.service != done:
            raise NonsenseError(encode(answer).hex())
        return answer

    def _question(self, place: Place, service: int, code: int, data: bytes) -> Frame:
        self._tid = self._tid % 0xFFFF + 1
        return Frame(self._tid, CONTROLLER, place.eoj, service, ((code, data),))

    def _answer(self, place: Place, question: Frame) -> Frame:
        """The frame that answers; announcements, late answers and other nodes' words are passed over."""
        until, nonsense = monotonic() + self.seconds, ""
        while (left := until - monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                data, (host, *_) = self._socket.recvfrom(LONGEST)
                answer = decode(data)
            except TimeoutError:
                break
            except NonsenseError as error:
                nonsense = str(error) if host == place.host else nonsense
                continue
            if (host, answer.tid, answer.source) == (place.host, question.tid, place.eoj):
                return answer
        if nonsense:
            raise NonsenseError(nonsense)
        raise TimeoutError
