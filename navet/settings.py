"""Settings, from the environment (see .env.example and docs/running.md); nothing secret has a default outside embedded mode."""

import datetime as dt
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from navet import embedded, logs

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

EMBEDDED = env.bool("NAVET_EMBEDDED", default=False)
NAVET_HOME = Path(env("NAVET_HOME", default=str(BASE_DIR / ".navet")))
DEBUG = env.bool("DEBUG", default=False)
# Made-up data only where nobody can mistake it for the house's own.
DEMO_ALLOWED = EMBEDDED or env.bool("NAVET_DEMO", default=False)

_services = (
    {} if {"DATABASE_URL", "REDIS_URL"} <= environ.os.environ.keys() else embedded.known_services(NAVET_HOME)
)
SECRET_KEY = env("SECRET_KEY", default=_services.get("SECRET_KEY", ""))
# Earlier ones: published fingerprints of draws that are yet to be held, and links and log-ins, still need them.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Tells persons of one year apart in the ledger. Whoever changes SECRET_KEY keeps the old one here until the year is over.
PSEUDONYM_KEY = env("PSEUDONYM_KEY", default="") or SECRET_KEY
REDIS_URL = env("REDIS_URL", default=_services.get("REDIS_URL", "redis://127.0.0.1:6379/0"))
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])
_https = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    "navet.pages",
    "navet.accounts",
    "navet.api",
    "navet.directory",
    "navet.house",
    "navet.payments",
    "navet.payments.invoices",
    "navet.outbox",
    "navet.retention",
    "visitors",
    "visitors.safety",
    "visitors.counters",
    "visitors.tertials",
    "bookings.common",
    "visitors.tickets",
    "bookings.schools",
    "bookings.tickets",
    "bookings.groups",
    "bookings.conferences",
    "bookings.courses",
    "bookings.feedback",
    "bookings.reach",
    "bookings.leisure",
    "bookings.capacity",
    "bookings.wheel",
    "worker",
    "demo",
    "navet.accounts.apps.HouseAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "knox",
    "django_htmx",
    "csp",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "navet.accounts.middleware.SecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "navet.accounts.history.HistoryMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
]

ROOT_URLCONF = "navet.urls"
WSGI_APPLICATION = "navet.wsgi.application"
FORM_RENDERER = "navet.pages.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "navet.pages.context.site",
            ],
        },
    }
]

# --- PostgreSQL and Redis -------------------------------------------------------------------------------------
DATABASES = {
    "default": env.db_url_config(
        env("DATABASE_URL", default=_services.get("DATABASE_URL", "postgresql://127.0.0.1:5432/navet"))
    )
    | {
        # Persistent connections were worth four times the throughput (docs/adr/0004).
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=300),
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        # Only cursors that bind on the server prepare (navet.queries); at the second time a connection asks the same.
        "OPTIONS": {"connect_timeout": 5, "application_name": "navet", "prepare_threshold": 1},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        # Redis away means slower and unthrottled, never an error: nothing important lives there.
        "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 1},
        "KEY_PREFIX": "navet",
    }
}
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True
SESSION_ENGINE = "navet.accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SAMESITE = "Lax"

# --- Language and time ----------------------------------------------------------------------------------------
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
TIME_ZONE = "Europe/Stockholm"
USE_I18N = USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# --- People ---------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "navet.accounts.backends.RoleBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:me"  # StaffAdapter knows better pages
ACCOUNT_ADAPTER = "navet.accounts.adapter.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Navet"
# A second factor for everybody who works here; the demo's log-ins do without unless asked.
STAFF_SECOND_FACTOR_REQUIRED = env.bool("STAFF_SECOND_FACTOR_REQUIRED", default=not EMBEDDED)

# A desk device asks for a new key after this long.
DEVICE_LIFE = dt.timedelta(days=env.int("DEVICE_LIFE_DAYS", default=365))

# --- Doors ----------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "navet.accounts.authentication.DeviceAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["navet.accounts.permissions.HasCapability"],
    "DEFAULT_PAGINATION_CLASS": "navet.api.pagination.CursorPagination",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["navet.api.parsers.StrictJSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "navet.api.negotiation.Negotiation",
    "DEFAULT_FILTER_BACKENDS": ["navet.api.filters.StrictFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "navet.api.schema.AutoSchema",
    "DEFAULT_THROTTLE_RATES": {
        "anonymous": env("THROTTLE_ANONYMOUS", default="600/min"),
        "booking": env("THROTTLE_BOOKING", default="60/min"),
        "guess": env("THROTTLE_GUESS", default="30/min"),
        "staff": env("THROTTLE_STAFF", default="3000/min"),
    },
    "DEFAULT_THROTTLE_CLASSES": ["navet.api.throttles.Throttle"],
    "EXCEPTION_HANDLER": "navet.api.problems.handle",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "URL_FORMAT_OVERRIDE": None,
    "NUM_PROXIES": env.int("NUM_PROXIES", default=0),
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "DEFAULT_GENERATOR_CLASS": "navet.api.described.Generator",
    "TITLE": "Navet",
    "DESCRIPTION": "Bookings, arrivals, visits and indicators of Navet science center.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    # What may be sent and what is answered differ: unknown fields are refused, read-only ones too.
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "ArrivalStatusEnum": "visitors.day_list.State",
        "BookingStatusEnum": "bookings.schools.models.SchoolBooking.Status",
        "GroupKindEnum": "bookings.groups.models.GroupKind",
        "TicketKindEnum": "bookings.tickets.models.TicketKind",
        "HeldBookingStatusEnum": "bookings.common.models.Status",
        "ReservationStatusEnum": "bookings.conferences.models.Status",
        "FurnishingEnum": "navet.house.models.Furnishing.Kind",
        "PartKindEnum": "bookings.conferences.models.PartKind",
        "AddOnKindEnum": "bookings.conferences.models.AddOnKind",
        "OrderStateEnum": "navet.payments.models.Order.State",
        "PaymentStateEnum": "navet.payments.models.Payment.State",
        "InvoiceKindEnum": "navet.payments.invoices.models.Kind",
        "InvoiceStateEnum": "navet.payments.invoices.models.State",
        "GradeEnum": "navet.directory.grades.Grade",
        "LanguageEnum": "bookings.schools.models.Language",
        "SchoolKindEnum": "navet.directory.models.SchoolUnit.Kind",
        "SessionStatusEnum": "navet.house.models.Occasion.Status",
        "VisitCategoryEnum": "visitors.models.Category",
        "IndicatorStatusEnum": "visitors.insight.outlook.Status",
    },
}
REST_KNOX = {
    "TOKEN_MODEL": "accounts.DeviceToken",
    "AUTO_REFRESH": False,
    "TOKEN_TTL": None,  # each device carries its own expiry (navet.accounts.devices)
}
KNOX_TOKEN_MODEL = "accounts.DeviceToken"  # noqa: S105 (the name of a model)
# knox's own migrations make its token table although ours replaces it, and flush cannot empty a table it does not know.
MIGRATION_MODULES = {"knox": None}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_HANDLERS = [
    "navet.pages.uploads.Limit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- The house ---------------------------------------------------------------------------------------------
# How people reach Navet; shown only where it is set.
HOUSE_PHONE = env("HOUSE_PHONE", default="")
HOUSE_EMAIL = env("HOUSE_EMAIL", default="")
HOUSE_ADDRESS = env("HOUSE_ADDRESS", default="Skaraborgsvägen, 503 30 Borås")

# --- Mail -----------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Navet science center <bokning@navet.example>")
# Embedded mode keeps every mail in the database, where the mailbox page shows it.
EMAIL_BACKEND = env(
    "EMAIL_BACKEND",
    default="navet.outbox.mailbox.MailboxBackend"
    if EMBEDDED
    else "django.core.mail.backends.smtp.EmailBackend",
)
vars().update(
    env.email_url_config(env("EMAIL_URL", default="smtp://localhost:25")) | {"EMAIL_BACKEND": EMAIL_BACKEND}
)
EMAIL_TIMEOUT = 10
MAILBOX_ENABLED = EMAIL_BACKEND == "navet.outbox.mailbox.MailboxBackend"
# Called after a commit that promised something, so that the worker need not wait for its next look.
OUTBOX_WAKE = "worker.wake.soon"
OUTBOX_HANDLERS = {
    "mail": "navet.outbox.mail.send",
    "stripe.event": "navet.payments.webhooks.handle",
    "stripe.refund": "navet.payments.refunds.send",
    "stripe.close": "navet.payments.tidying.close",
    "stripe.look": "navet.payments.tidying.look",
    "e_invoice": "navet.payments.invoices.delivery.send",
}
# What may be said by mail, and who words it.
MAIL_BUILDERS = {
    "accounts.code": "navet.accounts.mails.code",
    "accounts.password_reset": "navet.accounts.mails.password_reset",
    "school.confirmed": "bookings.schools.mails.confirmed",
    "school.changed": "bookings.schools.mails.changed",
    "school.cancelled": "bookings.schools.mails.cancelled",
    "school.waiting": "bookings.schools.mails.waiting",
    "school.offered": "bookings.schools.mails.offered",
    "school.offer_lapsed": "bookings.schools.mails.offer_lapsed",
    "school.passed_over": "bookings.schools.mails.passed_over",
    "school.reminder": "bookings.schools.mails.reminder",
    "school.final_count": "bookings.schools.mails.final_count",
    "school.session_moved": "bookings.schools.mails.session_moved",
    "school.session_cancelled": "bookings.schools.mails.session_cancelled",
    "school.contact_changed": "bookings.schools.mails.contact_changed",
    "school.duties": "bookings.schools.duty_mails.duties",
    "tickets.confirmed": "bookings.tickets.mails.confirmed",
    "tickets.changed": "bookings.tickets.mails.changed",
    "tickets.reminder": "bookings.tickets.mails.reminder",
    "tickets.cancelled": "bookings.tickets.mails.cancelled",
    "tickets.called_off": "bookings.tickets.mails.called_off",
    "groups.confirmed": "bookings.groups.mails.confirmed",
    "groups.changed": "bookings.groups.mails.changed",
    "groups.reminder": "bookings.groups.mails.reminder",
    "groups.cancelled": "bookings.groups.mails.cancelled",
    "groups.called_off": "bookings.groups.mails.called_off",
    "courses.confirmed": "bookings.courses.mails.confirmed",
    "courses.queued": "bookings.courses.mails.queued",
    "courses.let_in": "bookings.courses.mails.let_in",
    "courses.assured": "bookings.courses.mails.assured",
    "courses.changed": "bookings.courses.mails.changed",
    "courses.reminder": "bookings.courses.mails.reminder",
    "courses.cancelled": "bookings.courses.mails.cancelled",
    "courses.called_off": "bookings.courses.mails.called_off",
    "feedback.ask": "bookings.feedback.mails.ask",
    "courses.own_asked": "bookings.courses.wish_mails.own_asked",
    "courses.own_planned": "bookings.courses.wish_mails.own_planned",
    "courses.own_declined": "bookings.courses.wish_mails.own_declined",
    "courses.participant_called_off": "bookings.courses.after_mails.participant_called_off",
    "courses.own_called_off": "bookings.courses.wish_mails.own_called_off",
    "courses.certificate": "bookings.courses.after_mails.certificate",
    "reach.invitation": "bookings.reach.mails.invitation",
    "leisure.applied": "bookings.leisure.mails.applied",
    "leisure.placed": "bookings.leisure.mails.placed",
    "leisure.drawn": "bookings.leisure.mails.drawn",
    "leisure.let_in": "bookings.leisure.mails.let_in",
    "leisure.not_drawn": "bookings.leisure.mails.not_drawn",
    "leisure.queued": "bookings.leisure.mails.queued",
    "leisure.fee_due": "bookings.leisure.mails.fee_due",
    "leisure.settled": "bookings.leisure.mails.settled",
    "leisure.unpaid": "bookings.leisure.mails.unpaid",
    "leisure.reminder": "bookings.leisure.mails.reminder",
    "leisure.cancelled": "bookings.leisure.mails.cancelled",
    "leisure.called_off": "bookings.leisure.mails.called_off",
    "leisure.meeting_off": "bookings.leisure.mails.meeting_off",
    "leisure.message": "bookings.leisure.mails.message",
    "invoices.invoice": "navet.payments.invoices.mails.invoice",
    "invoices.reminder": "navet.payments.invoices.mails.reminder",
    "conferences.option": "bookings.conferences.mails.option",
    "conferences.quote": "bookings.conferences.mails.quote",
    "conferences.to_pay": "bookings.conferences.mails.to_pay",
    "conferences.confirmed": "bookings.conferences.mails.confirmed",
    "conferences.changed": "bookings.conferences.mails.changed",
    "conferences.adjusted": "bookings.conferences.mails.adjusted",
    "conferences.final_count": "bookings.conferences.mails.final_count",
    "conferences.lapsed": "bookings.conferences.mails.lapsed",
    "conferences.cancelled": "bookings.conferences.mails.cancelled",
    "conferences.called_off": "bookings.conferences.mails.called_off",
    "summary.weekly_capacity": "worker.mails.weekly_capacity",
    "summary.monthly_indicators": "worker.mails.monthly_indicators",
    "summary.tertial_report": "worker.mails.tertial_report",
    "alerts.new": "worker.alerts.mails.new",
    "day_list.educator_day": "worker.day_lists.educator_day",
    "day_list.desk_day": "worker.day_lists.desk_day",
    "passes.reminder": "visitors.tickets.mails.reminder",
    "ledger.differences": "visitors.mails.differences",
    "payments.receipt": "navet.payments.mails.receipt",
    "payments.difference": "navet.payments.mails.difference",
}
# Who adds the ledger up again, by ways of their own (visitors/audit.py).
LEDGER_AUDITS = [
    "visitors.individuals.differences",
    "visitors.audit.of_the_desk",
    "visitors.readding.of_every_year",
    "visitors.readding.of_kept_days",
    "visitors.readding.of_kept_years",
    "visitors.counters.audit.differences",
    "visitors.tickets.audit.differences",
    "bookings.schools.audit.differences",
    "bookings.tickets.audit.differences",
    "bookings.groups.audit.differences",
    "bookings.conferences.audit.differences",
    "bookings.courses.audit.differences",
    "bookings.leisure.audit.differences",
]
# Who knows the names of those who came under a pseudonym of a year (visitors/individuals_pages.py).
PERSON_SOURCES = ["bookings.courses.persons.known", "bookings.leisure.persons.known"]
# Who tells what bookings leave to take in the reception (visitors/tickets/booked.py).
TILL_SOURCES = ["bookings.tickets.till.taken", "bookings.groups.till.taken"]
# The reminder of tickets and groups, at seven so many days before the visit.
BOOKING_REMINDER_DAYS = env.int("BOOKING_REMINDER_DAYS", default=2)
# Whoever was there on at least so many per cent of a course's days has a certificate; 100 is every day.
COURSE_CERTIFICATE_PERCENT = env.int("COURSE_CERTIFICATE_PERCENT", default=100)

# --- Static files ---------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "static-collected"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if EMBEDDED or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = EMBEDDED or DEBUG

# --- Security -------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}
SECURE_SSL_REDIRECT = _https and env.bool("SECURE_SSL_REDIRECT", default=True)
# Probes come from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_TLS_PROXY", default=False) else None
)
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
CSRF_FAILURE_VIEW = "navet.pages.pages.csrf_failure"
X_FRAME_OPTIONS = "DENY"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

# --- Rules that Navet owns (docs/running.md lists them) ---------------------------------------------------------
SCHOOL_BOOKING = {
    "hold_minutes": env.int("SCHOOL_HOLD_MINUTES", default=30),
    "offer_hours": env.int("SCHOOL_OFFER_HOURS", default=48),
    "free_cancellation_working_days": env.int("SCHOOL_FREE_CANCELLATION_WORKING_DAYS", default=5),
    "reminder_working_days": env.int("SCHOOL_REMINDER_WORKING_DAYS", default=2),
    "final_count_days": env.int("SCHOOL_FINAL_COUNT_DAYS", default=7),
}
# After a visit or a course; 0 hours asks nobody. What was said is shown from so many answers on (docs/feedback.md).
FEEDBACK = {
    "delay_hours": env.int("FEEDBACK_DELAY_HOURS", default=20),
    "open_days": env.int("FEEDBACK_OPEN_DAYS", default=30),
    "shown_from": env.int("FEEDBACK_SHOWN_FROM", default=5),
}
# What schools are invited to: sessions from so many days ahead, over so many days (docs/reach.md).
INVITATIONS = {
    "ahead_days": env.int("INVITATION_AHEAD_DAYS", default=10),
    "horizon_days": env.int("INVITATION_HORIZON_DAYS", default=150),
}
# The year wheel: reporting dates that come every year, `MM-DD` or `MM-DD=name`, and from how many conference days a week
# has many (0: never shown). docs/wheel.md
YEAR_WHEEL = {
    "tertial": env.list("REPORTING_DATES", default=["04-30", "08-31", "12-31"]),
    "municipal": env.list("MUNICIPAL_REPORTING_DATES", default=[]),
    "conferences_a_week": env.int("CONFERENCE_WEEK_FROM", default=6),
}
LEISURE = {"pay_days": env.int("LEISURE_PAY_DAYS", default=10)}  # from the place to the fee
# Numbers of a common Swedish chart of accounts, for the demo alone.
DEMO_ACCOUNTS = {
    "receivables": "1510",
    "bank": "1930",
    "unknown_money": "2899",
    "vat_250": "2610",
    "vat_120": "2620",
    "vat_60": "2630",
    "revenue": "3000",
    "rounding": "3740",
    "losses": "6350",
    "card": "1580",
    "owed_back": "2890",
    "fees": "6570",
    "fees_tax": "6579",
    "disputed": "1589",
    "payouts": "1590",
}
# Navet's own numbers, as invoices bear them; until they are set only a demo house can invoice (navet/payments/invoices/seller.py).
SELLER = {
    "name": env("SELLER_NAME", default=""),
    "organisation_number": env("SELLER_ORGANISATION_NUMBER", default=""),
    "vat_number": env("SELLER_VAT_NUMBER", default=""),
    "bankgiro": env("SELLER_BANKGIRO", default=""),
    "street": env("SELLER_STREET", default=""),
    "postal_code": env("SELLER_POSTAL_CODE", default=""),
    "city": env("SELLER_CITY", default=""),
    "email": env("SELLER_EMAIL", default=""),
    "phone": env("SELLER_PHONE", default=""),
    "contact": env("SELLER_CONTACT", default=""),
    "f_tax": env.bool("SELLER_F_TAX", default=False),
    "endpoint_scheme": env("SELLER_ENDPOINT_SCHEME", default="0007"),
    "endpoint_id": env("SELLER_ENDPOINT_ID", default=""),
}
INVOICING = {
    "first_number": env.int("INVOICE_FIRST_NUMBER", default=1001),
    # Whether the bank's agreement has a length digit in the OCR.
    "ocr_length_digit": env.bool("INVOICE_OCR_LENGTH_DIGIT", default=True),
    "reminder_days": env.list("INVOICE_REMINDER_DAYS", cast=int, default=[7, 21]),
    "remind_by_itself": env.bool("INVOICE_REMIND_BY_ITSELF", default=False),
    # Accounts that no VAT rule names; all of them are finance's to decide, and "" keeps the ledger's file from being made.
    "accounts": {
        name: env(f"INVOICE_ACCOUNT_{name.upper()}", default=_demo_account if DEMO_ALLOWED else "")
        for name, _demo_account in DEMO_ACCOUNTS.items()
    },
    "lost_disputes_take_back_vat": env.bool("INVOICE_LOST_DISPUTES_TAKE_BACK_VAT", default=False),
}
EINVOICE_DELIVERY = env("EINVOICE_DELIVERY", default="navet.payments.invoices.delivery.to_folder")
EINVOICE_FOLDER = env("EINVOICE_FOLDER", default=str(NAVET_HOME / "e-invoices"))
CONFERENCES = {
    "hold_minutes": env.int("CONFERENCE_HOLD_MINUTES", default=30),
    # To pay by card, from the moment it was chosen.
    "pay_minutes": env.int("CONFERENCE_PAY_MINUTES", default=60),
    "option_days": env.int("CONFERENCE_OPTION_DAYS", default=7),
    "quote_days": env.int("CONFERENCE_QUOTE_DAYS", default=14),
    "notice_days": env.int("CONFERENCE_NOTICE_DAYS", default=3),
    "horizon_days": env.int("CONFERENCE_HORIZON_DAYS", default=540),
    "final_count_days": env.int("CONFERENCE_FINAL_COUNT_DAYS", default=7),
    # For so long after its end the host may write down what was added to it or taken off.
    "adjust_days": env.int("CONFERENCE_ADJUST_DAYS", default=30),
    # Up to how many kronor with VAT each kind of customer may be invoiced; -1: any sum, 0: pays first.
    "invoice_limit_kronor": {
        "company": env.int("CONFERENCE_INVOICE_LIMIT_COMPANY", default=100_000),
        "public": env.int("CONFERENCE_INVOICE_LIMIT_PUBLIC", default=-1),
        "association": env.int("CONFERENCE_INVOICE_LIMIT_ASSOCIATION", default=30_000),
        "private": env.int("CONFERENCE_INVOICE_LIMIT_PRIVATE", default=0),
    },
    # "days before:per cent", the price of leaving from so many days before it begins.
    "cancellation_steps": env.list("CONFERENCE_CANCELLATION_STEPS", default=["30:0", "14:50", "0:100"]),
}
DOOR_COUNTERS = {
    # host or host:port of each counter that may be asked; nobody else is, whatever an address says.
    "hosts": env.list("DOOR_COUNTER_HOSTS", default=[]),
    "passwords": {
        name.removeprefix("DOOR_COUNTER_SECRET_").lower(): password
        for name, password in environ.os.environ.items()
        if name.startswith("DOOR_COUNTER_SECRET_")
    },
}
VISITORS = {
    "check_in_grace_minutes": env.int("CHECK_IN_GRACE_MINUTES", default=0),
    "walk_in_stay_minutes": env.int("WALK_IN_STAY_MINUTES", default=120),
    "late_stay_minutes": env.int("LATE_STAY_MINUTES", default=60),
    "clock_drift_minutes": env.int("DESK_CLOCK_DRIFT_MINUTES", default=2),
    "pass_holder_days": env.int("PASS_HOLDER_DAYS", default=90),
    "pass_reminder_days": env.int("PASS_REMINDER_DAYS", default=14),
    "most_heads_at_once": env.int("MOST_HEADS_AT_ONCE", default=500),
}

# Days that Navet decided on for a retention rule, in place of its own: RETENTION_DAYS="schools.bookings=180;till.passes=30"
RETENTION = env.dict("RETENTION_DAYS", cast={"value": int}, default={})

# --- Payments (docs/payments.md) ------------------------------------------------------------------------------
# With a key of one's own, Stripe itself; without it, the sandbox that the launcher of the embedded house runs, if it does.
STRIPE = {
    "api_key": env("STRIPE_API_KEY", default=""),
    "webhook_secret": env("STRIPE_WEBHOOK_SECRET", default=""),
    "api_base": "",
}
_sandbox = {name: env(name, default=_services.get(name, "")) for name in embedded.SANDBOX}
if not STRIPE["api_key"] and all(_sandbox.values()):
    STRIPE = dict(zip(STRIPE, _sandbox.values(), strict=True))
PAYMENTS = {
    # How long a Checkout page is open, at most; 35 minutes to a day.
    "checkout_minutes": env.int("CHECKOUT_MINUTES", default=60),
}

# --- Logs -----------------------------------------------------------------------------------------------------
logs.configure()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "navet.logs.Nameless", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
    },
    "filters": {"in one line": {"()": "navet.logs.InOneLine"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["in one line"]}
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "stripe": {"level": "WARNING"},  # two lines for every call, else
    },
}
