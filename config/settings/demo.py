"""The demo on one's own machine: SQLite, http on loopback, secrets made at the first start."""

import secrets

from config.settings.base import *

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # with VAR above it; static files may stand here


def _kept(name: str) -> str:
    path = VAR / name
    if not path.exists():
        path.write_text(secrets.token_urlsafe(64))
        path.chmod(0o600)
    return path.read_text()


SECRET_KEY = SECRET_KEY or _kept("secret.key")
DATA_KEY = DATA_KEY or _kept("data.key")
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
DEMO = True
DEMO_PASSWORD = "Qingjiang-2026"  # noqa: S105  # named on the demo's sign-in page
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
WHITENOISE_USE_FINDERS = True
GALLERY = True
# The demo sends nothing: its mails lie here to be read.
MAIL_HOST, MAIL_FOLDER = "", str(VAR / "mails")
MAIL_FROM = MAIL_FROM or "公开 <gongkai@qingjiang.example>"
BASE_URL = BASE_URL or "http://127.0.0.1:8000"
SECOND_FACTOR_ROLES = []  # everybody signs in by the password on the page
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http on one's own machine
