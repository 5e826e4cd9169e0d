"""Over HTTPS both sides show certificates; one that nobody vouches for ends the talk before a word."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kotsukotsu.devices.model import DeviceError
from kotsukotsu.devices.openadr.tls import context
from tests.devices.openadr.vtn import Vtn
from tests.devices.simulator import LOOPBACK, clock


@pytest.fixture(scope="session")
def papers(tmp_path_factory):
    """An authority, certificates of a VTN and a VEN by it, and an authority that nobody knows."""
    folder = tmp_path_factory.mktemp("papers")
    authority = issue(folder, "authority")
    issue(folder, "vtn", authority)
    issue(folder, "ven", authority)
    issue(folder, "stranger")
    return folder


def issue(folder, name, by=None):
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer, signer = (by[0].subject, by[1]) if by else (subject, key)
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(LOOPBACK))]), critical=False)
    )  # fmt: skip
    made = builder.sign(signer, hashes.SHA256())
    (folder / f"{name}.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / f"{name}.key").write_bytes(key.private_bytes(*plain))
    return made, key


@pytest.fixture
def secure(papers):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(papers / "vtn.pem", papers / "vtn.key")
    tls.load_verify_locations(papers / "authority.pem")
    tls.verify_mode = ssl.CERT_REQUIRED
    made = Vtn(tls)
    yield made
    made.close()


def test_both_sides_show_their_certificates(papers, secure, ven):
    tls = context(papers / "authority.pem", papers / "ven.pem", papers / "ven.key")
    assert ven(url=secure.url, tls=tls).read(clock).findings == ()
    assert secure.registered


def test_a_vtn_that_nobody_vouches_for_is_told_and_hears_nothing(papers, secure, ven):
    tls = context(papers / "stranger.pem", papers / "ven.pem", papers / "ven.key")
    (found,) = ven(url=secure.url, tls=tls).read(clock).findings
    assert (found.code, secure.heard) == ("DV-52", [])


def test_the_name_in_the_certificate_is_looked_at(papers, secure, ven):
    tls = context(papers / "authority.pem", papers / "ven.pem", papers / "ven.key")
    (found,) = ven(url=secure.url.replace(LOOPBACK, "localhost"), tls=tls).read(clock).findings
    assert (found.code, secure.heard) == ("DV-52", [])


@pytest.mark.parametrize(
    "names",
    [("authority", "stranger"), ("authority", None)],
    ids=["a VEN that nobody vouches for", "a VEN without a certificate"],
)
def test_without_certificates_that_are_known_nothing_is_said(papers, secure, ven, names):
    authority, own = names
    shown = (papers / f"{own}.pem", papers / f"{own}.key") if own else (None, None)
    (found,) = ven(url=secure.url, tls=context(papers / f"{authority}.pem", *shown)).read(clock).findings
    assert (found.code in {"DV-01", "DV-52"}, secure.heard) == (True, [])  # it may just hang up


@pytest.mark.parametrize("files", [("none.pem", "ven.pem", "ven.key"), ("authority.pem", "ven.pem", "vtn.key")])
def test_papers_that_do_not_belong_together_are_refused(papers, files):
    with pytest.raises(DeviceError) as caught:
        context(*(papers / name for name in files))
    assert (caught.value.code, caught.value.data["files"]) == ("DV-51", "、".join(files))
