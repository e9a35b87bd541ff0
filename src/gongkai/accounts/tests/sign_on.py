"""Sign-ons to test against: one of another maker, certified; one of our own that forges."""

from __future__ import annotations

import base64
import hmac
import json
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

PEERS = Path(__file__).resolve().parents[4] / "tests" / "peers"
CLIENT, SECRET = "gongkai", "the-secret-that-both-know-" + "x" * 20


def office_sets(settings: Any, issuer: str, base: str) -> None:
    """Set up the sign-on as an office would in its settings."""
    settings.OIDC_ISSUER, settings.OIDC_CLIENT, settings.OIDC_SECRET = issuer, CLIENT, SECRET
    settings.BASE_URL = base
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    allowed = {**directives, "form-action": [*directives["form-action"], issuer]}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": allowed}


@contextmanager
def certified(back: str) -> Iterator[str]:
    """Run the sign-on of another maker and give its address; anybody signs in as who they say."""
    node = shutil.which("node")
    if node is None or not (PEERS / "node_modules").is_dir():
        pytest.skip("no sign-on of another maker here: install node and npm, then make peers")
    command = [node, "sign_on.mjs", CLIENT, SECRET, back]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=PEERS, stdout=subprocess.PIPE, stderr=quiet) as peer:
        assert peer.stdout is not None
        issuer = peer.stdout.readline().decode().strip()
        assert issuer, "the sign-on did not start"
        yield issuer
        peer.terminate()


class Forger:
    """A sign-on whose every answer a test can bend; ``url`` is its address."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.key = RSAKey.generate_key(2048, {"kid": "one", "alg": "RS256", "use": "sig"})
        self.metadata: dict[str, Any] = {
            "issuer": url,
            "authorization_endpoint": f"{url}/authorize",
            "token_endpoint": f"{url}/token",
            "jwks_uri": f"{url}/keys",
            "userinfo_endpoint": f"{url}/who",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }
        self.claims: dict[str, Any] = {}
        self.who: dict[str, Any] = {}
        self.header = {"alg": "RS256", "kid": "one"}
        self.signing: Any = self.key
        self.bent: dict[str, Any] = {}
        self.broken: set[str] = set()
        self.wait = 0.0
        self.asked: list[str] = []

    def says(self, nonce: str | None, **claims: Any) -> None:
        """State who it is, as a sign-on should, but for what the test bends; None leaves out."""
        now = int(time.time())
        right = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
        self.claims = {
            k: v for k, v in {**right, "sub": "sub-1", **claims}.items() if v is not None
        }

    def signs_with_a_shared_secret(self, secret: bytes) -> None:
        """Sign with something that more than the sign-on know."""
        self.header = {"alg": "HS256", "kid": "one"}
        self.signing = secret

    def _signed(self) -> str:
        if isinstance(self.signing, bytes):  # by hand: the library refuses to do it
            parts = [_coded(json.dumps(part).encode()) for part in (self.header, self.claims)]
            seal = hmac.digest(self.signing, ".".join(parts).encode(), "sha256")
            return ".".join([*parts, _coded(seal)])
        return jwt.encode(self.header, self.claims, self.signing, algorithms=["RS256", "none"])

    def answer(self, path: str) -> Any:
        """Return what an address answers."""
        if path.startswith("/.well-known/"):
            return self.metadata
        if path == "/keys":
            return {"keys": [self.key.as_dict(private=False)]}
        if path == "/who":
            return self.who
        return {
            "access_token": "a",
            "token_type": "Bearer",
            "id_token": self._signed(),
            **self.bent,
        }


def _coded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).decode().rstrip("=")


@contextmanager
def forging() -> Iterator[Forger]:
    """Run the forger on a socket."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    server.forger = Forger(f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.forger  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        forger: Forger = self.server.forger  # type: ignore[attr-defined]
        forger.asked.append(self.path)
        time.sleep(forger.wait)
        self.send_response(500 if self.path in forger.broken else 200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        body = json.dumps({k: v for k, v in forger.answer(self.path).items() if v is not None})
        self.wfile.write(b"<html>" if self.path in forger.broken else body.encode())

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def log_message(self, *args: Any) -> None:
        pass
