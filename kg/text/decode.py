"""From bytes to text: UTF-8, then GB 18030, then whichever reads more like Chinese; what is no text is refused."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from kg.errors import InputError

# The most frequent characters of running text with the genre's own; a wrong decoding has almost none of them.
COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制"
    "机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展"
    "五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争"
    "济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影"
    "算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包"
    "火住调满县局照参红细引听该铁价严龙飞会议书记讯通讯员镇乡街村防疫创卫督检领导主席委员镇区县市省章陈李刘杨赵黄吴徐孙朱胡郭何高，。、；：“”（）《》！？")
# What UTF-8 or GBK looks like after it was read as Latin-1 or Windows-1252.
_MOJIBAKE = frozenset([*map(chr, range(0x80, 0x100)), *"œŒšŠžŽŸƒ€™„†‡‰‹›ˆ˜–"])
MAX_REPLACED = 0.02  # of the characters: more that cannot be read and the file is refused
MIN_COMMON = 0.15  # of the Chinese characters


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    warning: str | None = None  # what was lost, where; the text without it is good


def decode(data: bytes, where: str) -> Decoded:
    """The text of a file.

    UTF-8 with or without a byte order mark, UTF-16 with one, GB 18030 (with it GBK and GB 2312). A file cut inside a character
    is read up to the cut and says so. Raises InputError that names ``where`` for what is empty, binary or in no such encoding.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise InputError(f"{where}: empty")
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return _checked(_lenient(data, "utf-16"), where)
    zero = data.find(b"\x00")
    if zero >= 0:
        raise InputError(f"{where}: binary, not text (a zero byte at {zero})")
    controls = sum(data[:65536].count(bytes([c])) for c in (*range(1, 9), *range(14, 27), *range(28, 32), 127))
    if controls * 50 > len(data[:65536]):
        raise InputError(f"{where}: binary, not text ({controls} control characters at its start)")
    strict = _strict(data)
    if strict is not None:
        return _checked(strict, where)
    candidates = [_lenient(data, "utf-8-sig"), _lenient(data, "gb18030")]
    return _checked(max(candidates, key=lambda d: common_share(d.text) - 5 * _replaced(d.text)), where)


def _strict(data: bytes) -> Decoded | None:
    """The first encoding that reads all of it, or all but the first bytes of a last character."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return Decoded(data.decode(encoding))
        except UnicodeDecodeError as error:
            if len(data) - error.start <= 3 and error.start > 0 and error.reason.startswith(("unexpected end", "incomplete")):
                text = data[:error.start].decode(encoding)
                if encoding == "utf-8-sig" or common_share(text) >= MIN_COMMON:
                    return Decoded(text, f"cut inside a character at byte {error.start}, read up to there")
    return None


def _lenient(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding))
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        name = encoding.removesuffix("-sig").upper().replace("GB18030", "GB 18030")
        lost = text.count("\ufffd")
        places = "a place that is" if lost == 1 else f"{lost} places that are"
        return Decoded(text, f"{places} not {name}, the first at byte {error.start}")


def _checked(decoded: Decoded, where: str) -> Decoded:
    text = decoded.text
    if not text.strip():
        raise InputError(f"{where}: empty")
    if _replaced(text) > MAX_REPLACED:
        reason = decoded.warning or "full of U+FFFD, lost in an earlier conversion"
        raise InputError(f"{where}: neither UTF-8 nor GB 18030 ({reason})")
    letters = [c for c in text[:200_000] if not c.isascii() and not c.isspace()]
    garbled = sum(c in _MOJIBAKE for c in letters)
    if len(letters) >= 20 and garbled * 2 > len(letters):
        raise InputError(f"{where}: mis-encoded: Chinese text that was once read as Latin (begins {text.strip()[:12]!r})")
    han = [c for c in letters if "\u3400" <= c <= "\u9fff"]
    if len(letters) >= 20 and common_share(text) < MIN_COMMON and len(han) * 2 > len(letters):
        raise InputError(f"{where}: mis-encoded: in no encoding does it read as Chinese (begins {text.strip()[:12]!r})")
    return decoded


def common_share(text: str) -> float:
    """The share of frequent characters among those that are not ASCII; 1 for ASCII alone."""
    letters = [c for c in text[:200_000] if not c.isascii() and not c.isspace()]
    return sum(c in COMMON for c in letters) / len(letters) if letters else 1.0


def _replaced(text: str) -> float:
    return text.count("\ufffd") / max(1, len(text))
