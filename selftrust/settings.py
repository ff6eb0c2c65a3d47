"""Django's settings, read from the environment.

To run at home nobody needs to set anything: the first start generates missing secrets and stores
them under SELFTRUST_DATA_DIR with mode 0600. With SELFTRUST_ENV=production it generates none and
refuses to start instead. docs/self-hosting.md lists every name; a test keeps that list true.
"""

import os
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path

from journal.database import base as database
from journal.database import url
from journal.embedded import (
    backup_settings,
    ending_settings,
    keyfiles,
    mail_url,
    monitors,
    server,
    storage_url,
)
from journal.embedded.capacity import capacity
from journal.embedded.environment import Environment
from journal.embedded.errors import CannotStart
from journal.support.countries import NAMES
from selftrust import content_security_policy, languages, logs, push_services, rate_limits
from selftrust.sign_in import *  # noqa: F403 (constants only: Django reads them from here)

env = Environment(os.environ)
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env("SELFTRUST_DATA_DIR", str(BASE_DIR / "var"))).resolve()

PRODUCTION = env.choice("SELFTRUST_ENV", "home", "production") == "production"
if PRODUCTION:
    needed = ("DATABASE_URL", "SECRET_KEY", "SELFTRUST_KEY", "ALLOWED_HOSTS")
    if missing := [name for name in needed if not env(name)]:
        raise CannotStart(f"SELFTRUST_ENV=production needs {', '.join(missing)}.")

DEBUG = env.flag("SELFTRUST_DEBUG", default=False) and not PRODUCTION
SECRET_KEY = env("SECRET_KEY") or keyfiles.secret_key(DATA_DIR)
# The master key seals every person's data key (journal/privacy/keys.py). There may be several,
# separated by commas: the first seals, the others still open. Without this setting it is a file.
SELFTRUST_KEY = env("SELFTRUST_KEY")
SELFTRUST_KEY_FILE = DATA_DIR / "keys" / "selftrust_key"
if SELFTRUST_KEY:
    keyfiles.decode_master_keys(SELFTRUST_KEY)
else:
    keyfiles.decode_master_keys(keyfiles.master_key(DATA_DIR), SELFTRUST_KEY_FILE)

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", "localhost", "127.0.0.1", "[::1]")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS")
HOST_NAME = env("SELFTRUST_HOST_NAME")
MINIMUM_AGE = env.between("SELFTRUST_MINIMUM_AGE", 13, 21)  # asked when signing up

INSTALLED_APPS = [
    "journal.privacy",
    "journal.audit",
    "journal.installation",
    "journal.mail",
    "journal.people",
    "journal.access_tokens",
    "journal.lessons",
    "journal.photos",
    "journal.promises",
    "journal.boundaries",
    "journal.decisions",
    "journal.reflections.entries",
    "journal.reflections.compassion",
    "journal.reflections.mistakes",
    "journal.reflections.rumination",
    "journal.reflections",
    "journal.sharing",
    "journal.coaching",
    "journal.push",
    "journal.reminders",
    "journal.search",
    "journal.insights",
    "journal.today",
    "journal.book",
    "journal.exchange",
    "journal.scheduled_exports",
    "journal.account_deletion",
    "journal.operation",
    "journal.support",
    "journal.embedded",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials.apps.SimpleAppConfig",
    "whitenoise.runserver_nostatic",
    "journal.people.admin_site.OperatorAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "journal.database.deadlines.DeadlineMiddleware",
    "journal.database.once_more.OnceMoreMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "journal.people.compression.Compression",
    "journal.people.middleware.Headers",
    "selftrust.static_files.StaticFilesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "journal.people.signed_in.Authentication",
    "journal.access_tokens.middleware.AccessTokenMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "journal.people.sessions.SessionLimits",
    "journal.privacy.middleware.RowLevelSecurityMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "journal.people.clock.PersonalTime",
    "journal.people.reauthentication.ReauthenticationMiddleware",
    "journal.people.middleware.FormAccount",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "selftrust.urls"
WSGI_APPLICATION = "selftrust.wsgi.application"
LOADERS = [f"django.template.loaders.{name}.Loader" for name in ("filesystem", "app_directories")]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    LOADERS if DEBUG else [("django.template.loaders.cached.Loader", LOADERS)],
                )
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "journal.people.templatetags.shell",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

CAPACITY = capacity(env)
# PostgreSQL plans batched queries once per connection (docs/design/queries.md).
PREPARE_STATEMENTS = env.flag("SELFTRUST_PREPARE_STATEMENTS", default=True)
DATABASE_URL = env("DATABASE_URL")
chosen = url.settings_of(DATABASE_URL) if DATABASE_URL else server.connection(DATA_DIR)
# Past a pooler, for locks and commands (journal/database/direct.py).
DIRECT_DATABASE = url.direct_settings(env("DATABASE_DIRECT_URL"), DATABASE_URL)
for address in filter(None, (chosen, DIRECT_DATABASE)):
    address["OPTIONS"] = {
        # Once the database is back, the pool should reconnect soon, not after a long back-off.
        "pool": {
            **{"min_size": 1, "max_size": CAPACITY.pool, "timeout": 4, "reconnect_timeout": 3},
            "max_idle": 60,  # seconds; a session that has worked holds 15 MB in the database
            "connection_class": database.Connection,
        },
        "cursor_factory": database.Cursor,
        "prepare_threshold": 0 if PREPARE_STATEMENTS else None,
        "connect_timeout": "3",
        **address.get("OPTIONS", {}),
    }
DATABASES = {"default": {**chosen, "ENGINE": "journal.database", "CONN_HEALTH_CHECKS": True}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People and signing in
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "journal.people.hashers.Argon2PasswordHasher",
    "journal.people.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today:today"

# Every mail waits in the outbox (journal/mail/); the worker sends it by OUTBOX_BACKEND.
MAIL_WORKS = bool(env("EMAIL_URL"))
mail_server = mail_url.settings_of(env("EMAIL_URL", "consolemail://"))
OUTBOX_BACKEND, EMAIL_TIMEOUT = mail_server.pop("EMAIL_BACKEND"), 10  # seconds, for each answer
vars().update(mail_server, EMAIL_BACKEND="journal.mail.backend.EmailBackend")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("DEFAULT_FROM_EMAIL", "Selftrust <selftrust@localhost>")

# Notifications (journal/push/)
PUSH_HOSTS = env.list("SELFTRUST_PUSH_HOSTS", *push_services.HOSTS)
VAPID_KEY = env("SELFTRUST_VAPID_KEY") or keyfiles.vapid_key(DATA_DIR)
keyfiles.check_vapid_key(VAPID_KEY)
# Whom a push service can turn to: Apple's refuses an address at localhost.
PUSH_CONTACT = f"https://{ALLOWED_HOSTS[0].lstrip('*.')}"
if MAIL_WORKS:
    PUSH_CONTACT = f"mailto:{parseaddr(DEFAULT_FROM_EMAIL)[1]}"
# For tests: a push service on this machine, with a certificate of its own.
PUSH_TO_OWN_NETWORK, PUSH_CERTIFICATES = False, None

# A person who enters this token becomes the operator. The first start prints it and stores it.
OPERATOR_TOKEN = env("SELFTRUST_OPERATOR_TOKEN") or keyfiles.operator_token(DATA_DIR)
# open | invite | closed. Empty: open with mail; without it, open until the first account exists.
SELFTRUST_SIGNUP = env.choice("SELFTRUST_SIGNUP", "", "open", "invite", "closed")

ACCOUNT_EMAIL_VERIFICATION = "mandatory" if MAIL_WORKS else "none"
MFA_ALLOW_UNVERIFIED_EMAIL = not MAIL_WORKS  # without mail, nobody can confirm an address
# Rate limits, counted over all processes (journal/people/rate_limits.py).
CACHES = {"default": {"BACKEND": "journal.people.database_cache.SharedCache"}}
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole("TRUSTED_PROXIES", 0, least=0)
ACCOUNT_RATE_LIMITS = rate_limits.LIMITS

# Coaches need a second step, unless an installation for one family turns that off.
COACH_MFA = env.flag("SELFTRUST_COACH_MFA", default=True)
# Who makes a coach: the operator, or any client by inviting them ("invitation").
COACHES = env.choice("SELFTRUST_COACHES", "operator", "invitation")
# How long the app keeps a coach's notes after a link has ended.
COACH_NOTES_DAYS = env.whole("SELFTRUST_COACH_NOTES_DAYS", 365, least=0)
COUNTRIES = env.codes("SELFTRUST_COUNTRIES", NAMES)  # on the support page

SESSION_ENGINE = "journal.people.sessions"
USERSESSIONS_ADAPTER = "journal.people.sessions.UserSessionsAdapter"
# Sessions end after this time without requests, and after this time since signing in.
SESSION_COOKIE_AGE = int(env.hours("SELFTRUST_SESSION_IDLE_HOURS", 24 * 14) * 60 * 60)
SESSION_LONGEST = timedelta(hours=env.hours("SELFTRUST_SESSION_LONGEST_HOURS", 24 * 90))
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "journal.people.error_views.csrf_failure"

# Headers
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = content_security_policy.POLICY
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

# These answer while the database does not; the web server keeps threads apart for them.
EXAMPLE_PATHS = [f"/example/{end}" for end in ("", "journal/", "promise/", "week/", "insights/")]
OFFLINE_PATHS = ["/sw.js", "/offline/", "/offline/grounding/"]
MANIFESTS = ["/selftrust.webmanifest", "/notes.webmanifest"]
PATHS_WITHOUT_DATABASE = ("/healthz", "/support/", *OFFLINE_PATHS, *MANIFESTS, *EXAMPLE_PATHS)
# An entry has at most 20,000 characters; a form much larger than that is a mistake.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# No handler writes plain temporary files: the first two seal an import and a photo as it arrives,
# the third throws away what another app shares, the last ignores files above 2.5 MB.
FILE_UPLOAD_HANDLERS = [
    "journal.exchange.uploading.SealingUploadHandler",
    "journal.photos.uploading.PhotoUploadHandler",
    "journal.reflections.entries.shared_photos.SharedPhotoHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
]
PHOTO_MAX_BYTES = 20 * 1024 * 1024  # of one file, as the camera made it
# What the photos of one person may take together, sealed.
PHOTOS_QUOTA_MB = env.whole("SELFTRUST_PHOTOS_QUOTA_MB", 2000, least=0)
PHOTOS_QUOTA = PHOTOS_QUOTA_MB * 1024 * 1024
# An export holds the photos, in one of their three sizes.
IMPORT_MAX_MB = env.whole("SELFTRUST_IMPORT_MAX_MB", 200 + PHOTOS_QUOTA_MB, least=1)
IMPORT_MAX_BYTES = IMPORT_MAX_MB * 1024 * 1024
# The addresses that take more, and how many bytes (journal/webserver/body_limits.py).
LARGE_UPLOADS = {
    r"/settings/import/": IMPORT_MAX_BYTES,
    r"/journal/[0-9a-f-]{36}/photos/": 10 * PHOTO_MAX_BYTES,
}
SHARE_PATH, SHARE_MAX_BYTES = "/capture/share/", 25 * 1024 * 1024  # its photos are not kept
# Free space below which uploads and exports are refused, so that writing goes on.
DISK_FLOOR = env.whole("SELFTRUST_DISK_FLOOR_MB", 500, least=0) * 1024 * 1024
ENDING = ending_settings.ending(env, production=PRODUCTION)
SCHEDULED_BACKUPS, WAL_ARCHIVE = backup_settings.settings_of(env, DATA_DIR)

# `manage.py worker` runs background tasks (journal/exchange/tasks.py), whose arguments are ids.
QUEUES = ["default", "large", "mail"]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": QUEUES}}

# Language and time. A person's own zone and language come from their settings.
LANGUAGE_CODE = "en-gb"
vars().update(languages.languages(env, BASE_DIR, DATA_DIR))
USE_I18N = USE_TZ = True
TIME_ZONE = env.zone("SELFTRUST_TIME_ZONE", "UTC")

FORM_RENDERER = "journal.people.rendering.FormRenderer"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env("SELFTRUST_STATIC_ROOT", str(BASE_DIR / "staticfiles")))
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # no page loads the others
STATIC_STORAGE = "django.contrib.staticfiles.storage" if DEBUG else "selftrust.static_storage"
STORAGES = storage_url.storages(env, DATA_DIR)
STORAGES["staticfiles"] = {"BACKEND": f"{STATIC_STORAGE}.StaticFilesStorage"}

# For whoever runs it: metrics, log lines for programs, errors, traces (docs/monitoring.md).
MONITORING = monitors.monitoring(env)
MIDDLEWARE[:0] = logs.middleware(MONITORING)
LOGGING = logs.configuration(MONITORING)
env.name_unknown()  # last, when every setting has been read
