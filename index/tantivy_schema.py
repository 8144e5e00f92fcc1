"""The fields of a tantivy index, and a page as a document of them."""

from typing import Final

from tantivy import Document, Schema, SchemaBuilder

from index.analysis import NUMBER_FIELDS, TEXT_FIELDS
from index.engine import FACETS
from index.entry import Entry
from index.tantivy_queries import OPTIONS

SCHEMA_VERSION: Final = 2
FACET: Final = "by_"
_KEPT_ONCE: Final = ("day_order", "case_order", "stamp")


def schema() -> Schema:
    builder = SchemaBuilder()
    for name, kept in TEXT_FIELDS.items():
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=OPTIONS[kept])
    for name in NUMBER_FIELDS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in _KEPT_ONCE:
        builder.add_unsigned_field(name, fast=True)
    for name in ("access_level", "suggested"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for facet in FACETS:
        builder.add_text_field(FACET + facet, tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


def document(entry: Entry) -> Document:
    made = Document()
    for field, terms in entry.terms.items():
        made.add_text(field, terms)
    for field, numbers in entry.numbers.items():
        for number in numbers:
            made.add_unsigned(field, number)
    for field in _KEPT_ONCE:
        made.add_unsigned(field, getattr(entry, field))
    for facet, values in entry.facets.items():
        for value in values:
            made.add_text(FACET + facet, value)
    made.add_text("access_level", entry.access)
    for term in entry.suggested:
        made.add_text("suggested", term)
    return made
