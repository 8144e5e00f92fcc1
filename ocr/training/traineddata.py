"""The container of a Tesseract model: named components in one `.traineddata` file.

Layout: int32 count, count x int64 offsets from the start of the file (-1: absent), the bytes.
Source: Tesseract 5, src/ccutil/tessdatamanager.cpp.
"""

import os
import struct
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from ocr.errors import OcrError

NAMES = (
    "config",
    "unicharset",
    "unicharambigs",
    "inttemp",
    "pffmtable",
    "normproto",
    "punc-dawg",
    "word-dawg",
    "number-dawg",
    "freq-dawg",
    "fixed-length-dawgs",
    "cube-unicharset",
    "cube-word-dawg",
    "shapetable",
    "bigram-dawg",
    "unambig-dawg",
    "params-model",
    "lstm",
    "lstm-punc-dawg",
    "lstm-word-dawg",
    "lstm-number-dawg",
    "lstm-unicharset",
    "lstm-recoder",
    "version",
)
ABSENT = -1

Components = Mapping[str, bytes]


class BadModel(OcrError):
    """A model file is cut short or is not what its name says."""


def unpack(data: bytes) -> dict[str, bytes]:
    """The components of a model, in the order of the file. Raises BadModel."""
    try:
        (count,) = struct.unpack_from("<i", data)
        if not 0 < count <= len(NAMES):
            raise BadModel(f"{count} components: this is no Tesseract model")
        offsets = struct.unpack_from(f"<{count}q", data, 4)
    except struct.error as error:
        raise BadModel("the model is cut short") from error
    there = [(place, name) for name, place in zip(NAMES, offsets, strict=False) if place != ABSENT]
    ends = [*there, (len(data), "")]
    if any(one > other for (one, _), (other, _) in pairwise(ends)):
        raise BadModel("the model is cut short")
    return {name: data[start:end] for (start, name), (end, _) in pairwise(ends)}


def pack(components: Components) -> bytes:
    """One file of the components. Raises BadModel for a name Tesseract does not know."""
    unknown = set(components) - set(NAMES)
    if unknown:
        raise BadModel(f"no such components: {', '.join(sorted(unknown))}")
    offsets, place = [], 4 + 8 * len(NAMES)
    for name in NAMES:
        offsets.append(place if name in components else ABSENT)
        place += len(components.get(name, b""))
    head = struct.pack(f"<i{len(NAMES)}q", len(NAMES), *offsets)
    return head + b"".join(components[name] for name in NAMES if name in components)


def read(path: Path) -> dict[str, bytes]:
    """The components of the model at `path`. Raises BadModel, OSError."""
    return unpack(path.read_bytes())


def write(path: Path, components: Components) -> None:
    """Durable before visible: a model is either the old one or the new one."""
    write_durably(path, pack(components))


def write_durably(path: Path, data: bytes) -> None:
    """A temporary name, fsynced, renamed, and the folder fsynced."""
    half = path.with_name(path.name + ".part")
    with half.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
