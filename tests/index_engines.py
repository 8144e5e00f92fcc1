"""The engines that the conformance suite runs against; a server engine joins by one more row."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from index.engine import Engine
from index.page import IndexedPage
from index.tantivy_engine import TantivyEngine
from index.whoosh_engine import WhooshEngine


@dataclass(frozen=True)
class Kind:
    name: str
    create: Callable[[Path], Engine]
    open: Callable[[Path], Engine]


KEY = b"a key for the tests"
KINDS = {
    "tantivy": Kind("tantivy", TantivyEngine.create, TantivyEngine),
    "whoosh": Kind(
        "whoosh",
        lambda folder: WhooshEngine.create(folder, KEY),
        lambda folder: WhooshEngine(folder, KEY),
    ),
}

PAGES = (
    IndexedPage(
        1,
        10,
        "محكمــة النقــض. صحيفة طعن بالنقض، والدفاع الجوهري أغفله الحكم",
        keys=("99001/93", "98002/92"),
        series="civil",
        kind="appeal_statement",
        title="شركة الواحة الافتراضية",
        access="court_internal",
        parties=("شركة الواحة الافتراضية", "محمود السيد الورداني"),
        subjects=("تعويض", "عقد التوريد"),
        circuit="civil_commercial",
        lot="L-7",
        dates=("1951-12-04",),
        position=1,
    ),
    IndexedPage(
        2,
        10,
        "الوقائع: طلب التعويضات عن عقد التوريد في القاهرة",
        keys=("99001/93",),
        series="civil",
        kind="judgment",
        access="court_internal",
        year=2024,
        dates=("1960-01",),
        checked=True,
        position=2,
    ),
    IndexedPage(
        3,
        11,
        "يراجع الطعن رقم ٩٩٠٠١ لسنة ٩٣ ق، وعقد الإيجار، والجوهري من الدفاع",
        keys=("5/40",),
        series="criminal",
        kind="judgment",
        access="sensitive",
        parties=("محمود الخفي",),
        subjects=("إيجار",),
        dates=("1955",),
        position=1,
    ),
)
