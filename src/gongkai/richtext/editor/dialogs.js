// Questions that a command asks: an address, a picture with its words, a table's heading.
import { pictures, upload } from "./server.js";

let count = 0;

function element(tag, attrs = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

export { element };

function field(label, attrs, hint = "") {
  const id = `rich-${++count}`;
  const input = element("input", { id, ...attrs, "aria-describedby": hint ? `${id}-hint` : null });
  const check = attrs.type === "checkbox";
  const parts = [element("label", { for: id }, label), input];
  const row = element("div", { class: check ? "field field-check" : "field" }, ...(check ? parts.reverse() : parts));
  if (hint) row.append(element("p", { class: "hint", id: `${id}-hint` }, hint));
  return { row, input };
}

// Shows a dialog; ready() returns the answer, or a sentence that says what is still missing.
function question(title, rows, ready, after) {
  const wrong = element("p", { class: "rich-wrong", role: "alert" });
  const heading = element("h2", { id: `rich-${++count}` }, title);
  const yes = element("button", { class: "button button-primary", type: "submit" }, "确定");
  const no = element("button", { class: "button", type: "button" }, "取消");
  const form = element("form", { class: "stack", novalidate: true }, heading, ...rows, wrong,
    element("div", { class: "row" }, yes, no));
  const dialog = element("dialog", { class: "rich-dialog", "aria-labelledby": heading.id }, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await ready();
    if (typeof answer === "string") {
      wrong.textContent = answer;
      return;
    }
    dialog.close();
    after(answer);
  });
  no.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  form.querySelector("input, select")?.focus();
}

const ADDRESS = /^(https?:\/\/[^\s/]+|mailto:[^\s@]+@[^\s@]+$|\/(?!\/))/i;

export function askLink(href, text, after) {
  const address = field("网址", { type: "text", inputmode: "url", value: href, autocomplete: "off" },
    "以 https:// 开头；本站页面以 / 开头。留空则去掉链接。");
  const words = field("链接文字", { type: "text", value: text, autocomplete: "off" });
  question("链接", text === null ? [address.row] : [address.row, words.row], () => {
    const value = address.input.value.trim();
    if (value && !ADDRESS.test(value)) return "网址不对：请以 https://、mailto: 或 / 开头。";
    if (value && text !== null && !words.input.value.trim()) return "请写链接文字，让读者知道通向哪里。";
    return { href: value, text: words.input.value.trim() };
  }, after);
}

export function askCaption(caption, after) {
  const words = field("表题", { type: "text", value: caption, autocomplete: "off" }, "例：表1　2026年申请办理情况。可以留空。");
  question("表题", [words.row], () => ({ caption: words.input.value.trim() }), after);
}

export function askPicture(box, now, after) {
  const pick = element("fieldset", { class: "rich-pick" }, element("legend", {}, "本稿的图片"));
  const file = field("上传新图片", { type: "file", accept: "image/png,image/jpeg,image/gif,image/webp" });
  const alt = field("替代文字", { type: "text", value: now?.alt || "", autocomplete: "off" },
    "写给看不到图的人：图里有什么、说明什么。");
  const decorative = field("只是装饰，没有内容", { type: "checkbox", checked: Boolean(now?.decorative) });
  const caption = field("图题（选填）", { type: "text", value: now?.caption || "", autocomplete: "off" });
  const rows = now ? [] : [pick, file.row];
  question(now ? "图片说明" : "插入图片", [...rows, alt.row, decorative.row, caption.row], async () => {
    const words = alt.input.value.trim();
    if (!words && !decorative.input.checked) {
      alt.input.focus();
      return "请写替代文字；只是装饰的，勾选“只是装饰”。";
    }
    const told = {
      alt: decorative.input.checked ? "" : words,
      decorative: decorative.input.checked,
      caption: caption.input.value.trim(),
    };
    if (now) return { ...now, ...told };
    if (file.input.files.length) {
      try {
        return { src: (await upload(box, file.input.files[0])).src, ...told };
      } catch (error) {
        return error.message || "没有传上去，请重试。";
      }
    }
    const chosen = pick.querySelector("input:checked");
    return chosen ? { src: chosen.value, ...told } : "请选一张图片，或上传新图片。";
  }, after);
  if (now) return;
  pictures(box).then((found) => {
    if (!found.length) pick.append(element("p", { class: "hint" }, "还没有图片，请上传。"));
    for (const one of found) {
      const input = element("input", { type: "radio", name: "rich-picture", value: one.src });
      input.addEventListener("change", () => { if (!alt.input.value) alt.input.value = one.alt || ""; });
      pick.append(element("label", {}, input, element("img", { src: one.src, alt: "" }), one.name || one.src));
    }
  }).catch(() => pick.append(element("p", { class: "hint" }, "没有读到本稿的图片，可以上传。")));
}
