"""The glyphless font as PDF objects, and what its codes mean."""

from ocr.glyphless import ADVANCE, ASCENT, DESCENT, NAME, truetype
from ocr.pdf_file import PdfFile

_SURROGATES = range(0xD800, 0xE000)


class Letters:
    """The letters of a text layer and their two-byte codes.

    A code is the letter's own number, so that readers without ToUnicode guess right; letters
    beyond 16 bits, which no code can be, take the numbers that no letter has.
    """

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._free = iter(_SURROGATES)

    def code(self, letter: str) -> int:
        """Raises ValueError at the 2,049th letter beyond 16 bits."""
        if letter not in self._codes:
            number = ord(letter) if ord(letter) < 1 << 16 else next(self._free, None)
            if number is None:
                raise ValueError("too many letters beyond 16 bits")
            self._codes[letter] = number
        return self._codes[letter]

    def to_unicode(self) -> bytes:
        """The ToUnicode CMap of the letters that were asked for."""
        known = sorted((code, letter) for letter, code in self._codes.items())
        rows = [f"<{code:04X}> <{letter.encode('utf-16-be').hex()}>" for code, letter in known]
        blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
        mapping = "\n".join(
            f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
        )
        return f"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{mapping}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
""".encode("ascii")


def write_font(pdf: PdfFile, number: int, letters: Letters) -> None:
    """Put the font of a text layer that shows `letters` into `pdf` as object `number`."""
    program = truetype()
    file = pdf.stream(program, f"/Length1 {len(program)}")
    descriptor = pdf.add(
        f"<</Type/FontDescriptor/FontName/{NAME}/Flags 4/ItalicAngle 0/StemV 80/CapHeight {ASCENT}"
        f"/FontBBox[0 {DESCENT} {ADVANCE} {ASCENT}]/Ascent {ASCENT}/Descent {DESCENT}"
        f"/FontFile2 {file} 0 R>>"
    )
    glyphs = pdf.stream(b"\0\1" * 65536)
    descendant = pdf.add(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{NAME}/DW {ADVANCE}"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/FontDescriptor {descriptor} 0 R/CIDToGIDMap {glyphs} 0 R>>"
    )
    meanings = pdf.stream(letters.to_unicode())
    pdf.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/{NAME}/Encoding/Identity-H"
        f"/DescendantFonts[{descendant} 0 R]/ToUnicode {meanings} 0 R>>",
        number,
    )
