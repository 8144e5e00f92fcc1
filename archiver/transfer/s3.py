"""A target that is a bucket of an S3 store. The one we hold to is Ceph's."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from botocore.exceptions import ClientError

from archiver.errors import ArchiveDamaged, TargetConflict, TargetUnreachable
from archiver.i18n import _
from archiver.transfer.lines import Lines
from archiver.transfer.pieces import Origin, Piece, Tally, pieces, wait_for_all
from archiver.transfer.s3_faults import s3_faults, status_of
from archiver.transfer.s3_line import Body, Road, connect
from archiver.transfer.s3_place import S3Login, S3Place
from archiver.transfer.target import RECEIPT, Report
from archiver.transfer.throttle import Throttle

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

# The smallest part a store takes but for the last: what a broken line loses is never more.
PART_BYTES: Final = 5 << 20
_MOST_PARTS: Final = 10_000
_PATIENT_CODES: Final = (409, 412)
_ZIP: Final = "application/zip"

T = TypeVar("T")


class S3Line:
    """A client serves all threads and mends its connections itself; making one takes a second."""

    def __init__(self, client: "S3Client") -> None:
        self.client = client

    def close(self) -> None:
        """The client goes with the target."""


class S3Target:
    """Keeps to `Target` and `CentreSide`.

    A package is seen under its name only when it is whole: a small one is one PUT, a large one a
    multipart upload. Whatever was sent of it before is asked of the store, part by part, and held
    against our own bytes by MD5.
    """

    def __init__(
        self,
        place: S3Place,
        login: S3Login,
        *,
        streams: int = 4,
        throttle: Throttle | None = None,
        patience_s: float = 60.0,
    ) -> None:
        self.name, self.abreast = place.target, streams
        self.place, self.login = place, login
        self._place, self._road = place, Road(throttle or Throttle())
        with s3_faults(place.target):
            self._client = connect(place, login, streams)
        self._lines = Lines(lambda: S3Line(self._client), streams, patience_s)

    def send(
        self,
        file: Path,
        name: str,
        sha256: str,
        report: Report = lambda count: None,
        *,
        fresh: bool = False,
    ) -> None:
        """See `Target.send`."""
        origin, key = Origin.of(file), self._place.incoming(name)
        if fresh or not self._is_there(key, name, origin, sha256):
            if origin.size <= PART_BYTES:
                kept = self._put(origin, key, sha256)
            else:
                kept = self._put_in_parts(origin, key, sha256, Tally(report))
            if file.stat().st_size != origin.size:
                detail = _("{name} is no longer what was sealed").format(name=file.name)
                raise ArchiveDamaged(detail=detail)
            if not kept and not self._is_there(key, name, origin, sha256):
                detail = _("it did not keep {name}").format(name=name)
                raise TargetUnreachable(target=self.name, detail=detail)
        if self._place.retain_days and origin.size > PART_BYTES:
            self._do(lambda client: self._retain(client, key))  # Ceph 16 forgets it of parts
        report(origin.size)

    def size(self, name: str) -> int | None:
        """See `Target.size`."""
        head = self._head(self._place.incoming(name))
        return None if head is None else int(head["ContentLength"])

    def receipts(self) -> tuple[str, ...]:
        """See `Target.receipts`."""
        names = self._names(self._place.receipts())
        return tuple(n.removesuffix(RECEIPT) for n in names if n.endswith(RECEIPT))

    def receipt(self, name: str) -> bytes | None:
        """See `Target.receipt`."""
        return self._do(lambda client: self._content(client, self._place.receipts(name)))

    def stop(self) -> None:
        self._lines.stop()

    def close(self) -> None:
        self._lines.close()
        self._client.close()

    # --- the centre's side -----------------------------------------------------------------------

    def waiting(self) -> tuple[str, ...]:
        """See `CentreSide.waiting`."""
        return self._names(self._place.incoming())

    @contextmanager
    def fetched(self, name: str) -> Iterator[Path]:
        """See `CentreSide.fetched`."""
        with tempfile.TemporaryDirectory(prefix="archiver-") as folder:
            copy = Path(folder) / name
            self._do(lambda client: self._fetch(client, self._place.incoming(name), copy))
            yield copy

    def answer(self, name: str, content: bytes) -> None:
        """See `CentreSide.answer`. A bucket that keeps versions keeps earlier answers, too."""
        body_of = self._place.receipts(name)

        def put(client: "S3Client") -> None:
            body = Body(content, self._road)
            client.put_object(
                Bucket=self._place.bucket, Key=body_of, Body=body, ContentMD5=body.md5
            )

        self._do(put)

    def quarantine(self, name: str, as_name: str) -> None:
        """See `CentreSide.quarantine`."""
        bucket, old = self._place.bucket, self._place.incoming(name)

        def move(client: "S3Client") -> None:
            client.copy({"Bucket": bucket, "Key": old}, bucket, self._place.quarantine(as_name))
            client.delete_object(Bucket=bucket, Key=old)

        self._do(move)

    # --- what is there ---------------------------------------------------------------------------

    def _do(self, ask: Callable[["S3Client"], T]) -> T:
        return self._lines.run(lambda line: self._ask(line, ask))

    def _ask(self, line: S3Line, ask: Callable[["S3Client"], T]) -> T:
        with s3_faults(self._place.target):
            return ask(line.client)

    def _head(self, key: str) -> dict[str, Any] | None:
        def ask(client: "S3Client") -> dict[str, Any] | None:
            try:
                return dict(client.head_object(Bucket=self._place.bucket, Key=key))
            except ClientError as error:
                if status_of(error) == 404:  # a bucket that is gone is told when we write to it
                    return None
                self._ask_why(client)
                raise

        return self._do(ask)

    def _ask_why(self, client: "S3Client") -> None:
        """A refused HEAD has no words: the same of a request whose answer has some."""
        client.list_objects_v2(Bucket=self._place.bucket, Prefix=self._place.incoming(), MaxKeys=1)

    def _names(self, prefix: str) -> tuple[str, ...]:
        def ask(client: "S3Client") -> tuple[str, ...]:
            pages = client.get_paginator("list_objects_v2").paginate(
                Bucket=self._place.bucket, Prefix=prefix
            )
            found = [item["Key"] for page in pages for item in page.get("Contents", [])]
            return tuple(sorted(key.removeprefix(prefix) for key in found if key != prefix))

        return self._do(ask)

    def _content(self, client: "S3Client", key: str) -> bytes | None:
        try:
            return client.get_object(Bucket=self._place.bucket, Key=key)["Body"].read()
        except ClientError as error:
            if status_of(error) != 404:
                raise
        client.head_bucket(Bucket=self._place.bucket)
        return None

    def _fetch(self, client: "S3Client", key: str, copy: Path) -> None:
        told = client.get_object(Bucket=self._place.bucket, Key=key)
        with copy.open("wb") as out:
            for chunk in told["Body"].iter_chunks(1 << 20):
                out.write(chunk)

    def _is_there(self, key: str, name: str, origin: Origin, sha256: str) -> bool:
        """Whether the object is ours. What it says of itself the store has held to its bytes.

        Raises TargetConflict.
        """
        head = self._head(key)
        if head is None:
            return False
        if head["ContentLength"] == origin.size and head["Metadata"].get("sha256") == sha256:
            return True
        raise TargetConflict(name=name)

    # --- sending ---------------------------------------------------------------------------------

    def _put(self, origin: Origin, key: str, sha256: str) -> bool:
        """False where something has that name by now: the caller looks whose it is."""
        extra = self._object_lock()

        def put(client: "S3Client") -> bool:
            self._lines.check()
            body = Body(origin.read(0, origin.size), self._road)
            try:
                client.put_object(
                    Bucket=self._place.bucket,
                    Key=key,
                    Body=body,
                    ContentMD5=body.md5,
                    ContentType=_ZIP,
                    IfNoneMatch="*",
                    Metadata={"sha256": sha256},
                    **extra,
                )
            except ClientError as error:
                if status_of(error) not in _PATIENT_CODES:
                    raise
                return False
            finally:
                body.arrive()
            return True

        return self._do(put)

    def _put_in_parts(self, origin: Origin, key: str, sha256: str, tally: Tally) -> bool:
        """See `_put`."""
        length = max(PART_BYTES, -(-origin.size // _MOST_PARTS))
        plan = list(pieces(origin.size, length))
        upload, has = self._do(lambda client: self._resume(client, origin, key, sha256, plan))
        tags: dict[int, str] = {}

        def bring(piece: Piece, client: "S3Client") -> None:
            self._lines.check()
            tag = has.get(piece.number)
            if tag is None:
                body = Body(origin.read(piece.start, piece.length), self._road)
                tag = self._put_part(client, key, upload, piece, body)
            tags[piece.number] = tag
            tally.add(piece.length)

        def submit(piece: Piece) -> Any:
            return self._lines.submit(lambda line: self._ask(line, lambda c: bring(piece, c)))

        wait_for_all([submit(piece) for piece in plan])
        parts: list[CompletedPartTypeDef] = [
            {"PartNumber": piece.number, "ETag": tags[piece.number]} for piece in plan
        ]
        return self._do(lambda client: self._complete(client, key, upload, parts))

    def _put_part(self, client: "S3Client", key: str, upload: str, piece: Piece, body: Body) -> str:
        """Its ETag."""
        try:
            told = client.upload_part(
                Bucket=self._place.bucket,
                Key=key,
                UploadId=upload,
                PartNumber=piece.number,
                Body=body,
                ContentMD5=body.md5,
            )
        finally:
            body.arrive()
        return told["ETag"]

    def _resume(
        self, client: "S3Client", origin: Origin, key: str, sha256: str, plan: list[Piece]
    ) -> tuple[str, dict[int, str]]:
        """The upload to go on with, and the ETags of the parts it has, by number.

        One that holds a part of other content is of another file; one without parts may be.
        """
        upload, has = "", dict[int, str]()
        for found in self._uploads(client, key):
            known = self._parts(client, key, found)
            ours = {n: tag for n, tag in known.items() if tag == _etag(origin, plan, n)}
            if not upload and ours and len(ours) == len(known):
                upload, has = found, ours
            else:
                client.abort_multipart_upload(Bucket=self._place.bucket, Key=key, UploadId=found)
        return upload or self._begin(client, key, sha256), has

    def _uploads(self, client: "S3Client", key: str) -> list[str]:
        """Newest first."""
        pages = client.get_paginator("list_multipart_uploads").paginate(
            Bucket=self._place.bucket, Prefix=key
        )
        found = [u for page in pages for u in page.get("Uploads", []) if u["Key"] == key]
        return [u["UploadId"] for u in sorted(found, key=lambda u: u["Initiated"], reverse=True)]

    def _parts(self, client: "S3Client", key: str, upload: str) -> dict[int, str]:
        pages = client.get_paginator("list_parts").paginate(
            Bucket=self._place.bucket, Key=key, UploadId=upload
        )
        return {p["PartNumber"]: p["ETag"] for page in pages for p in page.get("Parts", [])}

    def _begin(self, client: "S3Client", key: str, sha256: str) -> str:
        return client.create_multipart_upload(
            Bucket=self._place.bucket,
            Key=key,
            ContentType=_ZIP,
            Metadata={"sha256": sha256},
            **self._object_lock(),
        )["UploadId"]

    def _complete(
        self, client: "S3Client", key: str, upload: str, parts: "list[CompletedPartTypeDef]"
    ) -> bool:
        try:
            client.complete_multipart_upload(
                Bucket=self._place.bucket,
                Key=key,
                UploadId=upload,
                MultipartUpload={"Parts": parts},
                IfNoneMatch="*",
            )
        except ClientError as error:
            if status_of(error) not in (*_PATIENT_CODES, 404):
                raise  # 404: completed already, and the acknowledgement was lost
            return False
        return True

    def _retain(self, client: "S3Client", key: str) -> None:
        lock = self._object_lock()
        client.put_object_retention(
            Bucket=self._place.bucket,
            Key=key,
            Retention={
                "Mode": lock["ObjectLockMode"],
                "RetainUntilDate": lock["ObjectLockRetainUntilDate"],
            },
        )

    def _object_lock(self) -> dict[str, Any]:
        if not self._place.retain_days:
            return {}
        until = datetime.now(UTC) + timedelta(days=self._place.retain_days)
        return {"ObjectLockMode": "COMPLIANCE", "ObjectLockRetainUntilDate": until}


def _etag(origin: Origin, plan: list[Piece], number: int) -> str:
    """What a store says of part `number` where it has our bytes; "" where there is no such part."""
    if not 1 <= number <= len(plan):
        return ""
    piece = plan[number - 1]
    content = origin.read(piece.start, piece.length)
    return f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"'
