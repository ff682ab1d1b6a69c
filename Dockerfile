# syntax=docker/dockerfile:1
# Written for a machine with a container engine; the project's own tests do not build it.
FROM eclipse-temurin:17-jdk AS build
WORKDIR /source
COPY . .
RUN ./mvnw -q package -Dmaven.test.skip=true -Dspotless.check.skip=true -pl ground,simulators,routes -am \
 && mkdir /jars \
 && cp ground/target/ground-*-exec.jar /jars/ground.jar \
 && cp simulators/target/simulators-*-exec.jar /jars/simulators.jar \
 && cp routes/target/routes-*-exec.jar /jars/hub.jar

FROM eclipse-temurin:17-jre AS runtime
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin sallyport \
 && install -d -o sallyport -g sallyport -m 0700 /data
ENV SALLYPORT_DATA_DIR=/data
USER sallyport
WORKDIR /app
VOLUME /data

FROM runtime AS broker
COPY --from=build /jars/ground.jar ./
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-jar", "ground.jar", "broker"]

FROM runtime AS simulators
COPY --from=build /jars/simulators.jar ./
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-jar", "simulators.jar"]

# Last, so that it is what "docker build ." makes: the hub, which is all that production needs of this file.
FROM runtime AS hub
COPY --from=build /jars/hub.jar ./
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-jar", "hub.jar"]
