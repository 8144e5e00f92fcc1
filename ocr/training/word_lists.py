# mypy: disable-error-code="import-not-found"
"""The vocabulary that a model is trained on; needs the `training` extra for its word list."""

from pathlib import Path

import wordfreq

from ocr.training import vocabulary
from ocr.training.vocabulary import Vocabulary


def full(dictionary: Path | None) -> Vocabulary:
    """wordfreq's Arabic words, and the stems of a hunspell dictionary where one is named."""
    rare = vocabulary.dictionary_words(dictionary) if dictionary is not None else []
    return vocabulary.from_frequencies(wordfreq.get_frequency_dict("ar", wordlist="best"), rare)
