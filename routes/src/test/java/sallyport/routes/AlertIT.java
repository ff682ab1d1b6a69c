package sallyport.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import sallyport.OnCall;
import sallyport.TestHub;

/** From something wrong in the ledger to the people on call, and back. */
class AlertIT {

    private static final String FAULT = "AlertedFault";

    private final TestHub hub = TestHub.shared();

    @Test
    void thePeopleOnCallAreToldOnceThatItBeganAndOnceThatItIsOver() throws Exception {
        hub.jdbc()
                .sql("INSERT INTO work (step, key, parked_kind, parked_code, parked_detail, parked_at) VALUES"
                        + " ('incident-fetch', 'canary-of-an-alert', 'DEFECT', :code, 'X.java:1', now())")
                .param("code", FAULT)
                .update();

        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(posts("opened")).hasSize(1));
        OnCall.Post post = posts("opened").get(0);
        JsonNode json = new ObjectMapper().readTree(post.body());
        assertThat(json.path("version").asText()).isEqualTo("alert-v1");
        assertThat(json.path("kind").asText()).isEqualTo("CAUSE");
        assertThat(json.path("subject").asText()).isEqualTo("incident-fetch DEFECT " + FAULT);
        assertThat(json.path("what").asText()).contains("A fault in the hub");
        assertThat(post.body()).doesNotContain("canary");
        assertThat(post.id()).isEqualTo("alert-" + json.path("alert").asLong() + "-opened");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(OnCall.SECRET.getBytes(UTF_8), "HmacSHA256"));
        assertThat(post.signature())
                .isEqualTo("sha256="
                        + HexFormat.of().formatHex(mac.doFinal(post.body().getBytes(UTF_8))));
        await().untilAsserted(() -> assertThat(mails(post.id())).singleElement().satisfies(mail -> assertThat(mail)
                .contains("Subject: [Sallyport] 1 failure, 1 cause: A fault in the hub")
                .contains("What to do: Tell the developers")
                .doesNotContain("canary")));
        assertThat(hub.get("/api/v1/alerts").body()).contains(FAULT);

        hub.jdbc().sql("DELETE FROM work WHERE key = 'canary-of-an-alert'").update();

        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(posts("cleared")).hasSize(1));
        String over = posts("cleared").get(0).id();
        await().untilAsserted(() -> assertThat(mails(over)).hasSize(1));
        assertThat(mails(over).get(0)).contains("This is over:");
        assertThat(posts("opened")).hasSize(1);
        assertThat(hub.jdbc()
                        .sql("SELECT count(*) FROM work w JOIN alert a ON w.key LIKE a.id || '/%'"
                                + " WHERE w.step = 'alert' AND a.subject LIKE :subject AND w.requested > w.done")
                        .param("subject", "%" + FAULT)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private List<OnCall.Post> posts(String event) {
        return hub.onCall().posts.stream()
                .filter(post -> post.body().contains(FAULT) && post.id().endsWith("-" + event))
                .toList();
    }

    private List<String> mails(String id) {
        return hub.onCall().mails.stream()
                .filter(mail -> mail.contains("Message-ID: <" + id + "@sallyport>"))
                .toList();
    }
}
