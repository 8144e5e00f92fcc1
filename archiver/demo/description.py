"""What the operator of the demonstration types where no page said it surely: invented, too."""

from typing import Final

_CASE: Final = (
    ("circuit", "الدائرة المدنية والتجارية"),
    ("circuit_day", "day=الخميس; letter=ب"),
    ("case_status", "محكوم فيه"),
    ("filing_date", "الأربعاء 12/4/2023"),
    ("hearing_date", "الخميس 21/11/2024"),
    ("bench", "presiding: أمجد مثال الافتراضي"),
    ("bench", "member: حاتم عينة البيان"),
    ("party", "name=شركة الواحة الافتراضية للتوريدات; role=appellant"),
    ("party", "name=جمعية النخيل النموذجية للإسكان; role=respondent"),
    ("lower_court", "محكمة استئناف القاهرة"),
    ("lower_case", "8888/139"),
    ("lower_date", "15/2/2023"),
    ("disposition", "نقض الحكم والإحالة"),
    ("extent", "leaves=11; pages=13"),
)
_ITEM: Final = (
    ("level", "file"),
    ("h_type", "judgment_register"),
    ("era", "naqd_ibram"),
    ("date_as_written", "الخميس ١٤ نوفمبر سنة ١٩٣٥"),
    ("date_norm", "1912-11-14/1935-11-14"),
    ("creator", "court: محكمة النقض والإبرام – الدائرة المدنية"),
    ("creator", "court: Cour d'appel mixte d'Alexandrie"),
    ("case_ref", "999/5"),
    ("case_ref", "R.G. 999/XXXVII"),
    ("language", "ara"),
    ("language", "fra"),
    ("script_hand", "ruqa"),
    ("materials", "دفتر مجلد بكعب جلد، ورق مسطر، مداد أسود"),
    ("dimensions", "height_mm=330; width_mm=210"),
    ("extent", "leaves=2; pages=2"),
    ("condition", "damp"),
    ("condition", "tear"),
    ("provenance", "source=mixed_courts"),
    ("rights", "official"),
    ("originals_location", "قاعة التراث – خزانة نموذجية ١"),
)
DESCRIPTIONS: Final[dict[str, tuple[tuple[str, str], ...]]] = {"case": _CASE, "heritage": _ITEM}
