# Ruby with Bundler: gems are built with compilers in one stage and run without them in another.
ARG RUBY_VERSION=3.4.11

FROM ruby:${RUBY_VERSION}-slim AS build
ARG BUILD_PACKAGES="build-essential git libyaml-dev pkg-config"
# Debian keeps one version of a package in a release, so there is none to pin.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends ${BUILD_PACKAGES} && rm -rf /var/lib/apt/lists/*
ENV BUNDLE_DEPLOYMENT=1 BUNDLE_WITHOUT=development:test BUNDLE_PATH=/gems
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle install && rm -rf /gems/ruby/*/cache
COPY . .
# Rails makes its assets without the secrets of the environment.
RUN if [ -d app/assets ]; then RAILS_ENV=production SECRET_KEY_BASE_DUMMY=1 bundle exec rails assets:precompile; fi

FROM ruby:${RUBY_VERSION}-slim
ARG RUN_PACKAGES="ca-certificates"
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends ${RUN_PACKAGES} && rm -rf /var/lib/apt/lists/* && \
    useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin app
ENV BUNDLE_DEPLOYMENT=1 BUNDLE_WITHOUT=development:test BUNDLE_PATH=/gems \
    RACK_ENV=production RAILS_ENV=production RAILS_LOG_TO_STDOUT=1 PIDFILE=/tmp/server.pid BOOTSNAP_CACHE_DIR=/tmp
WORKDIR /app
COPY --from=build /gems /gems
# Root owns the files and another user runs them, so the program can not change itself; it writes to /tmp alone.
COPY --from=build /app /app
RUN rm -rf tmp && ln -s /tmp tmp
USER 10001
ARG PORT=3000
ARG HEALTH_PATH=/
ENV PORT=${PORT} HEALTH_PATH=${HEALTH_PATH}
EXPOSE ${PORT}
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD ["ruby", "-rnet/http", "-e", "exit Net::HTTP.get_response(URI(%(http://127.0.0.1:#{ENV['PORT']}#{ENV['HEALTH_PATH']}))).code.to_i < 400"]
# exec makes the program itself the first process, which gets the signal to stop.
ARG START="bundle exec puma -b tcp://0.0.0.0:3000"
ENV START=${START}
CMD ["sh", "-c", "exec ${START}"]
