# Files for a browser as they stand, served by nginx, which runs as a user of its own.
FROM nginxinc/nginx-unprivileged:1.30.5-alpine
ARG SITE=.
COPY ${SITE} /usr/share/nginx/html
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=10s \
    CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/"]
