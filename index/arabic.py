"""Pure functions on Arabic text, open to every floor: folding, stems, shapes, case numbers."""

from index.arabic_fold import Folded, Token, code_terms, fold, fold_text, terms, tokens
from index.arabic_numbers import (
    CaseMention,
    CaseNumber,
    case_terms,
    find_case_mentions,
    find_case_numbers,
)
from index.arabic_rasm import rasm, same_shape, shapes
from index.arabic_stem import light_stem

__all__ = [
    "CaseMention",
    "CaseNumber",
    "Folded",
    "Token",
    "case_terms",
    "code_terms",
    "find_case_mentions",
    "find_case_numbers",
    "fold",
    "fold_text",
    "light_stem",
    "rasm",
    "same_shape",
    "shapes",
    "terms",
    "tokens",
]
