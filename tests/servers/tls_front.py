"""TLS in front of a plain server, with certificates made for the test."""

import asyncio
import datetime
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

_DAY = datetime.timedelta(days=1)


@dataclass
class Authority:
    """Signs certificates into `folder`; its own is `authority.pem`."""

    folder: Path

    def __post_init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test authority")])
        own = self._certificate(self._name, self._key, days=30, authority=True)
        self.path.write_bytes(own.public_bytes(Encoding.PEM))

    @property
    def path(self) -> Path:
        return self.folder / "authority.pem"

    def sign(self, name: str, *, days: int = 30) -> Path:
        """Certificate and key in one file; fewer than 0 days: it ended so long ago."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        certificate = self._certificate(subject, key, days=days)
        path = self.folder / f"{name}.pem"
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        path.write_bytes(certificate.public_bytes(Encoding.PEM) + secret)
        return path

    def _certificate(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        *,
        days: int,
        authority: bool = False,
    ) -> x509.Certificate:
        end = datetime.datetime.now(datetime.UTC) + days * _DAY
        here = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
        own_id = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        its_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(end - 60 * _DAY)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(here, critical=False)
            .add_extension(own_id, critical=False)
            .add_extension(its_id, critical=False)
            .sign(self._key, hashes.SHA256())
        )


@contextmanager
def tls_front(port: int, certificate: Path, client_authority: Path | None = None) -> Iterator[int]:
    """The port of a TLS server that hands everything on to `port`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    if client_authority:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(client_authority)
    ready, end, found = threading.Event(), threading.Event(), list[int]()
    thread = threading.Thread(
        target=lambda: asyncio.run(_serve(port, context, ready, end, found)), name="tls front"
    )
    thread.start()
    try:
        assert ready.wait(10)
        yield found[0]
    finally:
        end.set()
        thread.join()


async def _serve(
    port: int,
    context: ssl.SSLContext,
    ready: threading.Event,
    end: threading.Event,
    found: list[int],
) -> None:
    ends: set[asyncio.StreamWriter] = set()

    async def join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        pair = {writer, far_writer}
        ends.update(pair)
        with suppress(OSError):
            await asyncio.gather(_pump(reader, far_writer), _pump(far_reader, writer))
        for each in pair:
            each.transport.abort()
        ends.difference_update(pair)

    server = await asyncio.start_server(join, "127.0.0.1", 0, ssl=context)
    found.append(server.sockets[0].getsockname()[1])
    ready.set()
    while not end.is_set():
        await asyncio.sleep(0.05)
    server.close()
    while ends:
        for writer in list(ends):
            writer.transport.abort()
        await asyncio.sleep(0.01)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while content := await reader.read(1 << 16):
        writer.write(content)
        await writer.drain()
    writer.transport.abort()
