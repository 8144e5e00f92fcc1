"""Pure functions on Arabic text, open to every floor: folding, stems, case numbers."""

from index.arabic_fold import Folded, Token, fold, fold_text, terms, tokens
from index.arabic_numbers import CaseMention, CaseNumber, find_case_mentions, find_case_numbers
from index.arabic_stem import light_stem

__all__ = [
    "CaseMention",
    "CaseNumber",
    "Folded",
    "Token",
    "find_case_mentions",
    "find_case_numbers",
    "fold",
    "fold_text",
    "light_stem",
    "terms",
    "tokens",
]
