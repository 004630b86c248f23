# The web, the worker and the beat are one image with different commands; see compose.yaml and docs/running.md.
FROM python:3.13-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /srv/navet

COPY requirements/production.txt requirements/production.txt
RUN pip install --require-hashes -r requirements/production.txt

COPY . .
# Neither command asks a server or signs anything; the real key comes at run time.
RUN python manage.py messages --compile && python manage.py collectstatic --no-input

RUN useradd --system --no-create-home --shell /usr/sbin/nologin navet
USER navet
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "4", "--respawn-failed-workers", "navet.wsgi:application"]
