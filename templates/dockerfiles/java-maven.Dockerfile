# Java with Maven: the jar is made with the JDK in one stage and run with a JRE in another.
ARG JAVA_LINE=21
ARG JAVA_VERSION=21.0.10_7

FROM maven:3.9.16-eclipse-temurin-${JAVA_LINE} AS build
WORKDIR /src
COPY . .
# The tests ran before the build.
RUN mvn -B -ntp -DskipTests package
RUN mkdir /out && find target -maxdepth 1 -name '*.jar' ! -name '*-sources.jar' ! -name '*-javadoc.jar' ! -name '*-plain.jar' \
    ! -name 'original-*.jar' -exec cp {} /out/app.jar \;

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
