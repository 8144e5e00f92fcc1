"""The glyphless font as PDF objects: codes are UTF-16 units and mean themselves."""

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from ocr.glyphless import ADVANCE, ASCENT, DESCENT, NAME, truetype


def fill(pdf: pikepdf.Pdf, font: pikepdf.Object, letters: set[int]) -> None:
    """Make `font`, so far empty, the font of a text layer that shows `letters`."""
    file = truetype()
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/" + NAME),
        Flags=4,
        FontBBox=Array([0, DESCENT, ADVANCE, ASCENT]),
        ItalicAngle=0,
        Ascent=ASCENT,
        Descent=DESCENT,
        CapHeight=ASCENT,
        StemV=80,
        FontFile2=Stream(pdf, file, Length1=len(file)),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/" + NAME),
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=ADVANCE,
        CIDToGIDMap=Stream(pdf, b"\0\1" * 65536),
    )
    font.Subtype = Name.Type0
    font.BaseFont = Name("/" + NAME)
    font.Encoding = Name("/Identity-H")
    font.DescendantFonts = Array([pdf.make_indirect(descendant)])
    font.ToUnicode = Stream(pdf, _to_unicode(letters))


def _to_unicode(letters: set[int]) -> bytes:
    """Codes are UTF-16 units and mean themselves; only those in use are listed."""
    rows = [f"<{code:04X}> <{code:04X}>" for code in sorted(letters)]
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
