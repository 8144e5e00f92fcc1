"""The small text files that make a folder a BagIt 1.0 bag (RFC 8493), and our seal."""

from collections.abc import Mapping
from typing import Final

from archiver.package.source import BagSource

DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST: Final = "manifest-sha256.txt"
MANIFEST_512: Final = "manifest-sha512.txt"
TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
SIGNATURE: Final = "signature.json"
INFO: Final = "bag-info.txt"
ALGORITHMS: Final = "Manifest-Algorithms"  # in bag-info.txt, which is the first file of a bag
BOTH: Final = "sha256 sha512"
SIGNED_TAGS: Final = (INFO, "bagit.txt", MANIFEST)
SEAL: Final = "seal"  # the kind of statement in signature.json
SEAL_1: Final = "seal/1"  # the form of before November 2026: one METS, no E-ARK
SEAL_2: Final = "seal/2"


def manifest(hashes: Mapping[str, str]) -> bytes:
    """The one spelling of a manifest of `hashes` (path -> hash): sorted, two spaces."""
    return "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes)).encode("ascii")


def oxum(sizes: Mapping[str, int]) -> str:
    """Bytes and files of the payload: the quick check of a bag."""
    payload = [size for path, size in sizes.items() if path.startswith("data/")]
    return f"{sum(payload)}.{len(payload)}"


def bag_info(source: BagSource, payload: Mapping[str, int]) -> bytes:
    """`payload`: path -> bytes."""
    case = source.case
    rows = [
        ("Source-Organization", source.organization),
        ("External-Description", case.title or case.reference),
        ("External-Identifier", case.uid),
        ("Contact-Name", source.sealed_by.person),
        ("Bagging-Date", source.sealed_at[:10]),
        ("Bag-Size", _readable(sum(payload.values()))),
        ("Payload-Oxum", oxum(payload)),
        ("Bag-Group-Identifier", case.uid),
        (ALGORITHMS, BOTH if source.algorithm == "sha512" else "sha256"),
        ("Bag-Count", f"{source.version} of ?"),
        ("Internal-Sender-Identifier", source.bag_name),
        ("Internal-Sender-Description", source.sealed_by.station),
        ("Bag-Software-Agent", source.software),
        *(("Case-Key", key.canonical) for key in case.keys or ()),
        *(("Case-Series", key.series) for key in case.keys[:1]),
        ("Case-Reference", case.reference),
        ("Version", str(source.version)),
        *((("Replaces", source.previous),) if source.previous else ()),
        ("Station", source.sealed_by.station),
        ("Sealed-By", source.sealed_by.person),
        ("Sealed-At", source.sealed_at),
    ]
    return "".join(f"{label}: {' '.join(text.split())}\n" for label, text in rows).encode()


def _readable(size: int) -> str:
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size} {unit}"
        size = round(size / 1000)
    return f"{size} GB"


def info_value(content: bytes, label: str) -> str:
    """The first value of `label` in a bag-info.txt; "" where it has none."""
    for line in content.decode("utf-8", "replace").split("\n"):
        name, _colon, value = line.partition(": ")
        if name == label:
            return value
    return ""
