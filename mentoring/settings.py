"""Settings of the portal; every deployment choice is an environment variable (README, «Установка»)."""

import os
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from mentoring.core import object_storage

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", default=False)
# A public portal must set its own key; the local start makes one of its own in var/secret_key.
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    key_file = VAR_DIR / "secret_key"
    if not key_file.exists():
        from django.core.management.utils import get_random_secret_key

        key_file.write_text("local-" + get_random_secret_key() * 2)
        key_file.chmod(0o600)
    SECRET_KEY = key_file.read_text()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PUBLIC_URL = env.str("PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")
HTTPS = env.bool("HTTPS", default=PUBLIC_URL.startswith("https://"))

INSTALLED_APPS = [
    "allauth.usersessions",  # before people, which takes its records out of the admin
    "mentoring.portal",
    "programs",
    "roadmap",
    "people",
    "mentoring.core",
    "bootstrap",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_prose_editor",
    "import_export",
    "simple_history",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "people.admin_config.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "mentoring.core.request_log.RequestLogMiddleware",
    "mentoring.core.headers.HeadersMiddleware",
    "mentoring.core.csp_policy.PortalCSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mentoring.portal.plain_address.PlainAddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.middleware.WrongLinksMiddleware",
    "people.middleware.IdleMiddleware",
    "people.middleware.SecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "mentoring.portal.api.middleware.ApiMiddleware",
]

ROOT_URLCONF = "mentoring.urls"
WSGI_APPLICATION = "mentoring.wsgi.application"

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
                "mentoring.portal.context.navigation",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
    # Tests use a file too: threads of a live server lock each other out of a shared memory database.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A database that does not answer is told to the user in seconds, not after minutes.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    # A pooler that lends a connection for one transaction (pgbouncer) knows no cursors that outlive it.
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = env.bool("DATABASE_POOLED", default=False)
# On SQLite an open connection also holds the memory file of WAL, without which a full disk stops reading too.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits must hold over several processes, so the cache is a table, or a Redis that all hosts reach.
CACHE_URL = env.str("CACHE_URL", default="")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
        if CACHE_URL
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache_table",
            # Codes for signing live here: beyond the usual 300 a third of them would be thrown away.
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    ),
    # Counts of a school under the number of its last change: each process may keep its own.
    "memory": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

LANGUAGE_CODE = "ru"
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Moscow")
USE_I18N = True
USE_TZ = True
DATE_INPUT_FORMATS = ["%d.%m.%Y", "%Y-%m-%d"]

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns about a folder that is not there
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
# Files in S3: s3://bucket/prefix?endpoint=https://host&region=ru-1, keys in S3_ACCESS_KEY and S3_SECRET_KEY.
FILES_URL = env.str("FILES_URL", default="")
# Kept pages of the public section: a folder of its own, and how long one is believed where hosts share no disk.
PUBLIC_CACHE_DIR = env.str("PUBLIC_CACHE_DIR", default="")
PUBLIC_PAGE_SECONDS = env.int("PUBLIC_PAGE_SECONDS", default=0)  # 0: until the end of the day
# Processes that draw a mass print; one where the machine is small.
PRINT_PROCESSES = env.int("PRINT_PROCESSES", default=min(os.cpu_count() or 1, 4))
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_MB", default=15) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Source maps are never served to a user; packing them took most of collectstatic's time.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [
    "map",
    "jpg",
    "jpeg",
    "png",
    "gif",
    "webp",
    "zip",
    "gz",
    "br",
    "woff",
    "woff2",
]
STORAGES = {
    "default": object_storage.files_backend(
        FILES_URL, env.str("S3_ACCESS_KEY", default=""), env.str("S3_SECRET_KEY", default="")
    ),
    "staticfiles": {
        "BACKEND": env.str(
            "STATIC_STORAGE", default="whitenoise.storage.CompressedManifestStaticFilesStorage"
        ),
        # Read by the proxy in front; FILE_UPLOAD_PERMISSIONS would hide them from it.
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

TASKS = {
    "default": {"BACKEND": env.str("TASKS_BACKEND", default="django_tasks_db.DatabaseBackend")}
}
# A task or a letter that was silent for so long is taken for interrupted (`manage.py sweep`).
INTERRUPTED_AFTER = timedelta(seconds=env.int("INTERRUPTED_SECONDS", default=300))

# --- accounts (allauth) ---
AUTHENTICATION_BACKENDS = [
    "people.accounts.PasswordBackend",
    "django.contrib.auth.backends.ModelBackend",
]
ACCOUNT_ADAPTER = "people.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
# Tries behind one address are many (a school has one for all its teachers); those at one account are few.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    # «key» is the account at this address; «MFA» counts by the account alone. Wrong ones only.
    "login_failed": "300/m/ip,5/5m/key,30/d/key",
    "login_failed_anywhere": "100/d/key",  # of one account, whatever the address
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user,30/d/user",
    "reset_password": "60/m/ip,3/m/key,10/d/key",  # letters to one mailbox
    "reset_password_from_key": "60/m/ip",
    "request_login_code": "300/m/ip,3/m/key,30/d/key",
}
ACCOUNT_FORMS = {
    "confirm_login_code": "people.forms.sign_in.CodeForm",
    "reset_password_from_key": "people.forms.sign_in.ResetForm",
}
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Наставничество"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=120)  # of one token
INVITATION_DAYS = 14
ACCESS_CARD_DAYS = 30
REPRESENTATIVE_LINK_DAYS = 30
# A device is asked for the second factor once in 30 days.
MFA_TRUST_ENABLED = True
MFA_TRUST_COOKIE_AGE = timedelta(days=30)
ACCOUNT_LOGIN_BY_CODE_TRUST_ENABLED = True
# Roles that need a second factor in every school, e.g. MFA_REQUIRED_ROLES=head,portal_admin
MFA_REQUIRED_ROLES = env.list("MFA_REQUIRED_ROLES", default=[])

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20  # a silent mail server must not hold a web server's thread
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")

# --- security ---
SECURE_SSL_REDIRECT = HTTPS
# Watchers ask the process itself, not the proxy in front of it.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = MFA_TRUST_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True  # forms and htmx take the token from the page
if HTTPS:  # a browser takes these names only from this very host over HTTPS
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    MFA_TRUST_COOKIE_NAME = "__Host-mfa_trust"
# An error is found by its place in the code; what people typed stays out of every report.
DEFAULT_EXCEPTION_REPORTER_FILTER = "mentoring.core.error_reports.NothingPrivate"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # the page of a paper lifts it for its own PDF
SESSION_COOKIE_AGE = 12 * 60 * 60
# Nobody has touched the pages for so long: sign in again (typed forms are kept in the tab).
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=120)
SESSION_SAVE_EVERY_REQUEST = False
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        # A page that a paper's own page shows in a frame says so (`xframe_options_sameorigin`): csp_policy.py.
        "frame-ancestors": [NONE],
    }
}

# --- log ---
LOG_FORMAT = env.str("LOG_FORMAT", default="text")  # or json
LOG_REQUESTS = env.bool("LOG_REQUESTS", default=LOG_FORMAT == "json")  # a line for each request
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", default=500)  # 0: none is told
LINE = (
    "mentoring.core.logs.JsonLine" if LOG_FORMAT == "json" else "mentoring.core.logs.ReadableLine"
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"facts": {"()": "mentoring.core.logs.Facts"}},
    "formatters": {"line": {"()": LINE}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["facts"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # No reports of errors by letter: they carry what a person has entered.
        "django": {"handlers": [], "level": "NOTSET"},
        "mentoring.requests": {"level": "INFO"},
        "mentoring.tasks": {"level": "INFO"},
        # Each seal of the journal is a line of the log: a copy outside the database.
        "people.seals": {"level": "INFO"},
    },
}

# --- watching ---
# /metrics answers where one of them is given and prometheus-client is installed.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
METRICS_FROM = env.list("METRICS_FROM", default=[])  # addresses that ask past the proxy
# A backup older than this is red on the page «Состояние».
BACKUP_MAX_HOURS = env.int("BACKUP_MAX_HOURS", default=26)
