# Rust: built with all that the compiler needs in one stage, run on a small Debian in another.
ARG RUST_VERSION=1.99.0

FROM rust:${RUST_VERSION}-trixie AS build
WORKDIR /src
COPY . .
ARG BINARY=app
RUN cargo build --release --locked --bin "${BINARY}" && install -D "target/release/${BINARY}" /out/app

FROM debian:trixie-20260803-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin app
# What a client needs to check certificates; a program that links further libraries installs them here with apt-get.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/app /usr/local/bin/app
WORKDIR /tmp
USER 10001
ARG PORT=8080
ARG HEALTH_PATH=/
ENV PORT=${PORT} HEALTH_PATH=${HEALTH_PATH}
EXPOSE ${PORT}
# There is no curl in this image, and bash can ask as well.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD ["bash", "-c", "exec 3<>\"/dev/tcp/127.0.0.1/${PORT}\" && printf \"GET %s HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n\" \"${HEALTH_PATH}\" >&3 && read -r _ status _ <&3 && [ \"${status}\" -lt 400 ]"]
CMD ["app"]
