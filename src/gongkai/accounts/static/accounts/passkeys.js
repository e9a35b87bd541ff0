/* Joins the buttons for passkeys to the sign-in library, and says in words when the browser got none. */
(function () {
  "use strict";
  var forms = window.allauth.webauthn.forms;

  function there(id) { return document.getElementById(id); }

  function credentialOf(button) {
    return button.closest("form").querySelector("input[name=credential]").id;
  }

  if (there("mfa_webauthn_add")) {
    forms.addForm({ ids: {
      add: "mfa_webauthn_add", passwordless: "id_passwordless",
      credential: credentialOf(there("mfa_webauthn_add")), data: "js_data"
    } });
  }
  ["mfa_webauthn_authenticate", "mfa_webauthn_reauthenticate"].forEach(function (id) {
    if (!there(id)) return;
    forms.authenticateForm({ ids: { authenticate: id, credential: credentialOf(there(id)), data: "js_data" } });
  });
  if (there("passkey_login")) {
    forms.loginForm({ ids: { login: "passkey_login", credential: "mfa_credential" } });
  }

  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    var place = there("messages");
    var box = document.createElement("div");
    var text = document.createElement("p");
    text.textContent = "没有读到通行密钥。请按浏览器的提示再试一次，或改用密码。";
    box.className = "message message-refusal";
    box.appendChild(text);
    place.replaceChildren(box);
    place.setAttribute("tabindex", "-1");
    place.focus();
  });
})();
