"""The site's settings: `station.toml` in the archive, one dataclass a table, defaults for all."""

import dataclasses
import json
import re
import socket
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import as_file, files
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from archiver.errors import SettingGone, SettingsWrong

FILE_NAME: Final = "station.toml"
_LEAST: Final = {
    "retain_days": 0,
    "kilobytes_per_second": 0,
    "workers": 0,
    "lock_minutes": 0,
}  # of the figures; 1 for all others


@dataclass(frozen=True, slots=True)
class Limits:
    """What one imported file may cost; a file beyond is refused in words."""

    file_megabytes: int = 2048
    pages_per_file: int = 2000
    megapixels: int = 200  # a page
    seconds_per_file: int = 300
    memory_megabytes: int = 3000


@dataclass(frozen=True, slots=True)
class Identity:
    name: str = field(default_factory=socket.gethostname)
    company: str = ""
    institution: str = "محكمة النقض"
    series: str = "civil"


@dataclass(frozen=True, slots=True)
class Work:
    workers: int = 0  # 0: one for each core
    page_seconds: int = 120  # a page that takes longer is set aside
    kills_allowed: int = 2  # a page that stops its worker as often is set aside


@dataclass(frozen=True, slots=True)
class IndexSettings:
    engine: str = "tantivy"


@dataclass(frozen=True, slots=True)
class DescriptionSettings:
    required: bool = True  # no case file is sealed while a required field is missing


@dataclass(frozen=True, slots=True)
class KeyingSettings:
    """Critical fields are read by two who do not see each other's reading."""

    required: bool = False  # no case file is sealed without two readings that agree
    machine_counts: bool = False  # what the rules found on the pages is one of the two


@dataclass(frozen=True, slots=True)
class CaptureSettings:
    """Pages from scanners, and the paper they came on."""

    open_seconds: int = 60  # a scanner that is silent for longer is given up
    first_page_seconds: int = 120  # the lamp warms up, the paper is pulled in
    page_seconds: int = 60
    form: str = "lzw"  # what raw pixels become in the background: lzw or deflate
    lineart_form: str = "g4"  # the same for black and white: g4, deflate or lzw
    declared: bool = False  # no case file is sealed unless its sheets were declared
    faces_per_sheet: int = 2


@dataclass(frozen=True, slots=True)
class ScannerSettings:
    """A scanner under a name of the site's own, and how it is used; what is said goes before."""

    name: str
    device: str = ""  # as “archiver devices” lists it
    source: str = "feeder"
    dpi: int = 300
    mode: str = "colour"
    paper: str = "a4"
    options: Mapping[str, str | int | float | bool] = field(
        default_factory=lambda: MappingProxyType({})
    )


@dataclass(frozen=True, slots=True)
class SampleSettings:
    """Of the images of a lot, how many a checker looks at; `[samples.PROFILE]` for one profile."""

    percent: int = 10
    least_images: int = 5
    defects_per_mille: int = 10  # of those drawn; a lot with more goes back
    required: bool = False  # nothing of a lot is sealed before a sample of it has passed


@dataclass(frozen=True, slots=True)
class WindowSettings:
    lock_minutes: int = 10  # untouched so long, the window asks for the password; 0: never


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What may be measured on a page before a person has to look at it.

    `[checks]` holds for all profiles; `[checks.heritage_item]` says what is otherwise for one.
    """

    skew_deg: float = 1.0
    blur_mm: float = 0.55  # width of the edges of strokes
    contrast_percent: float = 25.0  # at least
    dark_percent: float = 25.0  # the darkest paper, below the brightest
    clipped_percent: float = 1.0
    cut_mm: float = 2.0
    corner_cm2: float = 0.5
    dpi: int = 300  # at least
    paper: str = "a3 a4 a5"  # a sheet of one of these widths is not longer: a3 a4 a5 folio legal
    longer_mm: int = 6  # than its paper
    split_spreads: bool = False  # images of two pages are split by themselves


@dataclass(frozen=True, slots=True)
class HeritageSettings:
    """What is asked for before images of heritage items come in, and when a colour card passes."""

    target_required: bool = True  # no images before today's colour card has passed
    condition_required: bool = True  # nor before the condition of the item was noted
    mean_delta_e: float = 4.0  # CIEDE2000, over 24 patches
    worst_delta_e: float = 10.0
    grey_step: float = 3.0  # lightness, the worst of the grey patches
    mtf50: float = 0.15  # cycles a pixel, at least
    uneven_percent: float = 10.0  # of the light, where a plain sheet was measured


@dataclass(frozen=True, slots=True)
class PackageSettings:
    algorithm: str = "sha256"  # sha512: each file has both hashes


@dataclass(frozen=True, slots=True)
class TargetSettings:
    name: str
    kind: str = "folder"
    location: str = ""
    centre_key: str = ""  # the centre's pinned public key, PEM
    encrypt_to: str = ""  # the centre's age key; "" sends packages as they were sealed
    host_key: str = ""  # sftp: the server's pinned key, as in known_hosts, without a name
    region: str = "us-east-1"  # s3
    authorities: str = ""  # s3: a file with the certificates that vouch for it; "" the system's
    certificate: str = ""  # s3: our certificate with its key, PEM, where it asks for one
    retain_days: int = 0  # s3 with object lock: nobody may remove a package for so long
    streams: int = 4  # connections at once
    kilobytes_per_second: int = 0  # of 1000 bytes, all connections together; 0: no limit
    hours: str = ""  # of the day in which we may send, such as 20:00-06:00; "" at any
    patience_seconds: int = 60  # without an answer; then it is tried again later


@dataclass(frozen=True, slots=True)
class Settings:
    station: Identity = field(default_factory=Identity)
    limits: Limits = Limits()
    work: Work = Work()
    index: IndexSettings = IndexSettings()
    description: DescriptionSettings = DescriptionSettings()
    keying: KeyingSettings = KeyingSettings()
    capture: CaptureSettings = CaptureSettings()
    package: PackageSettings = PackageSettings()
    heritage: HeritageSettings = HeritageSettings()
    checks: CheckSettings = CheckSettings()
    checks_of: Mapping[str, CheckSettings] = field(default_factory=lambda: MappingProxyType({}))
    samples: SampleSettings = SampleSettings()
    samples_of: Mapping[str, SampleSettings] = field(default_factory=lambda: MappingProxyType({}))
    window: WindowSettings = WindowSettings()
    access: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    targets: Mapping[str, TargetSettings] = field(default_factory=lambda: MappingProxyType({}))
    scanners: Mapping[str, ScannerSettings] = field(default_factory=lambda: MappingProxyType({}))


def read_settings(folder: Path) -> Settings:
    """The settings of the archive in `folder`. Raises SettingsWrong, naming the mistake."""
    path = folder / FILE_NAME
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsWrong(path=path, detail=error) from error
    if "supervisors" in (tables["keying"] if isinstance(tables.get("keying"), dict) else ()):
        raise SettingGone(path=path)
    targets, scanners = tables.pop("targets", {}), tables.pop("scanners", {})
    for name, found in (("targets", targets), ("scanners", scanners)):
        if not isinstance(found, dict):
            raise SettingsWrong(path=path, detail=f"[{name}]")
    checks, checks_of = _by_profile(CheckSettings, "checks", tables.pop("checks", {}), path)
    samples, samples_of = _by_profile(SampleSettings, "samples", tables.pop("samples", {}), path)
    known = {f.name for f in dataclasses.fields(Settings) if not f.name.endswith("s_of")}
    unknown = set(tables) - known
    if unknown:
        raise SettingsWrong(path=path, detail=f"[{sorted(unknown)[0]}]")
    return Settings(
        station=_table(Identity, tables.get("station", {}), path),
        limits=_table(Limits, tables.get("limits", {}), path),
        work=_table(Work, tables.get("work", {}), path),
        index=_table(IndexSettings, tables.get("index", {}), path),
        description=_table(DescriptionSettings, tables.get("description", {}), path),
        keying=_table(KeyingSettings, tables.get("keying", {}), path),
        capture=_table(CaptureSettings, tables.get("capture", {}), path),
        package=_table(PackageSettings, tables.get("package", {}), path),
        heritage=_table(HeritageSettings, tables.get("heritage", {}), path),
        checks=checks,
        checks_of=checks_of,
        samples=samples,
        samples_of=samples_of,
        window=_table(WindowSettings, tables.get("window", {}), path),
        access=MappingProxyType(_lists(tables.get("access", {}), path, "access")),
        targets=MappingProxyType(
            {name: _target(name, table, path) for name, table in targets.items()}
        ),
        scanners=MappingProxyType(
            {name: _scanner(name, table, path) for name, table in scanners.items()}
        ),
    )


def _lists(table: Any, path: Path, name: str) -> dict[str, tuple[str, ...]]:
    """A table of lists of words: roles and their access levels."""
    if not isinstance(table, dict):
        raise SettingsWrong(path=path, detail=f"[{name}]")
    for key, words in table.items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise SettingsWrong(path=path, detail=f"{name}.{key} = {words!r}")
    return {key: tuple(words) for key, words in table.items()}


_T = TypeVar("_T")


def _by_profile(
    kind: type[_T], name: str, table: Any, path: Path
) -> tuple[_T, MappingProxyType[str, _T]]:
    """What holds for all, and for single profiles: what these do not say is the same."""
    if not isinstance(table, dict):
        raise SettingsWrong(path=path, detail=f"[{name}]")
    own = {key: value for key, value in table.items() if isinstance(value, dict)}
    general = {key: value for key, value in table.items() if key not in own}
    said = {key: _table(kind, {**general, **values}, path) for key, values in own.items()}
    return _table(kind, general, path), MappingProxyType(said)


def _target(name: str, table: Any, path: Path) -> TargetSettings:
    if not isinstance(table, dict) or "name" in table:
        raise SettingsWrong(path=path, detail=f"[targets.{name}]")
    return _table(TargetSettings, {"name": name, **table}, path)


def _scanner(name: str, table: Any, path: Path) -> ScannerSettings:
    if not isinstance(table, dict) or "name" in table:
        raise SettingsWrong(path=path, detail=f"[scanners.{name}]")
    options = table.pop("options", {})
    plain = isinstance(options, dict) and all(
        isinstance(value, str | int | float) for value in options.values()
    )
    if not plain:
        raise SettingsWrong(path=path, detail=f"[scanners.{name}.options]")
    found = _table(ScannerSettings, {"name": name, **table}, path)
    return dataclasses.replace(found, options=MappingProxyType(options))


def _table(kind: type[_T], values: Any, path: Path) -> _T:
    if not isinstance(values, dict):
        raise SettingsWrong(path=path, detail=repr(values))
    known = {f.name: f.type for f in dataclasses.fields(kind)}  # type: ignore[arg-type]
    for name, value in values.items():
        if name not in known:
            raise SettingsWrong(path=path, detail=name)
        too_small = type(value) is int and value < _LEAST.get(name, 1)
        if known[name] is float and type(value) is int:
            values = {**values, name: float(value)}
            continue
        if type(value) is not known[name] or too_small:
            raise SettingsWrong(path=path, detail=f"{name} = {value!r}")
    return kind(**values)


def first_settings(identity: Identity) -> str:
    """The text of a new archive's `station.toml`."""
    lines = ["# The settings of this station. Every line is optional.", "", "[station]"]
    lines += [f"{name} = {_quoted(value)}" for name, value in dataclasses.asdict(identity).items()]
    lines += ["", "[limits]  # what one imported file may cost"]
    lines += [f"{name} = {value}" for name, value in dataclasses.asdict(Limits()).items()]
    lines += ["", "[work]"]
    lines += [f"{name} = {value}" for name, value in dataclasses.asdict(Work()).items()]
    lines += [
        "",
        "[heritage]  # asked for before images of heritage items come in; false: not asked for",
        "target_required = true  # today's colour card has passed: archiver target-card measure",
        "condition_required = true  # the item's condition was noted: archiver condition",
    ]
    return "\n".join(lines) + "\n"


def target_table(target: TargetSettings) -> str:
    """A target as a table that is appended to `station.toml`."""
    lines = ["", f"[targets.{_quoted(target.name)}]"]
    fresh = dataclasses.asdict(TargetSettings(target.name))
    for name, value in dataclasses.asdict(target).items():
        if value != fresh[name] or name == "kind":
            lines.append(f"{name} = {_quoted(value) if isinstance(value, str) else value}")
    return "\n".join(lines) + "\n"


def with_engine(text: str, engine: str) -> str:
    """The text of `station.toml` with another `index.engine`, everything else as it stands."""
    line = f"engine = {_quoted(engine)}"
    head = re.search(r"^[ \t]*\[index\][^\n]*$", text, re.MULTILINE)
    if head is None:
        return f"{text.rstrip()}\n\n[index]\n{line}\n"
    rest = text[head.end() :]
    table = re.split(r"^[ \t]*\[", rest, maxsplit=1, flags=re.MULTILINE)[0]
    pattern = re.compile(r"^[ \t]*engine[ \t]*=.*$", re.MULTILINE)
    told = pattern.sub(lambda _: line, table, count=1)
    if told == table and not pattern.search(table):
        told = f"\n{line}{table}"
    return text[: head.end()] + told + rest[len(table) :]


def with_centre_key(text: str, target: TargetSettings, pem: str) -> str:
    """The text of `station.toml` with another `centre_key` for `target`; the rest as it stands."""
    return _with_line(text, target.name, "centre_key", pem, added=False)


def with_hours(text: str, target: TargetSettings, hours: str) -> str:
    """The same with other `hours`, whether there were any before or not."""
    return _with_line(text, target.name, "hours", hours, added=True)


def with_place(text: str, target: TargetSettings, location: str, host_key: str) -> str:
    """The same at another place; a host key stands only where there is one."""
    told = _with_line(text, target.name, "location", location, added=False)
    return _with_line(told, target.name, "host_key", host_key, added=True) if host_key else told


def _with_line(text: str, target: str, key: str, value: str, *, added: bool) -> str:
    name = re.escape(target)
    head = re.search(rf'^[ \t]*\[targets\.("{name}"|{name})\][^\n]*$', text, re.MULTILINE)
    if head is None:  # written in another way: TOML has several
        raise SettingsWrong(path=FILE_NAME, detail=f"[targets.{target}]")
    rest, line = text[head.end() :], f"{key} = {_quoted(value)}"
    table = re.split(r"^[ \t]*\[", rest, maxsplit=1, flags=re.MULTILINE)[0]
    pattern = re.compile(rf'^[ \t]*{key}[ \t]*=[ \t]*"[^"\n]*"[^\n]*$', re.MULTILINE)
    if pattern.search(table):
        told = pattern.sub(lambda _: line, table, count=1)
    elif added:
        told = f"\n{line}{table}"
    else:
        raise SettingsWrong(path=FILE_NAME, detail=f"targets.{target}.{key}")
    return text[: head.end()] + told + rest[len(table) :]


def _quoted(value: str) -> str:
    # A TOML string is a JSON string, but for DEL.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def resource(name: str) -> Path:
    """A file or folder of `resources`, as a path. The project is always installed unpacked."""
    with as_file(files("resources") / name) as path:
        return path
