"""Certificates made for one test run: an authority, and what it signs."""

import ssl
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_NAMES = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]


class Pair(NamedTuple):
    """A certificate and its key as PEM texts."""

    certificate: str
    key: str


def _name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _signed(subject, key, issuer, issuer_key, *, is_authority, names=()):
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _pair(certificate, key):
    pem = serialization.Encoding.PEM
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return Pair(certificate.public_bytes(pem).decode(), key.private_bytes(pem, form, plain).decode())


@cache
def authority_and_signed() -> tuple[Pair, Pair]:
    """Give an authority, and a certificate by it that is good for 127.0.0.1, localhost and as a client's."""
    root, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _signed("Test authority", root, "Test authority", root, is_authority=True)
    signed = _signed("localhost", leaf, "Test authority", root, is_authority=False, names=_NAMES)
    return _pair(authority, root), _pair(signed, leaf)


def server_context(folder: Path, *, asks_client: bool = False) -> ssl.SSLContext:
    """Give the settings of a server that shows the signed certificate, and may ask clients for one."""
    authority, signed = authority_and_signed()
    file = folder / "server.pem"
    file.write_text(signed.certificate + signed.key, encoding="ascii")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    if asks_client:
        context.load_verify_locations(cadata=authority.certificate)
        context.verify_mode = ssl.CERT_REQUIRED
    return context
