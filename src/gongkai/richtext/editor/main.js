// Puts the editor in the place of each plain box that asks for it; without script the box stays.
import { baseKeymap, chainCommands, exitCode, toggleMark } from "prosemirror-commands";
import { gapCursor } from "prosemirror-gapcursor";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import { EditorState, Plugin } from "prosemirror-state";
import { goToNextCell, tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { link } from "./commands.js";
import { pastedText, read, write } from "./content.js";
import { element } from "./dialogs.js";
import { Pasting } from "./paste.js";
import { schema } from "./schema.js";
import { Toolbar } from "./toolbar.js";

const { nodes, marks } = schema;

function keys(toolbar) {
  const lineBreak = chainCommands(exitCode, (state, dispatch) => {
    if (dispatch) dispatch(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
    return true;
  });
  const toToolbar = () => { toolbar.focus(); return true; };
  return keymap({
    "Mod-z": undo, "Mod-y": redo, "Shift-Mod-z": redo,
    "Mod-b": toggleMark(marks.strong), "Mod-i": toggleMark(marks.em), "Mod-u": toggleMark(marks.u),
    "Mod-k": link,
    "Shift-Enter": lineBreak,
    Enter: splitListItem(nodes.list_item),
    Tab: chainCommands(goToNextCell(1), sinkListItem(nodes.list_item)),
    "Shift-Tab": chainCommands(goToNextCell(-1), liftListItem(nodes.list_item)),
    "Alt-F10": toToolbar,
    Escape: toToolbar,
  });
}

function enhance(box) {
  const area = box.querySelector("textarea");
  const label = document.querySelector(`label[for="${area.id}"]`);
  if (label && !label.id) label.id = `${area.id}_label`;
  const status = element("p", { class: "rich-status hint", role: "status" });
  const pasting = new Pasting(box, (words) => { status.textContent = words; });
  const toolbar = new Toolbar(box, pasting, `${area.id}_text`);
  const place = element("div", { class: "rich-place" });
  area.before(toolbar.dom, place);
  area.after(status);
  area.hidden = true;
  area.required = false;

  let waiting = 0;
  const keep = (view) => { area.value = write(view.state.doc); };
  const view = new EditorView(place, {
    state: EditorState.create({
      doc: read(area.value),
      plugins: [
        keys(toolbar), keymap(baseKeymap), history(), gapCursor(), tableEditing(),
        new Plugin({ view: () => ({ update: (shown) => toolbar.update(shown) }) }),
      ],
    }),
    attributes: {
      id: `${area.id}_text`,
      class: "rich-text",
      role: "textbox",
      "aria-multiline": "true",
      ...(label ? { "aria-labelledby": label.id } : { "aria-label": "正文" }),
      ...(area.getAttribute("aria-describedby") ? { "aria-describedby": area.getAttribute("aria-describedby") } : {}),
      ...(area.getAttribute("aria-invalid") ? { "aria-invalid": "true" } : {}),
    },
    editable: () => !area.disabled && !area.readOnly,
    handleDOMEvents: {
      paste: (shown, event) => pasting.take(shown, event, event.clipboardData),
      drop: (shown, event) => pasting.drop(shown, event),
    },
    clipboardTextParser: pastedText,
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      if (!transaction.docChanged) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        keep(view);
        area.dispatchEvent(new Event("input", { bubbles: true }));
      }, 400);
    },
  });
  toolbar.update(view);
  label?.addEventListener("click", () => view.focus());
  area.form?.addEventListener("submit", () => keep(view), true);
  area.form?.addEventListener("formdata", (event) => {
    keep(view);
    if (area.name && !area.disabled) event.formData.set(area.name, area.value);
  });
}

document.querySelectorAll("[data-rich]").forEach(enhance);
