"""What stands of a history, against two heaps: what was done, and what was taken back."""

from hypothesis import given
from hypothesis import strategies as st

from archiver.model.taking_back import chains, newest_standing, newest_taken_back, redoing

Rows = list[tuple[int, int | None]]


def standing(rows: Rows) -> list[int]:
    return [chain.act for chain in chains(rows) if chain.stands]


@given(st.lists(st.sampled_from(["act", "undo", "redo"]), max_size=40))
def test_undo_and_redo_go_back_and_forth_as_two_heaps_do(asked: list[str]) -> None:
    rows: Rows = []
    done, undone, again = list[int](), list[int](), set[int]()
    for what in asked:
        number, known = len(rows) + 1, chains(rows)
        if what == "act":
            rows.append((number, None))
            done, undone = [*done, number], []
            continue
        chain = newest_standing(known) if what == "undo" else newest_taken_back(known)
        source, goal = (done, undone) if what == "undo" else (undone, done)
        assert (chain.act if chain else None) == (source[-1] if source else None)
        if chain:
            rows.append((number, chain.last))
            goal.append(source.pop())
            again |= {number} if what == "redo" else set()
        assert standing(rows) == done
    assert redoing(rows) == again
    taken_back = [undoes for _, undoes in rows if undoes]
    assert len(taken_back) == len(set(taken_back))  # the table wants that
