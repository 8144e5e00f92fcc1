"""What people said of a case file goes into its package, in the words of the libraries."""

import zipfile

import pytest
from lxml import etree

from archiver.package import layout
from archiver.package.record import read_record
from archiver.workflow.checking import check
from archiver.workflow.sealing import seal
from archiver.workflow.station import Station
from tests.papers import CHECKER, OPERATOR, finish
from tests.schemas import assert_valid, is_there

MODS = f"{layout.DESCRIPTIVE}/mods.xml"
SCHEMAS = {
    layout.METS: "mets", layout.representation_mets("access"): "mets",
    layout.PREMIS: "premis-v3-0", MODS: "mods-3-8",
    f"{layout.content('access')}/alto/0001.xml": "alto-4-4",
}  # fmt: skip


def test_a_package_says_what_people_said(read_station: Station) -> None:
    finish(check(read_station, CHECKER, 1, accept=True))
    finish(seal(read_station, OPERATOR, 1))
    (package,) = read_station.sealed.glob("*.zip")
    with zipfile.ZipFile(package) as bag:
        root = bag.namelist()[0].partition("/")[0]
        files = {name.removeprefix(f"{root}/"): bag.read(name) for name in bag.namelist()}
    mods = etree.fromstring(files[MODS])
    assert mods.findtext("{*}titleInfo/{*}title")
    core = etree.fromstring(files[f"{layout.DESCRIPTIVE}/dc.xml"])
    assert "99001/93" in " ".join(core.itertext())
    assert read_record(files[layout.RECORD])["values"]
    described = etree.fromstring(files[layout.METS]).findall("{*}dmdSec/{*}mdRef")
    assert {"DC", "MODS", "OTHER"} == {element.get("MDTYPE") for element in described}
    if not is_there("mets"):
        pytest.skip("the package is as it should be; ARCHIVER_XSD names no schemas to hold it to")
    for path, schema in SCHEMAS.items():
        if is_there(schema):
            assert_valid(schema, files[path])
