// A certified sign-on of another maker for the tests: anybody signs in as who they say they are.
// node sign_on.mjs CLIENT SECRET REDIRECT_URI ; its first line is the address it listens at.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [client_id, client_secret, redirect_uri] = process.argv.slice(2);
const page = `<!doctype html><html lang="zh"><title>统一身份认证</title><link rel="icon" href="data:,">
<form method="post"><label>账号 <input name="login"></label> <button>登录</button></form>`;
let provider;

async function signIn(request, response) {
  if (request.method === "GET") {
    response.setHeader("content-type", "text/html; charset=utf-8");
    return response.end(page);
  }
  let sent = "";
  for await (const part of request) sent += part;
  const accountId = new URLSearchParams(sent).get("login");
  return provider.interactionFinished(request, response, { login: { accountId } });
}

const server = createServer((request, response) =>
  request.url.startsWith("/interaction/")
    ? signIn(request, response)
    : provider.callback()(request, response),
);

server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: "jwk" }), kid: "one", alg: "RS256", use: "sig" };
  provider = new Provider(issuer, {
    clients: [{ client_id, client_secret, redirect_uris: [redirect_uri] }],
    jwks: { keys: [key] },
    cookies: { keys: ["for tests only"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    claims: { profile: ["name", "preferred_username"] },
    pkce: { required: () => true },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: id, preferred_username: id.replace(/^sub-/, "") }),
    }),
    async loadExistingGrant({ oidc }) {
      const { clientId, accountId } = { clientId: client_id, accountId: oidc.session.accountId };
      const grant = new oidc.provider.Grant({ clientId, accountId });
      grant.addOIDCScope("openid profile");
      await grant.save();
      return grant;
    },
  });
  console.log(issuer);
});
