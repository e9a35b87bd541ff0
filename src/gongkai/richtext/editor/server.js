// What the editor asks of its own site: cleaning what was pasted, and the pictures of the draft.

function token(box) {
  const field = box.closest("form")?.querySelector("[name=csrfmiddlewaretoken]");
  if (field) return field.value;
  try {
    return JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";
  } catch {
    return "";
  }
}

async function ask(box, url, body) {
  const options = body && { method: "POST", body, headers: { "X-CSRFToken": token(box) } };
  const answer = await fetch(url, { credentials: "same-origin", ...options });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.error || "");
  return told;
}

export function clean(box, html) {
  const body = new FormData();
  body.set("html", html);
  return ask(box, box.dataset.clean, body);
}

export const pictures = (box) => ask(box, box.dataset.images).then((told) => told.images || []);

export function upload(box, file) {
  const body = new FormData();
  body.set("file", file);
  return ask(box, box.dataset.images, body);
}
