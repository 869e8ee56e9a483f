"""The codebook of the tables: every column, how it was coded, an example. Tables are written by it, so it cannot lie.

Types are those of a Frictionless table schema. Dates are strings in EDTF (Library of Congress, 2019), because a paper often
gives less than a day (``2021-05``) or more (``2021-04-12/2021-04-14``). Several values in a cell are joined by ``; ``.
Truth values are TRUE and FALSE, the only spelling that R's own reader takes for logical; pandas and Excel take it too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.resolve.order import INSTITUTIONS

Type = Literal["string", "integer", "number", "boolean"]
Values = tuple[tuple[str, str], ...]  # each value with how it was coded
TRUE, FALSE = "TRUE", "FALSE"
JOINED = "; "


@dataclass(frozen=True, slots=True)
class Column:
    """``values`` are all that may stand in the column; ``refers`` is the table whose key it is; ``many`` allows several."""

    name: str
    about: str
    example: str
    type: Type = "string"
    values: Values = ()
    refers: str | None = None
    many: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()


def _key(about: str, example: str) -> Column:
    return Column("id", about, example, required=True)


def _count(name: str, about: str, example: str = "3") -> Column:
    return Column(name, about, example, "integer", required=True)


def _edtf(name: str, about: str, example: str = "2021-05-17") -> Column:
    return Column(name, f"{about} EDTF; empty where no text says it.", example)


def _entity(name: str = "entity", about: str = "The person.") -> Column:
    return Column(name, about, "丹阜区/沈玉洁", refers="people", required=True)


_NAME = Column("name", "The person's name.", "沈玉洁", required=True)
_POST = Column("post", "The post as the paper names it, without the place.", "区长", required=True)
_BODY = Column("body", "The body that the post belongs to, by its name; empty where the text does not say.", "丹阜区政府")
_EVIDENCE = Column("evidence", "The sentences that say so.", "5d0c6a1f9b3e2a47:31-58", refers="evidence", many=True)
_BASES: Values = (("occurred", "the date of an event at which the post is stated"),
                  ("printed", "the issue date, where the statement belongs to no dated event"))
_CLASSES: Values = (
    ("office", "a post in party, state, people's congress, CPPCC, courts, mass organisations, schools, hospitals: 区委书记"),
    ("list_label", "what a list calls its people: 区领导"),
    ("ad_hoc", "a post in a group set up for a task: 领导小组组长, 指挥长"),
    ("delegate", "a seat in a congress or conference: 人大代表, 政协委员"),
    ("grade", "a rank without a function: 四级调研员"),
    ("enterprise", "a post in a firm: 董事长"),
    ("other", "any other title: 护士长, 种粮大户"),
)
_SYSTEMS: Values = (
    ("党委", "party committees, party groups and their departments: 区委, 组织部, 党组"),
    ("人大", "people's congresses and their standing committees"),
    ("政府", "governments, their offices, bureaus, commissions, and task forces: 区政府, 教育局, 指挥部"),
    ("政协", "political consultative conferences"),
    ("纪委监委", "discipline inspection and supervision commissions"),
    ("法院", "courts"),
    ("检察院", "procuratorates"),
    ("军队", "armed forces: 人武部, 武警"),
    ("群团", "mass organisations, the other parties, associations: 工会, 妇联, 民盟, 商会"),
    ("开发区", "administrations of development zones: 管委会"),
    ("街道乡镇", "bodies of towns, townships and subdistricts"),
    ("学校", "schools, universities, party schools"),
    ("医院", "hospitals, health centres, disease control"),
    ("企业", "firms, banks, cooperatives"),
    ("其他", "none of these, or too short a name to tell"),
)
_LEVELS: Values = (
    ("中央", "the centre"), ("省", "provinces, autonomous regions, municipalities"), ("市", "prefectures and their cities"),
    ("县", "counties, districts, county-level cities, zones of that level"), ("乡", "towns, townships, subdistricts"),
    ("村", "villages and neighbourhoods"))
_ORDERS: Values = (("by_stroke", "按姓氏笔画为序: then rank means nothing"),)
_INSTITUTIONS: Values = tuple((name, dict(_SYSTEMS)[name]) for name in INSTITUTIONS)
_ROLES: Values = (
    ("chair", "主持"), ("speak", "讲话, 强调, 要求, 部署, 汇报, 宣读 and other acts of speech"), ("attend", "出席, 参加, 到会"),
    ("observe", "列席"), ("lead", "带队, 督导, 调研, 视察, as the one who leads it"), ("accompany", "陪同, 一同"))

TABLES: tuple[Table, ...] = (
    Table("articles", "The articles that were read, one a row.", (
        _key("The article: a hash of its source, its number there and its text.", "5d0c6a1f9b3e2a47"),
        Column("paper", "The newspaper.", "丹阜时讯"),
        _edtf("published", "The issue date, from metadata, the page or the file name."),
        Column("page", "The page (版次).", "A01"),
        Column("headline", "Kicker, headline and subtitle, parted by a space.", "沈玉洁当选丹阜区人民政府区长"),
        Column("url", "The address, where the input gives one.", "https://example.org/2021-05/19/content_1.html"),
        _count("length", "Characters of the article.", "642"),
        Column("citation", "The article as a reference (after GB/T 7714).",
               "刘洋. 沈玉洁当选丹阜区人民政府区长[N]. 丹阜时讯, 2021-05-19(A01)."),
        Column("source", "The file below the input, or the id of an item.", "丹阜时讯_2021-05-19_A01.txt", required=True),
        _count("number", "The article's number in its source, from 1.", "1"),
    ), ("id",)),
    Table("mentions", "Who is named in which article, one row a person and article.", (
        _entity(),
        Column("article", "The article.", "5d0c6a1f9b3e2a47", refers="articles", required=True),
        _count("count", "Places in the text that name the person, short forms (王书记) included."),
        Column("in_headline", "Whether one of them stands in the headline.", TRUE, "boolean", required=True),
        Column("present", "Whether the article has the person at an event, and not only in talk.", TRUE,
               "boolean", required=True),
    ), ("entity", "article")),
    Table("people", "The people, as resolution tells them apart.", (
        _key("The person: readable, and the same as long as corpus and judgements are.", "丹阜区/沈玉洁"),
        _NAME,
        Column("kind", "Whether the corpus knows the person as an official.", "official", values=(
            ("official", "an article gives the person an office"),
            ("other", "everybody else, reporters among them")),
            required=True),
        Column("aliases", "Other spellings of the name.", "艾尔肯•吐尔逊", many=True),
        Column("place", "The place of most of the person's posts, higher places first, parted by /.", "衡泽市/丹阜区"),
        _count("articles", "Articles that name the person."),
        _count("mentions", "Places in the texts that name the person."),
        Column("reasons", "Why mentions in several articles are taken for one person: the features and their weights.",
               "2 articles: same_title (丹阜区卫健委主任)", many=True),
    ), ("id",)),
    Table("bodies", "The organisations that posts belong to or that took part in events.", (
        _key("The body.", "丹阜区政府"),
        Column("name", "Nearest named jurisdiction and the paper's own short organ name.", "丹阜区政府", required=True),
        Column("aliases", "Longer and official names found in the texts.", "丹阜区人民政府", many=True),
        Column("place", "Where it belongs, higher places first, parted by /.", "衡泽市/丹阜区"),
        Column("part_of", "The body above it.", "丹阜区政府", refers="bodies"),
        Column("system", "The part of the political system (系统).", "政府", values=_SYSTEMS, required=True),
        Column("level", "The administrative level.", "县", values=_LEVELS),
        Column("renamed_to", "The body that it became under another name.", "丹阜区卫健委", refers="bodies"),
    ), ("id",)),
    Table("places", "The administrative places that bodies and papers belong to.", (
        _key("The place and those above it, parted by /.", "衡泽市/丹阜区"),
        Column("name", "Its own name.", "丹阜区", required=True),
        Column("code", "The code of the administrative division at the time, where it is a known one.", "410104"),
        Column("level", "The administrative level.", "县", values=_LEVELS),
        Column("parent", "The place above it.", "衡泽市", refers="places"),
        Column("aliases", "Other names of the place.", "管城区", many=True),
        Column("renamed_to", "The place that it became (撤县设区).", "衡泽市/鹿亭区", refers="places"),
    ), ("id",)),
    Table("posts", "The posts, whoever holds them.", (
        _key("The post in its body.", "丹阜区政府|区长"),
        _POST,
        Column("body", "The body that it belongs to.", "丹阜区政府", refers="bodies"),
        Column("class", "Whether it is an office, or only looks like one.", "office", values=_CLASSES, required=True),
        Column("single_seat", "Whether one person at a time holds it (区委书记), so that holders succeed each other.",
               TRUE, "boolean", required=True),
    ), ("id",)),
    Table("tenures", "Who was seen in which post, and when. Seen is not held: a paper proves start <= date <= end and no more.", (
        _entity(), _NAME, _POST, _BODY,
        Column("status", "How the post is held, by all that the corpus says of it.", "end_unknown", values=(
            ("held", "stated still in the newest issue that was read of a paper of the place"),
            ("acting", "代, 代理: until somebody is elected or appointed"),
            ("in_charge", "主持工作: does the work of the head without being it"),
            ("seconded", "挂职: sent for a time from another body"),
            ("former", "only looked back on: 原, 时任"),
            ("end_unknown", "stated before, not in the newest issues; no text says that it ended"),
            ("ended", "a text states removal or resignation, or calls the post a former one later")), required=True),
        _edtf("first_seen", "The earliest date at which the post is stated."),
        _edtf("last_seen", "The latest date at which the post is stated."),
        _edtf("start", "The day of appointment or election, only where a text states it."),
        _edtf("end", "The day of removal or resignation, only where a text states it."),
        Column("first_basis", "What first_seen is the date of.", "occurred", values=_BASES),
        Column("last_basis", "What last_seen is the date of.", "printed", values=_BASES),
        Column("class", "The class of the post.", "office", values=_CLASSES, required=True),
        _EVIDENCE,
        _key("The tenure.", "丹阜区/沈玉洁|丹阜区政府|区长"),
        _edtf("former_since", "The earliest date at which a text calls the post a former one (原, 时任)."),
        Column("start_earliest", "Not begun before this day, as a text says; empty where none states the start.", "2021-05-17"),
        Column("start_latest", "Begun by this day: seen in the post, or stated.", "2021-05-17"),
        Column("end_earliest", "Not ended before this day: still seen in the post, or stated.", "2022-10-31"),
        Column("end_latest", "Ended by this day, as a text says; empty does not mean that the post is still held.", "2024-03-06"),
    ), ("id",)),
    Table("changes", "Appointments, elections, removals and resignations that articles report.", (
        _entity(), _NAME, _POST, _BODY,
        Column("act", "What was done.", "elect", values=(
            ("appoint", "任命, 决定任命, 任"), ("remove", "免去, 不再担任"), ("elect", "当选, 选举, 补选"),
            ("resign", "辞去, 接受……辞职"), ("nominate", "提名, 拟任, 公示: nothing is held by it"), ("transfer", "调任")),
            required=True),
        _edtf("date", "The day of the act."),
        Column("by", "The deciding body.", "丹阜区人大常委会"),
        Column("article", "The article that reports it.", "5d0c6a1f9b3e2a47", refers="articles", required=True),
        _EVIDENCE,
        _key("The change.", "elect|丹阜区/沈玉洁|丹阜区政府|区长|5d0c6a1f9b3e2a47"),
    ), ("id",)),
    Table("successions", "Who followed whom in a post of one seat.", (
        _entity("predecessor", "Who held the post before."),
        _entity("successor", "Who was next."),
        _POST, _BODY,
        Column("basis", "What the succession rests on.", "stated", values=(
            ("stated", "a text says that the one followed the other, or removes the one and appoints the other"),
            ("next_seen", "the successor is only the next one seen in the post")), required=True),
        Column("gap_days", "Days between the last sight of the one and the first of the other.", "42", "integer"),
        Column("issues_read_in_gap", "Issues of the place's papers read in those days: without any, the gap says nothing.", "5",
               "integer"),
        _EVIDENCE,
        Column("acting", "Whether the successor is seen as acting holder only.", FALSE, "boolean", required=True),
    )),
    Table("events", "The meetings, inspections and other occasions, each once however many articles report it.", (
        _key("The event.", "2021-05-17/区十五届人大六次会议"),
        Column("name", "The shortest phrase of the text that names it.", "区十五届人大六次会议"),
        Column("kind", "What it was.", "meeting", values=(
            ("meeting", "会议, 推进会, 座谈会, 报告会, 现场办公会"), ("inspection", "督导, 调研, 暗访, 视察, 检查, 走访"),
            ("activity", "the rest: 活动, 仪式, 接种, 宣传")), required=True),
        _edtf("date", "The day."),
        Column("place", "Where, as written.", "区会议中心"),
        Column("sites", "Places visited.", "城关镇东关村; 柳树口村", many=True),
        Column("articles", "The articles that report it.", "5d0c6a1f9b3e2a47", refers="articles", many=True),
        _count("people", "Named people present."),
        _EVIDENCE,
        Column("aliases", "The names that other articles give it.", "区人大会议", many=True),
    ), ("id",)),
    Table("appearances", "Who was at which event, and as what, one row a person and event.", (
        Column("event", "The event.", "2021-05-17/区十五届人大六次会议", refers="events", required=True),
        _entity(), _NAME,
        Column("roles", "All parts taken.", "attend; speak", values=_ROLES, many=True, required=True),
        Column("verbs", "The verbs as written; 部署, 表态 and 汇报 are different acts of speech.", "出席; 讲话", many=True),
        Column("list", "Which enumeration of the article names the person, from 1; empty outside any.", "1", "integer"),
        Column("rank", "The place in it, from 1; compare within one list and one institution's block only.", "3", "integer"),
        Column("list_size", "Names in that enumeration.", "12", "integer"),
        Column("open", "Whether the enumeration ends in 等.", FALSE, "boolean", required=True),
        Column("list_label", "What the enumeration calls its people.", "区领导"),
        Column("order", "What the enumeration says of its order; empty where nothing.", "by_stroke", values=_ORDERS),
        Column("venue", "Where the person was; empty where nothing is said.", "main", values=(
            ("main", "主会场: in the main hall"), ("branch", "分会场: at a branch venue, which did not meet the main hall"),
            ("video", "by video"))),
        Column("title", "The posts stated for the person in that article, joined by 、.", "区委副书记、区长"),
        _EVIDENCE,
        Column("article", "The article whose enumeration list and rank are of.", "5d0c6a1f9b3e2a47", refers="articles"),
    )),
    Table("standings", "Places in the order of protocol: one row a person and list that ranks the person. Compare the relative "
          "place over time within the lists of one institution.", (
        _entity(), _NAME,
        Column("event", "The event.", "2021-05-17/区十五届人大六次会议", refers="events", required=True),
        _edtf("date", "Its day."),
        Column("article", "The article that has the list.", "5d0c6a1f9b3e2a47", refers="articles", required=True),
        _count("list", "Which list of the article, from 1.", "1"),
        Column("list_label", "What the list calls its people.", "区领导"),
        Column("order", "What the list says of its order, empty where nothing; by stroke, no relative place is given.",
               "by_stroke", values=_ORDERS),
        Column("open", "Whether the list ends in 等, so that its size is a least one.", FALSE, "boolean", required=True),
        _count("rank", "The place in the list, from 1; who heads the sentence before the list is outside it."),
        _count("list_size", "Names in the list.", "12"),
        Column("relative", "(rank-1)/(list_size-1): 0 first, 1 last; empty for a list of one.", "0.1818", "number"),
        Column("institution", "The institution in whose run of names the person stands, by the posts seen within a year of the "
               "day; the first in protocol of several. Empty where no post is known.", "党委", values=_INSTITUTIONS),
        Column("block_rank", "The place in that run, from 1.", "3", "integer"),
        Column("block_size", "Names in that run.", "8", "integer"),
        Column("block_relative", "(block_rank-1)/(block_size-1); empty for a run of one.", "0.2857", "number"),
    ), ("entity", "article", "list")),
    Table("absences", "When each paper named an official last, and how many of its issues were read since. Not seen is not left. "
          "Empty where the pages were chosen by keyword (manifest: selection): there not being seen says nothing.", (
        _entity(), _NAME,
        Column("paper", "The newspaper.", "丹阜时讯", required=True),
        Column("last_seen", "The issue date of its last article that names the person.", "2021-05-19", required=True),
        Column("article", "That article.", "5d0c6a1f9b3e2a47", refers="articles", required=True),
        _count("issues_since", "Issue dates of that paper that were read after it.", "4"),
        Column("last_issue", "The newest issue of that paper that was read.", "2024-03-08", required=True),
    ), ("entity", "paper")),
    Table("event_bodies", "The organisations said by name to have taken part.", (
        Column("event", "The event.", "2021-05-17/区十五届人大六次会议", refers="events", required=True),
        Column("body", "The body.", "丹阜区卫健委", refers="bodies", required=True),
        Column("role", "What it did.", "participate", values=(
            ("convene", "召开, 召集, 主办: it called the event"),
            ("host", "承办: it ran the event (in records of other origin; kg extract does not tell it from convene)"),
            ("participate", "its people took part"), ("inspected", "it was visited and its people received the visitors")),
            required=True),
    )),
    Table("event_campaigns", "Which campaigns an event served.", (
        Column("event", "The event.", "2021-05-17/区十五届人大六次会议", refers="events", required=True),
        Column("campaign", "The campaign.", "创建全国文明城市", refers="campaigns", required=True),
    ), ("event", "campaign")),
    Table("coappearances", "Pairs of people who were at the same events; post and portfolio bring them there, not friendship.", (
        _entity("a", "One person; a comes before b."),
        _entity("b", "The other."),
        _count("events", "Events with both in one room."),
        Column("newman", "The same, each event weighted 1/(people-1) (Newman 2001).", "0.75", "number", required=True),
        _count("small_events", "Those with five or fewer named people."),
        _count("events_a", "All events of a: the denominator of any share."),
        _count("events_b", "All events of b."),
        _edtf("first", "The earliest shared event (its date, else the issue date)."),
        _edtf("last", "The latest."),
        Column("roles", "Part of a + part of b: number of events; of several parts the first of chair, lead, speak, attend, "
               "observe, accompany.", "chair+speak:2; attend+attend:1", many=True),
    ), ("a", "b")),
    Table("campaigns", "The drives, special programmes and policy initiatives.", (
        _key("The campaign.", "创建全国文明城市"),
        Column("label", "Its name.", "创建全国文明城市", required=True),
        Column("alt_labels", "Other names for the same.", "创文", many=True),
        Column("broader", "The campaign that it is part of.", "巡察工作", refers="campaigns"),
        _edtf("first", "The first mention."),
        _edtf("last", "The last mention."),
        _count("articles", "Articles about it."),
        _count("events", "Events that served it."),
        Column("bodies", "Bodies that convened its events.", "丹阜区委", refers="bodies", many=True),
        _EVIDENCE,
    ), ("id",)),
    Table("campaign_months", "Attention by month, from its first to its last: a campaign's articles and events beside all that "
          "were read of that month. A month without a row was not read at all.", (
        Column("campaign", "The campaign.", "创建全国文明城市", refers="campaigns", required=True),
        Column("month", "The month.", "2018-06", required=True),
        _count("articles", "Articles of the month about the campaign."),
        _count("events", "Its events in the month."),
        _count("all_articles", "All articles read of that month: the denominator.", "40"),
        _count("all_events", "All events dated in that month.", "25"),
    ), ("campaign", "month")),
    Table("coverage", "Which pages were read. What is not here was not read, so nobody can be said to be missing from it.", (
        Column("paper", "The newspaper.", "丹阜时讯"),
        _edtf("date", "The issue date."),
        Column("page", "The page.", "A01"),
        _count("articles", "Articles read from it."),
    )),
    Table("evidence", "The sentences that the other tables rest on.", (
        _key("article:start-end.", "5d0c6a1f9b3e2a47:31-58"),
        Column("article", "The article.", "5d0c6a1f9b3e2a47", refers="articles", required=True),
        _count("start", "Where the sentence begins in the article's text, in code points from 0.", "31"),
        _count("end", "Where it ends (the first code point after it).", "58"),
        Column("quote", "The sentence.", "王平主持闭幕会。"),
    ), ("id",)),
)


def datapackage(rows: dict[str, int]) -> dict[str, object]:
    """The codebook as a Frictionless data package; ``rows`` gives the number of rows of each table."""
    return {
        "profile": "tabular-data-package",
        "name": "guanpu-tables",
        "title": "Guanpu 官谱: officials, posts, events and campaigns in local newspapers",
        "description": "Dates are EDTF strings; several values in a cell are joined by '; '; truth values are TRUE and FALSE. "
                       "A text cell that begins with =, +, - or @ has an apostrophe before it, so that a spreadsheet shows it "
                       "and does not calculate it. Files are UTF-8 with a byte order mark. In R: "
                       "read.csv(file, fileEncoding = 'UTF-8-BOM', na.strings = ''); "
                       "in pandas: read_csv(file, dtype_backend = 'numpy_nullable').",
        "resources": [_resource(table, rows[table.name]) for table in TABLES],
    }


def _resource(table: Table, rows: int) -> dict[str, object]:
    schema: dict[str, object] = {"fields": [field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    foreign = [{"fields": [c.name], "reference": {"resource": c.refers, "fields": ["id"]}}
               for c in table.columns if c.refers and not c.many]
    if foreign:
        schema["foreignKeys"] = foreign
    return {"profile": "tabular-data-resource", "name": table.name, "path": f"{table.name}.csv", "description": table.about,
            "format": "csv", "mediatype": "text/csv", "encoding": "utf-8-sig", "rows": rows, "schema": schema}


def field(column: Column) -> dict[str, object]:
    """A column as a field of a table schema: its type and constraints, how it and each of its values was coded, an example."""
    constraints: dict[str, object] = {}
    if column.required:
        constraints["required"] = True
    values = [value for value, _ in column.values]
    if values and column.many:
        one = f"(?:{'|'.join(values)})"
        constraints["pattern"] = f"{one}(?:{JOINED}{one})*"
    elif values:
        constraints["enum"] = values
    about = f"{column.about} Several are joined by '{JOINED}'." if column.many else column.about
    described: dict[str, object] = {"name": column.name, "type": column.type, "description": about, "example": column.example}
    if values:
        described["categories"] = [{"value": value, "label": label} for value, label in column.values]
    if column.type == "boolean":
        described |= {"trueValues": [TRUE], "falseValues": [FALSE]}
    if constraints:
        described["constraints"] = constraints
    return described
