# Java with Gradle's wrapper: the jar is made with the JDK in one stage and run with a JRE in another.
ARG JAVA_VERSION=21.0.10_7

FROM eclipse-temurin:${JAVA_VERSION}-jdk-noble AS build
WORKDIR /src
COPY . .
# The tests ran before the build.
RUN sh ./gradlew --no-daemon bootJar
RUN mkdir /out && find build/libs -maxdepth 1 -name '*.jar' ! -name '*-plain.jar' -exec cp {} /out/app.jar \;

FROM eclipse-temurin:${JAVA_VERSION}-jre-noble
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin app
COPY --from=build /out/app.jar /app/app.jar
WORKDIR /tmp
USER 10001
ARG PORT=8080
ARG HEALTH_PATH=/
# The heap follows the memory that the task gets.
ENV PORT=${PORT} HEALTH_PATH=${HEALTH_PATH} SERVER_PORT=${PORT} JAVA_TOOL_OPTIONS=-XX:MaxRAMPercentage=75
EXPOSE ${PORT}
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD ["bash", "-c", "exec 3<>\"/dev/tcp/127.0.0.1/${PORT}\" && printf \"GET %s HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n\" \"${HEALTH_PATH}\" >&3 && read -r _ status _ <&3 && [ \"${status}\" -lt 400 ]"]
CMD ["java", "-jar", "/app/app.jar"]
