"""The archive that the pictures of the window show, made by the verbs: two weeks of a station.

Every paper is one of the demo's, so that each is read once and known after that; names and
numbers are invented. The log of the days before today needs their time: the clock of the log is
set back, and nothing else.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Final

from archiver import app
from archiver.demo.description import DESCRIPTIONS
from archiver.demo.render import DemoFile, render_case, render_heritage
from archiver.i18n import set_language
from archiver.model.actor import Actor
from archiver.model.changes import Changed, Step
from archiver.model.identity import CaseKey
from archiver.settings import Identity, read_settings
from archiver.store import audit
from archiver.store.keys import SigningKey
from archiver.workflow import keying
from archiver.workflow.checking import check
from archiver.workflow.delivering import collect, send
from archiver.workflow.describing import accept, describe, field_values, typed
from archiver.workflow.desk import reject
from archiver.workflow.importing import import_files
from archiver.workflow.journey import CASE, CASE_TITLE, ITEM, ITEM_TITLE, make_ready
from archiver.workflow.lot_samples import sample_of
from archiver.workflow.lots import declare, find_lot, open_lot
from archiver.workflow.processing import process
from archiver.workflow.queries import find_case, list_deliveries
from archiver.workflow.receiving import Desk, receive_packages
from archiver.workflow.sampling import draw, judge
from archiver.workflow.saving_searches import save_search
from archiver.workflow.sealing import STATION_KEY, seal
from archiver.workflow.station import Station
from archiver.workflow.targets import add_target

PLACE: Final = Identity("محطة ٣", "شركة الأرشفة التجريبية")
OPERATOR, SECOND, INDEXER, CHECKER = (
    Actor(name, role, PLACE.name, PLACE.company)
    for name, role in (
        ("منى", "operator"), ("هاني", "operator"), ("سلوى", "indexer"), ("سامي", "checker")
    )
)  # fmt: skip
LOT, LOT_BEFORE, CENTRE = "118/2026", "117/2026", "centre"
TO_SCAN: Final = CaseKey("civil", 99031, 93)
DAYS: Final = 8  # of work, before today
_WEEKEND: Final = (4, 5)  # Friday, Saturday

# One of each day: number, what is on the paper of it, what was wrong with an image.
_PAPERS: Final = (
    ("01_", "12_"), ("05_", "10_", "11_"), ("01_", "09_", "12_"), ("06_", "10_"),
    ("01_", "05_", "11_", "12_"), ("04_", "12_"), ("01_", "10_", "12_"), ("06_", "09_", "11_"),
)  # fmt: skip
_DEFECTS: Final = ("skewed", "dark", "skewed", "cut", "skewed", "folded", "cut", "blurred",
                   "skewed", "dark", "cut", "skewed", "two_sheets")  # fmt: skip
_SIDES: Final = (
    "شركة المثال للنقل ضد ورثة سعيد الافتراضي", "هيئة النموذج للتأمين ضد سامية العينة",
    "بنك التجربة الافتراضي ضد شركة النخيل", "وليد نموذج السعيد ضد جمعية المثال للإسكان",
)  # fmt: skip


def made(root: Path) -> Path:
    """The archive at `root`; beside it the scans, the drop box, the centre's desk."""
    set_language("ar")
    app.init_archive(root, OPERATOR, PLACE)
    beside = root.parent
    case, item = (list(render(beside / "scans")) for render in (render_case, render_heritage))
    _set(root, "\n[description]\nrequired = false\n")
    with app.open_station(root) as station:
        desk = Desk(beside / "desk")
        desk.trust(SigningKey.load_or_create(station.keys / STATION_KEY).public)
        add_target(station, OPERATOR, CENTRE, beside / "drop", desk.key().public)
        for day, moment in enumerate(_working_days()):
            _work(station, day, moment, case)
            _hand_over(station, desk, beside / "drop", day, moment)
        _today(station, case, item)
    return root


def _working_days() -> list[datetime]:
    """Their mornings, the oldest first."""
    morning = datetime.combine(datetime.now().astimezone().date(), time(9)).astimezone()
    before = (morning - timedelta(days=ago) for ago in range(1, 3 * DAYS))
    return sorted(day for day in before if day.weekday() not in _WEEKEND)[-DAYS:]


def _work(station: Station, day: int, morning: datetime, scans: list[DemoFile]) -> None:
    """Two case files from paper to package."""
    named = [CaseKey("civil", 99011 + 2 * day + n, 92) for n in range(2)]
    for n, key in enumerate(named):
        who, papers = ((OPERATOR, SECOND)[n], _PAPERS[(3 * day + n) % len(_PAPERS)])
        files = [file for file in scans if file.path.name.startswith(papers)]
        with at(morning + timedelta(hours=n + day % 4, minutes=11 * day % 50)):
            _take_in(station, who, files, key, _SIDES[(day + n) % len(_SIDES)])
        with at(morning + timedelta(hours=n + day % 4, minutes=55)):
            _done(process(station, who))
    for n, key in enumerate(named):
        case = find_case(station, str(key)).id
        with at(morning + timedelta(hours=5 + n, minutes=20)):
            if (2 * day + n) % 5 != 4:
                _done(reject(station, OPERATOR, case, 2, _DEFECTS[(2 * day + n) % len(_DEFECTS)]))
            words = [("circuit", "الدائرة المدنية والتجارية"), ("case_status", "محكوم فيه")]
            _done(describe(station, INDEXER, case, typed(station, case, words)))
            _key_again(station, INDEXER, key)
    for n, key in enumerate(named):
        with at(morning + timedelta(hours=6 + n // 2, minutes=25 + 3 * day + n)):
            case = find_case(station, str(key)).id
            if (day, n) == (5, 0):
                _done(check(station, CHECKER, case, accept=False, reason="صفحة ٢ ناقصة"))
            _done(check(station, CHECKER, case, accept=True))
            _done(seal(station, OPERATOR, case))


def _hand_over(station: Station, desk: Desk, drop: Path, day: int, morning: datetime) -> None:
    """The last day's packages wait; of those of the day before one comes to harm."""
    if day == DAYS - 1:
        return
    with at(morning + timedelta(hours=8)):
        _done(send(station, OPERATOR, CENTRE))
        if day == DAYS - 2:
            spoilt = max(_open_names(station))
            package = drop / "incoming" / spoilt
            package.write_bytes(package.read_bytes()[:-1] + b"?")
        _done(receive_packages(desk, drop, "مركز المعلومات"))
        _done(collect(station, OPERATOR, CENTRE))


def _open_names(station: Station) -> Iterator[str]:
    return (row.delivery.wire_name or row.seal.name for row in list_deliveries(station)
            if row.delivery.state == "committed")  # fmt: skip


def _today(station: Station, case: list[DemoFile], item: list[DemoFile]) -> None:
    """The lot of the day before waits for its checker; the demo's case file is under way."""
    _done(open_lot(station, OPERATOR, LOT_BEFORE, box="6"))
    before = find_lot(station, LOT_BEFORE)
    keys = [CaseKey("civil", 99041 + n, 93) for n in range(3)]
    for key, papers in zip(keys, _PAPERS, strict=False):
        files = [file for file in case if file.path.name.startswith(papers)]
        _done(declare(station, OPERATOR, before, key=key, sheets=sum(map(_faces, files))))
        _take_in(station, SECOND, files, key, _SIDES[2])
    _done(process(station, SECOND))
    _done(check(station, CHECKER, find_case(station, str(keys[0])).id, accept=False,
                reason="صفحة ٢ مائلة، أعد تصويرها"))  # fmt: skip
    _done(draw(station, CHECKER, before))
    for place, image in enumerate(sample_of(station, before).images[:4]):
        _done(judge(station, CHECKER, before, image.number, "dark" if place == 1 else ""))
    _done(open_lot(station, OPERATOR, LOT, box="7"))
    lot = find_lot(station, LOT)
    _done(declare(station, OPERATOR, lot, key=CASE, sheets=13, faces=14))
    _done(declare(station, OPERATOR, lot, key=TO_SCAN, sheets=10, faces=20))
    _take_in(station, OPERATOR, case, CASE, CASE_TITLE)
    for _step in make_ready(station, OPERATOR, station.root.parent / "scans"):
        pass
    for file in item:
        _done(import_files(station, OPERATOR, [file.path], reference=ITEM, title=ITEM_TITLE,
                           kind=file.kind, document=file.title, language=file.language,
                           profile=file.profile))  # fmt: skip
    _done(process(station, OPERATOR))
    _describe(station, ITEM, DESCRIPTIONS["heritage"])
    _describe(station, str(CASE), DESCRIPTIONS["case"][:2], least=0.97)
    _done(save_search(station, OPERATOR, "قصور وإخلال", "القصور في التسبيب"))
    _done(save_search(station, OPERATOR, "عقد التوريد", "توريد"))
    _set(station.root, "\n[description]\nrequired = false\n", "")
    station.settings = read_settings(station.root)


def _describe(
    station: Station, reference: str, said: Iterable[tuple[str, str]], least: float = 0.0
) -> None:
    case = find_case(station, reference).id
    if least:
        _done(accept(station, INDEXER, case, least=least))
    known = {value.field for value in field_values(station, case)}
    words = [(field, text) for field, text in said if field not in known]
    _done(describe(station, INDEXER, case, typed(station, case, words)))


def _take_in(
    station: Station, actor: Actor, files: list[DemoFile], key: CaseKey, title: str
) -> None:
    for file in files:
        _done(import_files(station, actor, [file.path], key=key, title=title, kind=file.kind))


def _key_again(station: Station, actor: Actor, key: CaseKey) -> None:
    case = find_case(station, str(key))
    values = keying.typed_values(station, case, [("case_key", str(key))], key.series)
    _done(keying.key(station, actor, case.id, values))


def _faces(file: DemoFile) -> int:
    return len(file.faces)


def _set(root: Path, text: str, instead: str | None = None) -> None:
    """Add `text` to the settings, or put something in its place."""
    path = root / "station.toml"
    told = path.read_text("utf-8")
    path.write_text(told + text if instead is None else told.replace(text, instead), "utf-8")


def _done(steps: Iterable[Step]) -> None:
    *_, last = steps
    assert isinstance(last, Changed), last


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """What is written into the log happens at `moment`."""

    class Then(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return moment.astimezone(tz or UTC)

    audit.datetime, now = Then, audit.datetime  # type: ignore[misc]
    try:
        yield
    finally:
        audit.datetime = now  # type: ignore[misc]
