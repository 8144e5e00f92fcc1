"""Which files a package holds, and under which names: ASCII only, Arabic is in the metadata."""

from dataclasses import dataclass
from typing import Final

from archiver.model.casefile import Page
from archiver.package.dublin_core import dublin_core
from archiver.package.member import EXTENSIONS, Member, member
from archiver.package.mets import PATH, mets
from archiver.package.premis import premis
from archiver.package.source import BagSource

_MASTERS: Final = "data/representations/master"
_ACCESS: Final = "data/representations/access"


@dataclass(frozen=True, slots=True)
class _Carried:
    page: Page
    master: Member
    alto: Member | None  # a page that was never read has none

    @property
    def files(self) -> tuple[Member, ...]:
        return (self.master, self.alto) if self.alto else (self.master,)


def payload(source: BagSource) -> tuple[Member, ...]:
    """Every file under `data/`, measured. Raises what `member` raises."""
    carried = [_carry(source, page) for page in source.pages]
    groups = {
        "master": tuple(each.master for each in carried),
        "alto": tuple(each.alto for each in carried if each.alto),
        "access": _pdf(source),
    }
    others = groups["alto"] + groups["access"]
    groups["metadata"] = (
        member("data/metadata/dc.xml", dublin_core(source)),
        member("data/metadata/premis.xml", premis(source, groups["master"], others)),
    )
    pages = {each.page.id: each.files for each in carried}
    return (
        *groups["master"],
        *others,
        *groups["metadata"],
        member(PATH, mets(source, groups, pages)),
    )


def _carry(source: BagSource, page: Page) -> _Carried:
    name = f"{page.position:04d}"
    extension = EXTENSIONS.get(page.media_type, "bin")
    master = member(f"{_MASTERS}/{name}.{extension}", source.blob_path(page.master), page.master)
    if not page.alto:
        return _Carried(page, master, None)
    alto = member(f"{_ACCESS}/alto/{name}.xml", source.blob_path(page.alto), page.alto)
    return _Carried(page, master, alto)


def _pdf(source: BagSource) -> tuple[Member, ...]:
    if source.pdf is None:
        return ()
    return (member(f"{_ACCESS}/{source.case.slug}.pdf", source.pdf),)
