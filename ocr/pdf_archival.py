"""What makes a PDF an archival one: PDF/A-2b (ISO 19005-2), and its title and language."""

from typing import Final
from xml.sax.saxutils import escape

from PIL import ImageCms

from ocr.pdf_file import PdfFile, text_string

_SPACE: Final = "sRGB IEC61966-2.1"
_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def finish(pdf: PdfFile, tree: int, title: str, language: str) -> None:
    """Write all that is left but the pages. `title` loses what XML cannot hold."""
    seen = "".join(letter for letter in title if letter >= " " and letter not in "\ufffe\uffff")
    packet = _XMP.format(title=escape(seen), language=escape(language)).encode()
    metadata = pdf.stream(packet, "/Type/Metadata/Subtype/XML", deflate=False)
    profile = pdf.stream(_srgb(), "/N 3")
    intent = pdf.add(
        f"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier({_SPACE})/Info({_SPACE})"
        f"/DestOutputProfile {profile} 0 R>>"
    )
    root = pdf.add(
        f"<</Type/Catalog/Pages {tree} 0 R/Metadata {metadata} 0 R/OutputIntents[{intent} 0 R]"
        f"/Lang {text_string(language)}/ViewerPreferences<</DisplayDocTitle true>>>>"
    )
    pdf.finish(root, pdf.add(f"<</Title {text_string(seen)}>>"))


def _srgb() -> bytes:
    """The sRGB profile of LittleCMS (MIT), less its date: equal pages give equal bytes."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = b"\x07\xd0\x00\x01\x00\x01" + bytes(6)  # 1 January 2000
    return bytes(profile)
