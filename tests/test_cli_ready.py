"""The verbs that the tests fork say what those say that people start."""

import pytest

from tests.command_line import archiver, cold


@pytest.mark.parametrize(
    ("language", "words"),
    [("ar", ("describe", "--help")), ("ar", ("seal", "--nope")), ("en", ("seal", "1/2"))],
)
def test_a_forked_verb_says_the_same(language: str, words: tuple[str, ...]) -> None:
    started, forked = cold(*words, ARCHIVER_LANG=language), archiver(*words, ARCHIVER_LANG=language)
    assert forked.returncode == started.returncode
    assert (forked.stdout, forked.stderr) == (started.stdout, started.stderr)
    assert forked.stdout + forked.stderr != ""
