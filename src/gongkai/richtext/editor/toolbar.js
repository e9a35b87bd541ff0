// The toolbar: one stop of the Tab key, arrows inside, each button says whether it is on or may be used.
import { isInTable } from "prosemirror-tables";
import { KINDS, TABLE, groups } from "./commands.js";
import { element } from "./dialogs.js";

export class Toolbar {
  constructor(box, pasting, id) {
    this.buttons = [];
    this.dom = element("div", { class: "rich-bar", role: "toolbar", "aria-label": "格式", "aria-controls": id });
    this.kinds = element("select", { "aria-label": "段落样式", tabindex: "0" },
      ...KINDS.map((kind, index) => element("option", { value: index }, kind.label)));
    this.kinds.addEventListener("change", () => this.run(KINDS[this.kinds.value]));
    this.dom.append(this.kinds);
    for (const [label, commands] of groups(box, pasting)) this.dom.append(this.group(label, commands));
    this.table = this.group("表格", TABLE);
    this.dom.append(this.table);
    this.dom.addEventListener("keydown", (event) => this.move(event));
    this.dom.addEventListener("focusin", (event) => this.stop(event.target));
  }

  group(label, commands) {
    const made = element("div", { role: "group", "aria-label": label });
    for (const command of commands) {
      const title = [command.title || command.label, command.key].filter(Boolean).join(" ");
      const button = element("button", { type: "button", tabindex: "-1", title }, command.label);
      // The selection in the text stays where it is.
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => {
        if (button.getAttribute("aria-disabled") !== "true") this.run(command);
      });
      made.append(button);
      this.buttons.push({ button, command });
    }
    return made;
  }

  run(command) {
    command.run(this.view.state, this.view.dispatch, this.view);
    this.update(this.view);
    if (!document.querySelector("dialog[open]")) this.view.focus();
  }

  update(view) {
    this.view = view;
    const { state } = view;
    const inTable = isInTable(state);
    if (!inTable && this.table.contains(document.activeElement)) view.focus();
    this.table.hidden = !inTable;
    for (const { button, command } of this.buttons) {
      if (this.table.hidden && this.table.contains(button)) continue;
      button.setAttribute("aria-disabled", String(!command.run(state, undefined, view)));
      if (command.on) button.setAttribute("aria-pressed", String(Boolean(command.on(state))));
    }
    const kind = KINDS.findIndex((one) => one.on(state));
    this.kinds.value = String(Math.max(0, kind));
    if (!this.stops().some((one) => one.tabIndex === 0)) this.stop(this.kinds);
  }

  stops() {
    return [this.kinds, ...this.buttons.map(({ button }) => button)].filter((one) => !one.closest("[hidden]"));
  }

  stop(chosen) {
    for (const one of [this.kinds, ...this.buttons.map(({ button }) => button)]) one.tabIndex = one === chosen ? 0 : -1;
  }

  focus() {
    this.stops().find((one) => one.tabIndex === 0)?.focus();
  }

  move(event) {
    const stops = this.stops();
    const at = stops.indexOf(document.activeElement);
    const last = stops.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (event.key === "Escape") this.view.focus();
    else if (to === undefined) return;
    else stops[to].focus();
    event.preventDefault();
  }
}
