// What a body may hold, in the browser; the same as gongkai/richtext/nodes.py says on the server.
import { Schema } from "prosemirror-model";
import { tableNodes } from "prosemirror-tables";

const WIDTH = /\bw-[1-9]0\b/;

const has = (dom, name) => dom.classList.contains(name);

function look(dom) {
  return {
    align: has(dom, "text-center") ? "center" : has(dom, "text-right") ? "right" : null,
    indent: has(dom, "indent"),
    note: has(dom, "note"),
  };
}

function classed({ align, indent, note }) {
  const names = [align && `text-${align}`, indent && "indent", note && "note"].filter(Boolean);
  return names.length ? { class: names.join(" ") } : {};
}

const LOOK = { align: { default: null }, indent: { default: false }, note: { default: false } };
const INSIDE = "(paragraph | bullet_list | ordered_list | figure)+";

const tables = tableNodes({
  tableGroup: "block",
  cellContent: INSIDE,
  cellAttributes: {
    wide: {
      default: null,
      getFromDOM: (dom) => (dom.className.match(WIDTH) || [null])[0],
      setDOMAttr: (value, attrs) => { if (value) attrs.class = value; },
    },
  },
});

tables.table = {
  ...tables.table,
  attrs: { caption: { default: "" } },
  parseDOM: [{
    tag: "table",
    getAttrs: (dom) => ({ caption: dom.querySelector(":scope > caption")?.textContent.trim() || "" }),
  }, { tag: "caption", ignore: true }],
  toDOM: (node) => {
    const caption = node.attrs.caption ? [["caption", { contenteditable: "false" }, node.attrs.caption]] : [];
    return ["table", ...caption, ["tbody", 0]];
  },
};

const mark = (name, ...others) => ({
  parseDOM: [name, ...others].map((tag) => ({ tag })),
  toDOM: () => [name, 0],
});

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: {
      group: "block",
      content: "inline*",
      attrs: LOOK,
      parseDOM: [{ tag: "p", getAttrs: look }],
      toDOM: (node) => ["p", classed(node.attrs), 0],
    },
    heading: {
      group: "block",
      content: "inline*",
      defining: true,
      attrs: { level: { default: 2 }, align: { default: null } },
      parseDOM: [[1, 2], [2, 2], [3, 3], [4, 4], [5, 4], [6, 4]].map(([tag, level]) => ({
        tag: `h${tag}`,
        getAttrs: (dom) => ({ level, align: look(dom).align }),
      })),
      toDOM: (node) => [`h${node.attrs.level}`, classed(node.attrs), 0],
    },
    blockquote: {
      group: "block",
      content: "(paragraph | bullet_list | ordered_list)+",
      defining: true,
      parseDOM: [{ tag: "blockquote" }],
      toDOM: () => ["blockquote", 0],
    },
    bullet_list: {
      group: "block",
      content: "list_item+",
      parseDOM: [{ tag: "ul" }],
      toDOM: () => ["ul", 0],
    },
    ordered_list: {
      group: "block",
      content: "list_item+",
      attrs: { start: { default: 1 } },
      parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ start: dom.start || 1 }) }],
      toDOM: (node) => ["ol", node.attrs.start === 1 ? {} : { start: node.attrs.start }, 0],
    },
    list_item: {
      content: "paragraph (paragraph | bullet_list | ordered_list)*",
      defining: true,
      parseDOM: [{ tag: "li" }],
      toDOM: () => ["li", 0],
    },
    figure: {
      group: "block",
      draggable: true,
      attrs: { src: {}, alt: { default: null }, decorative: { default: false }, caption: { default: "" } },
      parseDOM: [{ tag: "figure", getAttrs: figure }, { tag: "img[src]", getAttrs: picture }],
      toDOM: (node) => {
        const { src, alt, decorative, caption } = node.attrs;
        const told = { src };
        if (decorative) Object.assign(told, { alt: "", role: "presentation" });
        else if (alt !== null) told.alt = alt;
        return ["figure", ["img", told], ...(caption ? [["figcaption", caption]] : [])];
      },
    },
    horizontal_rule: {
      group: "block",
      parseDOM: [{ tag: "hr" }],
      toDOM: () => ["hr"],
    },
    ...tables,
    hard_break: {
      group: "inline",
      inline: true,
      selectable: false,
      parseDOM: [{ tag: "br" }],
      toDOM: () => ["br"],
    },
    text: { group: "inline" },
  },
  marks: {
    link: {
      attrs: { href: {} },
      inclusive: false,
      parseDOM: [{ tag: "a[href]", getAttrs: (dom) => ({ href: dom.getAttribute("href") }) }],
      toDOM: (node) => ["a", { href: node.attrs.href }, 0],
    },
    strong: mark("strong", "b"),
    em: mark("em", "i"),
    u: mark("u"),
    s: mark("s", "del", "strike"),
    sub: { ...mark("sub"), excludes: "sub sup" },
    sup: { ...mark("sup"), excludes: "sub sup" },
  },
});

function picture(dom) {
  const src = dom.getAttribute("src");
  // Pictures of other sites, or inside the text, are no files of this draft.
  if (!src.startsWith("/") || src.startsWith("//")) return false;
  const alt = dom.getAttribute("alt");
  return { src, alt, decorative: alt === "" && dom.getAttribute("role") === "presentation", caption: "" };
}

function figure(dom) {
  const image = dom.querySelector("img[src]");
  const attrs = image ? picture(image) : false;
  return attrs && { ...attrs, caption: dom.querySelector("figcaption")?.textContent.trim() || "" };
}
