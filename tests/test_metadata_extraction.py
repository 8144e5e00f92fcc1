"""What the rules read out of the headings, the fictional case, and damaged or hostile pages."""

from collections.abc import Iterator

import pytest

from archiver.demo.manifest import faces
from archiver.demo.script import truth as printed
from archiver.metadata.extraction.case_file import extract
from archiver.metadata.extraction.heading import heading_of
from archiver.metadata.extraction.kinds import page_kind
from archiver.metadata.extraction.mend import case_mentions
from archiver.metadata.extraction.names import names_in, sorting_key
from archiver.metadata.extraction.page import PageText
from archiver.metadata.extraction.proposal import CONFIDENT, Proposal
from archiver.metadata.profile_file import read_profiles
from archiver.metadata.values import checked
from archiver.metadata.vocabularies import Vocabularies
from benchmarks.extraction import DEMO
from benchmarks.extraction_score import FIELDS, Tallies, count_kind, empty, score
from benchmarks.headings import Heading, headings
from benchmarks.noise import damaged, seeded
from index.arabic import fold

GOALS = {
    "kind": 0.98, "case_key": 0.99, "hearing_date": 0.97, "hearing_date_hijri": 0.97,
    "filing_date": 0.97, "lower_date": 0.97, "circuit": 0.99, "to_year": 0.99, "to_part": 0.99,
    "to_page": 0.99, "rule_no": 0.99, "bench": 0.9, "subject_heading": 0.9, "party": 0.9,
    "prosecution_member": 0.9, "clerk": 0.9, "disposition": 0.9, "lower_court": 0.9,
    "lower_case": 0.9, "series": 0.97, "circuit_day": 0.97, "laws_cited": 0.9,
}  # fmt: skip


@pytest.fixture(scope="module")
def clean() -> Tallies:
    tallies = empty()
    for heading in headings():
        guess = page_kind(PageText(1, heading.text))[0]
        count_kind(heading.kind, guess.kind, guess.probability, tallies, heading.name)
        score(heading.truth, _read(heading.text, guess.kind), tallies, heading.name)
    return tallies


def _read(text: str, kind: str) -> tuple[Proposal, ...]:
    return extract([(PageText(1, text), kind)])


def _demo(share: float = 0.0, seed: int = 0) -> list[tuple[PageText, str]]:
    names = [face.name for bundle, face in faces() if bundle == "case"]
    pages = [
        PageText(number, damaged(printed(name), share, seeded(seed, number)))
        for number, name in enumerate(names, start=1)
    ]
    return [(page, page_kind(page)[0].kind) for page in pages]


def test_there_are_enough_headings_of_all_kinds_of_papers() -> None:
    found = headings()
    assert len(found) >= 80
    assert len({heading.kind for heading in found}) >= 25
    assert {of for heading in found for of in heading.truth} <= set(FIELDS)


@pytest.mark.parametrize("of", GOALS)
def test_clean_headings_reach_the_goals(clean: Tallies, of: str) -> None:
    tally = clean[of]
    assert tally.right + tally.missed > 0
    assert tally.precision >= GOALS[of] and tally.recall >= GOALS[of], tally.examples


def test_no_number_of_one_page_alone_is_claimed_for_sure() -> None:
    for heading in headings():
        for proposal in _read(heading.text, heading.kind):
            if proposal.field in ("case_key", "lower_case"):
                assert proposal.probability < CONFIDENT, heading.name


@pytest.mark.parametrize("share", [0.02, 0.05, 0.1])
def test_no_wrong_number_is_ever_claimed_for_sure(share: float) -> None:
    right = 0
    for seed in range(3):
        for proposal in extract(_demo(share, seed)):
            if proposal.field == "case_key" and proposal.probability >= CONFIDENT:
                assert (proposal.value["number"], proposal.value["judicial_year"]) == (99001, 93)
                right += 1
    assert right == 3


def test_five_in_a_hundred_damaged_characters_cost_the_case_none_of_its_main_fields() -> None:
    found = {proposal.field: proposal.value for proposal in extract(_demo(0.05))}
    assert found["circuit"] == "civil_commercial"
    assert found["lower_court"] == "ca_cairo"
    assert found["disposition"] == "quash_remit"
    assert found["circuit_day"] == {"day": "thu", "letter": "letter_2"}


def test_the_fictional_case_is_read_as_a_whole() -> None:
    tallies = empty()
    found = [each for each in extract(_demo()) if each.field not in ("party", "laws_cited")]
    score(DEMO, found, tallies, "case")
    assert not [example for tally in tallies.values() for example in tally.examples]


def test_words_point_at_what_was_read() -> None:
    pages = _demo()
    for proposal in extract(pages):
        words = pages[proposal.page - 1][0].text.split()
        chosen = " ".join(words[number] for number in proposal.words)
        assert proposal.words and proposal.as_written.strip("() .،") in chosen


def _proposed(pages: list[tuple[PageText, str]]) -> dict[str, float]:
    return {
        f"{each.value['number']}/{each.value['judicial_year']}": each.probability
        for each in extract(pages)
        if each.field == "case_key"
    }


def _pages(*texts: str) -> list[tuple[PageText, str]]:
    return [(PageText(number, text), "receipt_bail") for number, text in enumerate(texts, start=1)]


def test_pages_that_agree_raise_the_probability_and_others_lower_it() -> None:
    text = "محكمة النقض\nفي الطعن رقم 2208 لسنة 61 ق"
    other = text.replace("2208", "3417")
    alone = _proposed(_pages(text))["2208/61"]
    together = _proposed(_pages(text, text))["2208/61"]
    against = _proposed(_pages(text, text, other))
    assert alone < CONFIDENT <= together
    assert against["2208/61"] < together


def test_a_number_that_differs_by_a_figure_from_what_more_pages_say_is_a_misreading() -> None:
    text = "محكمة النقض\nفي الطعن رقم 2208 لسنة 61 ق"
    found = _proposed(_pages(text, text, text.replace("2208", "2298")))
    assert set(found) == {"2208/61"}


def test_two_pages_that_say_different_numbers_leave_both_in_doubt() -> None:
    text = "محكمة النقض\nفي الطعن رقم 2208 لسنة 61 ق"
    found = _proposed(_pages(text, text.replace("2208", "3417")))
    assert set(found) == {"2208/61", "3417/61"}
    assert max(found.values()) < 0.6


def test_a_year_against_the_calendar_is_doubted_but_never_replaced() -> None:
    text = (
        "باسم الشعب\nمحكمة النقض\nالدائرة المدنية\nفي يوم الأحد الموافق 18/2/2024\n"
        "في الطعن المقيد في جدول المحكمة برقم 4117 لسنة {} ق"
    )
    right = _proposed([(PageText(1, text.format(90)), "judgment")])
    wrong = _proposed([(PageText(1, text.format(98)), "judgment")])
    assert set(wrong) == {"4117/98"}
    assert wrong["4117/98"] < right["4117/90"]


def test_what_the_reader_doubts_is_doubted_here() -> None:
    text = "محكمة النقض\nفي الطعن رقم 2208 لسنة 61 ق"
    doubted = PageText(1, text, (0.9,) * 5 + (0.6, 0.9, 0.9, 0.9))
    sure = PageText(1, text)
    assert (
        _proposed([(doubted, "receipt_bail")])["2208/61"]
        < _proposed([(sure, "receipt_bail")])["2208/61"]
    )


def test_every_proposal_has_the_form_that_its_field_takes() -> None:
    vocabularies = Vocabularies(None)
    profile = read_profiles(None, vocabularies.names)["case_file"]
    for heading in headings():
        for proposal in _read(heading.text, heading.kind):
            field = profile.field(proposal.field)
            assert field is not None
            assert checked(field, proposal.value, vocabularies) is not None


def test_memos_and_receipts_have_no_hearing_date() -> None:
    for heading in headings():
        if heading.kind in ("prosecution_memo", "receipt_bail", "receipt_fee", "service"):
            found = _read(heading.text, heading.kind)
            assert "hearing_date" not in {proposal.field for proposal in found}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("الطغن رفم ١٥١٩٣ لسنه ٨٠ ق", "15193/80"),
        ("الطعنرقم 26830 لشنة 80 ق", "26830/80"),
        ("الطعن رقم ٢٧ ٩٧٨ لسلة ٧٨ ق", "27978/78"),
        ("الطعن رقم ٨٥١لسنة ٧٣ق", "851/73"),
        ("الطعن رقم٨٧٨٠ لسنة ٥٣ ف", "8780/53"),
        ("القضيتان رقم 77 سنة 13 القضائية ورقم 12 سنة 14 القضائية", "12/14"),
    ],
)
def test_words_round_a_number_are_put_right_and_the_figures_left(text: str, number: str) -> None:
    found = case_mentions(fold(text))
    assert number in [each.canonical for mention in found for each in mention.mention.numbers]


@pytest.mark.parametrize(
    "text",
    [
        "الاستئناف رقم 8888 لسنة 139 ق",
        "الدعوى رقم 6666 لسنة 2020 مدني كلي",
        "القانون رقم 13 لسنة 1968",
        "التوكيل رقم 7777 لسنة 22",
    ],
)
def test_the_numbers_of_other_papers_stay_theirs(text: str) -> None:
    assert case_mentions(fold(text)) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("السادة القضاة / وليم سرو الغدير ووهبة حور الجدول نواب رئيس المحكمة",
         ["وليم سرو الغدير", "وهبة حور الجدول"]),
        ("حضرات مراد بك طومار الخزانة وحامد بك محبرة القصر مستشارين",
         ["مراد بك طومار الخزانة", "حامد بك محبرة القصر"]),
        ("السيد المستشار / وجدي مثال نائب رئيس المحكمة", ["وجدي مثال"]),
        ("حاتم عينة البيان ، سامح نموذج العرض نائبي رئيس المحكمة ووائل اختبار السجل",
         ["حاتم عينة البيان", "سامح نموذج العرض", "وائل اختبار السجل"]),
    ],
)  # fmt: skip
def test_names_are_parted_and_a_waw_of_their_own_stays(text: str, names: list[str]) -> None:
    assert [name.text for name in names_in(text)] == names
    assert all(text[name.start : name.end] == name.text for name in names_in(text))


def test_the_sorting_key_has_no_honorifics_and_joins_compounds() -> None:
    assert sorting_key("حضرة صاحب العزة عبد الخالق باشا مثال") == "عبدالخالق مثال"
    assert sorting_key("الدكتور أبو زيد نموذج بصفته") == "ابوزيد نموذج"
    assert sorting_key("السيد") == "السيد"  # somebody may be called so


def test_the_heading_of_a_page_for_the_index() -> None:
    text = "الطغن رقم ١٢٣٤ لسنه ٥٦ ق الدائرة البجارية المزفوع من نموذج مثال العينة ضدسالم تجربة"
    found = heading_of(text)
    assert found.numbers == ("1234/56",)
    assert found.circuit == "commercial"
    assert found.parties == ("نموذج مثال العينة", "سالم تجربة")


def _hostile() -> Iterator[str]:
    yield from ("", " " * 1000, "\n" * 1000, "\x00\x00", "(" * 1000, "ـ" * 5000)
    yield from ("\u202eضد \u2066" * 5000, "1 / " * 20_000, "12 سنة 5 " * 5000, 'شفعة "' * 5000)
    yield from ("الطعن رقم " * 5000, "المرفوع من " + "ضد " * 10_000, "1/2/2020 " * 5000)


@pytest.mark.parametrize("text", list(_hostile()))
def test_no_page_makes_the_rules_fail(text: str) -> None:
    page = PageText(1, text)
    assert page_kind(page)
    for kind in ("judgment", "cover", "principle_sheet", "other"):
        for proposal in extract([(page, kind)]):
            assert 0 < proposal.probability <= 1


def test_a_page_without_a_cue_goes_on_with_the_document_before_it() -> None:
    guess = page_kind(PageText(1, "ولم يقدم الطرفان ما يثبت ما يدعيانه من أمور كثيرة"))[0]
    assert guess.kind == "other" and guess.continues


def test_headings_are_no_two_alike() -> None:
    found: list[Heading] = headings()
    assert len({heading.name for heading in found}) == len(found)
