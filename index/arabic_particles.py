"""Arabic words that say nothing of what a page is about: particles, pronouns, auxiliary verbs.

Folded, as `index.arabic_fold` folds them. Those of Lucene's Arabic stop words are among them. They
are searched like any other word; only where a page may lack some of the words asked for do these
not count.
"""

from typing import Final

from index.arabic_fold import fold_text

_WORDS: Final = """
في وفي فيها فيه من ومن منها منه عن عنها عنه على علي عليها عليه الى الي اليها اليه مع ب
بها به ل لها له لك و ف ثم او ام اي اى لا ولا الا الى لكن ولكن بل ما وما كما فما مما عما
لم ولم لن ولن ليس ليست قد وقد لقد ان انها انه بان فان وان بانه وانه اذا اذ اذن لو لولا
كي لكي حتى حتي اما انما التي التى الذي الذى الذين اللذين اللتين اللاتي هي هى هو هم هن
هما انت انا نحن وهي وهو فهي فهو هذا هذه هؤلاء تلك ذلك اولئك هناك هنا كان كانت يكون تكون
وكان وكانت فكان كل وكل بعض جميع غير نحو بين بينما منذ ضمن حيث وحيث الان خلال بعد قبل عند
عندما لدى لدي دون سوى ايضا كذلك ا
"""
PARTICLES: Final = frozenset(map(fold_text, _WORDS.split()))
