package sallyport.console;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import sallyport.ground.TestPostgres;

/** A running console on a free port with an empty ledger of its own. */
final class TestConsole implements AutoCloseable {

    static final String PASSWORD = "correct horse battery";
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    // Hashed once: it is slow on purpose.
    private static final String HASH = new BCryptPasswordEncoder(4).encode(PASSWORD);

    private final ConfigurableApplicationContext context;
    private final Path data;
    final JdbcClient jdbc;
    final int port;

    private TestConsole(ConfigurableApplicationContext context, Path data) {
        this.context = context;
        this.data = data;
        this.jdbc = JdbcClient.create(context.getBean(DataSource.class));
        this.port =
                ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    static TestConsole start(String... settings) {
        try {
            Path data = Files.createTempDirectory("sallyport-console");
            List<String> arguments = new ArrayList<>(List.of(
                    "--spring.datasource.url=" + TestPostgres.shared().createDatabase(),
                    "--spring.datasource.hikari.maximum-pool-size=4",
                    "--sallyport.data-dir=" + data));
            for (String setting : settings) {
                arguments.add("--" + setting);
            }
            return new TestConsole(
                    SpringApplication.run(ConsoleTestApplication.class, arguments.toArray(String[]::new)), data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    EvidenceDouble evidence() {
        return context.getBean(EvidenceDouble.class);
    }

    Path firstRunPassword() {
        return data.resolve("first-run-password");
    }

    Written written() {
        return new Written(jdbc);
    }

    /** Of the pool of four. */
    int connectionsInUse() {
        return ((HikariDataSource) context.getBean(DataSource.class))
                .getHikariPoolMXBean()
                .getActiveConnections();
    }

    void disable(String username) {
        jdbc.sql("UPDATE hub_user SET enabled = false WHERE username = ?")
                .param(username)
                .update();
    }

    /** A user who needs not change the password, which is {@link #PASSWORD}. */
    void user(String username, String role, String prisons, String forces) {
        jdbc.sql(
                        """
                        INSERT INTO hub_user (username, password_hash, role, prisons, forces, must_change, created_by)
                        VALUES (:username, :hash, :role, string_to_array(:prisons, ','), string_to_array(:forces, ','),
                                false, 'test')
                        """)
                .param("username", username)
                .param("hash", HASH)
                .param("role", role)
                .param("prisons", prisons)
                .param("forces", forces)
                .update();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** A client of the API. */
    Api api(String username) {
        return new Api(username, PASSWORD);
    }

    Api api(String username, String password) {
        return new Api(username, password);
    }

    /** A browser without a screen: keeps cookies, follows nothing. */
    Session session() {
        return new Session();
    }

    static String basic(String username, String password) {
        return "Basic "
                + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Nobody, asking for anything. */
    HttpResponse<String> anonymous(String path) {
        return send(HttpClient.newHttpClient(), HttpRequest.newBuilder(uri(path)));
    }

    HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    final class Api {

        private final HttpClient client = HttpClient.newHttpClient();
        private final String authorization;

        Api(String username, String password) {
            authorization = basic(username, password);
        }

        HttpResponse<String> get(String path) {
            return send(client, HttpRequest.newBuilder(uri(path)).header("Authorization", authorization));
        }

        HttpResponse<String> put(String path, String json) {
            return send(
                    client,
                    HttpRequest.newBuilder(uri(path))
                            .header("Authorization", authorization)
                            .header("Content-Type", "application/json")
                            .PUT(BodyPublishers.ofString(json)));
        }

        HttpResponse<String> post(String path, String json) {
            return post(path, json, "application/json");
        }

        HttpResponse<String> post(String path, String body, String contentType) {
            return send(
                    client,
                    HttpRequest.newBuilder(uri(path))
                            .header("Authorization", authorization)
                            .header("Content-Type", contentType)
                            .POST(BodyPublishers.ofString(body)));
        }
    }

    final class Session {

        final HttpClient client =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

        HttpResponse<String> get(String path) {
            return send(client, HttpRequest.newBuilder(uri(path)).header("Accept", "text/html"));
        }

        /** As a page asks for itself to show what changed. */
        HttpResponse<String> live(String path) {
            return send(
                    client,
                    HttpRequest.newBuilder(uri(path))
                            .header("Accept", "text/html")
                            .header("HX-Request", "true"));
        }

        HttpResponse<String> post(String path, Map<String, String> form) {
            String body = form.entrySet().stream()
                    .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                    .collect(Collectors.joining("&"));
            return send(
                    client,
                    HttpRequest.newBuilder(uri(path))
                            .header("Accept", "text/html")
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(body)));
        }

        /** Fills in the token of the page the form is on. */
        HttpResponse<String> submit(String page, String path, Map<String, String> form) {
            Matcher token = CSRF.matcher(get(page).body());
            if (!token.find()) {
                throw new AssertionError("no form on " + page);
            }
            var fields = new java.util.HashMap<>(form);
            fields.put("_csrf", token.group(1));
            return post(path, fields);
        }

        HttpResponse<String> signIn(String username, String password) {
            return submit("/sign-in", "/sign-in", Map.of("username", username, "password", password));
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
