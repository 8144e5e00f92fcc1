"""The forms a package may have: E-ARK's, and that of before; one hash or two; what it tells."""

import csv
import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import bagit
import pytest
from lxml import etree

from archiver.errors import PackageInvalid
from archiver.package import csip
from archiver.package.layout import METS, RECORD, TABLE, representation_mets
from archiver.package.record import RecordError, read_record
from archiver.package.seal import write_bag
from archiver.package.verify import verify_bag
from archiver.store.audit import Head
from archiver.store.keys import SigningKey, read_statement
from tests.sealing import NAME, case_source, rewritten

BAG = "civil-99001-93-v1"
FIRST_FORM = Path(__file__).parent / "packages" / NAME


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("forms")


@pytest.fixture(scope="module")
def key(folder: Path) -> SigningKey:
    return SigningKey.load_or_create(folder / "keys" / "station.pem")


@pytest.fixture(scope="module")
def package(folder: Path, key: SigningKey) -> Path:
    write_bag(case_source(folder), folder / NAME, key)
    return folder / NAME


def read(package: Path, path: str) -> bytes:
    with zipfile.ZipFile(package) as opened:
        return opened.read(f"{BAG}/{path}")


def test_a_package_of_the_first_form_is_still_sound(tmp_path: Path) -> None:
    report = verify_bag(FIRST_FORM)
    assert report.files["data/metadata/premis.xml"]
    copy = tmp_path / NAME
    copy.write_bytes(FIRST_FORM.read_bytes())
    for bad in Copies(copy, 40, seed=7):
        with pytest.raises(PackageInvalid):
            verify_bag(bad)


class Copies:
    """`times` copies of a package, one after the other, each with one byte changed at random."""

    def __init__(self, package: Path, times: int, seed: int) -> None:
        self._package, self._times, self._chance = package, times, random.Random(seed)

    def __iter__(self) -> "Copies":
        return self

    def __next__(self) -> Path:
        if not self._times:
            raise StopIteration
        self._times -= 1
        place = self._chance.randrange(self._package.stat().st_size)
        flip = self._chance.randrange(1, 256)

        def change(content: bytes) -> bytes:
            return content[:place] + bytes([content[place] ^ flip]) + content[place + 1 :]

        return rewritten(self._package, change)


@pytest.mark.parametrize("times", [300, pytest.param(5000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("algorithm", ["sha256", "sha512"])
def test_one_changed_byte_is_always_found(
    tmp_path: Path, key: SigningKey, algorithm: str, times: int
) -> None:
    source = replace(case_source(tmp_path), algorithm=algorithm)  # type: ignore[arg-type]
    write_bag(source, tmp_path / NAME, key)
    found = 0
    for bad in Copies(tmp_path / NAME, times, seed=times):
        with pytest.raises(PackageInvalid):
            verify_bag(bad, key.public)
        found += 1
    assert found == times


def test_two_hashes_are_two_manifests(tmp_path: Path, key: SigningKey) -> None:
    source = replace(case_source(tmp_path), algorithm="sha512")
    report = write_bag(source, tmp_path / NAME, key)
    assert verify_bag(tmp_path / NAME, key.public) == report
    with zipfile.ZipFile(tmp_path / NAME) as opened:
        opened.extractall(tmp_path / "out")
    bag = bagit.Bag(str(tmp_path / "out" / BAG))
    bag.validate()
    assert set(bag.algorithms) == {"sha256", "sha512"}


def test_the_seal_tells_the_log_and_what_it_replaces(tmp_path: Path, key: SigningKey) -> None:
    head = Head(41, "c" * 64)
    source = replace(case_source(tmp_path), audit_head=head, previous="civil-99001-93-v0.zip")
    report = write_bag(source, tmp_path / NAME, key)
    facts, _signature = read_statement(report.statement.encode(), "seal")
    assert facts["audit"] == {"seq": 41, "hash": "c" * 64}
    assert facts["replaces"] == "civil-99001-93-v0.zip"
    assert b"Replaces: civil-99001-93-v0.zip\n" in read(tmp_path / NAME, "bag-info.txt")
    root = etree.fromstring(read(tmp_path / NAME, METS))
    assert root.findtext(".//{*}altRecordID") == "civil-99001-93-v0.zip"


def test_the_record_tells_another_archive_everything(package: Path) -> None:
    facts = read_record(read(package, RECORD))
    assert facts["case"]["keys"][0] == {"series": "civil", "number": 99001, "judicial_year": 93}
    pages = facts["pages"]
    assert [page["document"] for page in pages] == [1, 1, 2]
    assert pages[0]["master_file"] == "data/representations/master/data/0001.jpg"
    assert pages[0]["alto_file"] == "data/representations/access/data/alto/0001.xml"
    assert pages[2]["alto_file"] == ""
    assert not {"id", "alto", "text", "master"} & pages[0].keys()
    for wrong in (b"", b"[]", b'{"version":"record/9"}'):
        with pytest.raises(RecordError):
            read_record(wrong)


def test_archivematica_finds_its_table(package: Path) -> None:
    rows = list(csv.reader(io.StringIO(read(package, TABLE).decode())))
    heads = rows[0]
    assert heads[0] == "filename"
    assert heads.count("dc.identifier") == 3
    whole, *pages = rows[1:]
    assert whole[0] == "objects/representations"
    assert "99001/93" in " ".join(whole)
    assert [row[0] for row in pages] == [
        f"objects/representations/master/data/{name}"
        for name in ("0001.jpg", "0002.jpg", "0003.tif")
    ]
    assert pages[2][heads.index("dc.title")] == "حكم محكمة النقض، صفحة 3"


def test_two_pages_of_one_master_are_one_file(tmp_path: Path, key: SigningKey) -> None:
    source = case_source(tmp_path)
    first, second, third = source.pages
    source = replace(source, pages=(first, replace(second, master=first.master), third))
    report = write_bag(source, tmp_path / NAME, key)
    masters = [path for path in report.files if "/master/data/" in path]
    assert [path[-8:] for path in masters] == ["0001.jpg", "0003.tif"]
    facts = read_record(read(tmp_path / NAME, RECORD))
    assert len({page["master_file"] for page in facts["pages"]}) == 2
    assert verify_bag(tmp_path / NAME, key.public) == report


Change = Callable[[etree._Element], None]
_X = "{http://www.w3.org/1999/xlink}"
_C = "{https://DILCIS.eu/XML/METS/CSIPExtensionMETS}"


def _attribute(path: str, name: str, value: str | None = None) -> Change:
    def change(root: etree._Element) -> None:
        element = root if path == "." else root.find(path)
        assert element is not None
        if value is None:
            del element.attrib[name]
        else:
            element.set(name, value)

    return change


def _without(path: str) -> Change:
    def change(root: etree._Element) -> None:
        for element in root.findall(path):
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)

    return change


_MAP = "{*}structMap[@LABEL='CSIP']"
BREACHES: dict[str, tuple[str, Change]] = {
    "CSIP1": (METS, _attribute(".", "OBJID", "")),
    "CSIP2": (METS, _attribute(".", "TYPE")),
    "CSIP4": (representation_mets("master"), _attribute(".", f"{_C}CONTENTINFORMATIONTYPE")),
    "CSIP5": (METS, _attribute(".", f"{_C}OTHERCONTENTINFORMATIONTYPE")),
    "CSIP6": (METS, _attribute(".", "PROFILE")),
    "CSIP117": (METS, _without("{*}metsHdr")),
    "CSIP7": (METS, _attribute("{*}metsHdr", "CREATEDATE")),
    "CSIP9": (METS, _attribute("{*}metsHdr", f"{_C}OAISPACKAGETYPE", "ZIP")),
    "CSIP10-16": (METS, _without("{*}metsHdr/{*}agent/{*}note")),
    "CSIP18-19": (METS, _attribute("{*}dmdSec", "CREATED")),
    "CSIP22-30": (METS, _attribute("{*}dmdSec/{*}mdRef", "LOCTYPE", "DOI")),
    "CSIP33": (METS, _attribute("{*}amdSec/{*}digiprovMD", "ID")),
    "CSIP36-44": (METS, _attribute("{*}amdSec/{*}digiprovMD/{*}mdRef", "MIMETYPE")),
    "CSIP59": (METS, _attribute("{*}fileSec", "ID")),
    "CSIP60": (METS, _attribute("{*}fileSec/{*}fileGrp[@USE='Documentation']", "USE", "x")),
    "CSIP113": (METS, _attribute("{*}fileSec/{*}fileGrp[@USE='Schemas']", "USE", "x")),
    "CSIP114": (
        representation_mets("access"),
        _attribute("{*}fileSec/{*}fileGrp", "USE", "Papers"),
    ),
    "CSIP64-66": (METS, _attribute("{*}fileSec/{*}fileGrp", "ID")),
    "CSIP67-72": (METS, _attribute("{*}fileSec/{*}fileGrp/{*}file", "CREATED")),
    "CSIP76-79": (METS, _attribute("{*}fileSec//{*}FLocat", f"{_X}type", "extended")),
    "CSIP80-82": (METS, _attribute(_MAP, "TYPE", "LOGICAL")),
    "CSIP83-84": (METS, _attribute(_MAP, "ID")),
    "CSIP85-86": (METS, _attribute(f"{_MAP}/{{*}}div", "LABEL", "other")),
    "CSIP88-90": (METS, _attribute(f"{_MAP}/{{*}}div/{{*}}div", "LABEL", "other")),
    "CSIP93-96": (METS, _without(f"{_MAP}/{{*}}div/{{*}}div[@LABEL='Documentation']")),
    "CSIP97-100": (METS, _without(f"{_MAP}/{{*}}div/{{*}}div[@LABEL='Schemas']/{{*}}fptr")),
    "CSIP101-104": (
        representation_mets("master"),
        _without(f"{_MAP}/{{*}}div/{{*}}div[@LABEL='Representations']"),
    ),
    "CSIP105-112": (METS, _attribute(f"{_MAP}//{{*}}mptr", f"{_X}title", "group-none")),
    "CSIP110": (METS, _attribute(f"{_MAP}//{{*}}mptr", f"{_X}href", "nowhere/METS.xml")),
}


@pytest.mark.parametrize("rule", BREACHES)
def test_a_mets_that_breaks_a_rule_of_e_ark_is_named(package: Path, rule: str) -> None:
    path, change = BREACHES[rule]
    known = {METS, representation_mets("master"), representation_mets("access")}
    root = etree.fromstring(read(package, path))
    assert csip.unmet(root, path, known) == ""
    change(root)
    assert csip.unmet(root, path, known) == rule


def test_every_rule_has_its_breach() -> None:
    rules = {rule for rule, *_rest in csip.RULES}
    assert rules <= BREACHES.keys()
