"""What SSH and SFTP say of a target, in our words."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import asyncssh

from archiver.errors import (
    TargetFull,
    TargetGone,
    TargetNotTrusted,
    TargetReadOnly,
    TargetRefusesKey,
    TargetUnreachable,
)
from archiver.i18n import _

_UNTRUSTED: Final = (
    asyncssh.HostKeyNotVerifiable,
    asyncssh.KeyExchangeFailed,
    asyncssh.ProtocolNotSupported,
)
_READ_ONLY: Final = (asyncssh.SFTPPermissionDenied, asyncssh.SFTPWriteProtect)
_FULL: Final = (asyncssh.SFTPNoSpaceOnFilesystem, asyncssh.SFTPQuotaExceeded)
GONE: Final = (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath)


@contextmanager
def sftp_faults(target: str) -> Iterator[None]:
    """Raise the DeliveryError that fits. OpenSSH tells a full disk only as `Failure`: see
    `SftpLine.write_failed`."""
    try:
        yield
    except _UNTRUSTED as error:
        detail = _("its host key is not the pinned one")
        if not isinstance(error, asyncssh.HostKeyNotVerifiable):
            detail = error.reason
        raise TargetNotTrusted(target=target, detail=detail) from error
    except asyncssh.PermissionDenied as error:
        raise TargetRefusesKey(target=target, detail=error.reason) from error
    except _READ_ONLY as error:
        raise TargetReadOnly(target=target, detail=error.reason) from error
    except _FULL as error:
        raise TargetFull(target=target, detail=error.reason) from error
    except GONE as error:
        raise TargetGone(target=target, detail=error.reason) from error
    except asyncssh.Error as error:
        raise TargetUnreachable(target=target, detail=error.reason) from error
    except (OSError, asyncio.IncompleteReadError) as error:
        detail = _("no answer in time") if isinstance(error, TimeoutError) else str(error)
        raise TargetUnreachable(target=target, detail=detail) from error
