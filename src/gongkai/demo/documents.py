"""The demo's documents, of our own writing, as the bytes an office would upload."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO

TABLE_HEAD = ("序号", "工作任务", "具体要求", "责任部门", "完成时间", "备注")
"""The columns of the division-of-work table."""

# (group, requirement, units, time, superior's arrangement); an empty group continues the last.
TABLE_ROWS = (
    (
        "一、夯实基础",
        "明确政务公开分管领导和专职人员，报局办公室备案",
        "局办公室、局属各单位",
        "2026年3月",
        "各部门",
    ),
    ("", "修订政府信息公开指南和主动公开基本目录", "局办公室", "2026年4月底前", "各部门"),
    ("", "完善信息发布保密审查制度", "局办公室牵头，法规科、科技科配合", "2026年5月底前", "各部门"),
    ("", "编制并公布政府信息公开年度报告", "局办公室", "2026年1月31日前", "各部门"),
    (
        "二、依申请公开",
        "依法答复政府信息公开申请，使用统一文书",
        "局法规科牵头，局机关相关科室、局属单位负责",
        "常态化工作",
        "各部门",
    ),
    (
        "三、重点领域公开 （一）交通建设",
        "公开重大交通建设项目的批准、招标、施工和竣工情况",
        "局基建科牵头，计划科配合",
        "及时公开",
        "市发改委牵头",
    ),
    (
        "",
        "公布“四好农村路”建设计划和完成情况",
        "农村办",
        "2026年6月底前、2026年12月底前",
        "市交通局牵头",
    ),
    ("", "公布养护工程年度计划", "公路中心", "2026年3月底前", ""),
    (
        "（二）运输服务",
        "公布公交、出租汽车运价和调整听证情况",
        "局运输科",
        "及时公开",
        "市发改委牵头",
    ),
    ("", "公布客运站服务质量考核结果", "运管处", "每季度", ""),
    ("", "公布水路客运航线和船舶检查情况", "水路中心牵头，水运科配合", "每半年", ""),
    (
        "（三）执法监管",
        "公示行政处罚、行政许可决定",
        "执法支队、审批科",
        "作出决定之日起7个工作日内",
        "市司法局牵头",
    ),
    (
        "",
        "公布“双随机、一公开”抽查计划和结果，覆盖率达到100%",
        "执法支队牵头，法规科、运管处配合",
        "2026年11月底前",
        "市市场监管局牵头",
    ),
    ("", "调整公布权力清单和责任清单", "局法规科", "按市里统一安排完成", "市司法局牵头"),
    (
        "（四）财政资金",
        "公开部门预算、决算和“三公”经费",
        "局财务科",
        "2026年2月底前、2026年9月底前",
        "市财政局牵头",
    ),
    (
        "",
        "公布涉企收费目录清单，实行“一表制”",
        "局财务科、审批科",
        "2026年6月30日前",
        "市发改委牵头",
    ),
    (
        "四、政策解读和回应",
        "政策文件与解读材料同步起草、同步审签、同步发布",
        "局法规科牵头，各科室负责",
        "常态化工作",
        "各部门",
    ),
    ("", "主要负责人解读重要政策", "局办公室", "每年不少于1次", "各部门"),
    (
        "",
        "监测交通舆情，按时限回应",
        "局办公室牵头，科技科配合，局属各单位负责",
        "常态化工作",
        "各部门",
    ),
    ("五、平台和保障", "检查局网站和政务新媒体，整改空栏目和错链", "局科技科", "每季度", "各部门"),
    ("", "完成局网站集约化迁移", "局科技科", "2026年10月底前", "市政数局牵头"),
    ("", "组织政府信息公开条例培训", "局人事科、办公室", "每半年", "各部门"),
    ("", "向市档案馆移交主动公开的文件文本", "局办公室", "每季度", ""),
    ("", "把政务公开纳入绩效考核，分值权重不低于4%", "局人事科", "2026年12月20日前", "各部门"),
)


def plan_html() -> bytes:
    """Return the bureau's implementation plan of 2026 as its website shows it."""
    return files("gongkai.demo").joinpath("sources/plan_2026.html").read_bytes()


def draft_txt() -> bytes:
    """Return the draft work points of 2027, in GB18030 as older office machines write it."""
    text = files("gongkai.demo").joinpath("sources/draft_2027.txt").read_text(encoding="utf-8")
    return text.encode("gb18030")


def table_docx() -> bytes:
    """Return the division-of-work table of 2026 as a Word document with merged group cells."""
    import docx

    document = docx.Document()
    document.add_heading("清江市交通运输局2026年政务公开工作要点责任分工表", level=0)
    document.add_paragraph("清江市交通运输局")
    document.add_paragraph("2026年2月27日")
    table = document.add_table(rows=1, cols=len(TABLE_HEAD))
    table.style = "Table Grid"
    for cell, word in zip(table.rows[0].cells, TABLE_HEAD, strict=True):
        cell.text = word
    group_cell = None
    for number, (group, *rest) in enumerate(TABLE_ROWS, 1):
        cells = table.add_row().cells
        for cell, word in zip((cells[0], *cells[2:]), (str(number), *rest), strict=True):
            cell.text = word
        if group:
            cells[1].text = group
            group_cell = cells[1]
        elif group_cell is not None:
            group_cell = group_cell.merge(cells[1])
            group_cell.text = group_cell.text.strip()
    out = BytesIO()
    document.save(out)
    return out.getvalue()
