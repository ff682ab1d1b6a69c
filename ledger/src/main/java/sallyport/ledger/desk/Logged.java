package sallyport.ledger.desk;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import sallyport.ledger.Evidence;

/** One entry of the evidence log about what a person saw or did at a desk, in the transaction of whoever calls. */
final class Logged {

    private static final String ENTRY =
            """
            INSERT INTO evidence (kind, case_reference, actor, reason, payload_sha256, detail)
            VALUES (:kind, :reference, :actor, :reason, :sha256::bytea, :detail)
            """;

    private Logged() {}

    /**
     * @param reason never a person's own words: those stay where they can be erased
     * @param sha256 of the bytes that were seen or changed, if there are any
     */
    static void entry(
            JdbcClient jdbc,
            Evidence.Kind kind,
            @Nullable String reference,
            String actor,
            String reason,
            byte @Nullable [] sha256,
            @Nullable String detail) {
        jdbc.sql(ENTRY)
                .param("kind", kind.name())
                .param("reference", reference)
                .param("actor", actor)
                .param("reason", reason)
                .param("sha256", sha256)
                .param("detail", detail)
                .update();
    }

    /** Somebody has seen something of a case. */
    static void consultation(JdbcClient jdbc, String reference, String actor, String what) {
        entry(jdbc, Evidence.Kind.CONSULTATION, reference, actor, what, null, null);
    }
}
