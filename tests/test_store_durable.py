"""A file appears whole, under its own name, and nothing but a file is ever replaced."""

import os
import threading
from pathlib import Path

from archiver.store import durable


def test_a_pipe_takes_the_bytes_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    came: list[bytes] = []
    reader = threading.Thread(target=lambda: came.append(pipe.read_bytes()))
    reader.start()
    durable.write_bytes(pipe, b"record")
    reader.join(timeout=10)
    assert came == [b"record"]
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_link_goes_on_naming_the_file_behind_it(tmp_path: Path) -> None:
    folder, link = tmp_path / "folder", tmp_path / "link"
    folder.mkdir()
    (folder / "file").write_bytes(b"before")
    link.symlink_to(folder / "file")
    durable.write_bytes(link, b"after")
    assert link.is_symlink()
    assert (folder / "file").read_bytes() == b"after"


def test_a_block_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"before")
    try:
        with durable.written(path) as file:
            file.write(b"half")
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]
