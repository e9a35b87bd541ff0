// Pasting: the server reads what Word and WPS wrote, so that there is one cleaner and not two.
import { TextSelection } from "prosemirror-state";
import { clean } from "./server.js";
import { pastedText } from "./content.js";

export class Pasting {
  constructor(box, say) {
    this.box = box;
    this.say = say;
    this.plain = false;
  }

  // Before ProseMirror reads it, for that would apply the styles of Word: true when dealt with here.
  take(view, event, data) {
    if (!data || !view.editable) return false;
    const text = data.getData("text/plain");
    if (this.plain && text) {
      event.preventDefault();
      view.dispatch(view.state.tr.replaceSelection(pastedText(text)).scrollIntoView());
      return true;
    }
    const html = data.getData("text/html");
    const ours = html.includes("data-pm-slice") && !/\sstyle\s*=/i.test(html);
    if (!html || ours) return false;
    event.preventDefault();
    this.fetch(view, html, text);
    return true;
  }

  // Text dragged in from another window is a paste where it is dropped.
  drop(view, event) {
    const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
    if (view.dragging || !at) return false;
    view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))));
    return this.take(view, event, event.dataTransfer);
  }

  async fetch(view, html, text) {
    this.say("正在整理粘贴的内容…");
    let told;
    try {
      told = await clean(this.box, html);
    } catch (error) {
      view.dispatch(view.state.tr.replaceSelection(pastedText(text)).scrollIntoView());
      this.say(error.message || "没有连上服务器，只粘贴了文字。");
      return;
    }
    view.pasteHTML(told.html);
    this.say(told.lost ? `已粘贴。有${told.lost}张图片没有带过来，请用“图片”上传。` : "已粘贴。");
  }
}
