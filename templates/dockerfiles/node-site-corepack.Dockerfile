# Pages for a browser, built with Yarn or pnpm and served by nginx, which runs as a user of its own.
ARG NODE_VERSION=24.21.0

FROM node:${NODE_VERSION}-bookworm-slim AS build
WORKDIR /app
# Node.js comes without Corepack from version 25 on.
RUN npm install --global --force corepack@0.36.0 && corepack enable
COPY . .
ARG INSTALL="pnpm install --frozen-lockfile"
RUN sh -c "${INSTALL}"
ARG BUILD="pnpm build"
RUN sh -c "${BUILD}"

FROM nginxinc/nginx-unprivileged:1.30.5-alpine
# A page that is no file is one of the application: it reads the path itself.
# The variables are those of nginx.
# hadolint ignore=SC2016
RUN printf '%s\n' \
    'server {' \
    '    listen 8080;' \
    '    root /usr/share/nginx/html;' \
    '    location / { try_files $uri $uri/ /index.html; }' \
    '}' >/etc/nginx/conf.d/default.conf
ARG OUTPUT=dist
COPY --from=build /app/${OUTPUT} /usr/share/nginx/html
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=10s \
    CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/"]
