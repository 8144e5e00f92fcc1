"""Scanners that make themselves known on the network, by a real responder on loopback."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest
from zeroconf import ServiceInfo, Zeroconf

from archiver.capture import escl_seek, scanner_process
from archiver.capture.escl import PREFIX
from archiver.capture.escl_seek import address_of
from archiver.errors import ToolMissing
from archiver.workflow import capturing
from archiver.workflow.station import Station
from tests.servers.escl import scanner

KIND = "_uscan._tcp.local."


def announcement(port: int, path: str = "eSCL", name: str = "Test Scanner") -> ServiceInfo:
    return ServiceInfo(
        KIND, f"{name}.{KIND}", port=port, addresses=[socket.inet_aton("127.0.0.1")],
        properties={"rs": path, "ty": name}, server="test-scanner.local.",
    )  # fmt: skip


@contextmanager
def announced(*found: ServiceInfo) -> Iterator[None]:
    with Zeroconf(interfaces=["127.0.0.1"]) as responder:
        for info in found:
            responder.register_service(info)
        yield


def test_a_scanner_of_the_network_is_found_and_a_dead_one_is_not(
    station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dll.conf").touch()  # SANE is there and knows nobody
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))
    with scanner([]) as server, scanner([]) as other:
        dead = announcement(1, name="Dead Scanner")
        with announced(announcement(server.server_port), dead):
            found = capturing.devices(station, seek=True).devices
            names = [device.name for device in found if device.model == "Test Scanner"]
            assert PREFIX + server.url in names
            assert PREFIX + other.url not in names  # it says nothing of itself
            assert not [device for device in found if device.name.endswith(":1/eSCL/")]
            can = capturing.capabilities(station, PREFIX + server.url)
    assert can.sources


def test_without_sane_they_are_sought_anyhow(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_sane(name: str) -> NoReturn:
        raise ToolMissing(tool=name, detail="no python-sane")

    with scanner([]) as server:
        monkeypatch.setattr(scanner_process, "driver_of", no_sane)
        monkeypatch.setattr(escl_seek, "seek", lambda: (server.url,))
        missing, found = scanner_process._devices({"named": []})
    assert missing["missing"]["detail"] == "no python-sane"
    assert [device["model"] for device in found["devices"]] == ["Test Scanner"]


@pytest.mark.parametrize(
    "path", ["eSCL/../admin", "eSCL?x=1", "a b", "eSCL\r\nHost: x", "مسح", "//"]
)
def test_an_announcement_says_a_plain_place_or_none(path: str) -> None:
    assert address_of(announcement(8080, path)) in ("", "http://127.0.0.1:8080/eSCL/")
    assert "\n" not in address_of(announcement(8080, path))


def test_the_place_that_is_announced() -> None:
    assert address_of(announcement(8080, "/ipp/eSCL/")) == "http://127.0.0.1:8080/ipp/eSCL/"
