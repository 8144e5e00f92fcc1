"""What is wrong with a file that a site wrote: which file, which line, what mends it."""

from collections.abc import Iterable

from archiver.errors import EnvironmentProblem
from archiver.i18n import N_, _, isolate


class ProfileWrong(EnvironmentProblem):
    what = N_("The profile {path} is wrong in line {line}: {detail}.")
    advice = N_("{mend} Nothing was changed.")
    retry = False


class VocabularyWrong(EnvironmentProblem):
    what = N_("The vocabulary {path} is wrong in line {line}: {detail}.")
    advice = N_("{mend} Nothing was changed.")
    retry = False


def one_of(known: Iterable[str]) -> str:
    """The mend where only these words are taken."""
    return _("It may be: {known}.").format(known=isolate(" ".join(known)))
