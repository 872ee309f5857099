"""All settings, one file. What differs between machines is read from the environment.

The readers below refuse odd values at start instead of guessing later. README, "På riktigt",
lists every variable.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """Read 1/0; anything else is refused."""
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}")
    return value == "1"


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "") or str(default)
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, Any]:
    """Django's dictionary for postgresql://user:password@host:port/name?host=/socket/folder."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": query,
        # A worker keeps its connection: 3.6 times the requests of opening one for each.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


def oidc_apps() -> list[dict[str, Any]]:
    """The municipality's sign-in service as allauth wants it; none without an issuer."""
    issuer = text("BRA_OIDC_ISSUER").rstrip("/")
    if not issuer:
        return []
    app = {
        "provider_id": "kommunen",
        "name": text("BRA_OIDC_NAME", "kommunen"),
        "client_id": text("BRA_OIDC_CLIENT_ID"),
        "secret": text("BRA_OIDC_SECRET"),
        "settings": {"server_url": issuer},
    }
    return [app]


def oidc_hosts() -> list[str]:
    """Where a form may lead besides here: browsers follow a form's redirects by this rule."""
    parts = urlsplit(text("BRA_OIDC_ISSUER"))
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


PROGRAM_VERSION = "0.1.0"  # printed in every frozen version
DEMO = flag("BRA_DEMO")
DEBUG = flag("BRA_DEBUG")
SECRET_KEY = text("BRA_SECRET_KEY")
if not SECRET_KEY:
    # ./run sets BRA_DEMO; only there is a known key acceptable, because it binds to loopback.
    SECRET_KEY = "for-demo-and-tests-only-never-behind-a-real-name"  # noqa: S105
    if text("BRA_HOSTS"):
        raise ImproperlyConfigured("BRA_SECRET_KEY must be set where BRA_HOSTS is")
ALLOWED_HOSTS = words("BRA_HOSTS", "127.0.0.1,localhost,[::1]")
BASE_URL = text("BRA_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
HTTPS = BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if HTTPS else []

INSTALLED_APPS = [
    "members",
    "meetings",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "js_asset",
    "django_prose_editor",
]
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "members.sign_in.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "members.sign_in.Unkept",
    "members.sign_in.LoginRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "meetings.views.moved.MovedMeeting",
]
ROOT_URLCONF = "brå.urls"
WSGI_APPLICATION = "brå.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "members.wordmark.wordmark",
                "members.single_sign_on.elsewhere",
            ],
        },
    }
]

# --- Data ------------------------------------------------------------------------------------
# ./run sets DATABASE_URL for everything it starts; a bare manage.py looks for a local server.
DATABASES = {"default": database(text("DATABASE_URL", "postgresql:///bra"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = Path(text("BRA_MEDIA", str(BASE_DIR / "var" / "media")))
# Heads of the trail, a line a council and day: worth most where the database's owner cannot write.
ANCHORS = Path(text("BRA_ANCHORS", str(MEDIA_ROOT.parent / "anchors" / "trail.jsonl")))
# The municipalities' keys that seal minutes, and what is done with the sealed files.
SEALS = Path(text("BRA_SEALS", str(MEDIA_ROOT.parent / "seals")))
SEALS_TEST = flag("BRA_SEALS_TEST", default=DEMO)  # a missing key is made, marked TEST
EXPORT = Path(text("BRA_EXPORT")) if text("BRA_EXPORT") else None  # write-once, by SHA-256
TIMESTAMP_URL = text("BRA_TIMESTAMP_URL")  # a service by RFC 3161; nothing waits for it
CACHES = {
    # Shared between the web workers, because sign-in rate limits count in it.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        # Django's 300 are soon full in a large installation, and then a third go whatever they
        # are: counts of attempts to sign in, and what tells a form that is sent twice.
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
ATTACHMENT_MAX_BYTES = number("BRA_ATTACHMENT_MAX_MB", 25) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024  # a pasted text of 5 MB gets our own answer
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- Language and time -----------------------------------------------------------------------
# No LocaleMiddleware: a Swedish clerk with an English Windows shall read Swedish.
LANGUAGE_CODE = "sv"
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
USE_I18N = True

# --- Who -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "members.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "members.sign_in.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "members.forms.sign_in.LoginForm",
    "change_password": "members.forms.sign_in.ChangePasswordForm",
    "reset_password_from_key": "members.forms.sign_in.ResetPasswordKeyForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_USER_DISPLAY = str
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_MAX_EMAIL_ADDRESSES = 1  # the address is who one is; the register owns it
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers in the municipality's name
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Passkeys and one-time codes: what members.securing builds on.
MFA_ADAPTER = "members.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "members.forms.second_factor.CodeForm",
    "reauthenticate": "members.forms.second_factor.CodeAgainForm",
    "activate_totp": "members.forms.second_factor.AddCodesForm",
    "add_webauthn": "members.forms.second_factor.AddPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "BRÅ"
MFA_TOTP_TOLERANCE = 1  # as members.securing: a code that changed while it was typed is a right one
# The municipality's own sign-in service (OpenID Connect); off unless there is an issuer.
OIDC_ISSUER = text("BRA_OIDC_ISSUER").rstrip("/")
OIDC_CLIENT_ID = text("BRA_OIDC_CLIENT_ID")
OIDC_SECRET = text("BRA_OIDC_SECRET")
OIDC_NAME = text("BRA_OIDC_NAME", "kommunen")
SOCIALACCOUNT_ADAPTER = "members.single_sign_on.Elsewhere"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # who is known by a verified address joins by it
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": oidc_apps()},
}
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600  # an invitation waits over a weekend and a holiday
SESSION_COOKIE_AGE = 12 * 3600
SESSION_SAVE_EVERY_REQUEST = False

# --- Mail: rows in an outbox, delivered by manage.py worker ----------------------------------
DEFAULT_FROM_EMAIL = text("BRA_MAIL_FROM", "BRÅ <bra@localhost>")
EMAIL_HOST = text("BRA_SMTP_HOST", "127.0.0.1")
EMAIL_PORT = number("BRA_SMTP_PORT", 25)
EMAIL_HOST_USER = text("BRA_SMTP_USER")
EMAIL_HOST_PASSWORD = text("BRA_SMTP_PASSWORD")
EMAIL_USE_TLS = flag("BRA_SMTP_STARTTLS")
EMAIL_USE_SSL = flag("BRA_SMTP_TLS")
EMAIL_TIMEOUT = 20
if DEMO and not text("BRA_SMTP_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = BASE_DIR / "var" / "mail"

# --- Static files ----------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
COLLECTED = flag("BRA_COLLECTED")  # production: collectstatic runs, names carry hashes
STATIC_ROOT = Path(text("BRA_STATIC", str(BASE_DIR / "var" / "static"))) if COLLECTED else None
WHITENOISE_USE_FINDERS = not COLLECTED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "brå.static_files.Collected" if COLLECTED else "brå.static_files.Plain"
    },
}

# --- Forms -----------------------------------------------------------------------------------
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Doors -----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *oidc_hosts()],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS and flag("BRA_REDIRECT_HTTPS", default=True)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("BRA_BEHIND_PROXY") else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "members.views.errors.form_too_old"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # WeasyPrint and fontTools tell of every unknown CSS word; only faults are wanted.
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        # It tells of every oddity of a stranger's file, with a traceback; the answer says enough.
        "pyhanko": {"level": "CRITICAL"},
        "pyhanko_certvalidator": {"level": "CRITICAL"},
    },
}
