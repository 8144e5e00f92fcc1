"""The query language: what it means, and what it says where it cannot be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QueryError
from index.query import parse
from index.tree import (
    And,
    Days,
    Field,
    Fuzzy,
    Names,
    Node,
    Not,
    Number,
    Or,
    Phrase,
    Prefix,
    Word,
    leaves,
)

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
        ("تعويض~", Fuzzy("تعويض")),
        ("خصم:(شركة الواحة) عقد", And((Names("party", ("شركه", "الواحه")), Word("عقد")))),
        ('قاضٍ:"علي حسن"', Names("judge", ("علي", "حسن"))),
        ("party:أحمد", Names("party", ("احمد",))),
        ("دائرة:civil صندوق:١٢", And((Field("circuit", "civil"), Field("box", "12")))),
        ('دفعة:"دفعة 7"', Field("lot", "دفعه_7")),
        ("تاريخ:1951..1953", Days(19510101, 19531231)),
        ("تاريخ:١٤/٣/١٩٥١", Days(19510314, 19510314)),
        ("date:3/1951", Days(19510301, 19510331)),
        ("date:1951-03..", Days(19510301, 99991231)),
        ("تاريخ:1370", Days(19501013, 19511001)),
        ("تاريخ:١٤٤٣هـ", Days(20210809, 20220729)),
        ("طعن:1234/56", Number("1234/56", own_only=True)),
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
        ("~", "one_word", 0),
        ("تاريخ:أمس", "date", 6),
        ("تاريخ:30/2/1951", "date", 6),
        ("تاريخ:1953..1951", "later_date", 6),
        ("خصم:(علي", "closing_bracket", 4),
        ("خصم:", "field_value", 4),
        ("(" * 21 + "عقد" + ")" * 21, "fewer_brackets", 20),
        ("ا" * 1001, "shorter_query", 1000),
        ("ا ب " * 21, "fewer_words", 80),
    ],
)
def test_errors_say_where_and_what(text: str, expected: str, position: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert (caught.value.expected, caught.value.position) == (expected, position)


@given(
    st.text(
        st.sampled_from('عقد بيع طعن رقم لسنة 12/5 ():"«»*-|OR أو سنة:قضية:نوع:تاريخ:خصم:~.'),
        max_size=60,
    )
)
def test_any_text_is_a_tree_or_a_query_error(text: str) -> None:
    try:
        tree = parse(text)
    except QueryError as error:
        assert 0 <= error.position <= len(text)
    else:
        assert isinstance(tree, Not) or list(leaves(tree)) or isinstance(tree, And | Or)
