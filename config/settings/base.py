"""What holds on every occasion. Nothing secret has a default here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from config.env import issuer, networks, one_of, origin, read, span, truth, words
from gongkai.supervision.rules import NOTICE_PATTERN, checked_pattern

ROOT = Path(__file__).resolve().parents[2]
VAR = read("VAR", str(ROOT / "var"), "Folder for the database, files and logs", Path)

FONTS = read("FONTS", "", "Folders with the official fonts for papers, by comma", words)
SECRET_KEY = read("SECRET_KEY", "", "Signs sessions and forms; at least 50 random characters", str)
DATA_KEY = read("DATA_KEY", "", "Wraps the keys of personal data and signs audit anchors", str)
ALLOWED_HOSTS = read("ALLOWED_HOSTS", "", "Host names the desk answers to, by comma", words)
CSRF_TRUSTED_ORIGINS = read("ORIGINS", "", "Origins behind a proxy, by comma", words)
DEBUG = False
DEMO = False
GALLERY = False
DEMO_PASSWORD = ""

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "gongkai.ui",
    "gongkai.richtext",
    "gongkai.outbox",
    "gongkai.audit",
    "gongkai.organisation",
    "gongkai.accounts",
    "gongkai.calendars",
    "gongkai.files",
    "gongkai.duties",
    "gongkai.approvals",
    "gongkai.notices",
    "gongkai.publications",
    "gongkai.coordination",
    "gongkai.wording",
    "gongkai.columns",
    "gongkai.normative",
    "gongkai.interpretations",
    "gongkai.programme",
    "gongkai.progress",
    "gongkai.records",
    "gongkai.sheets",
    "gongkai.standards",
    "gongkai.submissions",
    "gongkai.supervision",
    "gongkai.reports",
    "gongkai.desk",
    "gongkai.demo",
    # Behind our own apps, whose templates stand in for the library's.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gongkai.accounts.middleware.PasswordChangeMiddleware",
    "gongkai.accounts.middleware.SecondFactorMiddleware",
    "gongkai.ui.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongkai.ui.context.shell",
            ],
            "builtins": ["gongkai.ui.templatetags.ui"],
        },
    }
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": read(
        "DATABASE_URL",
        f"sqlite:///{VAR / 'gongkai.sqlite3'}",
        "SQLite as it comes, or postgresql://user:password@host/name",
        lambda url: dict(dj_database_url.parse(url, conn_max_age=60)),
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A write transaction takes the lock when it begins, so that two writers queue and
        # neither finds at its end that it read what the other has changed.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # PostgreSQL compiles what it thinks dear, and thinks so of a page's short questions when a
    # million rows stand behind them: 0.2 s of compiling for 5 ms of work.
    _asked = DATABASES["default"].get("OPTIONS", {})
    _options = f"{_asked.get('options', '')} -c jit=off".strip()
    DATABASES["default"]["OPTIONS"] = {**_asked, "options": _options}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PASSWORD_LENGTH = read("PASSWORD_LENGTH", "10", "Shortest password that is taken", int)
PASSWORD_CLASSES = read(
    "PASSWORD_CLASSES", "3", "Kinds of characters (a-z, A-Z, 0-9, other) a password needs", int
)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_LENGTH},
    },
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "gongkai.accounts.policies.CharacterClassesValidator",
        "OPTIONS": {"classes": PASSWORD_CLASSES},
    },
    {"NAME": "gongkai.accounts.policies.NotTheSameValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "gongkai.accounts.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "gongkai.accounts.forms.SignInForm",
    "change_password": "gongkai.accounts.forms.OwnPasswordForm",
    "reauthenticate": "gongkai.accounts.forms.ConfirmPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {
    "login": read("LOGIN_RATE", "60/m/ip", "Sign-in pages sent from one address", str),
    "login_failed": read(
        "LOCK_OUT", "5/15m/key,30/15m/ip", "Failed sign-ins before the lock closes", str
    ),
}
MFA_ADAPTER = "gongkai.accounts.adapter.SecondFactor"
MFA_FORMS = {
    "authenticate": "gongkai.accounts.forms.CodeForm",
    "reauthenticate": "gongkai.accounts.forms.ConfirmCodeForm",
    "activate_totp": "gongkai.accounts.forms.SetUpCodeForm",
    "add_webauthn": "gongkai.accounts.forms.AddPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey found on a table signs nobody in
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be off by half a minute
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are set by the administrator
SECOND_FACTOR_ROLES = read(
    "SECOND_FACTOR_ROLES", "platform_admin", "Roles that sign in with a second factor", words
)
OIDC_ISSUER = read(
    "OIDC_ISSUER", "", "Address of the office's sign-on (OpenID Connect); none without it", issuer
)
OIDC_CLIENT = read(
    "OIDC_CLIENT",
    "",
    "The name under which it knows us; it sends people back to /accounts/sign-on/back/",
    str,
)
OIDC_SECRET = read("OIDC_SECRET", "", "The secret that it gave us", str)
OIDC_NAME = read("OIDC_NAME", "统一身份认证", "What people call the sign-on", str)
OIDC_USERNAME_CLAIM = read(
    "OIDC_USERNAME_CLAIM",
    "",
    "Claim that is surely the sign-in name here, as preferred_username; else people bind",
    str,
)
OIDC_ORIGINS = read(
    "OIDC_ORIGINS", "", "Further origins that its sign-in leads through, by comma", words
)
ALLAUTH_TRUSTED_PROXY_COUNT = read(
    "PROXIES", "0", "One's own proxies in front, whose X-Forwarded-For names the address", int
)
# The lock has to hold in every process and on every machine: it counts in the database
# (ADR 0053). The table comes with a migration of accounts.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "gongkai_cache",
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

PAUSE_READING = read(
    "PAUSE_READING", "after-sent", "Which days of a pause are not counted (ADR 0061)", str
)

SUPERVISION_NUMBER = read(
    "SUPERVISION_NUMBER", NOTICE_PATTERN, "How notices (督办) are numbered", checked_pattern
)

AUDIT_HASH = read("AUDIT_HASH", "sha256", "Hash of new audit events: sha256 or sm3", str)
AUDIT_ANCHORS = read(
    "AUDIT_ANCHORS", str(VAR / "anchors"), "Folder for the day's signed anchors", Path
)
FILES_CLAMD_SOCKET = read(
    "FILES_CLAMD_SOCKET", "", "Unix socket of clamd; when set, nothing unscanned is taken", str
)
OUTBOX_RETRY_SECONDS = read(
    "OUTBOX_RETRY_SECONDS", "5", "Wait after a first failure; doubled each time", float
)
OUTBOX_LEASE_SECONDS = read(
    "OUTBOX_LEASE_SECONDS", "60", "After so long a silent worker's errands go to another", float
)
COORDINATION_DAYS = read(
    "COORDINATION_DAYS", "5", "Working days that a unit has to answer about a draft", int
)
INTERPRETATION_DAYS = read(
    "INTERPRETATION_DAYS", "3", "Working days in which an excepted interpretation follows", int
)
INTERPRETATION_REPEATS = read(
    "INTERPRETATION_REPEATS", "50", "Percent of an interpretation that may repeat its policy", int
)
FETCH_SECONDS = read("FETCH_SECONDS", "20", "Longest that fetching a page of others takes", int)
FETCH_NETWORKS = read(
    "FETCH_NETWORKS", "", "Inner networks that may be fetched from, as 10.1.0.0/16", networks
)
LINKS_TRIED = read(
    "LINKS_TRIED", "yes", "Whether the links of a text are tried before publication", truth
)
REPOST_HOURS = read(
    "REPOST_HOURS", "24", "Hours in which what a superior published is to be reposted", int
)
NORMATIVE_REVIEW_MONTHS = read(
    "NORMATIVE_REVIEW_MONTHS",
    "3",
    "Months before its last day by which a document is assessed",
    int,
)
OUTBOX_KEEP_DAYS = read("OUTBOX_KEEP_DAYS", "30", "Days that done messages stay to be seen", int)

BASE_URL = read(
    "BASE_URL", "", "Address under which people open the desk, for the links in mails", str
)
MAIL_HOST = read("MAIL_HOST", "", "Server that takes our mails; without it none are sent", str)
MAIL_PORT = read("MAIL_PORT", "587", "Its port", int)
MAIL_TLS = read(
    "MAIL_TLS",
    "starttls",
    "starttls, tls (from the first byte, port 465) or none",
    one_of("starttls", "tls", "none"),
)
MAIL_CA = read("MAIL_CA", "", "File with the authority that signed the server's certificate", str)
MAIL_USER = read("MAIL_USER", "", "Name to sign in to the mail server with", str)
MAIL_PASSWORD = read("MAIL_PASSWORD", "", "Password to sign in with", str)
MAIL_FROM = read("MAIL_FROM", "", "Sender of all mails, as 公开 <gongkai@example.gov.cn>", str)
MAIL_TIMEOUT = read("MAIL_TIMEOUT", "20", "Seconds to wait for an answer of the server", int)
MAIL_PER_RUN = read("MAIL_PER_RUN", "200", "At most so many mails go out at a time", int)
MAIL_HOURS = read(
    "MAIL_HOURS", "08:30-18:00", "When mails go out on working days; digests at its beginning", span
)
MAIL_FOLDER = ""  # The demo lays its mails down there and sends none.

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
FILES_ROOT = VAR / "files"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF, *origin(OIDC_ISSUER), *OIDC_ORIGINS],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = read("SESSION_SECONDS", "28800", "A session ends after so many seconds", int)
CSRF_FAILURE_VIEW = "gongkai.ui.errors.csrf_failure"
CSRF_COOKIE_HTTPONLY = False
COOKIES_SECURE = read("COOKIES_SECURE", "yes", "Cookies over https only", truth)
SESSION_COOKIE_SECURE = COOKIES_SECURE
CSRF_COOKIE_SECURE = COOKIES_SECURE

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
