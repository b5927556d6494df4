"""Every setting with its reason. What differs between machines comes from the environment:

HUDUN_VAR        where data lives (default var/ beside the package)
DATABASE_URL     postgresql://user:password@host:port/name; without it SQLite in HUDUN_VAR
HUDUN_SIDE       inside | outside | both: which desks this process serves
HUDUN_HOSTS      names under which the office is reached, comma-separated
HUDUN_HTTPS      1 when served over TLS: cookies then never travel in the clear
HUDUN_DEMO       1 in the demo
HUDUN_MAP_URL    XYZ template or .pmtiles of a raster base map in true coordinates (CGCS2000)
HUDUN_MAP_SOURCE what the map says of its source, with its 审图号
HUDUN_URL        where browsers reach the office; papers carry links that begin with it
HUDUN_MAIL_URL   smtp://user:password@host:587?tls=1 or smtps://…; without it no e-mail leaves
HUDUN_MAIL_FROM  whom e-mail comes from
HUDUN_FONTS      the office's own fonts for papers (default fonts/ in HUDUN_VAR)
"""

import os
import secrets
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

from hudun import geodata as _geodata  # noqa: F401  (bounds what GDAL opens, before it is loaded)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("HUDUN_VAR", BASE_DIR / "var")).resolve()
VAR.mkdir(parents=True, exist_ok=True)

SIDE = os.environ.get("HUDUN_SIDE", "both")
DEMO = os.environ.get("HUDUN_DEMO") == "1"
HTTPS = os.environ.get("HUDUN_HTTPS") == "1"
DEBUG = False


def _secret(path: Path) -> str:
    """The key of this installation, made at the first start and readable by its owner only.

    It is written aside and linked into place: two processes that start together agree.
    """
    if not path.exists():
        with NamedTemporaryFile("w", dir=path.parent) as draft:
            draft.write(secrets.token_urlsafe(48))
            draft.flush()
            os.fsync(draft.fileno())
            with suppress(FileExistsError):
                os.link(draft.name, path)
    return path.read_text()


SECRET_KEY = _secret(VAR / "secret")


INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "hudun.core",
    "hudun.office",
    "hudun.assets.sirens",
    "hudun.assets.shelters",
    "hudun.assets.city",
    "hudun.affairs.soundings",
    "hudun.affairs.duty",
    "hudun.affairs.works",
    "hudun.affairs.tipoffs",
    "hudun.affairs.inspections",
    "hudun.affairs.funds",
    "hudun.affairs.plans",
    "hudun.affairs.coverage",
    "hudun.desks.duty",
    "hudun.desks.field",
    "hudun.desks.api",
    "hudun.desks.public",
    "hudun.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hudun.core.web.ProblemMiddleware",
    "hudun.core.web.LoginMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "hudun.urls"
ASGI_APPLICATION = "hudun.asgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hudun.core.web.house",
            ],
        },
    },
]


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or dict(parse_qsl(parts.query)).get("host", ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(path: Path) -> dict[str, Any]:
    """IMMEDIATE: a writer waits its turn instead of failing half-way.

    FULL: what was committed survives loss of power.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


_url = os.environ.get("DATABASE_URL", "")
DATABASES = {"default": _postgresql(_url) if _url else _sqlite(VAR / "hudun.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "full_name")}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"

# Name and address together: a stranger who guesses elsewhere cannot lock the duty officer out.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "hudun.core.web.locked_out"
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
DUTY_SESSION_AGE = int(os.environ.get("HUDUN_DUTY_SESSION_HOURS", "12")) * 3600

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"] + [
    host for host in os.environ.get("HUDUN_HOSTS", "").split(",") if host
]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "hudun.core.web.csrf_failure"

# Without a base map the district's outline is the map, and nothing is fetched from elsewhere.
MAP_BASE_URL = os.environ.get("HUDUN_MAP_URL", "")
MAP_ATTRIBUTION = os.environ.get("HUDUN_MAP_SOURCE", "")
_map = urlsplit(MAP_BASE_URL)
_map_origin = [f"{_map.scheme}://{_map.netloc}"] if _map.netloc else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *_map_origin],
        "font-src": [SELF],
        "connect-src": [SELF, *_map_origin],
        "media-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "hudun" / "static"]
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
MEDIA_ROOT = VAR / "media"
FILES_DIR = VAR / "files"
RUNS_DIR = VAR / "runs"
CITY_DIR = VAR / "city"
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

TAGLINE = "区县人民防空业务系统"
MENU_SECTIONS = ("", "值守", "警报", "巡检", "台账", "预案", "经费", "报告", "管理")

WIRING = "hudun.wiring.ANSWERS"
RULES_DIR = BASE_DIR / "hudun" / "rules"
BOUNDARIES_DIR = BASE_DIR / "hudun" / "office" / "data" / "boundaries"

# Without a mail server the demo writes its e-mail to files; an office is told so.
_mail_url = os.environ.get("HUDUN_MAIL_URL", "")
_mail = urlsplit(_mail_url)
MAIL_SET_UP = bool(_mail_url) or DEMO
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _mail_url else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = _mail.hostname or "localhost"
EMAIL_PORT = _mail.port or (465 if _mail.scheme == "smtps" else 25)
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_USE_TLS = not EMAIL_USE_SSL and dict(parse_qsl(_mail.query)).get("tls") == "1"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("HUDUN_MAIL_FROM", "hudun@localhost")

OFFICE_URL = os.environ.get("HUDUN_URL", "http://localhost:8000/")
FONTS_DIR = Path(os.environ.get("HUDUN_FONTS", VAR / "fonts"))


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # It says of every format that it does not have that it need not be left out.
    "loggers": {"rasterio._env": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": os.environ.get("HUDUN_LOG", "WARNING")},
}
