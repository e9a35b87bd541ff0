"""A small catalogue of the bureau's own field, assigned and half covered, and good practice."""

from __future__ import annotations

from gongkai.demo.city import City
from gongkai.standards import api as standards

FIELD = "交通运输"
NAME = "交通运输领域基层政务公开标准目录.csv"
HEAD = "序号,一级事项,二级事项,公开内容（要素）,公开依据,公开时限,公开主体,公开渠道和载体"
HEAD += ",公开对象,公开方式,公开层级"
LAW = "《中华人民共和国政府信息公开条例》"
ITEMS = (
    ("重大工程", "项目批准", "项目名称、批准文号、建设内容", "20个工作日内", "基建科"),
    ("", "招标投标", "招标公告、中标结果", "及时公开", "基建科"),
    ("", "竣工验收", "验收结论、质量情况", "20个工作日内", "基建科"),
    ("行政许可", "道路运输经营许可", "条件、程序、期限、结果", "7个工作日内", "审批科"),
    ("", "涉路施工许可", "条件、程序、期限、结果", "7个工作日内", "审批科"),
    ("行政处罚", "处罚决定", "案由、依据、结果", "7个工作日内", "执法支队"),
    ("公共服务", "公交线路调整", "线路、站点、起止时间", "提前5日", "运输科"),
    ("", "路况和施工封闭", "路段、时间、绕行线路", "实时公开", "公路中心"),
    ("", "农村公路养护", "年度计划、资金安排、完成情况", "每年", ""),
    ("财务信息", "部门预决算", "预算、决算及说明", "20个工作日内", "财务科"),
)
SHOWN = ("项目批准", "道路运输经营许可", "处罚决定", "公交线路调整", "部门预决算")
PRACTICE = (
    "施工封闭提前一周告知，配一图读懂",
    "封闭施工前七天在网站、公众号和站点同步发布，附绕行线路图。七月环湖路改造期间咨询少四成。",
)


def take_catalogue(city: City) -> None:
    """Import, assign and note, as the openness office would in a week."""
    zhou = city.people["zhoumin"]
    found = standards.read_catalogue(
        body=city.bureau, actor=zhou, field=FIELD, upload=_table().encode("utf-8-sig"), name=NAME
    )
    found = standards.take_catalogue(found, actor=zhou, expected=found.version)
    items = {item.second: item for item in found.items.select_related("matter")}
    for _, second, _, _, unit in ITEMS:
        if unit:
            chosen = [items[second]]
            units = [city.units[unit]]
            standards.assign_items(found, actor=zhou, items=chosen, units=units)
            if second in SHOWN:
                standards.note_evidence(
                    items[second],
                    actor=zhou,
                    unit=units[0],
                    note=f"局网站“{second}”栏目已公开，本月有更新。",
                )
    _practice(city)


def _table() -> str:
    lines = [HEAD]
    for number, (first, second, content, limit, _) in enumerate(ITEMS, start=1):
        channels = "■政府网站 □政府公报 ■两微一端"
        cells = (str(number), first, second, content, LAW, limit, "交通运输部门", channels)
        lines.append(",".join((*cells, "全社会", "主动", "县级")))
    return "\n".join(lines)


def _practice(city: City) -> None:
    title, text = PRACTICE
    made = standards.write_practice(
        unit=city.units["公路中心"], actor=city.people["mafei"], title=title, text=text
    )
    standards.share_practice(made, actor=city.people["zhoumin"], expected=made.version)
