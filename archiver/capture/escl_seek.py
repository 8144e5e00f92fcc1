"""Network scanners that make themselves known (mDNS, DNS-SD): for machines without SANE.

Source: RFC 6762, RFC 6763; Mopria eSCL Technical Specification 2.97, 4 (`_uscan._tcp`, `rs`).
"""

import re
import time
from typing import Final

from zeroconf import IPVersion, ServiceBrowser, ServiceInfo, ServiceListener, Zeroconf

SCHEMES: Final = {"_uscan._tcp.local.": "http", "_uscans._tcp.local.": "https"}
SECONDS: Final = 3.0  # a scanner answers within one; some sleep
_ANSWER_MS: Final = 1000
_MOST: Final = 32  # whoever floods the network is not listened to for ever
_PLAIN: Final = re.compile(r"[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*")


class _Heard(ServiceListener):
    def __init__(self) -> None:
        self.services: dict[str, str] = {}  # name -> type

    def add_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        del zc
        if len(self.services) < _MOST:
            self.services[name] = type_

    update_service = add_service

    def remove_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        del zc, type_
        self.services.pop(name, None)


def seek(seconds: float = SECONDS) -> tuple[str, ...]:
    """Addresses such as http://192.0.2.7:8080/eSCL/ of all that answer in time; none where there
    is no network. Encrypted ones stand last: most prove themselves by a key of their own making.
    """
    try:
        line = Zeroconf()
    except OSError:
        return ()
    heard = _Heard()
    try:
        browser = ServiceBrowser(line, list(SCHEMES), heard)
        time.sleep(seconds)
        browser.cancel()
        known = [ServiceInfo(kind, name) for name, kind in dict(heard.services).items()]
        found = [address_of(info) for info in known if info.request(line, _ANSWER_MS)]
    finally:
        line.close()
    return tuple(sorted({address for address in found if address}, key=lambda a: (a[4] == "s", a)))


def address_of(info: ServiceInfo) -> str:
    """Where the scanner is asked; empty where its announcement says no plain place."""
    (host, *_), port = info.parsed_addresses(IPVersion.V4Only) or [""], info.port
    path = (info.properties.get(b"rs") or b"eSCL").decode("ascii", "replace").strip("/")
    plain = _PLAIN.fullmatch(path) and not {".", ".."} & set(path.split("/"))
    return f"{SCHEMES[info.type]}://{host}:{port}/{path}/" if host and port and plain else ""
