"""Django settings. Everything an operator can set comes from `environment.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import environ

from chroma_site.environment import read_environment
from chroma_site.start_checks import check_database_file, make_folder

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = read_environment()

CHROMA_VERSION = "0.1.0"
CHROMA_DATA_DIR = ENVIRONMENT.data_dir
CHROMA_RESOURCE_ROOTS = ENVIRONMENT.resource_roots
CHROMA_WORKERS = ENVIRONMENT.workers
CHROMA_JOB_MEMORY = ENVIRONMENT.job_memory
CHROMA_SHARD_ROWS = ENVIRONMENT.shard_rows
CHROMA_REDIS_URL = ENVIRONMENT.redis_url
CHROMA_TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
# A wheel carries the built front end inside this package.
PACKAGED_FRONTEND = BASE_DIR / "chroma_site" / "frontend"
FRONTEND_DIST = PACKAGED_FRONTEND if PACKAGED_FRONTEND.is_dir() else BASE_DIR / "frontend" / "dist"

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if ENVIRONMENT.https]

INSTALLED_APPS = [
    # First: its runserver is in place of all others.
    "chroma_site.apps.ChromaSiteConfig",
    "daphne",
    "chroma_site.apps.ChromaAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "channels",
    "strawberry_django",
    "django_q",
    "apps.storage",
    "apps.accounts",
    "apps.projects",
    "apps.jobs",
    "apps.datasets",
    "apps.lineage",
    "apps.embeddings",
    "apps.projections",
    "apps.analysis",
    "apps.curation",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "apps.common.middleware.RequestIdMiddleware",
    "csp.middleware.CSPMiddleware",
    # Above the first that answers by itself: files and refusals carry the header too.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "apps.accounts.middleware.BearerTokenMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "chroma_site.urls"
ASGI_APPLICATION = "chroma_site.asgi.application"
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/login"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "chroma_site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]


def _database() -> dict[str, Any]:
    database: dict[str, Any] = environ.Env.db_url_config(ENVIRONMENT.database_url)
    if database["ENGINE"] == "django.db.backends.sqlite3":
        check_database_file(Path(database["NAME"]))
        # IMMEDIATE: a transaction that will write waits for its turn at the start, instead of failing in the middle.
        # FULL: what was acknowledged survives a power cut; in WAL mode, NORMAL would sync only at checkpoints.
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000;",
        }
    else:
        database |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return database


DATABASES = {"default": _database()}

# A Redis that hangs is a Redis that is away. Longer than the second for which django-q2 waits for work.
REDIS_PATIENCE = {"socket_timeout": 3, "socket_connect_timeout": 2}


def _patient(redis_url: str) -> str:
    """The URL with our patience where it says nothing of its own: redis-py reads it from there."""
    url = urlsplit(redis_url)
    return url._replace(query=urlencode({**REDIS_PATIENCE, **dict(parse_qsl(url.query))})).geturl()


CHANNEL_LAYERS = (
    {
        "default": {
            # Not the core layer: it times out with redis-py 8.
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [{"address": ENVIRONMENT.redis_url, **REDIS_PATIENCE}]},
        }
    }
    if ENVIRONMENT.redis_url
    else {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
)

STORAGES: dict[str, Any] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": CHROMA_DATA_DIR / "files"},
    },
    # Not the manifest storage: Vite has hashed the names already.
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
if ENVIRONMENT.storage_url:
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": ENVIRONMENT.storage_url.removeprefix("s3://").strip("/"), "default_acl": None},
    }

STATIC_URL = "/static/"
STATIC_ROOT = CHROMA_DATA_DIR / "static"
make_folder(STATIC_ROOT)
STATICFILES_DIRS = [FRONTEND_DIST] if FRONTEND_DIST.is_dir() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[\w-]{8}\.(js|css|woff2)$"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

CSRF_FAILURE_VIEW = "chroma_site.views.csrf_failure"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ENVIRONMENT.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENVIRONMENT.https
# Whoever watches the server on its own machine asks it without the proxy.
SECURE_REDIRECT_EXEMPT = [r"^healthz"]
# None of X-Forwarded-* gets here: chroma_site/server says who asks, and whether by HTTPS.
SECURE_PROXY_SSL_HEADER = None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        # Emotion, under Chakra, writes style elements.
        "style-src": ["'self'", "'unsafe-inline'"],
        # GraphiQL carries its fonts in its style sheet.
        "font-src": ["'self'", "data:"],
        "img-src": ["'self'", "data:", "blob:"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# The queue carries job ids only, as a wake-up; the Job rows are the truth (apps/jobs). Each lane is a cluster of its
# own: the heavy one has one process, which keeps the compute process warm; light jobs never wait for it.
Q_CLUSTER = {
    "name": "chroma",
    "label": "Queue",
    # Our leases decide when a job is lost; django-q2 only wants its time limit below its retry.
    "timeout": 6 * 24 * 3600,
    "retry": 7 * 24 * 3600,
    "bulk": 1,
    "recycle": 1_000_000,
    "ack_failures": True,
    "max_attempts": 1,
    # Rows of results hold pickles: none is written, and none read to make room for another.
    "save_limit": -1,
    "catch_up": False,
    "scheduler": False,
    "poll": 0.2,
    "log_level": "WARNING",
    "ALT_CLUSTERS": {
        "heavy": {"workers": 1, "queue_limit": 1},
        "light": {"workers": CHROMA_WORKERS - 1, "queue_limit": CHROMA_WORKERS - 1},
    },
    **(
        {"redis": _patient(ENVIRONMENT.redis_url), "broker_class": "apps.jobs.broker.PatientRedis"}
        if ENVIRONMENT.redis_url
        else {"orm": "default"}
    ),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "chroma_site.masking.MaskingFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # These tell of every wake-up, start and request; what goes wrong is still heard.
    "loggers": {
        name: {"level": "WARNING"} for name in ("daphne.server", "django-q", *([] if DEBUG else ["chroma.access"]))
    },
}
