"""Our end of an S3 store: every body signed and with its MD5, one body on the road at a time."""

import base64
import hashlib
import io
import threading
import time
from typing import TYPE_CHECKING, Any, Final

import boto3
from botocore.config import Config

from archiver.transfer.s3_place import S3Login, S3Place
from archiver.transfer.throttle import Throttle

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_CONNECT_S: Final = 15
_ANSWER_S: Final = 60
_READ: Final = 128 << 10
_UNANSWERED_BYTES: Final = 10 << 20  # two parts of a large package, any number of small ones


def connect(place: S3Place, login: S3Login, streams: int) -> "S3Client":
    """A client that asks nobody but us for keys, and trusts no checksum that Ceph ignores.

    Retries are ours: it knows nothing of what is at the store already.
    """
    certificate = str(place.certificate) if place.certificate else None
    settings = Config(
        signature_version="s3v4",
        s3={"addressing_style": "path", "payload_signing_enabled": True},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        retries={"total_max_attempts": 1},
        connect_timeout=_CONNECT_S,
        read_timeout=_ANSWER_S,
        client_cert=certificate,
        max_pool_connections=streams,
        proxies={},
        user_agent="archiving-station",  # its own takes a seventh of a small request to spell
    )
    client: S3Client = boto3.session.Session().client(
        "s3",
        endpoint_url=place.endpoint,
        region_name=place.region,
        aws_access_key_id=login.access_key,
        aws_secret_access_key=login.secret_key,
        verify=str(place.authorities) if place.authorities else None,
        config=settings,
    )
    for act in ("PutObject", "UploadPart"):
        client.meta.events.register(f"before-send.s3.{act}", _set_off)
    client.meta.events.register("before-send.s3.PutObject", _do_not_ask)
    return client


class Road:
    """One body at a time has the way to the store, at the speed that is allowed.

    Bodies side by side would be no faster on a full line, and whoever kills us would lose
    something of each; waiting, shaking hands and hashing go on beside the one that is sent. A
    store that is killed loses what it has not answered for yet: that is kept small, too.
    """

    def __init__(self, throttle: Throttle) -> None:
        self.throttle = throttle
        self._turn = threading.Condition()
        self._taken = False
        self._unanswered = 0  # bytes

    def take(self, size: int) -> None:
        with self._turn:
            self._turn.wait_for(lambda: self._is_free(size))
            self._taken = True
            self._unanswered += size

    def _is_free(self, size: int) -> bool:
        few = not self._unanswered or self._unanswered + size <= _UNANSWERED_BYTES
        return not self._taken and few

    def leave(self) -> None:
        """The last byte is on its way."""
        with self._turn:
            self._taken = False
            self._turn.notify_all()

    def answered(self, size: int) -> None:
        with self._turn:
            self._unanswered -= size
            self._turn.notify_all()


class Body(io.BytesIO):
    """What is sent; the client reads it once to sign it and once more to send it."""

    def __init__(self, content: bytes, road: Road) -> None:
        super().__init__(content)
        self.md5 = base64.b64encode(hashlib.md5(content, usedforsecurity=False).digest()).decode()
        self._size, self._road = len(content), road
        self._signed = self._began = self._on_the_road = False

    def set_off(self) -> None:
        """It has been read to be signed; the next reading is the sending."""
        self._signed = True

    def arrive(self) -> None:
        """It is answered for, or will not be."""
        self._leave()
        if self._began:
            self._began = False
            self._road.answered(self._size)
        self._signed = False

    def _leave(self) -> None:
        if self._on_the_road:
            self._on_the_road = False
            self._road.leave()

    def read(self, size: int | None = -1, /) -> bytes:
        if not self._signed:
            return super().read(size)
        if not self._began:
            self._road.take(self._size)
            self._began = self._on_the_road = True
        content = super().read(_READ)  # the client asks for 16 kB, and sends what it gets
        if wait_s := self._road.throttle.reserve(len(content)):
            time.sleep(wait_s)
        if self.tell() >= self._size:
            self._leave()
        return content


def _set_off(request: Any, **_others: Any) -> None:
    if isinstance(request.body, Body):
        request.body.set_off()


def _do_not_ask(request: Any, **_others: Any) -> None:
    """Whether a small body may come: on a long line the answer takes as long as the body."""
    request.headers.pop("Expect", None)  # what is bytes has none
