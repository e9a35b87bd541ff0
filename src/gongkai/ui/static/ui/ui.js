/* What HTML alone cannot do: close menus by Escape or a click elsewhere, send the eye to an
   answer that HTMX put on the page, open what wide screens do not fold, and light up the source of what has the focus. */
(function () {
  "use strict";

  function menus() { return document.querySelectorAll("details.drop[open]"); }

  document.addEventListener("click", function (event) {
    menus().forEach(function (menu) { if (!menu.contains(event.target)) menu.open = false; });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    menus().forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    var focused = document.activeElement;
    if (focused && focused.classList.contains("light")) focused.blur();
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.target.id !== "messages" || !event.target.firstElementChild) return;
    event.target.setAttribute("tabindex", "-1");
    event.target.focus();
  });

  document.addEventListener("htmx:sendError", function () {
    var place = document.getElementById("messages");
    var box = document.createElement("div");
    var text = document.createElement("p");
    text.textContent = "网络不通，没有提交成功。请检查网络后再试。";
    box.className = "message message-refusal";
    box.appendChild(text);
    place.replaceChildren(box);
  });

  // Browsers that cannot show a folded part by style alone get it opened on a wide screen.
  function unfold() {
    if (!wide.matches) return;
    document.querySelectorAll("details.fold").forEach(function (part) { part.open = true; });
  }
  var wide = window.matchMedia("(min-width: 44.01rem)");
  if (!CSS.supports("selector(::details-content)")) {
    unfold();
    wide.addEventListener("change", unfold);
    document.addEventListener("htmx:afterSwap", unfold);
  }

  function lit(event) {
    var from = event.target.closest("[data-source]");
    if (!from) return;
    var key = from.getAttribute("data-source");
    document.querySelectorAll("mark[data-keys]").forEach(function (mark) {
      mark.classList.toggle("on", mark.dataset.keys.trim().split(" ").indexOf(key) >= 0);
    });
    if (event.type !== "focusin") return;
    var first = document.querySelector("mark.on");
    if (first) bring(first);
  }

  // The box of the source scrolls, never the window: a button that moves away under a finger
  // between press and release is not pressed.
  function bring(mark) {
    var box = mark.closest(".beside-source");
    if (!box) return;
    var frame = box.getBoundingClientRect();
    var place = mark.getBoundingClientRect();
    if (place.top >= frame.top && place.bottom <= frame.bottom) return;
    box.scrollTop += place.top - frame.top - box.clientHeight / 3;
  }
  document.addEventListener("focusin", lit);
  document.addEventListener("mouseover", lit);
})();
