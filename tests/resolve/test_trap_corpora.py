"""Two corpora of one city against two opposite faults: many real namesakes with frequent names, whom nothing may join, and few
people with names of their own, whose careers lead through counties, a renamed one among them, up to the city and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest
from papers import articles

from kg.resolve import explain, resolve
from kg.resolve.model import Resolution

Row = dict[str, str]


def row(issue: str, place: str, name: str, posts: str, event: str, who: str) -> Row:
    return {"article": issue, "place": place, "name": name, "posts": posts, "event": event, "who": who}


# Paper, place, and the posts of one bearer of each name there: head of a bureau, deputy head of the county, head of a township.
COUNTIES = (
    ("丹阜报", "衡泽市/丹阜区", {"王伟": "丹阜区水利局|局长", "张伟": "丹阜区|副区长", "李静": "西关街道党工委|党工委书记"}),
    ("鹿亭报", "衡泽市/鹿亭县", {"王伟": "鹿亭县|副县长", "张伟": "青石镇|镇长", "李静": "鹿亭县卫健委|主任"}),
    ("沙溪报", "衡泽市/沙溪县", {"王伟": "柳湾镇党委|党委书记", "张伟": "沙溪县教育局|局长", "李静": "沙溪县政协|县政协副主席"}),
)


def namesakes() -> Iterator[Row]:
    """Every county has its 王伟, 张伟 and 李静, year after year; later the city has some too, and nothing says whence."""
    for paper, place, holders in COUNTIES:
        for year in range(2016, 2022):
            for number, (name, post) in enumerate(sorted(holders.items()), start=1):
                issue = f"{paper}_{year}-0{number + 2}-10_1"
                yield row(issue, place, name, post, f"{year}-0{number + 2}-08 {name}到会的推进会", f"{paper}{name}")
    for year in (2022, 2023):
        yield row(f"衡泽日报_{year}-05-10_1", "衡泽市", "王伟", "衡泽市林业局|副局长", f"{year}-05-08 植树动员会", "市王伟")
        yield row(f"衡泽日报_{year}-06-10_1", "衡泽市", "张伟", "衡泽市司法局|副局长", f"{year}-06-08 调度会", "市张伟")
    yield row("丹阜报_2019-09-10_1", "衡泽市/丹阜区", "张伟", "丹阜区|区领导|list_label", "2019-09-08 大会", "丹阜报张伟")
    yield row("鹿亭报_2019-09-10_1", "衡泽市/鹿亭县", "种粮大户:王伟", "", "2019-09-08 秋收", "种粮大户王伟")
    yield row("沙溪报_2019-09-10_1", "衡泽市/沙溪县", "李静", "沙溪县二中|教师|other", "2019-09-08 表彰会", "教师李静")
    yield row("沙溪报_2019-10-10_1", "衡泽市/沙溪县", "记者:李静", "", "", "-")


def careers() -> Iterator[Row]:
    """One prefecture whose pages say little of places: a county that becomes a city, people who move, two pairs of namesakes."""
    prefecture, county, city, other = "澜川州", "澜川州/云坪县", "云坪市", "鹤洲县"
    yield row("云坪报_2008-05-10_1", county, "江海潮", "云坪县委|县委书记", "2008-05-08 大会", "secretary")
    yield row("澜川日报_2014-05-10_1", prefecture, "江海潮", "澜川州委|州委常委", "2014-05-08 调研", "secretary")
    yield row("云坪报_2008-05-10_1#2", county, "蓝田", "云坪县林业局|局长", "2008-05-07 植树", "forester")
    yield row("今日云坪_2019-05-10_1", city, "蓝田", "云坪市政协|市政协副主席", "2019-05-08 视察", "forester")
    yield row("云坪报_2010-05-10_1", county, "白帆", "白沙镇党委|党委书记", "2010-05-08 现场会", "township")
    yield row("澜川日报_2013-05-10_1", f"云坪市/{prefecture}", "白帆", "白沙镇党委|党委书记", "2013-05-08 督查", "township")
    yield row("今日云坪_2016-05-10_1", city, "白帆", "白沙镇党委|党委书记", "2016-05-08 督查", "township")
    yield row("鹤洲报_2011-05-10_1", other, "卓然", "鹤洲县农业局|局长", "2011-05-08 现场会", "farmer")
    yield row("澜川日报_2017-05-10_1", prefecture, "卓然", "澜川州委第二巡察组|副组长|ad_hoc", "2017-05-08 反馈会", "farmer")
    yield row("鹤洲报_2011-05-11_1", other, "艾力·买买提", "鹤洲县|副县长|seconded", "2011-05-09 调研", "guest")
    yield row("澜川日报_2013-05-11_1", prefecture, "艾力·买买提", "澜川州|州领导|list_label", "2013-05-09 大会", "guest")
    # The deputy secretary and the head of a township, in one county at one time, and what each becomes.
    yield row("云坪报_2008-06-10_1", county, "岳峰", "云坪县委|县委副书记", "2008-06-08 会商", "leader")
    yield row("云坪报_2008-06-10_1#2", county, "岳峰", "白沙镇|镇长", "2008-06-08 慰问", "local")
    yield row("云坪报_2008-06-10_1#3", county, "岳峰", "云坪县委|县委常委", "2008-06-09 常委会", "leader")
    yield row("云坪报_2012-06-10_1", county, "岳峰", "云坪县人大|县人大主任", "2012-06-08 大会", "leader")
    yield row("今日云坪_2016-06-10_1", city, "岳峰", "白沙镇党委|党委书记", "2016-06-07 签约", "local")
    yield row("今日云坪_2016-06-10_1#2", city, "岳峰", "云坪市人大|市人大主任", "2016-06-08 大会", "leader")
    yield row("今日云坪_2021-06-10_1", city, "岳峰", "云坪市|副市长", "2021-06-08 调研", "local")
    yield row("澜川日报_2023-06-10_1", prefecture, "岳峰", "云坪市|市长|acting", "2023-06-08 反馈会", "local")
    # Two leaders of one name in two counties, and later one in the prefecture: either may have gone up.
    yield row("云坪报_2010-07-10_1", county, "苏木青", "云坪县|副县长", "2010-07-08 大会", "first")
    yield row("鹤洲报_2010-07-10_1", other, "苏木青", "鹤洲县|副县长", "2010-07-08 例会", "second")
    yield row("云坪报_2012-07-10_1", county, "苏木青", "云坪县|副县长", "2012-07-08 大会", "first")
    yield row("鹤洲报_2012-07-10_1", other, "苏木青", "鹤洲县|副县长", "2012-07-08 例会", "second")
    yield row("澜川日报_2018-07-10_1", prefecture, "苏木青", "澜川州|副州长", "2018-07-08 例会", "third")
    # The head of the veterans' bureau is not the secretary of eleven years before in the next county.
    yield row("鹤洲报_2019-08-10_1", other, "江海潮", "鹤洲县退役军人事务局|局长", "2019-08-08 揭牌", "bureau")


CORPORA = {"namesakes": list(namesakes()), "careers": list(careers())}


@pytest.mark.parametrize("corpus", CORPORA)
def test_who_is_who(corpus: str) -> None:
    table = CORPORA[corpus]
    resolution = resolve(articles(table))
    entity = {(f"{r.source.removesuffix('.txt')}#{r.number}", p.name): p.entity for r in resolution.records for p in r.people}
    wanted, found = defaultdict(set), defaultdict(set)
    for said in table:
        name = said["name"].rpartition(":")[2]
        mention = said["article"] if "#" in said["article"] else f"{said['article']}#1", name
        if said["who"] != "-":
            wanted[name, said["who"]].add(mention)
            found[entity[mention]].add(mention)
    wrong = {name for group in {*map(frozenset, wanted.values())} ^ {*map(frozenset, found.values())} for _, name in group}
    assert not wrong, "\n".join(line for name in sorted(wrong) for line in explain(resolution, name))


def careers_resolved() -> Resolution:
    return resolve(articles(CORPORA["careers"]))


def test_the_county_became_the_city() -> None:
    places = {place.name: place for place in careers_resolved().places}
    assert places["云坪市"].chain == ("澜川州", "云坪市")
    assert places["云坪县"].renamed_to == "澜川州/云坪市"


def test_a_township_is_one_body_before_and_after() -> None:
    resolution = careers_resolved()
    assert [b.name for b in resolution.bodies if b.name == "白沙镇党委"] == ["白沙镇党委"]
    held = [(t.first_seen, t.last_seen) for t in resolution.tenures if (t.name, t.post_name) == ("白帆", "党委书记")]
    assert held == [("2010-05-08", "2016-05-08")]
