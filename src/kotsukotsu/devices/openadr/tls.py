"""Certificates: ours, which the VTN knows us by, and the authority that vouches for the VTN."""

from __future__ import annotations

import ssl
from pathlib import Path

from kotsukotsu import texts
from kotsukotsu.devices.model import DeviceError


def context(authority: Path | None, certificate: Path | None, key: Path | None) -> ssl.SSLContext:
    """What a connection is encrypted with.

    Parameters
    ----------
    authority : Path, optional
        Certificates of those that we trust; those of the machine if left out.
    certificate, key : Path, optional
        Our own, where the VTN wants one.

    Raises
    ------
    DeviceError
        DV-51 a file that is missing or holds no such thing.
    """
    try:
        made = ssl.create_default_context(cafile=authority)
        if certificate is not None:
            made.load_cert_chain(certificate, key)
    except OSError as error:
        names = texts.listed(path.name for path in (authority, certificate, key) if path is not None)
        raise DeviceError("DV-51", files=names) from error
    return made
