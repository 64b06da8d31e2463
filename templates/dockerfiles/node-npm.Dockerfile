# Node.js with npm: built and freed of what only the build needs in one stage, run without it in another.
ARG NODE_VERSION=24.21.0

FROM node:${NODE_VERSION}-bookworm-slim AS build
WORKDIR /app
# First what decides about the dependencies, so that a change of the program alone does not fetch them again.
COPY package*.json ./
RUN if [ -f package-lock.json ]; then npm ci; else npm install; fi
COPY . .
RUN npm run build --if-present && npm prune --omit=dev

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
