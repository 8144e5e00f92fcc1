"""Which files a package holds, and under which names: ASCII only, Arabic is in the metadata."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files as resources
from typing import Final

from archiver.model.casefile import Page
from archiver.package import layout
from archiver.package.dublin_core import dublin_core
from archiver.package.member import EXTENSIONS, Member, made, measured, stored
from archiver.package.metadata_csv import metadata_csv
from archiver.package.mets import package_mets, representation_mets_of
from archiver.package.premis import premis
from archiver.package.record import record
from archiver.package.source import BagSource

_ENCLOSED: Final = {"Documentation": layout.README, "Schemas": layout.EXTENSION}


@dataclass(slots=True)
class _Content:
    """The files of the representations, and which page they belong to."""

    masters: dict[int, Member] = field(default_factory=dict)  # page id -> its file
    altos: dict[int, Member] = field(default_factory=dict)  # a page that was never read has none
    pdf: tuple[Member, ...] = ()

    def representations(self) -> Iterator[tuple[str, list[Member], dict[int, Member]]]:
        yield "master", _once(self.masters.values()), self.masters
        if self.altos or self.pdf:
            yield "access", [*_once(self.altos.values()), *self.pdf], self.altos


def payload(source: BagSource) -> tuple[Member, ...]:
    """Every file under `data/`. Raises StorageFailed where one is not there."""
    found = _content(source)
    groups: dict[str, list[Member]] = {use: [_enclosed(path)] for use, path in _ENCLOSED.items()}
    whole = [file for files in groups.values() for file in files]
    for name, files, pages in found.representations():
        theirs = {page.id: [pages[page.id]] if page.id in pages else [] for page in source.pages}
        mets = representation_mets_of(source, name, files, theirs)
        groups[f"Representations/{name}"] = [made(layout.representation_mets(name), mets)]
        whole += [*files, *groups[f"Representations/{name}"]]
    described = _described(source, found)
    history = made(layout.PREMIS, _history(source, found))
    mets = package_mets(source, described, history, groups)
    return (*whole, *described, history, made(layout.METS, mets))


def _content(source: BagSource) -> _Content:
    """One file for each blob: two pages may show one master, an open book."""
    found, known = _Content(), dict[str, Member]()
    for page in source.pages:
        place = f"{layout.content('master')}/{page.position:04d}"
        extension = EXTENSIONS.get(page.media_type, "bin")
        master = stored(f"{place}.{extension}", source.blob_path(page.master), page.master)
        found.masters[page.id] = known.setdefault(page.master, master)
        if page.alto:
            path = f"{layout.content('access')}/alto/{page.position:04d}.xml"
            found.altos[page.id] = stored(path, source.blob_path(page.alto), page.alto)
    if source.pdf is not None:
        path = f"{layout.content('access')}/{source.case.slug}.pdf"
        found.pdf = (measured(path, source.pdf),)
    return found


def _once(files: Iterable[Member]) -> list[Member]:
    return list({file.path: file for file in files}.values())


def _enclosed(path: str) -> Member:
    name = path.rpartition("/")[2]
    return made(path, (resources("resources") / "package" / name).read_bytes())


def _described(source: BagSource, found: _Content) -> list[Member]:
    files = {
        page.id: {
            "master": found.masters[page.id].path,
            "alto": found.altos[page.id].path if page.id in found.altos else "",
        }
        for page in source.pages
    }
    table = metadata_csv(source, {page_id: file.path for page_id, file in found.masters.items()})
    members = [
        made(f"{layout.DESCRIPTIVE}/dc.xml", dublin_core(source)),
        made(layout.TABLE, table),
        made(layout.RECORD, record(source, files)),
    ]
    if source.mods:
        members.insert(1, made(f"{layout.DESCRIPTIVE}/mods.xml", source.mods))
    return members


def _history(source: BagSource, found: _Content) -> bytes:
    shown: dict[str, list[Page]] = {}
    for page in source.pages:
        shown.setdefault(found.masters[page.id].path, []).append(page)
    files = _once((*found.masters.values(), *found.altos.values(), *found.pdf))
    return premis(source, shown, files)
