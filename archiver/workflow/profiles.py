"""The profiles and vocabularies of an open archive: the shipped ones and the site's own."""

from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from archiver.errors import RequestRefused
from archiver.i18n import N_
from archiver.metadata import profile_file, vocabularies
from archiver.metadata.profiles import Profile
from archiver.metadata.vocabularies import Vocabularies
from archiver.model.casefile import CaseFile
from archiver.workflow.station import Station

_FOLDERS: Final = (profile_file.FOLDER, vocabularies.FOLDER)


class NoSuchProfile(RequestRefused):
    what = N_("There is no profile {profile}.")
    advice = N_("The profiles are: {known}. One of the site's own goes into {folder}.")


def profiles_of(station: Station) -> dict[str, Profile]:
    """By id. Raises ProfileWrong, naming file, line and mend."""
    return _profiles(station.root, _stamp(station.root))


def vocabularies_of(station: Station) -> Vocabularies:
    """Raises VocabularyWrong when a vocabulary with a mistake is used."""
    return _vocabularies(station.root, _stamp(station.root))


def profile_of(station: Station, case: CaseFile) -> Profile:
    """Raises NoSuchProfile where the site took away the profile of its own case file."""
    return profile_named(station, case.profile)


def profile_named(station: Station, name: str) -> Profile:
    """A mistake in a profile of the site's own holds up nothing but what is described by those.

    Raises NoSuchProfile, ProfileWrong.
    """
    shipped = _shipped()
    if name in shipped:
        return shipped[name]
    known = profiles_of(station)
    if name not in known:
        folder = station.root / profile_file.FOLDER
        raise NoSuchProfile(profile=name, known=" ".join(known), folder=folder)
    return known[name]


def _stamp(root: Path) -> tuple[tuple[str, int, int], ...]:
    """Changes when a file of the site's own does: a mended file counts at once."""
    found = [path for name in _FOLDERS for path in sorted((root / name).glob("*.*"))]
    stats = [(path, path.stat()) for path in found]
    return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in stats)


@cache
def _shipped() -> dict[str, Profile]:
    return profile_file.read_profiles(None, Vocabularies(None).names)


@lru_cache(maxsize=8)
def _profiles(root: Path, stamp: object) -> dict[str, Profile]:
    names = _vocabularies(root, stamp).names
    return profile_file.read_profiles(root / profile_file.FOLDER, names)


@lru_cache(maxsize=8)
def _vocabularies(root: Path, _stamp: object) -> Vocabularies:
    return Vocabularies(root / vocabularies.FOLDER)
