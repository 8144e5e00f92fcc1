"""What a store really verifies: found out by trying, never by its documentation."""

import base64
import hashlib
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from archiver.transfer.s3_faults import s3_faults
from archiver.transfer.s3_line import connect
from archiver.transfer.s3_place import S3Login, S3Place

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_CONTENT: Final = b"probe of the archiving station"


def probe(place: S3Place, login: S3Login) -> Iterator[tuple[str, bool]]:
    """(`write`, `wrong_md5`, `wrong_body`, `overwrite`, `lock`), each with whether it is sound.

    Writes one small object outside `incoming` and removes it. Raises what `s3_faults` words
    where the store cannot be reached or written at all.
    """
    client = connect(place, login, 1)
    key = f"{place.prefix}probe-{os.urandom(6).hex()}"
    try:
        with s3_faults(place.target):
            client.put_object(Bucket=place.bucket, Key=key, Body=_CONTENT, IfNoneMatch="*")
            yield "write", True
            yield "wrong_md5", _refused(lambda: _put(client, place, key, md5=_md5(b"other")))
            yield "wrong_body", _refused(lambda: _put_altered(place, login, key))
            yield "overwrite", _refused(lambda: _put(client, place, key, IfNoneMatch="*"))
            yield "lock", _has_lock(client, place)
            client.delete_object(Bucket=place.bucket, Key=key)
    finally:
        client.close()


def clock_offset_s(place: S3Place, login: S3Login) -> float:
    """Seconds by which the store's clock is ahead of ours. Raises what `s3_faults` words."""
    client = connect(place, login, 1)
    try:
        with s3_faults(place.target):
            told = client.head_bucket(Bucket=place.bucket)
    finally:
        client.close()
    date = told["ResponseMetadata"]["HTTPHeaders"].get("date", "")
    return (parsedate_to_datetime(date) - datetime.now(UTC)).total_seconds() if date else 0.0


def _md5(content: bytes) -> str:
    return base64.b64encode(hashlib.md5(content, usedforsecurity=False).digest()).decode()


def _put(client: "S3Client", place: S3Place, key: str, md5: str = "", **words: Any) -> None:
    client.put_object(
        Bucket=place.bucket, Key=key, Body=_CONTENT, ContentMD5=md5 or _md5(_CONTENT), **words
    )


def _put_altered(place: S3Place, login: S3Login, key: str) -> None:
    """A body of which one bit changes after it was signed."""
    client = connect(place, login, 1)

    def alter(request: Any, **_others: Any) -> None:
        request.body = _CONTENT[:-1] + bytes([_CONTENT[-1] ^ 1])

    client.meta.events.register("before-send.s3.PutObject", alter)
    try:
        client.put_object(Bucket=place.bucket, Key=key, Body=_CONTENT)
    finally:
        client.close()


def _refused(act: Callable[[], None]) -> bool:
    try:
        act()
    except ClientError:
        return True
    return False


def _has_lock(client: "S3Client", place: S3Place) -> bool:
    try:
        told = client.get_object_lock_configuration(Bucket=place.bucket)
    except ClientError:
        return False
    return told.get("ObjectLockConfiguration", {}).get("ObjectLockEnabled") == "Enabled"
