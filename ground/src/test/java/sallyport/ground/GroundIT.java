package sallyport.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroundIT {
    private static final String NORTH = "regional-north";
    private static final String SOUTH = "regional-south";

    @TempDir
    static Path directory;

    private Map<String, String> settings = Map.of();
    private @Nullable JavaProcess ground;
    private Map<String, String> env = Map.of();
    private int starts;

    @BeforeAll
    void chooseSettings() throws IOException {
        settings = Map.of(
                "SALLYPORT_DATA_DIR", directory.resolve("data").toString(),
                "SALLYPORT_DB_PORT", String.valueOf(TestPostgres.freePort()),
                "SALLYPORT_BROKER_PORT", String.valueOf(TestPostgres.freePort()));
    }

    /** One ground for all the tests, except that a test may leave it stopped. */
    @BeforeEach
    void stand() throws IOException {
        if (ground == null || !ground.isAlive()) {
            startGround();
        }
    }

    @AfterAll
    void stop() {
        if (ground != null) {
            ground.close();
        }
    }

    @Test
    void keepsEveryPromiseOfDurabilityForTheUserOfTheHub() throws SQLException {
        assertThat(query("SHOW fsync")).isEqualTo("on");
        assertThat(query("SHOW full_page_writes")).isEqualTo("on");
        assertThat(query("SHOW synchronous_commit")).isEqualTo("on");
        assertThat(query("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                .isEqualTo("f");
    }

    @Test
    void wantsAPasswordOfEverybody() {
        assertThatThrownBy(() -> DriverManager.getConnection(env.get("SALLYPORT_DB_URL"), "postgres", "postgres"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
        assertThatThrownBy(() -> amqp(null, null)).isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> amqp("hub", "hub")).isInstanceOf(JMSSecurityException.class);
    }

    @Test
    void keepsItsPasswordsToItsOwner() throws IOException {
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("data").resolve("ground.env"))))
                .isEqualTo("rw-------");
    }

    @Test
    void letsATeamReadItsOwnQueueAndNothingElse() throws JMSException {
        send(NORTH, "for the north", null);

        try (Connection team = team(NORTH)) {
            Session session = team.createSession(Session.AUTO_ACKNOWLEDGE);
            assertThat(receive(session, NORTH)).isEqualTo("for the north");
            assertThatThrownBy(() -> session.createConsumer(session.createQueue(Broker.FEED + SOUTH)))
                    .isInstanceOf(JMSException.class);
            assertThatThrownBy(() -> session.createProducer(session.createQueue(Broker.FEED + NORTH)))
                    .isInstanceOf(JMSException.class);
            assertThatThrownBy(() -> session.createConsumer(session.createQueue("made.up")))
                    .isInstanceOf(JMSException.class);
        }
    }

    @Test
    void letsTheHubSendAndNotRead() throws JMSException {
        try (Connection hub = hub()) {
            Session session = hub.createSession(Session.AUTO_ACKNOWLEDGE);
            assertThatThrownBy(() -> session.createConsumer(session.createQueue(Broker.FEED + SOUTH)))
                    .isInstanceOf(JMSException.class);
        }
    }

    @Test
    void refusesASecondGroundWithOneLine() throws IOException, InterruptedException {
        try (JavaProcess second = JavaProcess.start(Ground.class, directory.resolve("second.out"), settings)) {
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.output().lines()).singleElement().asString().contains("another ground", "runs on");
        }
    }

    @Test
    void namesTheSettingThatIsWrong() throws IOException, InterruptedException {
        try (JavaProcess wrong = JavaProcess.start(
                Ground.class,
                directory.resolve("wrong.out"),
                Map.of("SALLYPORT_DATA_DIR", directory.resolve("other").toString(), "SALLYPORT_DB_PORT", "many"))) {
            assertThat(wrong.exitCode()).isEqualTo(1);
            assertThat(wrong.output().lines()).singleElement().asString().contains("SALLYPORT_DB_PORT", "many");
        }
    }

    @Test
    void namesThePasswordThatTheBrokerAloneIsNotGiven() throws IOException, InterruptedException {
        try (JavaProcess broker = JavaProcess.start(
                Ground.class,
                directory.resolve("broker.out"),
                Map.of("SALLYPORT_DATA_DIR", directory.resolve("fourth").toString(), "SALLYPORT_TEAMS", NORTH),
                "broker")) {
            assertThat(broker.exitCode()).isEqualTo(1);
            assertThat(broker.output().lines())
                    .containsExactly("ground: SALLYPORT_TEAM_REGIONAL_NORTH_PASSWORD is not set");
        }
    }

    @Test
    void theDatabaseIsKilledAndStartedAgainWhileTheBrokerStands() throws Exception {
        Path data = directory.resolve("apart");
        Map<String, String> apart = new HashMap<>(Map.of(
                "SALLYPORT_DATA_DIR", data.toString(),
                "SALLYPORT_DB_PORT", String.valueOf(TestPostgres.freePort()),
                "SALLYPORT_BROKER_PORT", String.valueOf(TestPostgres.freePort())));
        try (JavaProcess database =
                JavaProcess.start(Ground.class, directory.resolve("apart-1.out"), apart, "database")) {
            database.awaitOutput(Ground.READY);
            apart.putAll(EnvFile.read(data.resolve("ground.env")));
            try (JavaProcess broker =
                    JavaProcess.start(Ground.class, directory.resolve("apart-broker.out"), apart, "broker")) {
                broker.awaitOutput("broker ready");

                quit(Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(0));

                assertThat(database.exitCode()).isEqualTo(1);
                assertThat(database.output()).contains("PostgreSQL ended by itself");
                try (JavaProcess again =
                        JavaProcess.start(Ground.class, directory.resolve("apart-2.out"), apart, "database")) {
                    again.awaitOutput(Ground.READY);
                }
                assertThat(broker.isAlive()).isTrue();
            }
        }
    }

    /** What {@code pg_ctl stop -m immediate} does. */
    private static void quit(String pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-QUIT", pid).start().waitFor()).isZero();
    }

    @Test
    void namesThePortThatIsTaken() throws IOException, InterruptedException {
        try (JavaProcess wrong = JavaProcess.start(
                Ground.class,
                directory.resolve("taken.out"),
                Map.of(
                        "SALLYPORT_DATA_DIR",
                        directory.resolve("third").toString(),
                        "SALLYPORT_DB_PORT",
                        String.valueOf(settings.get("SALLYPORT_DB_PORT"))))) {
            assertThat(wrong.exitCode()).isEqualTo(1);
            assertThat(wrong.output().lines()).singleElement().asString().contains("SALLYPORT_DB_PORT", "taken");
        }
    }

    @Test
    void hasEverythingItAcknowledgedAfterAKill() throws Exception {
        execute("CREATE TABLE kept (id int)");
        execute("INSERT INTO kept VALUES (42)");
        send(SOUTH, "kept", "the-same-id");
        long orphan = postmaster();

        ground.kill();
        assertThat(ProcessHandle.of(orphan))
                .as("the server outlives its ground")
                .isPresent();
        startGround();

        assertThat(postmaster()).isNotEqualTo(orphan);
        assertThat(query("SELECT id FROM kept")).isEqualTo("42");
        // Sent again with the id it had before the kill, as a hub does that got no answer.
        send(SOUTH, "doubled", "the-same-id");
        try (Connection team = team(SOUTH)) {
            Session session = team.createSession(Session.AUTO_ACKNOWLEDGE);
            try (MessageConsumer consumer = session.createConsumer(session.createQueue(Broker.FEED + SOUTH))) {
                assertThat(((TextMessage) consumer.receive(10_000)).getText()).isEqualTo("kept");
                assertThat(consumer.receive(300)).isNull();
            }
        }
    }

    @Test
    void stopsItsDatabaseWhenToldToStop() throws Exception {
        long server = postmaster();

        ground.terminate();

        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(ProcessHandle.of(server)
                        .filter(handle -> handle.info().commandLine().isPresent()))
                .isEmpty());
    }

    @Test
    void endsWhenItsDatabaseDoes() throws Exception {
        ProcessHandle.of(postmaster()).orElseThrow().destroyForcibly();

        assertThat(ground.exitCode()).isEqualTo(1);
        assertThat(ground.output()).contains("ended by itself");
    }

    private void startGround() throws IOException {
        ground = JavaProcess.start(Ground.class, directory.resolve("ground-" + ++starts + ".out"), settings);
        ground.awaitOutput(Ground.READY);
        env = EnvFile.read(directory.resolve("data").resolve("ground.env"));
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(directory.resolve("data/postgres/postmaster.pid"))
                .get(0));
    }

    private java.sql.Connection connect() throws SQLException {
        return DriverManager.getConnection(
                env.get("SALLYPORT_DB_URL"), env.get("SALLYPORT_DB_USER"), env.get("SALLYPORT_DB_PASSWORD"));
    }

    private void execute(String sql) throws SQLException {
        try (java.sql.Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String query(String sql) throws SQLException {
        try (java.sql.Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private Connection team(String team) throws JMSException {
        return amqp(Broker.TEAM_USER + team, env.get(GroundSecrets.teamKey(team)));
    }

    private Connection amqp(@Nullable String user, @Nullable String password) throws JMSException {
        Connection connection = new JmsConnectionFactory("amqp://127.0.0.1:" + settings.get("SALLYPORT_BROKER_PORT"))
                .createConnection(user, password);
        connection.start();
        return connection;
    }

    private Connection hub() throws JMSException {
        // Closing the factory would close its connections, so the connection is closed and the factory is not.
        @SuppressWarnings("resource")
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(env.get("SALLYPORT_BROKER_URL"));
        Connection connection =
                factory.createConnection(env.get("SALLYPORT_BROKER_USER"), env.get("SALLYPORT_BROKER_PASSWORD"));
        connection.start();
        return connection;
    }

    private void send(String team, String text, @Nullable String duplicateId) throws JMSException {
        try (Connection hub = hub()) {
            Session session = hub.createSession(Session.AUTO_ACKNOWLEDGE);
            Message message = session.createTextMessage(text);
            if (duplicateId != null) {
                message.setStringProperty("_AMQ_DUPL_ID", duplicateId);
            }
            session.createProducer(session.createQueue(Broker.FEED + team)).send(message);
        }
    }

    private static String receive(Session session, String team) throws JMSException {
        try (MessageConsumer consumer = session.createConsumer(session.createQueue(Broker.FEED + team))) {
            return ((TextMessage) consumer.receive(10_000)).getText();
        }
    }
}
