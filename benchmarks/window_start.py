"""One start of the window, or of its peer, told by what is painted and what a key does.

`python -m benchmarks.window_start ours ARCHIVE BEGAN` or `… peer "" BEGAN`; BEGAN is the moment
the process was started, time.monotonic(). One JSON object: seconds until the first painting that
shows the day (the list), and until a key pressed then had its effect.
"""

import sys


def ours(archive: str, began: float) -> None:
    from ui.main import load  # noqa: PLC0415 - the peer does without; Qt comes when it likes

    start = load()
    from PySide6.QtCore import Qt  # noqa: PLC0415

    from benchmarks.window_watch import Watch, tell  # noqa: PLC0415

    show = start.show

    def watched(window: start.Window) -> None:  # type: ignore[name-defined]
        screen = window.screens["today"]
        Watch(
            window,
            lambda: screen.shown is not None,
            lambda: tell(began, window, Qt.Key.Key_F1, window.key_map.isVisible),
        )
        show(window)

    start.show = watched
    start.start(["--archive", archive])


def peer(began: float) -> None:
    """A window with the same typefaces and an empty list."""
    from PySide6.QtCore import Qt  # noqa: PLC0415 - as above
    from PySide6.QtWidgets import QApplication, QListView, QMainWindow  # noqa: PLC0415

    from benchmarks.window_watch import Watch, tell  # noqa: PLC0415
    from ui.fonts import font, load_fonts  # noqa: PLC0415

    application = QApplication([])
    load_fonts()
    application.setFont(font(14))
    window, listing, seen = QMainWindow(), QListView(), []
    window.setCentralWidget(listing)
    window.resize(1440, 900)
    window.menuBar().addMenu("Station").addAction("Keys", lambda: seen.append(1)).setShortcut("F1")
    Watch(window, lambda: True, lambda: tell(began, window, Qt.Key.Key_F1, lambda: bool(seen)))
    window.show()
    application.exec()


if __name__ == "__main__":
    kind, archive, moment = sys.argv[1:]
    if kind == "ours":
        ours(archive, float(moment))
    else:
        peer(float(moment))
