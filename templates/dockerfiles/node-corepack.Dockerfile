# Node.js with Yarn or pnpm, in the version that package.json names: built in one stage, run in another.
ARG NODE_VERSION=24.21.0

FROM node:${NODE_VERSION}-bookworm-slim AS build
WORKDIR /app
# Node.js comes without Corepack from version 25 on.
RUN npm install --global --force corepack@0.36.0 && corepack enable
COPY . .
ARG INSTALL="pnpm install --frozen-lockfile"
RUN sh -c "${INSTALL}"
ARG BUILD="pnpm build"
RUN if node -e 'process.exit(require("./package.json").scripts?.build ? 0 : 1)'; then sh -c "${BUILD}"; fi

FROM node:${NODE_VERSION}-bookworm-slim
ENV NODE_ENV=production \
    NPM_CONFIG_CACHE=/tmp/npm \
    NPM_CONFIG_UPDATE_NOTIFIER=false \
    PATH=/app/node_modules/.bin:$PATH
WORKDIR /app
# Root owns the files and another user runs them, so the program can not change itself; it writes to /tmp alone.
COPY --from=build /app /app
USER 1000
ARG PORT=3000
ARG HEALTH_PATH=/
ENV PORT=${PORT} HEALTH_PATH=${HEALTH_PATH}
EXPOSE ${PORT}
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}${process.env.HEALTH_PATH}`).then((r) => process.exit(r.status < 400 ? 0 : 1), () => process.exit(1))"]
# exec makes the program itself the first process, which gets the signal to stop.
ARG START="npm start"
ENV START=${START}
CMD ["sh", "-c", "exec ${START}"]
