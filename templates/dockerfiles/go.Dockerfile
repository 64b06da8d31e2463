# Go: one static program, built in one stage and run in another that holds little else.
ARG GO_VERSION=1.27.1

FROM golang:${GO_VERSION}-trixie AS build
WORKDIR /src
# First what decides about the dependencies, so that a change of the program alone does not fetch them again.
COPY go.mod go.sum* ./
RUN go mod download
COPY . .
ARG MAIN=.
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/app "${MAIN}"

FROM alpine:3.24.2
RUN adduser -D -H -u 10001 app
COPY --from=build /out/app /usr/local/bin/app
WORKDIR /tmp
USER 10001
ARG PORT=8080
ARG HEALTH_PATH=/
ENV PORT=${PORT} HEALTH_PATH=${HEALTH_PATH}
EXPOSE ${PORT}
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD ["sh", "-c", "wget -q -O /dev/null \"http://127.0.0.1:${PORT}${HEALTH_PATH}\""]
CMD ["app"]
