"""Where an S3 bucket is and how it is entered."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from archiver.transfer.target import INCOMING, QUARANTINE, RECEIPT, RECEIPTS


@dataclass(frozen=True, slots=True)
class S3Login:
    access_key: str
    secret_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class S3Place:
    target: str  # its name
    endpoint: str  # https://host[:port]
    bucket: str
    prefix: str = ""  # "" or "…/"
    region: str = "us-east-1"
    authorities: Path | None = None  # the certificates that vouch for the store; None: the system's
    certificate: Path | None = None  # ours, with its key, PEM, where the store asks for one
    retain_days: int = 0  # with object lock: nobody may remove a package for so long

    @classmethod
    def parse(
        cls,
        target: str,
        url: str,
        *,
        region: str = "us-east-1",
        authorities: Path | None = None,
        certificate: Path | None = None,
        retain_days: int = 0,
    ) -> "S3Place":
        """`https://host[:port]/bucket[/prefix]`. Raises ValueError."""
        parts = urlsplit(url)
        bucket, _, prefix = unquote(parts.path).strip("/").partition("/")
        if parts.scheme not in ("https", "http") or not parts.hostname or not bucket:
            raise ValueError(url)
        if parts.username or parts.query or parts.fragment:
            raise ValueError(url)
        endpoint = f"{parts.scheme}://{parts.netloc}"
        return cls(
            target,
            endpoint,
            bucket,
            prefix + "/" if prefix else "",
            region,
            authorities,
            certificate,
            retain_days,
        )

    def incoming(self, name: str = "") -> str:
        return f"{self.prefix}{INCOMING}/{name}"

    def receipts(self, name: str = "") -> str:
        return f"{self.prefix}{RECEIPTS}/{name}{RECEIPT if name else ''}"

    def quarantine(self, name: str) -> str:
        return f"{self.prefix}{QUARANTINE}/{name}"
