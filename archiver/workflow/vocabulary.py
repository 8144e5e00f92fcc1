"""The words of the controlled vocabularies, in the chosen language."""

import json
from functools import cache

from archiver.i18n import N_, _, language
from archiver.settings import resource


@cache
def items(vocabulary: str) -> dict[str, dict[str, str]]:
    """code -> {ar, en, ...} of one vocabulary, in its own order."""
    text = resource(f"vocabularies/{vocabulary}.json").read_text("utf-8")
    return {item["code"]: item for item in json.loads(text)["items"]}


def label(vocabulary: str, code: str) -> str:
    """The word for `code`; the code itself where the vocabulary does not have it."""
    return items(vocabulary).get(code, {}).get(language(), code)


_STATES = {
    "open": N_("open"),
    "rejected": N_("sent back"),
    "accepted": N_("accepted"),
    "sealed": N_("sealed"),
    "waiting": N_("waiting"),
    "read": N_("read"),
    "failed": N_("set aside"),
    "hashed": N_("ready to be sent"),
    "sending": N_("being sent"),
    "stored": N_("sent, not yet under its name"),
    "committed": N_("sent, waiting for the receipt"),
    "receipted": N_("signed for"),
    "refused": N_("refused"),
    "held": N_("held"),
}


def state_word(state: str) -> str:
    """The word for a state of a case file, a page or a delivery."""
    return _(_STATES[state])
