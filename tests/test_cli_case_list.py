"""The verbs case-list import, show, match, next, and carry."""

from pathlib import Path

from archiver.errors import InputError
from tests.command_line import answer, archiver

LIST = "رقم الطعن;السنة القضائية;الدائرة\n99001;93;الدائرة المدنية\n99002;93;\n99002;93;\n"


def test_a_list_is_taken_in_shown_and_matched(read_archive: Path, tmp_path: Path) -> None:
    def call(*words: str | Path, lang: str = "en"):
        return archiver(*words, "--archive", read_archive, "--lang", lang)

    file = tmp_path / "قائمة.csv"
    file.write_bytes(LIST.encode("cp1256"))
    done = call("case-list", "import", file, "--json", "--as", "سعاد")
    assert done.returncode == InputError.exit_code  # one row stands twice
    told = answer(done)
    assert (told["rows"], told["left_out"], told["encoding"]) == (2, 1, "cp1256")
    assert told["notices"][0]["facts"]["row"] == 4
    assert answer(call("case-list", "show", "--json"))["lists"][0]["matched"] == 1
    (missing,) = answer(call("case-list", "show", "--missing", "--json"))["rows"]
    assert missing["case"] == "99002/93"
    assert "٩٩٠٠٢/٩٣" in call("case-list", "next", lang="ar").stdout
    assert answer(call("case-list", "match", "--json"))["fields"] == 1
    refused = call("carry", "99001/93")
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    file.write_text("a,b\n1,2\n", "utf-8")
    wrong = call("case-list", "import", file, lang="ar")
    assert wrong.returncode == InputError.exit_code
    assert "رقم الطعن" in wrong.stderr
