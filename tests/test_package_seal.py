"""What stands in a sealed package."""

import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from time import sleep

import bagit
import pytest
from lxml import etree

from archiver.errors import ArchiveDamaged, ArchiverError, StorageFailed
from archiver.package import container
from archiver.package.seal import write_bag
from archiver.package.verify import verify_bag
from archiver.store.keys import SigningKey
from tests.schemas import assert_valid, needs
from tests.sealing import NAME, case_source

BAG = "civil-99001-93-v1"
METS = {"m": "http://www.loc.gov/METS/", "x": "http://www.w3.org/1999/xlink"}
PREMIS = {"p": "http://www.loc.gov/premis/v3"}


@pytest.fixture
def key(tmp_path: Path) -> SigningKey:
    return SigningKey.load_or_create(tmp_path / "keys" / "station.pem")


@pytest.fixture
def package(tmp_path: Path, key: SigningKey) -> Path:
    write_bag(case_source(tmp_path), tmp_path / NAME, key)
    return tmp_path / NAME


def read(package: Path, path: str) -> bytes:
    with zipfile.ZipFile(package) as opened:
        return opened.read(f"{BAG}/{path}")


def test_the_report_tells_what_was_written(tmp_path: Path, key: SigningKey) -> None:
    report = write_bag(case_source(tmp_path), tmp_path / NAME, key)
    content = (tmp_path / NAME).read_bytes()
    assert (report.name, report.size) == (NAME, len(content))
    assert report.sha256 == sha256(content).hexdigest()
    assert report.key_id == key.key_id
    for path, digest in report.files.items():
        assert sha256(read(tmp_path / NAME, path)).hexdigest() == digest
    assert report.manifest_sha256 == report.files["manifest-sha256.txt"]


def test_any_unzip_reads_it_and_bagit_finds_it_valid(package: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(package) as opened:
        assert opened.testzip() is None
        assert {info.compress_type for info in opened.infolist()} == {zipfile.ZIP_STORED}
        opened.extractall(tmp_path / "out")
    bag = bagit.Bag(str(tmp_path / "out" / BAG))
    bag.validate()
    assert bag.version_info == (1, 0)
    assert bag.info["Case-Key"] == ["99001/93", "99002/93"]
    assert bag.info["Sealed-By"] == "منى"
    assert bag.info["Source-Organization"] == "محكمة النقض"


def test_masters_are_carried_bit_for_bit_under_plain_names(package: Path, tmp_path: Path) -> None:
    source = case_source(tmp_path)
    names = ("0001.jpg", "0002.jpg", "0003.tif")
    for page, name in zip(source.pages, names, strict=True):
        master = read(package, f"data/representations/master/data/{name}")
        assert master == source.blob_path(page.master).read_bytes()
    with zipfile.ZipFile(package) as opened:
        assert all(name.isascii() for name in opened.namelist())
        assert not any(name.endswith("alto/0003.xml") for name in opened.namelist())


def test_the_same_seal_gives_the_same_bytes(package: Path, tmp_path: Path, key: SigningKey) -> None:
    again = tmp_path / "elsewhere"
    again.mkdir()
    write_bag(case_source(again), again / NAME, key)
    assert (again / NAME).read_bytes() == package.read_bytes()
    os.utime(again / "access.pdf", (1, 1))
    write_bag(case_source(again), again / NAME, key)
    assert (again / NAME).read_bytes() == package.read_bytes()


def test_a_package_is_read_only(package: Path) -> None:
    assert package.stat().st_mode & 0o222 == 0


def test_the_mets_leads_from_case_to_document_to_page_to_file(package: Path) -> None:
    root = etree.fromstring(read(package, "data/METS.xml"))
    leads = root.xpath("m:structMap/m:div/m:div/m:mptr/@x:href", namespaces=METS)
    assert leads == ["representations/master/METS.xml", "representations/access/METS.xml"]
    hrefs = []
    for name in ("master", "access"):
        folder = f"data/representations/{name}"
        part = etree.fromstring(read(package, f"{folder}/METS.xml"))
        case = part.find("m:structMap[@TYPE='LOGICAL']/m:div", METS)
        assert case is not None
        labels = [document.get("LABEL") for document in case.findall("m:div", METS)]
        assert labels == ["غلاف ملف الطعن", "حكم محكمة النقض"]
        page = case.find("m:div/m:div", METS)
        assert page is not None
        assert page.get("LABEL") == "صفحة 1"
        files = dict(_files(package, folder, part))
        hrefs += [files[str(pointer.get("FILEID"))] for pointer in page.findall("m:fptr", METS)]
        pointers = case.xpath(".//m:fptr/@FILEID", namespaces=METS)
        assert sorted(pointers) == sorted(files)
    assert hrefs == ["data/0001.jpg", "data/alto/0001.xml"]


def _files(package: Path, folder: str, mets: etree._Element) -> Iterator[tuple[str, str]]:
    """Id and place of every file a METS names; its size and hash must be the file's."""
    for file in mets.iterfind(".//m:file", METS):
        place = file.find("m:FLocat", METS)
        assert place is not None
        href = str(place.get(f"{{{METS['x']}}}href"))
        content = read(package, f"{folder}/{href}")
        assert sha256(content).hexdigest() == file.get("CHECKSUM")
        assert str(len(content)) == file.get("SIZE")
        yield str(file.get("ID")), href


def test_premis_holds_events_agents_and_the_names_the_files_came_with(package: Path) -> None:
    root = etree.fromstring(read(package, "data/metadata/preservation/premis.xml"))
    assert root.xpath("p:event/p:eventType/text()", namespaces=PREMIS) == [
        "ingestion", "turn", "information package creation",
    ]  # fmt: skip
    assert root.xpath("p:agent/p:agentName/text()", namespaces=PREMIS) == [
        "سامي", "منى", "archiving-station 0.1.0",
    ]  # fmt: skip
    assert root.xpath("p:object/p:originalName/text()", namespaces=PREMIS)[1:] == ["ملف ١.pdf"] * 3
    known = set(root.xpath("p:object/p:objectIdentifier/*[2]/text()", namespaces=PREMIS))
    known |= set(root.xpath("p:agent/p:agentIdentifier/*[2]/text()", namespaces=PREMIS))
    links = root.xpath("p:event/*[starts-with(local-name(), 'linking')]/*[2]/text()",
                       namespaces=PREMIS)  # fmt: skip
    assert links
    assert set(links) <= known


def test_a_character_that_xml_cannot_hold_is_replaced(package: Path) -> None:
    root = etree.fromstring(read(package, "data/metadata/descriptive/dc.xml"))
    assert root[0].text == "طعن شركة النور <&>\ufffd"


def test_a_case_without_number_access_copy_or_reading_can_be_sealed(
    tmp_path: Path, key: SigningKey
) -> None:
    source = case_source(tmp_path)
    source = replace(
        source,
        case=replace(source.case, keys=(), reference="سجل ١٩٠٤", title=""),
        pages=tuple(replace(page, alto="") for page in source.pages),
        pdf=None,
    )
    report = write_bag(source, tmp_path / NAME, key)
    assert verify_bag(tmp_path / NAME, key.public) == report
    assert not any("access" in path for path in report.files)


@pytest.mark.parametrize("error", [ArchiveDamaged, StorageFailed])
def test_a_master_that_is_not_sound_is_not_sealed(
    tmp_path: Path, key: SigningKey, error: type[ArchiverError]
) -> None:
    source = case_source(tmp_path)
    blob = source.blob_path(source.pages[1].master)
    blob.write_bytes(b"\xff\xd8 sec0nd")
    if error is StorageFailed:
        blob.unlink()
    out = tmp_path / "out"
    with pytest.raises(error):
        write_bag(source, out / NAME, key)
    assert not out.exists() or not list(out.iterdir())


def test_killed_while_sealing_leaves_a_sound_package_or_none(
    tmp_path: Path, key: SigningKey
) -> None:
    program = """
import sys
from pathlib import Path
from archiver.package.seal import write_bag
from archiver.store.keys import SigningKey
from tests.sealing import case_source
folder, out = map(Path, sys.argv[1:])
source, key = case_source(folder), SigningKey.load(folder / "keys" / "station.pem")
print(flush=True)
for _ in range(10_000):
    write_bag(source, out, key)
    out.unlink()
"""
    out = tmp_path / "out" / NAME
    chance = random.Random(2)
    for _ in range(5):
        command = [sys.executable, "-c", program, str(tmp_path), str(out)]
        root = Path(__file__).parent.parent
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"\n"
            sleep(chance.uniform(0.01, 0.1))
            process.kill()
        if out.exists():
            verify_bag(out, key.public)
        assert {path.name for path in out.parent.glob("[!.]*")} <= {NAME}


def test_large_packages_use_zip64(
    tmp_path: Path, key: SigningKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container, "ZIP64_FROM", 1000)
    report = write_bag(case_source(tmp_path), tmp_path / NAME, key)
    assert verify_bag(tmp_path / NAME, key.public) == report
    with zipfile.ZipFile(tmp_path / NAME) as opened:
        assert opened.testzip() is None
        assert len(opened.namelist()) == len(report.files)
        assert max(info.header_offset for info in opened.infolist()) > 1000


def test_progress_ends_with_everything_written(tmp_path: Path, key: SigningKey) -> None:
    seen: list[tuple[int, int]] = []
    write_bag(case_source(tmp_path), tmp_path / NAME, key, lambda *step: seen.append(step))
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1] > 0


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        pytest.param("METS.xml", "mets", marks=needs("mets")),
        pytest.param("metadata/preservation/premis.xml", "premis-v3-0", marks=needs("premis-v3-0")),
    ],
)
def test_mets_and_premis_are_valid(package: Path, path: str, schema: str) -> None:
    assert_valid(schema, read(package, f"data/{path}"))
