"""The command line: `archiver VERB …`."""

import gettext
import os
import sys
from collections.abc import Sequence

from archiver import i18n
from archiver.settings import resource


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point. Chooses the language first: the help texts are worded when verbs are made."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    language = _asked(words) or i18n.default_language()
    i18n.set_language(language)
    os.environ["ARCHIVER_LANG"] = language  # worker processes speak it, too
    _word_click(language)
    # Help is worded as the group is made, so it is imported after the language is known.
    from archiver.cli.group import station_command  # noqa: PLC0415

    try:
        station_command(words, prog_name="archiver")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None


def _asked(words: Sequence[str]) -> str | None:
    for place, word in enumerate(words):
        value = word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if word == "--lang" and place + 1 < len(words):
            value = words[place + 1]
        if value in i18n.LANGUAGES:
            return value
    return None


def _word_click(language: str) -> None:
    """click's own words come from our catalogue as well."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("archiver", resource("locale"))
    gettext.textdomain("archiver")


if __name__ == "__main__":
    main()
