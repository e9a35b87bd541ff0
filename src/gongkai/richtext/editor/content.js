// Between the kept body, the box that is sent, and the document in the editor.
import { DOMParser as Reader, DOMSerializer, Fragment, Slice } from "prosemirror-model";
import { schema } from "./schema.js";

const INDENT = /^(\u3000|[ \u00a0]{2})/;

function paragraphs(text) {
  return text.split(/\r\n?|\n/).filter((line) => line.trim()).map((line) => (
    schema.node("paragraph", { indent: INDENT.test(line) }, schema.text(line.trim()))
  ));
}

export function read(value) {
  if (value.trimStart().startsWith("<")) {
    const page = new window.DOMParser().parseFromString(value, "text/html");
    return Reader.fromSchema(schema).parse(page.body);
  }
  const found = paragraphs(value);
  return schema.node("doc", null, found.length ? found : [schema.node("paragraph")]);
}

export function write(doc) {
  if (doc.childCount === 1 && doc.firstChild.isTextblock && !doc.firstChild.content.size) return "";
  const holder = document.implementation.createHTMLDocument("").createElement("div");
  holder.append(DOMSerializer.fromSchema(schema).serializeFragment(doc.content, { document: holder.ownerDocument }));
  holder.querySelectorAll("[contenteditable]").forEach((one) => one.removeAttribute("contenteditable"));
  return holder.innerHTML;
}

export function pastedText(text) {
  const found = paragraphs(text);
  return found.length ? new Slice(Fragment.from(found), 1, 1) : Slice.empty;
}
