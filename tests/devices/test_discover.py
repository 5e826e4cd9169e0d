"""Nodes are found by asking all of them over UDP; one that talks nonsense does not hide the others."""

from __future__ import annotations

import socket
import struct
import threading

from kotsukotsu.devices.echonet.discover import EVERYBODY, discover
from kotsukotsu.devices.echonet.link import Link, Place
from tests.devices.simulator import LOOPBACK, free_port

PROFILE, INSTANCES = 0x0EF0, 0xD6


def listed(*objects):
    return bytes([len(objects)]) + b"".join(group.to_bytes(2, "big") + bytes([number]) for group, number in objects)


def test_a_node_says_what_it_is(node, link):
    simulated = node(PROFILE, {INSTANCES: listed((0x0288, 1), (0x027D, 2), (0x0130, 1))})
    port = simulated.place.port
    (found,), findings = discover(link, LOOPBACK, port)
    assert (found.host, findings) == (LOOPBACK, ())
    assert found.objects == tuple(Place(LOOPBACK, *one, port) for one in ((0x0288, 1), (0x027D, 2), (0x0130, 1)))


def test_nobody_there_is_nobody_within_the_time(link):
    assert discover(link, LOOPBACK, free_port()) == ((), ())


def test_an_address_that_cannot_be_reached_is_a_finding(link):
    for host in ("no.such.host.invalid", "255.255.255.255"):
        nodes, (found,) = discover(link, host, 3610)
        assert (nodes, found.code, found.where) == ((), "DV-01", host)


def test_a_list_that_is_nonsense_is_a_finding(node, link):
    for answer in (b"\x02\x02\x88\x01", b"\x00\x01", b"junk"):
        simulated = node(PROFILE, {INSTANCES: answer})
        nodes, (found,) = discover(link, LOOPBACK, simulated.place.port)
        assert (nodes, found.code, found.where) == ((), "DV-02", LOOPBACK)


def test_noise_does_not_hide_a_node(node, link):
    simulated = node(PROFILE, {INSTANCES: listed((0x0279, 1))})
    answers = simulated.answers

    def noisy(data):
        late = data[:2] + b"\xff\xff" + data[4:]
        return [b"junk", simulated.frame(late, 0x72, INSTANCES, b"\x00"), *answers(data)]

    simulated.answers = noisy
    (found,), findings = discover(link, LOOPBACK, simulated.place.port)
    assert ([one.group for one in found.objects], findings) == ([0x0279], ())


def test_everybody_is_asked_through_the_group_of_the_standard():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as member:
        member.bind(("", 0))
        group = struct.pack("4s4s", socket.inet_aton(EVERYBODY), socket.inet_aton(LOOPBACK))
        member.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
        member.settimeout(5)

        def answer():
            data, asker = member.recvfrom(1500)
            reply = data[:4] + data[7:10] + data[4:7] + b"\x72\x01\xd6\x04\x01\x02\x7e\x01"
            member.sendto(reply, asker)

        answering = threading.Thread(target=answer)
        answering.start()
        with Link(LOOPBACK, 0, seconds=0.5) as link:
            (found,), _ = discover(link, port=member.getsockname()[1])
        answering.join()
    assert [(one.group, one.instance) for one in found.objects] == [(0x027E, 1)]
