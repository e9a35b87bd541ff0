"""Tests: quick passwords, a file database of their own, and strictness where Django is lax."""

import tempfile
from pathlib import Path

from config.settings.base import *

SECRET_KEY = "tests-only-" + "x" * 50
DATA_KEY = "tests-only-data-key"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
FILES_ROOT = Path(tempfile.gettempdir()) / "gongkai-test-files"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file and not memory: threads of the live server and of the worker share it for real.
    DATABASES["default"]["TEST"] = {"NAME": Path(tempfile.gettempdir()) / "gongkai-test.sqlite3"}
GALLERY = True
AUDIT_ANCHORS = Path(tempfile.gettempdir()) / "gongkai-test-anchors"
MAIL_HOST = MAIL_FOLDER = ""  # what sends mail sets a server of its own
MAIL_FROM = "公开 <gongkai@desk.example>"
BASE_URL = "https://desk.example"
SECOND_FACTOR_ROLES = []  # what is about them asks for them
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http on one's own machine
