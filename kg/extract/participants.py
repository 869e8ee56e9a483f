"""Bodies that take part in an occasion: who convened it, and whose people were there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.bodies import Places
from kg.extract.people import Naming
from kg.extract.reading import Reading
from kg.model import BodyRole, EventBody, EventKind

_ORGAN = (r"(?:常委班子|理论学习中心组|中心组|人大常委会|人大|政协|政府|纪委监委|纪委|监委|党工委|管委会|工委|党委|常委会|领导小组办公室|领导小组|指挥部办公室|指挥部|办公室|政法委|组织部|宣传部|统战部|巡察办|"
          r"居委会|村委会|委员会|分局|总队|支队|大队|中队|派出所|供电公司|公司|集团|银行|支行|分行|医院|学校|大学|学院|中学|小学|幼儿园|第?[一二三四五六七八九十]+[中小]|中心|研究院|协会|商会|联合会|总工会|工会|妇联|团[省市区县]委|文联|科协|残联|侨联|工商联|"
          r"法院|检察院|人武部|代表团|考察团|宣讲团|专班|街道办事处|办事处|街道|镇|乡|局|委|办|厅|部|院|所|站|社)")
_NAME = rf"[\u4e00-\u9fff“”·\d]{{1,24}}?{_ORGAN}"
_LIST = rf"(?:{_NAME}(?:、|和|及|以及|与|，))*{_NAME}"
_PEOPLE_OF = r"(?:等)?(?:\d*[个多家余]*)?(?:相关|有关|各|区直|市直|县直|职能)*(?:部门|单位|企业|乡镇|镇街)*(?:和[\u4e00-\u9fff]{2,6})?(?:的)?(?:主要|有关|相关|分管|班子|部分|全体)*(?:负责人|负责同志|领导|成员|班子成员|同志|领导班子|干部|代表|人员|工作人员|职工|志愿者|师生)(?:[、和及][\u4e00-\u9fff]{2,8})?(?:等)?"
_TOOK_PART = re.compile(rf"(?P<list>{_LIST})(?:{_PEOPLE_OF})?(?:共?[\d一二三四五六七八九十百]+余?[人名位])?(?:分别|先后|现场|一同|还|在会上)?(?:登台)?(?:参加|出席|陪同|列席|参会|发言|汇报|作[了]?[\u4e00-\u9fff]{{0,6}}(?:发言|汇报|介绍|说明|表态)|通报|表态|介绍|聆听|随同|座谈)")
_CONVENED = re.compile(rf"(?P<list>{_NAME})(?:联合|组织|共同)?(?:召开|举行|举办|主办|开展|组织开展|启动|承办)")
_WITH = re.compile(rf"(?:与|和|同)(?P<list>{_LIST})(?:班子成员|负责人|领导班子|干部)?(?:进行)?(?:亲切|深入)?(?:座谈|交流|签订|签约|对接)")
_VISITED = re.compile(rf"(?:到|赴|来到|走进|深入)(?P<list>[\u4e00-\u9fff]{{2,14}}(?:集团|公司|戒毒所|监狱|学校|医院))(?:开展|调研|走访|，|视察|检查|对接)")
_GENERIC = re.compile(r"^(?:各|全|有关|相关|该|本|我|区直|市直|县直|省直|职能|成员|下级|上级|其他|同|多个|部分|所属|直属|两|三|四|五|六|七|八|九|十|几|\d+个?|一些|许多|主要)|(?:各部门|相关部门|有关单位|各单位|部门|单位)$")
_PURE_PLACE = re.compile(r"^(?:[\u4e00-\u9fff]{1,8}(?:省|市|区|县|州|旗|开发区|示范区)|全[市区县]|我[市区县])$")
_LEFT_CUT = re.compile(r".*(?:由|在|对|向|与会|听取了?|来自|邀请|以及|陪同|包括|带领|率领|组织|召集|随后|会上|其中|日|上午|下午|近日|来到|并|了|是|将|要求|为|到|赴|同|从|着|，|。|：|□)")


def bodies_in(reading: Reading, sentence: tuple[int, int], index: int, all_sentences: Sequence[tuple[int, int]], places: Places, namings: Sequence[Naming], kind: EventKind) -> tuple[EventBody, ...]:
    """Bodies said by name to have taken part in the occasion whose name stands in ``sentence``, first evidence first.

    ``all_sentences``: those of the article's occasions, so that what is told after another one is not taken for this.
    """
    text = reading.text
    begin = sentence[0] if index else 0
    later = [s[0] for s in all_sentences if s[0] > sentence[0]]
    stop = min(later, default=len(text))
    found: dict[str, EventBody] = {}
    names = {n.name for n in namings}

    def take(match: re.Match[str], role: BodyRole, rule: str) -> None:
        at = match.start("list")
        for part in re.split(r"(、|和(?=[\u4e00-\u9fff]{2,})|及|以及|，|与)", match["list"]):
            start, at = at, at + len(part)
            organ = _clean(part, names)
            if organ is None:
                continue
            body = _resolve(organ, places)
            if body and body not in found:
                found[body] = EventBody(body, role, (reading.clause(start, start + len(part)),), rule)

    for match in _TOOK_PART.finditer(text, begin, stop):
        take(match, "participate", "took_part")
    for match in _WITH.finditer(text, begin, stop):
        take(match, "participate", "talked_with")
    for match in _CONVENED.finditer(text, sentence[0], sentence[1]):
        take(match, "convene", "convened")
    if kind == "inspection" or kind == "activity":
        for match in _VISITED.finditer(text, sentence[0], sentence[1]):
            take(match, "inspected", "visited")
    return tuple(found.values())


def _clean(part: str, names: set[str]) -> str | None:
    part = part.strip("“” ")
    cut = _LEFT_CUT.match(part)
    if cut and cut.end() < len(part) - 2:
        part = part[cut.end():]
    if len(part) < 3 or not re.search(_ORGAN + "$", part) or _GENERIC.search(part) or _PURE_PLACE.match(part) or any(name in part for name in names):
        return None
    if re.search(r"(?:工作|情况|问题|活动|建设|会议|推进|发展|精神|意见|要求)(?:委|办|部|局|院|所|站|社|镇|乡)?$", part):
        return None
    return part


def _resolve(organ: str, places: Places) -> str:
    place, rest = places.split(organ)
    if place is None and places.is_government(organ):
        return (places.home or "") + organ
    return (place or "") + rest
