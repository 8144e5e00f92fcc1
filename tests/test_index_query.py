"""The query language: what it means, and what it says where it cannot be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QueryError
from index.query import parse
from index.tree import And, Field, Node, Not, Number, Or, Phrase, Prefix, Word, leaves

_CODES = {"kind": {"حُكم": "judgment", "صحيفة طعن": "appeal_statement"}}


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("عقد", Word("عقد")),
        ("عقد البيع،", And((Word("عقد"), Word("البيع")))),
        (
            "بيع OR إيجار عقد",
            Or((Word("بيع"), And((Word("ايجار"), Word("عقد"))))),
        ),
        ("(بيع أو إيجار) عقد", And((Or((Word("بيع"), Word("ايجار"))), Word("عقد")))),
        ("بيع | إيجار", Or((Word("بيع"), Word("ايجار")))),
        ('"الدفاع الجوهري" -إيجار', And((Phrase(("الدفاع", "الجوهري")), Not(Word("ايجار"))))),
        ("«محكمة النقض»", Phrase(("محكمه", "النقض"))),
        ("تعويض*", Prefix("تعويض")),
        ("(ش.م.م)", Phrase(("ش", "م", "م"))),
        ("99001/93", Number("99001/93")),
        ("٩٩٠٠١/٩٣", Number("99001/93")),
        ("الطعن رقم ١٢٣٤ لسنة ٥٦ ق فسخ", And((Number("1234/56"), Word("فسخ")))),
        ("رقم الطعن: 99001 لسنة 93 ق", Number("99001/93")),
        ("الطعنان رقما 12 و13 لسنة 50", Or((Number("12/50"), Number("13/50")))),
        ("-1234/56 بيع", And((Not(Number("1234/56")), Word("بيع")))),
        ("(1234/56 OR 12/5)", Or((Number("1234/56"), Number("12/5")))),
        ("قضية:1234/56", Number("1234/56", own_only=True)),
        ('case:"١٢٣٤ لسنة ٥٦" x', And((Number("1234/56", own_only=True), Word("x")))),
        ("نوع:حكم سنة:٩٣", And((Field("kind", "judgment"), Field("year", "93")))),
        ('نوع:"صحيفة طعن"', Field("kind", "appeal_statement")),
        ("kind:judgment", Field("kind", "judgment")),
        ("series:civil", Field("series", "civil")),
        ('عنوان:"شركة الواحة"', Field("title", "شركه الواحه")),
        ('نص:"محكمة النقض"', Phrase(("محكمه", "النقض"))),
        ("الطاعن: شركة", And((Word("الطاعن"), Word("شركه")))),
        ("جلسة 17/10/2024", And((Word("جلسه"), Phrase(("17", "10", "2024"))))),
        ("عقد – بيع", And((Word("عقد"), Word("بيع")))),
    ],
)
def test_trees(text: str, tree: Node) -> None:
    assert parse(text, _CODES) == tree


@pytest.mark.parametrize(
    ("text", "expected", "position"),
    [
        ("", "something_to_find", 0),
        ("  –", "something_to_find", 3),
        ("عقد OR", "something_to_find", 6),
        ("()", "something_to_find", 1),
        ('عقد "بيع', "closing_quote", 4),
        ("عقد (بيع", "closing_bracket", 4),
        ("عقد) بيع", "opening_bracket", 3),
        ("لون:أحمر", "known_field", 0),
        ("سنة:abc", "year", 4),
        ("قضية:abc", "case_number", 5),
        ("قضية:", "field_value", 5),
        ("نوع: ", "field_value", 5),
        ("عقد ا*", "prefix_letters", 4),
        ("*", "prefix_letters", 0),
        ("-–", "something_to_find", 0),
    ],
)
def test_errors_say_where_and_what(text: str, expected: str, position: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert (caught.value.expected, caught.value.position) == (expected, position)


@given(
    st.text(st.sampled_from('عقد بيع طعن رقم لسنة 12/5 ():"«»*-|OR أو سنة:قضية:نوع:.'), max_size=60)
)
def test_any_text_is_a_tree_or_a_query_error(text: str) -> None:
    try:
        tree = parse(text)
    except QueryError as error:
        assert 0 <= error.position <= len(text)
    else:
        assert isinstance(tree, Not) or list(leaves(tree)) or isinstance(tree, And | Or)
