# Python with pyproject.toml: the package and what it needs, installed in one stage and run in another.
ARG PYTHON_VERSION=3.14.7

FROM python:${PYTHON_VERSION}-slim AS build
# Packages without wheels need a compiler: install it here with apt-get, and it stays out of the image that runs.
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY . /src
RUN pip install --no-cache-dir --disable-pip-version-check /src

FROM python:${PYTHON_VERSION}-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin app
WORKDIR /app
COPY --from=build /venv /venv
# Root owns the files and another user runs them, so the program can not change itself; it writes to /tmp alone.
COPY . .
USER 10001
ARG PORT=8000
ARG HEALTH_PATH=/
ENV PORT=${PORT} HEALTH_PATH=${HEALTH_PATH}
EXPOSE ${PORT}
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(\"http://127.0.0.1:\" + os.environ[\"PORT\"] + os.environ[\"HEALTH_PATH\"], timeout=4)"]
# exec makes the program itself the first process, which gets the signal to stop.
ARG START="python main.py"
ENV START=${START}
CMD ["sh", "-c", "exec ${START}"]
