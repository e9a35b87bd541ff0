// What the toolbar can do: label, what it does, whether it is on. One table, read by the toolbar.
import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { NodeSelection, TextSelection } from "prosemirror-state";
import { liftListItem, wrapInList } from "prosemirror-schema-list";
import {
  addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, deleteColumn, deleteRow, deleteTable,
  isInTable, mergeCells, splitCell, toggleHeaderColumn, toggleHeaderRow,
} from "prosemirror-tables";
import { askCaption, askLink, askPicture } from "./dialogs.js";
import { schema } from "./schema.js";

const { nodes, marks } = schema;

function around(state, type) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    if ($from.node(depth).type === type) return { node: $from.node(depth), pos: $from.before(depth) };
  }
  return null;
}

function marked(state, type) {
  const { from, to, empty, $from } = state.selection;
  if (empty) return Boolean(type.isInSet(state.storedMarks || $from.marks()));
  return state.doc.rangeHasMark(from, to, type);
}

const inked = (label, type, key) => ({
  label, key, run: toggleMark(type), on: (state) => marked(state, type),
});

// Sets attributes of every paragraph and heading in the selection.
const looks = (change, fits = () => true) => (state, dispatch) => {
  const { tr } = state;
  let found = false;
  for (const { $from, $to } of state.selection.ranges) {
    state.doc.nodesBetween($from.pos, $to.pos, (node, pos) => {
      if (!node.isTextblock || !fits(node)) return;
      found = true;
      tr.setNodeMarkup(pos, null, { ...node.attrs, ...change(node.attrs) });
    });
  }
  if (found && dispatch) dispatch(tr.scrollIntoView());
  return found;
};

const aligned = (label, align) => ({
  label,
  run: looks((attrs) => (align && "indent" in attrs ? { align, indent: false } : { align })),
  on: (state) => state.selection.$from.parent.attrs.align === align,
});

const indent = {
  label: "缩进",
  title: "首行缩进两字",
  run: (state, dispatch) => {
    const on = state.selection.$from.parent.attrs.indent;
    return looks(() => ({ indent: !on, align: null }), (node) => node.type === nodes.paragraph)(state, dispatch);
  },
  on: (state) => Boolean(state.selection.$from.parent.attrs.indent),
};

const listed = (label, type) => ({
  label,
  run: (state, dispatch) => (around(state, type)
    ? liftListItem(nodes.list_item)(state, dispatch)
    : wrapInList(type)(state, dispatch)),
  on: (state) => Boolean(around(state, type)),
});

function clear(state, dispatch) {
  const { from, to } = state.selection;
  if (dispatch) {
    const tr = state.tr.removeMark(from, to).setStoredMarks([]);
    state.doc.nodesBetween(from, to, (node, pos, parent, index) => {
      if (node.type === nodes.heading && parent.canReplaceWith(index, index + 1, nodes.paragraph)) {
        tr.setNodeMarkup(pos, nodes.paragraph, {});
      } else if (node.type === nodes.paragraph) tr.setNodeMarkup(pos, null, {});
    });
    dispatch(tr);
  }
  return true;
}

function table(state, dispatch) {
  const cells = (type) => [0, 1, 2].map(() => type.createAndFill());
  const rows = [nodes.table_header, nodes.table_cell, nodes.table_cell].map((type) => (
    nodes.table_row.create(null, cells(type))
  ));
  if (isInTable(state)) return false;
  if (dispatch) {
    const tr = state.tr.replaceSelectionWith(nodes.table.create(null, rows));
    const made = Math.max(0, tr.selection.from - 1);
    let first = null;
    tr.doc.nodesBetween(Math.max(0, state.selection.from - 1), Math.max(made, state.selection.from + 1), (node, pos) => {
      if (first === null && node.type === nodes.table) first = pos;
    });
    if (first !== null) tr.setSelection(TextSelection.near(tr.doc.resolve(first + 3)));
    dispatch(tr.scrollIntoView());
  }
  return true;
}

function link(state, dispatch, view) {
  const { from, to, empty, $from } = state.selection;
  const now = marks.link.isInSet($from.marks()) || marks.link.isInSet($from.nodeAfter?.marks || []);
  if (dispatch) {
    askLink(now?.attrs.href || "", empty && !now ? "" : null, ({ href, text }) => {
      const tr = view.state.tr;
      const mark = marks.link.create({ href });
      if (empty && !now) {
        if (href) tr.insert(from, schema.text(text, [mark]));
      } else {
        const [start, end] = empty ? around_link($from) : [from, to];
        tr.removeMark(start, end, marks.link);
        if (href) tr.addMark(start, end, mark);
      }
      view.dispatch(tr.scrollIntoView());
      view.focus();
    });
  }
  return true;
}

function around_link($pos) {
  const linked = (node) => Boolean(marks.link.isInSet(node.marks));
  let [first, last] = [$pos.index(), $pos.index()];
  const { parent } = $pos;
  if (first === parent.childCount || !linked(parent.child(first))) first = last = first - 1;
  while (first > 0 && linked(parent.child(first - 1))) first--;
  while (last < parent.childCount - 1 && linked(parent.child(last + 1))) last++;
  let start = $pos.start();
  for (let i = 0; i < first; i++) start += parent.child(i).nodeSize;
  let end = start;
  for (let i = first; i <= last; i++) end += parent.child(i).nodeSize;
  return [start, end];
}

const picture = (box) => (state, dispatch, view) => {
  const now = state.selection instanceof NodeSelection && state.selection.node.type === nodes.figure
    ? state.selection.node.attrs : null;
  if (!now && !box.dataset.images) return false;
  if (dispatch) {
    askPicture(box, now, (attrs) => {
      view.dispatch(view.state.tr.replaceSelectionWith(nodes.figure.create(attrs)).scrollIntoView());
      view.focus();
    });
  }
  return true;
};

function caption(state, dispatch, view) {
  const found = around(state, nodes.table);
  if (!found) return false;
  if (dispatch) {
    askCaption(found.node.attrs.caption, (attrs) => {
      view.dispatch(view.state.tr.setNodeMarkup(found.pos, null, attrs));
      view.focus();
    });
  }
  return true;
}

function rule(state, dispatch) {
  if (isInTable(state)) return false;
  if (dispatch) dispatch(state.tr.replaceSelectionWith(nodes.horizontal_rule.create()));
  return true;
}

export const KINDS = [
  ["正文", nodes.paragraph, {}],
  ["一级标题", nodes.heading, { level: 2 }],
  ["二级标题", nodes.heading, { level: 3 }],
  ["三级标题", nodes.heading, { level: 4 }],
].map(([label, type, attrs]) => ({
  label,
  run: setBlockType(type, attrs),
  on: ({ selection: { $from } }) => $from.parent.type === type && (!attrs.level || $from.parent.attrs.level === attrs.level),
}));

export const groups = (box, pasting) => [
  ["撤销", [{ label: "撤销", key: "Ctrl+Z", run: undo }, { label: "重做", key: "Ctrl+Y", run: redo }]],
  ["文字", [
    inked("加粗", marks.strong, "Ctrl+B"), inked("斜体", marks.em, "Ctrl+I"), inked("下划线", marks.u, "Ctrl+U"),
    inked("删除线", marks.s), inked("上标", marks.sup), inked("下标", marks.sub),
  ]],
  ["段落", [aligned("居左", null), aligned("居中", "center"), aligned("居右", "right"), indent]],
  ["列表", [
    listed("圆点", nodes.bullet_list), listed("编号", nodes.ordered_list),
    {
      label: "引用",
      run: (state, dispatch) => (around(state, nodes.blockquote) ? lift : wrapIn(nodes.blockquote))(state, dispatch),
      on: (state) => Boolean(around(state, nodes.blockquote)),
    },
  ]],
  ["插入", [
    { label: "链接", key: "Ctrl+K", run: link }, { label: "图片", run: picture(box) },
    { label: "表格", title: "插入表格", run: table }, { label: "横线", run: rule },
  ]],
  ["整理", [
    { label: "清除格式", run: clear },
    {
      label: "纯文本粘贴",
      title: "粘贴时只要文字",
      run: (state, dispatch) => { if (dispatch) pasting.plain = !pasting.plain; return true; },
      on: () => pasting.plain,
    },
  ]],
];

export const TABLE = [
  { label: "上方加行", run: addRowBefore }, { label: "下方加行", run: addRowAfter }, { label: "删行", run: deleteRow },
  { label: "左侧加列", run: addColumnBefore }, { label: "右侧加列", run: addColumnAfter }, { label: "删列", run: deleteColumn },
  { label: "合并单元格", run: mergeCells }, { label: "拆分单元格", run: splitCell },
  { label: "表头行", run: toggleHeaderRow }, { label: "表头列", run: toggleHeaderColumn },
  { label: "表题", run: caption }, { label: "删除表格", run: deleteTable },
];

export { link };
