"""Django's settings, worked out from the environment. Nothing here is specific to one trust."""

from typing import Any

from londonnet.config.environment import ENV, PROJECT
from londonnet.config.logs import LOGGING as LOGGING
from londonnet.platform.trusts.signing import TrustSecretKey

DEBUG = False
SECRET_KEY = TrustSecretKey(ENV.installation_key)
# The trust middleware answers unknown hostnames, so every one must reach it.
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "londonnet.config.urls"
WSGI_APPLICATION = "londonnet.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_tasks",
    "django_tasks_db",
    "londonnet.platform.trusts",
    "londonnet.platform.audit",
    "londonnet.platform.access",
    "londonnet.platform.notices",
    "londonnet.platform.jobs",
    "londonnet.platform.lists",
    "londonnet.platform.live",
    "londonnet.platform.search",
    "londonnet.platform.api",
    "londonnet.platform.ui",
    "londonnet.apps.organisation",
    "londonnet.apps.caseload",
    "londonnet.apps.national",
    "londonnet.apps.workload",
    "londonnet.platform.registry",  # last: it fills when all models are loaded
]

# Manifests in the order of their floors; each may require those before it.
LONDONNET_APPS = [
    "londonnet.apps.organisation.app.MANIFEST",
    "londonnet.platform.access.app.MANIFEST",
    "londonnet.platform.jobs.app.MANIFEST",
    "londonnet.platform.notices.app.MANIFEST",
    "londonnet.apps.caseload.app.MANIFEST",
    "londonnet.apps.national.app.MANIFEST",
    "londonnet.apps.workload.app.MANIFEST",
]

MIDDLEWARE = [
    "londonnet.platform.ui.csp.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "londonnet.platform.trusts.middleware.TrustMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "londonnet.platform.access.sessions.SessionLimitsMiddleware",
    "londonnet.platform.api.middleware.ApiMiddleware",
    "londonnet.platform.access.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "londonnet.platform.ui.errors.ErrorMiddleware",
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "londonnet.platform.trusts.backend",
        "NAME": "chosen-by-the-trust",
        # Bound on the server, a statement can't carry a second one; it is also planned once and kept.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 5},
    },
    "control": {
        "ENGINE": "londonnet.platform.trusts.control_backend",
        "NAME": "control",
        "OPTIONS": {},
    },
}
DATABASE_ROUTERS = ["londonnet.platform.trusts.router.TrustRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the trust's own database: lock-outs and rate limits then hold in every process alike.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "access_cache",
        "KEY_FUNCTION": "londonnet.platform.trusts.caches.cache_key",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "londonnet_session"
SESSION_COOKIE_AGE = ENV.session_hours * 3600
SESSION_COOKIE_SECURE = ENV.https
CSRF_COOKIE_SECURE = ENV.https
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "londonnet.platform.ui.errors.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None
SECURE_HSTS_SECONDS = 31_536_000 if ENV.https else 0

AUTH_USER_MODEL = "access.User"
# Emails are unique whatever their capitals, by an index on Lower(email) that the check doesn't know.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["londonnet.platform.access.authentication.EmailBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "londonnet.platform.access.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "londonnet.platform.access.tokens.OneTimeTokens"  # noqa: S105  # a class
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # the longest age of a one-time link, in seconds; most live shorter
# Nothing is counted by network address: an office shares one. Sign-in has its own lock-out (access/lock_out.py).
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": None,
    "reset_password": "5/10m/key",
    "reset_password_from_key": None,
    "change_password": "10/m/user",
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "londonnet.config.jinja.environment",
            "context_processors": [
                "django.template.context_processors.csrf",
                "django.contrib.messages.context_processors.messages",
                "londonnet.platform.ui.context.shell",
            ],
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {}},
]

STATIC_URL = "/static/"
STATIC_ROOT = str(PROJECT / "build" / "static")
STATICFILES_DIRS = [str(PROJECT / "build" / "assets")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60
# Behind TLS the load balancer serves both under one origin; on one's own machine live has a port of its own.
LONDONNET_LIVE_ORIGIN = ENV.live_origin or ("https://{host}" if ENV.https else f"http://{{host}}:{ENV.live_port}")

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": [],
    }
}

EMAIL_BACKEND = "londonnet.platform.notices.mail.TrustMailBackend"
DEFAULT_FROM_EMAIL = ENV.mail_from

FILE_UPLOAD_HANDLERS = ["londonnet.platform.ui.uploads.LimitedUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a whole caseload is one form, with a field for each case
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"
FORMAT_MODULE_PATH: list[str] = []
APPEND_SLASH = False
