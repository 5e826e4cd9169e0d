"""Which nodes are on the network, and what they are: asked of all at once, or of one."""

from __future__ import annotations

from dataclasses import dataclass

from kotsukotsu.devices.echonet.frame import Frame
from kotsukotsu.devices.echonet.link import PORT, Link, Place
from kotsukotsu.devices.model import NonsenseError
from kotsukotsu.findings import Finding

# Source: ECHONET Lite規格書 第2部, multicast address; ECHONET機器オブジェクト詳細規定, ノードプロファイル.
EVERYBODY = "224.0.23.0"
NODE_PROFILE, INSTANCES = 0x0EF0, 0xD6


@dataclass(frozen=True, slots=True)
class Node:
    """A node and the objects that it says it has."""

    host: str
    objects: tuple[Place, ...]


def discover(link: Link, host: str = EVERYBODY, port: int = PORT) -> tuple[tuple[Node, ...], tuple[Finding, ...]]:
    """The nodes that answer while the link waits; one that answers nonsense is a finding and does not stop the rest."""
    nodes: dict[str, Node] = {}
    findings: dict[str, Finding] = {}
    try:
        for sender, answer in link.ask_all(Place(host, NODE_PROFILE, 1, port), INSTANCES):
            match _node(sender, port, answer):
                case Node() as node:
                    nodes[sender] = node
                case finding:
                    findings[sender] = finding
    except OSError:
        findings[host] = Finding("DV-01", host, {"device": host, "reason": f"{host}:{port}"})
    good = tuple(nodes[name] for name in sorted(nodes, key=_number))
    return good, tuple(one for name, one in findings.items() if name not in nodes)


def _node(sender: str, port: int, answer: Frame | NonsenseError) -> Node | Finding:
    """What a node says of itself, or that it says nonsense."""
    try:
        if isinstance(answer, NonsenseError):
            raise answer
        return Node(sender, _objects(sender, port, dict(answer.properties).get(INSTANCES, b"")))
    except NonsenseError as error:
        return Finding("DV-02", sender, {"device": sender, "answer": str(error)[:60]})


def _objects(host: str, port: int, data: bytes) -> tuple[Place, ...]:
    """The objects of an instance list: how many, then class and instance of each."""
    if not data or len(data) != 1 + 3 * data[0]:
        raise NonsenseError(data.hex())
    parts = (data[place : place + 3] for place in range(1, len(data), 3))
    return tuple(Place(host, int.from_bytes(part[:2], "big"), part[2], port) for part in parts)


def _number(host: str) -> tuple[int, ...]:
    return tuple(int(part) for part in host.split("."))
