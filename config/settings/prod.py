"""A real office: https, secrets from the environment, nothing guessed."""

from config.settings.base import *

if not SECRET_KEY or not DATA_KEY:
    raise SystemExit("GONGKAI_SECRET_KEY and GONGKAI_DATA_KEY must be set; see docs/settings.md")

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
