"""The words by which a kind of document is known, and how much they weigh.

Weights are log-odds against a page without a cue. Those of a title count in the first lines only:
the body of one paper names the titles of others.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from archiver.metadata.extraction.shapes import stream_of
from archiver.settings import resource

Where = Literal["title", "page"]
_SITE_WEIGHT: Final = 4.0


@dataclass(frozen=True, slots=True)
class Cue:
    kind: str
    words: str
    shape: str
    where: Where
    weight: float
    continues: bool


# kind: (words, weight) of titles; words of other courts tell their judgments from the Court's own.
_TITLES: Final[dict[str, tuple[tuple[str, float], ...]]] = {
    "cover": (
        ("ملف الطعن", 6), ("ملف طعن", 6), ("ملف الطعن بالنقض", 6), ("موضوع الدعوى", 1),
        ("تاريخ تقديم الطعن", 3), ("تاريخ إيداع الصحيفة", 2),
    ),
    "docket_sheet": (("بيان القيد بالجدول", 7), ("بيان القيد", 6)),
    "appeal_statement": (("صحيفة طعن", 5), ("صحيفة الطعن", 3), ("أودعت هذه الصحيفة", 4)),
    "appeal_report": (
        ("تقرير بالطعن", 7), ("تقرير الطعن بالنقض", 7), ("وقرر بالطعن بالنقض", 4),
        ("تقرير طعن بالنقض", 7),
    ),
    "grounds_memo": (
        ("مذكرة بأسباب الطعن", 8), ("بأسباب الطعن بالنقض", 7), ("أسباب الطعن بالنقض", 6),
    ),
    "explanatory_memo": (("مذكرة شارحة", 7),),
    "receipt_bail": (
        ("إيصال إيداع كفالة", 8), ("إيداع كفالة", 6), ("إيصال كفالة", 7),
        ("إيصال", 3),
    ),
    "receipt_fee": (
        ("قسيمة تحصيل", 7), ("رقم القسيمة", 6), ("تحصيل رسوم", 6), ("إيصال سداد رسم", 7),
        ("إيصال رسوم", 7), ("إيصال رسم", 7),
    ),
    "power_of_attorney": (
        ("توكيل رسمي عام", 8), ("توكيل رسمي", 7), ("توكيل خاص", 7), ("توكيل عام", 7),
        ("الشهر العقاري", 2), ("مكتب توثيق", 2), ("أنا الموثق", 3),
    ),
    "exhibit_list": (
        ("حافظة مستندات", 8), ("حافظة بمستندات", 8), ("بيان المستند", 4), ("حافظة", 4),
    ),
    "contested_judgment": (
        ("محكمة استئناف", 2.5), ("محكمة جنايات", 4.5), ("صدر الحكم الآتي", 2),
        ("في الاستئناف رقم", 3), ("محكمة الجنح المستأنفة", 5), ("المحكمة الاقتصادية", 1.5),
    ),
    "first_judgment": (
        ("الابتدائية", 4.5), ("مدني كلي", 1.5), ("في الدعوى رقم", 1.5), ("الجزئية", 2),
    ),
    "lower_minutes": (("محضر جلسة", 4.5),),
    "service": (
        ("إعلان صحيفة", 8), ("أصل إعلان", 8), ("صورة إعلان", 7), ("قلم المحضرين", 4),
        ("قلم محضري", 4), ("إعلان بالطعن", 7), ("محضر محكمة", 2), ("انتقلت", 2),
    ),
    "defence_memo": (("مذكرة بدفاع", 8), ("مذكرة دفاع", 8), ("مذكرة بالرد", 6)),
    "prosecution_memo": (
        ("النيابة العامة لدى محكمة النقض", 4), ("نيابة النقض", 4.5), ("مذكرة بالرأي", 7),
        ("مذكرة برأي النيابة", 8), ("مذكرة نيابة النقض", 8),
    ),
    "rapporteur_report": (("تقرير تلخيص", 8), ("تقرير التلخيص", 7)),
    "roll": (("رول جلسة", 8), ("رول الجلسة", 8), ("رول", 5)),
    "minutes": (("محضر جلسة", 5.5), ("محضر الجلسة", 5.5)),
    "decision_chamber": (
        ("غرفة مشورة", 5), ("غرفة المشورة", 6), ("القرار الآتي", 4), ("دائرة طعون الجنح", 2),
        ("محضر جلسة غرفة", 4),
    ),
    "draft_judgment": (("مسودة الحكم", 9), ("مسودة حكم", 9), ("مسودة", 6)),
    "judgment": (
        ("باسم الشعب", 4), ("باسم الأمة", 5), ("صاحب الجلالة ملك", 5), ("محكمة النقض", 0.5),
        ("محكمة النقض والإبرام", 2.5), ("أحكام النقض", 4), ("أصدرت الحكم الآتي", 3),
    ),
    "execution_copy": (("الصيغة التنفيذية", 9), ("صورة تنفيذية", 8)),
    "principle_sheet": (
        ("استمارة تبويب", 8), ("الموجز", 5), ("القاعدة", 4.5), ("رقم القاعدة", 1),
    ),
    "expert_report": (
        ("تقرير خبير", 7), ("مصلحة الخبراء", 6), ("مكتب خبراء", 6), ("تقرير الخبير", 6),
    ),
    "medical_report": (("الطب الشرعي", 7), ("الصفة التشريحية", 7), ("تقرير طبي", 6)),
    "police_report": (("محضر ضبط", 8), ("محضر تحقيق", 6), ("محضر تحريات", 7), ("قسم شرطة", 5)),
    "id_copy": (
        ("تحقيق الشخصية", 7), ("بطاقة شخصية", 6), ("الرقم القومي", 4), ("بطاقة الرقم القومي", 7),
    ),
    "contract": (
        ("عقد إيجار", 7), ("عقد بيع", 7), ("تحرر هذا العقد", 6), ("عقد توريد", 7), ("عقد عمل", 6),
    ),
    "correspondence": (("تحية طيبة وبعد", 7), ("السيد الأستاذ", 1), ("نتشرف بأن", 5)),
}  # fmt: skip
_PAGES: Final[dict[str, tuple[tuple[str, float], ...]]] = {
    "judgment": (
        ("أصدرت الحكم الآتي", 2.5), ("نقضت المحكمة", 3), ("رفضت المحكمة الطعن", 4),
        ("سماع التقرير الذي تلاه", 2), ("بدار القضاء العالي", 0.5),
        ("نائب رئيس المحكمة", 1), ("القضائية", 0.7), ("برياسة", 2.5), ("وعضوية السادة", 1.5),
        ("وبحضور حضرات", 1.5), ("وحضور حضرات", 1.5), ("وحضور حضرة", 1.5), ("المستشارين", 0.8),
        ("في قضاء هذه المحكمة", 1.5), ("فلهذه الأسباب", 1.5), ("رفعت من", 1),
        ("عرض النيابة العامة للقضية", 2),
    ),
    "contested_judgment": (
        ("صورة لتقديمها إلى محكمة النقض", 5), ("وتأييد الحكم المستأنف", 0.8), ("فلهذه الأسباب", 1),
        ("الحكم المستأنف", 0.8), ("المستأنف ضده", 0.8),
    ),
    "prosecution_memo": (("ترى النيابة", 3),),
    "appeal_statement": (("أودعت هذه الصحيفة", 1.5), ("وذلك طعنا في الحكم", 1)),
    "minutes": (("قررت المحكمة تأجيل", 1), ("نودي على الخصوم", 1.5)),
    "decision_chamber": (("بعدم قبول الطعن", 0.5), ("أمرت المحكمة", 2.5), ("جنح النقض", 1)),
    "principle_sheet": (("مكتب فني", 2), ("الموجز", 1.5)),
    "exhibit_list": (("عدد الأوراق", 0.5), ("بيان المستند", 2)),
    "correspondence": (("تحية طيبة وبعد", 4), ("وتفضلوا بقبول", 4)),
    "receipt_bail": (("كفالة الطعن", 1), ("أمين الخزينة", 2)),
    "service": (("الساعة", 0.5),),
}  # fmt: skip
# What a page that goes on says in its first line.
_CONTINUED: Final[dict[str, tuple[tuple[str, float], ...]]] = {
    "judgment": (("تابع الطعن رقم", 6), ("تابع الطعن", 5), ("تابع الحكم في الطعن", 6)),
    "appeal_statement": (("تابع صحيفة الطعن", 8), ("تابع صحيفة طعن", 8)),
    "contested_judgment": (("تابع الاستئناف", 6), ("تابع الحكم في الاستئناف", 7)),
    "prosecution_memo": (("تابع مذكرة", 4), ("تابع المذكرة", 4), ("تابع مذكرة النيابة", 7)),
    "minutes": (("تابع محضر جلسة", 8), ("تابع محضر الجلسة", 8)),
    "power_of_attorney": (("تابع التوكيل", 8),),
    "exhibit_list": (("تابع حافظة", 9),),
    "expert_report": (("تابع تقرير الخبير", 8),),
    "first_judgment": (("تابع الدعوى", 5), ("تابع الحكم في الدعوى", 7)),
    "contract": (("تابع العقد", 7),),
}


@cache
def cues() -> tuple[Cue, ...]:
    """All cues; a kind that only the vocabulary knows is found by its `title_cue`."""
    return (*_listed(_TITLES, "title"), *_listed(_PAGES, "page"), *_continued(), *_of_vocabulary())


def _listed(table: dict[str, tuple[tuple[str, float], ...]], where: Where) -> Iterator[Cue]:
    for kind, words in table.items():
        for each, weight in words:
            yield Cue(kind, each, stream_of(each), where, weight, False)


def _continued() -> Iterator[Cue]:
    for kind, words in _CONTINUED.items():
        for each, weight in words:
            yield Cue(kind, each, stream_of(each), "title", weight, True)


def _of_vocabulary() -> Iterator[Cue]:
    listed: dict[str, Any] = json.loads(
        resource("vocabularies/document_kind.json").read_text("utf-8")
    )
    for item in listed["items"]:
        if item["code"] not in _TITLES and ".*" not in item.get("title_cue", ".*"):
            for words in item["title_cue"].split("|"):
                yield Cue(item["code"], words, stream_of(words), "title", _SITE_WEIGHT, False)
