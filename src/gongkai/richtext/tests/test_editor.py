"""The editor in a real browser: pasting, tables, pictures, keys, a phone, and no script at all."""

from pathlib import Path

import pytest
from django.urls import reverse

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

CLIPBOARD = Path(__file__).parent / "clipboard"
PASTE = """([html, text]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", text);
  const options = { clipboardData: data, bubbles: true, cancelable: true };
  const event = new ClipboardEvent("paste", options);
  document.querySelector(".rich-text").dispatchEvent(event);
}"""


class Desk:
    """Somebody who writes in the specimen's editor."""

    def __init__(self, visitor, world):
        self.visitor = visitor
        visitor.sign_in(world.own.officer)
        self.page = visitor.go(reverse("richtext:specimen"))
        self.text = self.page.get_by_role("textbox", name="正文")

    def empty(self):
        self.text.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")

    def paste(self, html, text="文字"):
        self.page.evaluate(PASTE, [html, text])

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def keep(self):
        self.press("查看保存的样子")
        return self.page.get_by_label("保存的正文").input_value()

    def status(self, words):
        self.page.locator(".rich-status", has_text=words).wait_for()


@pytest.fixture
def desk(browser_page, world):
    return Desk(browser_page, world)


def test_axe_finds_nothing(desk):
    assert desk.visitor.look(reverse("richtext:specimen"), "richtext") == []


def test_what_is_untouched_is_kept_as_it_was(desk):
    shown = desk.keep()
    assert shown.startswith('<h2 class="text-center">清江市2026年政务公开工作要点</h2>\n')
    assert '<caption>表1　上年办理情况</caption><thead><tr><th scope="col">' in shown
    assert desk.keep() == shown


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("word", "<ul><li><p>主动公开目录</p><ol><li><p>规范性文件</p></li>"),
        ("wps", "<ol><li><p>报送材料</p></li><li><p>核对数据</p></li></ol>"),
        ("wps_table", '<td rowspan="2"><p class="text-center">单位</p></td>'),
        ("excel", '<td colspan="3"><p class="text-center">2026年依申请公开统计</p></td>'),
    ],
)
def test_pasting_from_office_programs(desk, name, kept):
    desk.empty()
    desk.paste((CLIPBOARD / f"{name}.html").read_text())
    desk.status("已粘贴")
    body = desk.keep()
    assert kept in body
    assert "mso" not in body.lower()


def test_pasting_as_plain_text(desk):
    desk.empty()
    desk.press("纯文本粘贴")
    desk.paste("<p><b>甲</b></p>", "甲\n　　乙")
    assert desk.keep() == '<p>甲</p>\n<p class="indent">乙</p>'


def test_a_paste_that_cannot_be_cleaned_leaves_the_words(desk):
    desk.visitor.expects(413)
    desk.page.route("**/richtext/clean/", lambda r: r.fulfill(status=413, json={"error": "太多"}))
    desk.empty()
    desk.paste("<p><b>甲</b></p>", "甲乙")
    desk.status("太多")
    assert desk.keep() == "<p>甲乙</p>"


def test_a_table_by_keyboard(desk):
    desk.empty()
    desk.page.keyboard.press("Alt+F10")
    assert desk.page.evaluate("document.activeElement.getAttribute('aria-label')") == "段落样式"
    for _ in range(40):
        if desk.page.evaluate("document.activeElement.textContent") == "表格":
            break
        desk.page.keyboard.press("ArrowRight")
    desk.page.keyboard.press("Enter")
    for words in ("项", "收", "办"):
        desk.page.keyboard.type(words)
        desk.page.keyboard.press("Tab")
    desk.page.keyboard.type("1")
    desk.press("删列")
    desk.press("下方加行")
    body = desk.keep()
    assert body.startswith('<table><thead><tr><th scope="col"><p>收</p></th>')
    assert body.count("<tr>") == 4
    assert body.count("<th ") == 2


def test_cells_are_merged_and_split(desk):
    desk.empty()
    desk.press("表格")
    desk.page.keyboard.press("Shift+ArrowRight")
    desk.press("合并单元格")
    assert 'colspan="2"' in desk.keep()
    desk.page.locator("th[colspan]").click()
    desk.press("拆分单元格")
    assert "colspan" not in desk.keep()


def test_marks_kinds_and_lists(desk):
    desk.empty()
    desk.page.keyboard.type("甲")
    desk.page.get_by_label("段落样式").select_option(label="二级标题")
    desk.page.keyboard.press("Enter")
    desk.press("圆点")
    desk.page.keyboard.press("Control+b")
    desk.page.keyboard.type("乙")
    assert desk.page.get_by_role("button", name="加粗").get_attribute("aria-pressed") == "true"
    assert desk.keep() == "<h3>甲</h3>\n<ul><li><p><strong>乙</strong></p></li></ul>"


def test_a_link(desk):
    desk.empty()
    desk.page.keyboard.press("Control+k")
    dialog = desk.page.get_by_role("dialog", name="链接")
    dialog.get_by_label("网址").fill("javascript:alert(1)")
    dialog.get_by_label("链接文字").fill("条例")
    dialog.get_by_role("button", name="确定").click()
    assert "网址不对" in dialog.get_by_role("alert").inner_text()
    dialog.get_by_label("网址").fill("https://www.example.org/tl")
    dialog.get_by_role("button", name="确定").click()
    assert desk.keep() == '<p><a href="https://www.example.org/tl">条例</a></p>'


def test_a_picture_needs_words(desk):
    desk.empty()
    desk.press("图片")
    dialog = desk.page.get_by_role("dialog", name="插入图片")
    dialog.get_by_label("图标").check()
    dialog.get_by_role("button", name="确定").click()
    assert "请写替代文字" in dialog.get_by_role("alert").inner_text()
    assert desk.visitor.axe() == []
    dialog.get_by_label("替代文字").fill("清江市图标")
    dialog.get_by_role("button", name="确定").click()
    body = desk.keep()
    assert body.startswith('<figure><img src="/static/ui/icon')
    assert body.endswith('alt="清江市图标"></figure>')


def test_on_a_phone(desk):
    desk.visitor.narrow()
    desk.visitor.go(reverse("richtext:specimen"))
    desk.empty()
    desk.press("圆点")
    desk.page.keyboard.type("甲")
    box = desk.page.get_by_role("button", name="圆点", exact=True).bounding_box()
    assert min(box["width"], box["height"]) >= 44
    assert desk.keep() == "<ul><li><p>甲</p></li></ul>"


def test_without_script(browser, live_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + reverse("richtext:specimen"))
    page.get_by_label("正文", exact=True).fill("甲\n　　乙")
    page.get_by_role("button", name="查看保存的样子").click()
    kept = page.get_by_label("保存的正文").input_value()
    context.close()
    assert kept == '<p>甲</p>\n<p class="indent">乙</p>'


def test_a_new_picture_is_uploaded_and_refusals_are_said(desk):
    answers = [
        (413, {"error": "图片超过10 MB，请压缩后再传。"}),
        (200, {"src": "/static/ui/icon.svg"}),
    ]
    desk.visitor.expects(413)

    def answer(route):
        assert route.request.headers["x-csrftoken"]
        status, told = answers.pop(0)
        route.fulfill(status=status, json=told)

    desk.empty()
    desk.press("图片")
    desk.page.route("**/specimen/images/", answer)
    dialog = desk.page.get_by_role("dialog", name="插入图片")
    picture = {"name": "图.png", "mimeType": "image/png", "buffer": b"x"}
    dialog.get_by_label("上传新图片").set_input_files(picture)
    dialog.get_by_label("只是装饰").check()
    dialog.get_by_role("button", name="确定").click()
    dialog.get_by_text("图片超过10 MB").wait_for()
    dialog.get_by_role("button", name="确定").click()
    desk.page.locator(".rich-text figure img[role=presentation]").wait_for()
    assert answers == []
