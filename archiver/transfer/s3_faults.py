"""What an S3 store says, in our words."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,
    HTTPClientError,
    SSLError,
)

from archiver.errors import (
    ClockWrong,
    DeliveryError,
    TargetFull,
    TargetGone,
    TargetNotTrusted,
    TargetReadOnly,
    TargetRefusesKey,
    TargetUnreachable,
)
from archiver.i18n import _

_KINDS: Final[dict[str, type[DeliveryError]]] = {
    "InvalidAccessKeyId": TargetRefusesKey,
    "SignatureDoesNotMatch": TargetRefusesKey,
    "UserSuspended": TargetRefusesKey,
    "ExpiredToken": TargetRefusesKey,
    "RequestTimeTooSkewed": ClockWrong,
    "RequestExpired": ClockWrong,
    "AccessDenied": TargetReadOnly,
    "MethodNotAllowed": TargetReadOnly,
    "NoSuchBucket": TargetGone,
    "PermanentRedirect": TargetGone,
    "NoSuchUpload": TargetUnreachable,
    "QuotaExceeded": TargetFull,
    "TooManyBuckets": TargetFull,
    "XMinioStorageFull": TargetFull,
    "507": TargetFull,
    "401": TargetRefusesKey,
    "403": TargetReadOnly,
    "404": TargetGone,
}


def code_of(error: ClientError) -> str:
    """The store's word for it; the HTTP status where an answer had no body."""
    return str(error.response.get("Error", {}).get("Code", ""))


def status_of(error: ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


@contextmanager
def s3_faults(target: str) -> Iterator[None]:
    """Raise the DeliveryError that fits; what we do not know may pass."""
    try:
        yield
    except ClientError as error:
        kind = _KINDS.get(code_of(error)) or _KINDS.get(str(status_of(error)), TargetUnreachable)
        said = str(error.response.get("Error", {}).get("Message") or "")
        detail = " ".join(word for word in (code_of(error), said) if word)
        raise kind(target=target, detail=detail) from error
    except SSLError as error:
        raise _untrusted(target, error) from error
    except (ConnectionError, HTTPClientError) as error:
        if "ALERT" in _chain(error):
            raise _untrusted(target, error) from error
        raise TargetUnreachable(target=target, detail=_plain(error)) from error
    except (BotoCoreError, OSError) as error:
        raise TargetUnreachable(target=target, detail=error) from error


def _untrusted(target: str, error: BaseException) -> DeliveryError:
    """A certificate that does not hold is for people; a line cut inside TLS may pass."""
    words = str(error)
    if "certificate has expired" in words:
        return TargetNotTrusted(target=target, detail=_("its certificate has expired"))
    if "CERTIFICATE_VERIFY_FAILED" in words:
        return TargetNotTrusted(target=target, detail=_certificate_words(error) or words)
    if "ALERT" in _chain(error):
        return TargetRefusesKey(target=target, detail=_("it does not take our certificate"))
    return TargetUnreachable(target=target, detail=words)


def _certificate_words(error: BaseException | None) -> str:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error.verify_message
        error = error.__cause__ or error.__context__
    return ""


def _chain(error: BaseException | None) -> str:
    """All that was said on the way; an alert of TLS may be deep inside."""
    words = ""
    while error is not None:
        words += f" {error!r}"
        error = error.__cause__ or error.__context__
    return words.upper()


def _plain(error: BaseException) -> str:
    return " ".join(str(error).split())
