# Build: everything hashed, into one folder.
FROM python:3.13-slim AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
# Collecting static files needs settings, not secrets; none of these values is kept. Reading the
# settings also writes the languages as gettext reads them. Later nobody may write compiled code, and
# compiling all of it at each start would take half a second and leave holes in memory.
RUN SELFTRUST_DATA_DIR=/tmp/build SECRET_KEY=build SELFTRUST_OPERATOR_TOKEN=build \
    SELFTRUST_KEY=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE= DATABASE_URL=postgres://build@localhost/build \
    /venv/bin/python manage.py collectstatic --noinput -v0 && rm -rf tests /tmp/build
RUN /venv/bin/python -m compileall -q journal selftrust

# Run: no compiler, no root.
FROM python:3.13-slim
# What WeasyPrint draws a PDF with.
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends fonts-dejavu-core \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --create-home selftrust && mkdir /data && chown selftrust /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER selftrust
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 SELFTRUST_ENV=production SELFTRUST_DATA_DIR=/data HOST=0.0.0.0 PORT=8000
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import os, urllib.request as r; host = os.environ['ALLOWED_HOSTS'].split(',')[0].lstrip('.*') or 'localhost'; r.urlopen(r.Request('http://127.0.0.1:' + os.environ['PORT'] + '/readyz', headers={'Host': host}), timeout=4)"]
CMD ["python", "manage.py", "serve"]
