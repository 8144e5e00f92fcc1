"""A package that was changed, forged or made to do harm is refused, with a reason."""

import random
import re
import zipfile
import zlib
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from time import thread_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiver.errors import PackageInvalid, StationUnknown
from archiver.package.container import Entry, directory, local_header, stamp
from archiver.package.seal import write_bag
from archiver.package.tagfiles import SIGNED_TAGS, manifest
from archiver.package.verify import verify_bag
from archiver.store.keys import SigningKey, read_statement, sign_statement
from tests.sealing import NAME, SEALED_AT, case_source, rewritten

BAG = "civil-99001-93-v1"
MASTER = "data/representations/master/data/0001.jpg"
Files = dict[str, bytes]  # path inside the zip -> content


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sealed")


@pytest.fixture(scope="module")
def key(folder: Path) -> SigningKey:
    return SigningKey.load_or_create(folder / "keys" / "station.pem")


@pytest.fixture(scope="module")
def package(folder: Path, key: SigningKey) -> Path:
    write_bag(case_source(folder), folder / NAME, key)
    return folder / NAME


def unpacked(package: Path) -> Files:
    with zipfile.ZipFile(package) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(files: list[tuple[str, bytes]]) -> bytes:
    """A container in our own form around `files`, in the order given."""
    when = stamp(datetime.fromisoformat(SEALED_AT))
    entries = [Entry(name, len(content), zlib.crc32(content)) for name, content in files]
    whole = b"".join(
        local_header(entry, when) + content
        for entry, (_name, content) in zip(entries, files, strict=True)
    )
    return whole + directory(entries, when)


def forged(package: Path, change: Callable[[Files], None]) -> Path:
    """`package` with its files changed and every checksum but the seal made to fit again."""
    files = unpacked(package)
    change(files)
    refit(files)
    return rewritten(package, lambda _old: packed(sorted(files.items())))


def refit(files: Files) -> None:
    for name, payload in (("manifest-sha256.txt", True), ("tagmanifest-sha256.txt", False)):
        paths = {n.partition("/")[2]: sha256(c).hexdigest() for n, c in files.items()}
        paths.pop("tagmanifest-sha256.txt", None)
        chosen = {p: h for p, h in paths.items() if p.startswith("data/") == payload}
        files[f"{BAG}/{name}"] = manifest(chosen)


def refused(package: Path, word: str = "") -> None:
    with pytest.raises(PackageInvalid) as caught:
        verify_bag(package)
    assert word in str(caught.value)


def test_a_sound_package_is_reported_with_every_hash(package: Path, key: SigningKey) -> None:
    report = verify_bag(package, key.public)
    found = {n.partition("/")[2]: sha256(c).hexdigest() for n, c in unpacked(package).items()}
    assert report.files == found
    assert verify_bag(package, known_keys={key.key_id: key.public}) == report


def test_a_sound_package_of_an_unknown_station_is_not_believed(
    package: Path, folder: Path, key: SigningKey
) -> None:
    other = SigningKey.load_or_create(folder / "other" / "station.pem")
    with pytest.raises(StationUnknown) as caught:
        verify_bag(package, other.public)
    assert caught.value.facts["key_id"] == key.key_id
    with pytest.raises(StationUnknown):
        verify_bag(package, known_keys={})


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), bit=st.integers(0, 7))
def test_any_changed_byte_is_found(package: Path, data: st.DataObject, bit: int) -> None:
    place = data.draw(st.integers(0, package.stat().st_size - 1))

    def flip(whole: bytes) -> bytes:
        return whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :]

    refused(rewritten(package, flip))


def test_every_byte_outside_the_files_counts(package: Path) -> None:
    """Headers, directory and end record hold no byte that may be anything else."""
    whole = package.read_bytes()
    start = whole.index(b"PK\1\2")
    for place in (*range(30), *range(start, len(whole))):
        refused(rewritten(package, lambda w, p=place: w[:p] + bytes([w[p] ^ 4]) + w[p + 1 :]))


@pytest.mark.parametrize("cut", [0, 1, 29, 30, 5000, -1, -22, -500])
def test_a_package_cut_short_is_refused(package: Path, cut: int) -> None:
    refused(rewritten(package, lambda whole: whole[:cut]))


@pytest.mark.parametrize("extra", [b"\0", b"PK\3\4", b"a comment"])
def test_bytes_after_or_before_the_package_are_refused(package: Path, extra: bytes) -> None:
    refused(rewritten(package, lambda whole: whole + extra))
    refused(rewritten(package, lambda whole: extra + whole))


def test_random_bytes_are_refused(package: Path) -> None:
    noise = random.Random(7)
    for size in (0, 3, 4, 100, 100_000):
        refused(rewritten(package, lambda _old, n=size: noise.randbytes(n)))
        refused(rewritten(package, lambda _old, n=size: b"PK\3\4" + noise.randbytes(n)))


@pytest.mark.parametrize(
    "name",
    ["../evil", "/etc/evil", f"{BAG}/../evil", f"{BAG}/data/../../evil", f"{BAG}/data/.hidden",
     f"{BAG}\\evil", f"{BAG}/C:evil", f"{BAG}/data/a\nb", f"{BAG}/data//a", f"{BAG}/data/",
     f"{BAG}/" + "a" * 300, "evil", f"{BAG}/data/a\0b", f"{BAG}/~evil"],
)  # fmt: skip
def test_a_forbidden_name_is_refused(package: Path, name: str) -> None:
    files = sorted([*unpacked(package).items(), (name, b"x")])
    refused(rewritten(package, lambda _old: packed(files)), "forbidden name")


def foreign(package: Path, change: Callable[[zipfile.ZipFile], None], **how: int) -> Path:
    """The same files in a zip that another program wrote."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", **how) as out:  # type: ignore[call-overload]
        for name, content in unpacked(package).items():
            out.writestr(zipfile.ZipInfo(name, (2026, 11, 21, 10, 20, 30)), content)
        change(out)
    return rewritten(package, lambda _old: made.getvalue())


def test_names_that_turn_the_direction_of_writing_are_refused(package: Path) -> None:
    for name in ("data/gpj\u202e.exe", "data/ملف.jpg"):
        refused(foreign(package, lambda out, n=name: out.writestr(f"{BAG}/{n}", b"x")))


def test_a_symbolic_link_is_refused(package: Path) -> None:
    def link(out: zipfile.ZipFile) -> None:
        info = zipfile.ZipInfo(f"{BAG}/data/link")
        info.external_attr = 0o120777 << 16
        out.writestr(info, b"/etc/passwd")

    refused(foreign(package, link))


def test_a_zip_bomb_is_refused_before_it_bursts(package: Path) -> None:
    def bomb(out: zipfile.ZipFile) -> None:
        out.writestr(f"{BAG}/aaa", bytes(200_000_000), zipfile.ZIP_DEFLATED)

    made = BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        bomb(out)
    start = thread_time()
    refused(rewritten(package, lambda _old: made.getvalue()), "compressed")
    assert thread_time() - start < 0.5


def test_an_entry_that_stands_twice_is_refused(package: Path) -> None:
    files = [*unpacked(package).items()]
    refused(rewritten(package, lambda _old: packed(sorted([*files, files[3]]))), "twice")


def test_two_folders_are_refused(package: Path) -> None:
    files = sorted([*unpacked(package).items(), ("zzz/data/a", b"x")])
    refused(rewritten(package, lambda _old: packed(files)), "more than one folder")


def test_a_missing_file_is_named(package: Path) -> None:
    files = unpacked(package)
    del files[f"{BAG}/{MASTER}"]
    refused(rewritten(package, lambda _old: packed(sorted(files.items()))), MASTER)


def test_an_extra_file_is_named(package: Path) -> None:
    files = unpacked(package) | {f"{BAG}/data/extra.txt": b"x"}
    refused(rewritten(package, lambda _old: packed(sorted(files.items()))), "data/extra.txt")


def test_a_changed_file_is_named(package: Path) -> None:
    files = unpacked(package) | {f"{BAG}/{MASTER}": b"x"}
    refused(rewritten(package, lambda _old: packed(sorted(files.items()))), MASTER)


@pytest.mark.parametrize("name", ["bagit.txt", "signature.json", "manifest-sha256.txt",
                                  "tagmanifest-sha256.txt", "data/METS.xml"])  # fmt: skip
def test_a_bag_without_one_of_its_own_files_is_refused(package: Path, name: str) -> None:
    files = unpacked(package)
    del files[f"{BAG}/{name}"]
    refused(rewritten(package, lambda _old: packed(sorted(files.items()))), name)


def test_a_forger_who_mends_every_checksum_still_lacks_the_seal(package: Path) -> None:
    def change(files: Files) -> None:
        files[f"{BAG}/{MASTER}"] = files[f"{BAG}/{MASTER}"].replace(b"first", b"other")

    refused(forged(package, change), "seal")


@pytest.mark.parametrize(("old", "new"), [(b"99001/93", b"99007/93"), ("منى".encode(), b"me")])
def test_what_the_bag_says_of_itself_is_sealed_too(package: Path, old: bytes, new: bytes) -> None:
    def change(files: Files) -> None:
        files[f"{BAG}/bag-info.txt"] = files[f"{BAG}/bag-info.txt"].replace(old, new)

    refused(forged(package, change), "seal")


def test_a_renamed_package_is_refused(package: Path, tmp_path: Path) -> None:
    other = tmp_path / "civil-99002-93-v1-0123456789ab.zip"
    other.write_bytes(package.read_bytes())
    refused(other, "another package")


def recount(files: Files) -> None:
    """Make the oxum fit again."""
    payload = [content for name, content in files.items() if name.startswith(f"{BAG}/data/")]
    row = f"Payload-Oxum: {sum(map(len, payload))}.{len(payload)}".encode()
    info = f"{BAG}/bag-info.txt"
    files[info] = re.sub(rb"Payload-Oxum: \S+", row, files[info])


def resealed(
    package: Path,
    key: SigningKey,
    change: Callable[[Files], None],
    count: Callable[[Files], None] = recount,
) -> Path:
    """As a station would that is known, but errs: the seal fits whatever it sealed."""

    def seal(files: Files) -> None:
        change(files)
        count(files)
        refit(files)
        facts, _signature = read_statement(files[f"{BAG}/signature.json"], "seal")
        tags = {path: sha256(files[f"{BAG}/{path}"]).hexdigest() for path in SIGNED_TAGS}
        whole = {**facts, "key_id": key.key_id, "public_key": key.public.pem(), "tags": tags}
        files[f"{BAG}/signature.json"] = sign_statement(key, "seal", whole)

    return forged(package, seal)


def test_a_seal_by_another_key_is_sound_but_unknown(
    package: Path, folder: Path, key: SigningKey
) -> None:
    thief = SigningKey.load_or_create(folder / "thief" / "station.pem")
    with pytest.raises(StationUnknown):
        verify_bag(resealed(package, thief, lambda files: None), key.public)


def test_a_wrong_oxum_is_found_though_it_was_sealed(package: Path, key: SigningKey) -> None:
    def miscount(files: Files) -> None:
        info = files[f"{BAG}/bag-info.txt"]
        files[f"{BAG}/bag-info.txt"] = info.replace(b"Payload-Oxum: ", b"Payload-Oxum: 1")

    refused(resealed(package, key, lambda files: None, miscount), "size and number")


@pytest.mark.parametrize(
    ("path", "content", "word"),
    [
        (MASTER, b"x", MASTER),
        ("data/stray.txt", b"x", "data/stray.txt"),
        ("data/METS.xml", b"<a", "METS cannot be read"),
        (
            "data/METS.xml",
            b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
            "METS",
        ),
    ],
)
def test_a_mets_that_does_not_fit_is_found_though_it_was_sealed(
    package: Path, key: SigningKey, path: str, content: bytes, word: str
) -> None:
    bad = resealed(package, key, lambda files: files.update({f"{BAG}/{path}": content}))
    refused(bad, word)


def test_a_tag_file_that_does_not_belong_is_refused(package: Path, key: SigningKey) -> None:
    refused(
        resealed(package, key, lambda files: files.update({f"{BAG}/fetch.txt": b"x"})),
        "does not belong",
    )
