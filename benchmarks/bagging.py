"""How fast a case file becomes a package, beside bare hashing and the Library of Congress's bagit.

    python -m benchmarks.bagging [--files 60] [--megabytes 8] [--folder DIR] [--rounds 3]
        [--quick] [--json]

All read the same files in the same run, `--rounds` times, in turn; the best round counts.
`hashlib` reads and hashes the masters, nothing more. `bagit` hashes a folder in place and writes
manifests. Ours hashes each file and the whole package, writes the zip and makes it durable; with
--folder on a RAM disk the disk's own speed is left out.
"""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import bagit

from archiver.model.actor import Actor
from archiver.model.casefile import CaseFile, CaseState, Document, Page, PageState
from archiver.model.identity import CaseKey
from archiver.package.seal import write_bag
from archiver.package.source import BagSource
from archiver.package.verify import verify_bag
from archiver.store.audit import now
from archiver.store.keys import SigningKey
from benchmarks.telling import command_line, tell

_CHUNK = 1 << 20
_NAME = "civil-1-1-v1-00000000.zip"


@dataclass
class Race:
    """The best of each runner's rounds: MB a second, and MB a second of a processor."""

    megabytes: float
    best: dict[str, tuple[float, float]] = field(default_factory=dict)

    def run(self, name: str, work: Callable[[], object]) -> None:
        started, used = time.perf_counter(), time.process_time()
        work()
        took_s, used_s = time.perf_counter() - started, time.process_time() - used
        before = self.best.get(name, (0.0, 0.0))
        speeds = (self.megabytes / took_s, self.megabytes / used_s)
        self.best[name] = (max(before[0], speeds[0]), max(before[1], speeds[1]))


def _masters(folder: Path, files: int, megabytes: float) -> list[Path]:
    folder.mkdir()
    paths = []
    for _ in range(files):
        content = os.urandom(round(megabytes * 1e6))
        path = folder / hashlib.sha256(content).hexdigest()
        path.write_bytes(content)
        paths.append(path)
    return paths


def _source(blobs: Path, masters: list[Path]) -> BagSource:
    pages = tuple(_page(number, path.name) for number, path in enumerate(masters, 1))
    return BagSource(
        case=CaseFile(1, "0" * 32, "case_file", (CaseKey("civil", 1, 1),), "1/1", "قياس",
                      CaseState.ACCEPTED, "court_internal", now()),
        version=1,
        documents=(Document(1, 1, 1, "cover", ""),),
        pages=pages,
        events=(),
        blob_path=lambda key: blobs / key,
        pdf=None,
        sealed_at=now(),
        sealed_by=Actor("قياس", "operator", "station", ""),
        organization="قياس",
        software="benchmark 1",
    )  # fmt: skip


def _page(number: int, key: str) -> Page:
    return Page(
        id=number, uid=f"{number:032x}", case_id=1, document_id=1, position=number, master=key,
        media_type="image/jpeg", access=key, thumbnail=key, width_px=1, height_px=1, dpi=300,
        source_name="", source_page=1, language="ara", state=PageState.READ, turn_deg=0,
        blank=False, confidence=1.0, alto="", text="", recipe="[]", error_code="",
        error_facts="{}",
    )  # fmt: skip


def _hash(paths: list[Path]) -> None:
    for path in paths:
        digest = hashlib.sha256()
        with path.open("rb", buffering=0) as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)


def _bagit(masters: Path) -> None:
    bagit.make_bag(str(masters), checksums=["sha256"])


def main() -> None:
    parser = command_line(__doc__)
    parser.add_argument("--files", type=int, default=60)
    parser.add_argument("--megabytes", type=float, default=8.0, help="of one file")
    parser.add_argument("--folder", type=Path, help="where to work (else the temporary folder)")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    files: int = 20 if asked.quick else asked.files
    with tempfile.TemporaryDirectory(dir=asked.folder) as name:
        folder = Path(name)
        masters = _masters(folder / "blobs", files, asked.megabytes)
        source = _source(folder / "blobs", masters)
        key = SigningKey.load_or_create(folder / "keys" / "station.key")
        race = Race(files * asked.megabytes)
        for _ in range(asked.rounds):
            race.run("hashlib, one thread", lambda: _hash(masters))
            copy = Path(shutil.copytree(folder / "blobs", folder / "bagit"))
            race.run("bagit, in place", lambda copy=copy: _bagit(copy))  # type: ignore[misc]
            shutil.rmtree(copy)
            race.run("seal", lambda: write_bag(source, folder / _NAME, key))
            race.run("verify", lambda: verify_bag(folder / _NAME, key.public))
            (folder / _NAME).unlink()
    raw, raw_cpu = race.best["hashlib, one thread"]
    told: dict[str, object] = {"input": f"{files} files of {asked.megabytes:g} MB"}
    for runner, (speed, cpu) in race.best.items():
        told[runner] = {
            "megabytes_a_second": round(speed),
            "of_hashlib": round(speed / raw, 2),
            "of_hashlib_by_processor_time": round(cpu / raw_cpu, 2),
        }
    tell(told, as_json=asked.json)


if __name__ == "__main__":
    main()
