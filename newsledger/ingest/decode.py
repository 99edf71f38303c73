"""From bytes to text: which encoding, or a refusal as `binary` or `encoding`."""

import codecs
import re

from newsledger.errors import RefusedDocument

# What a label means on the web (WHATWG Encoding Standard): the larger sets that browsers decode
# these labels with.
_WEB_LABELS = {
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252",
    "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
    "shift_jis": "cp932", "shift-jis": "cp932",
    "x-sjis": "cp932", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "iso-8859-8-i": "iso-8859-8", "windows-874": "cp874", "tis-620": "cp874",
    "iso-8859-11": "cp874", "x-cp1252": "cp1252",
}  # fmt: skip
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_MAGIC = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF",
    b"MZ\x90", b"\xd0\xcf\x11\xe0", b"RIFF",
    b"OggS", b"ID3", b"\x00\x00\x01\x00", b"wOFF", b"wOF2", b"SQLite format 3\x00", b"7z\xbc\xaf",
    b"Rar!", b"\xca\xfe\xba\xbe", b"BZh",
    b"\xfd7zXZ", b"\x28\xb5\x2f\xfd",
)  # fmt: skip
_CONTROL = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 27}) + b"\x7f"
_MAX_CONTROL = (
    0.01  # share of control characters; text files measured have none, binary files 5 % and more
)
# broken sequences per valid multi-byte sequence for text that is still UTF-8, cut or joined badly
_MAX_BROKEN = 0.02
_MIN_ASCII = 0.85  # share of ASCII bytes in Western text; French and German news has 94 to 99 %
_MAX_CHAOS = 0.2  # charset-normalizer's own limit for a mess
_SAMPLE = 50_000  # bytes that the detector looks at; more makes it slower and no surer
_META_CHARSET = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_BROKEN_UTF8 = "\ufffd"
_ODD_CAPITAL = re.compile(r"[a-z][À-ÖØ-ÞÐ][a-z ]")  # "donÕt": Mac Roman read as Windows-1252
_QUOTES = re.compile("[‘’“”–—…éèàüöäñç]")
# share of the characters above ASCII that are quotation marks, dashes and the commonest accented
# letters
_MIN_QUOTES = 0.7


def decode_bytes(
    content: bytes, charset: str | None = None, *, is_markup: bool = False
) -> tuple[str, str]:
    """Decode bytes; returns the text and the name of the encoding.

    Stages: (1) byte order mark; (2) UTF-16 without one; (3) bytes that are no text; (4) UTF-8,
    which other encodings do not pass by chance; (5) what HTTP, `<meta>` or the XML declaration
    says; (6) UTF-8 with a few broken places; (7) Windows-1252 or Mac Roman for Western text; (8)
    detection. Raises `RefusedDocument` with `binary` or `encoding`.
    """
    for bom, name in _BOMS:
        if content.startswith(bom):
            return _decode_strictly(content, name)
    if found := _find_utf16(content):
        return found
    _refuse_binary(content)
    declared = _declared(content, charset, is_markup)
    is_seven_bit = content.isascii()
    if is_seven_bit and not (declared and b"\x1b" in content):
        return content.decode("ascii"), "utf-8"
    for candidate in ("utf-8", declared) if not is_seven_bit else (declared, "utf-8"):
        if candidate and (text := _try(content, candidate)) is not None:
            return text, candidate
    return _decode_undeclared(content)


def _decode_strictly(content: bytes, name: str) -> tuple[str, str]:
    if name == "utf-8-sig" and (text := _try(content, name)) is None:
        return content.decode("utf-8-sig", "replace"), "utf-8"
    text = _try(content, name)
    if text is None:
        raise RefusedDocument("encoding", f"starts with a byte order mark of {name}, but is not")
    return text, "utf-8" if name == "utf-8-sig" else name


def _try(content: bytes, name: str) -> str | None:
    try:
        return content.decode(name)
    except (UnicodeError, ValueError):
        return None


def _find_utf16(content: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark: every second byte is mostly zero (Latin), or spaces and line ends
    stand as two bytes."""
    sample = content[: _SAMPLE - _SAMPLE % 2]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 8 * min(even, odd) + 1 or max(even, odd) < len(sample) // 40:
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    text = _try(content[: len(content) - len(content) % 2], name)
    if text is None:
        return None
    unprintable = sum(not (char.isprintable() or char.isspace()) for char in text[:5000])
    return (text, name) if unprintable <= _MAX_CONTROL * min(len(text), 5000) else None


def _refuse_binary(content: bytes) -> None:
    if content.startswith(_MAGIC):
        raise RefusedDocument("binary", "an image, archive, document or program, not text")
    sample = content[:_SAMPLE]
    control = len(sample) - len(sample.translate(None, _CONTROL))
    if control > _MAX_CONTROL * len(sample):
        raise RefusedDocument("binary", f"{control / len(sample):.0%} control characters")


def _declared(content: bytes, charset: str | None, is_markup: bool) -> str | None:
    names = [charset] if charset else []
    if is_markup and (match := _META_CHARSET.search(content[:4096])):
        names.append(match[1].decode("ascii", "replace"))
    for name in names:
        label = name.strip("\"' ").lower()
        try:
            info = codecs.lookup(_WEB_LABELS.get(label, label))
        except (LookupError, ValueError):
            continue
        if info._is_text_encoding and info.name not in (
            "utf-16",
            "utf-7",
            "idna",
            "punycode",
            "unicode_escape",
            "raw_unicode_escape",
        ):
            return info.name
    return None


def _decode_undeclared(content: bytes) -> tuple[str, str]:
    text = content.decode("utf-8", "replace")
    broken = text.count(_BROKEN_UTF8)
    multibyte = sum(1 for char in text if char > "\x7f") - broken
    if broken <= max(_MAX_BROKEN * multibyte, 1 if multibyte >= 3 else 0):
        return text, "utf-8"
    western = _try(content, "cp1252")
    sample = content[:_SAMPLE]
    share = sum(byte < 128 for byte in sample) / len(sample)
    if share >= _MIN_ASCII:
        if western is not None and len(_ODD_CAPITAL.findall(western)) <= 1:
            return western, "cp1252"
        mac = content.decode("mac_roman")
        if len(_QUOTES.findall(mac)) >= _MIN_QUOTES * sum(char > "\x7f" for char in mac):
            return mac, "mac_roman"
    return _detect(content)


def _detect(content: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(content[:_SAMPLE], threshold=_MAX_CHAOS, enable_fallback=False).best()
    if best is None or (not best.languages and not best.alphabets):
        raise RefusedDocument("encoding", "no known encoding gives readable text")
    text = content.decode(best.encoding, "replace")
    if text.count("\ufffd") > 0.001 * len(text):
        raise RefusedDocument("encoding", f"looks like {best.encoding}, but is not")
    return text, best.encoding
