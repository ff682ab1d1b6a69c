package sallyport.ledger.desk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.ledger.Step;
import sallyport.mappings.canonical.Sha256;

/** Documents as people add and fetch them. */
class CaseDocumentsIT {

    private static final String CASE = "SP-2026-000001";
    private static final Scope ALL = Scope.everything();
    private static final Scope LEEDS = new Scope(Set.of("LEI"), Set.of());
    private static final Scope ELSEWHERE = new Scope(Set.of("SWI"), Set.of("62"));
    private static final int LARGEST = 2_000_000;
    private static final DocumentProperties SMALL = new DocumentProperties(
            LARGEST,
            List.of("statement", "photograph"),
            List.of("application/pdf", "image/png"),
            3,
            Duration.ofMinutes(10));

    private final List<Step> rung = new ArrayList<>();
    private DeskFixture ledger;
    private CaseDocuments desk;

    @BeforeEach
    void open() {
        ledger = new DeskFixture();
        desk = new CaseDocuments(
                ledger.dataSource(), ledger.transactions, SMALL, new DocumentPieces(ledger.dataSource()), rung::add);
        ledger.waitingCase(CASE, "LEI", "13", Duration.ofHours(2));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void aFileIsKeptInPiecesAndIsToBeScanned() {
        byte[] file = pdf(1_300_000, 1);

        CaseDocuments.Taken taken = (CaseDocuments.Taken) take(file, "C:\\Users\\me\\statement.pdf", file.length);

        assertThat(taken.sha256()).isEqualTo(HexFormat.of().formatHex(Sha256.of(file)));
        assertThat(desk.list(CASE, LEEDS, "ann").orElseThrow().documents())
                .singleElement()
                .satisfies(document -> {
                    assertThat(document.state()).isEqualTo(CaseDocuments.State.RECEIVED);
                    assertThat(document.fileName()).isEqualTo("statement.pdf");
                    assertThat(document.mediaType()).isEqualTo("application/pdf");
                    assertThat(document.size()).isEqualTo(file.length);
                });
        assertThat(texts("SELECT no || ' ' || length(bytes) FROM document_chunk ORDER BY no"))
                .containsExactly("0 524288", "1 524288", "2 251424");
        assertThat(texts("SELECT step || ' ' || key FROM work")).containsExactly("document-scan " + taken.id());
        assertThat(rung).containsExactly(Step.DOCUMENT_SCAN);
        assertThat(texts("SELECT kind || ' ' || actor || ' ' || detail FROM evidence WHERE payload_sha256 IS NOT NULL"))
                .containsExactly("COLLECTION ann document " + taken.id());
        assertThat(texts("SELECT coalesce(reason, '') || coalesce(detail, '') FROM evidence"))
                .noneMatch(text -> text.contains("statement.pdf"));
    }

    @Test
    void nobodyGetsItBeforeItIsFoundClean() throws IOException {
        byte[] file = pdf(700_000, 1);
        long id = ((CaseDocuments.Taken) take(file, null, -1)).id();

        assertThat(desk.fetch(CASE, id, ALL, "ann", true))
                .isInstanceOfSatisfying(
                        CaseDocuments.NotNow.class, not -> assertThat(not.why()).contains("not scanned"));

        ledger.jdbc
                .sql("UPDATE document SET state = 'CLEAN', scanned_at = now()")
                .update();
        CaseDocuments.Fetched fetched = (CaseDocuments.Fetched) desk.fetch(CASE, id, LEEDS, "ben", true);
        assertThat(fetched.download().bytes().readAllBytes()).isEqualTo(file);
        assertThat(texts("SELECT kind || ' ' || actor || ' ' || reason FROM evidence WHERE detail = 'document " + id
                        + "' AND kind = 'CONSULTATION'"))
                .containsExactly("CONSULTATION ben fetched a document with the contacts of a witness");

        ledger.jdbc
                .sql("UPDATE document SET state = 'INFECTED', finding = 'Found-1'")
                .update();
        assertThat(desk.fetch(CASE, id, ALL, "ann", true))
                .isInstanceOfSatisfying(
                        CaseDocuments.NotNow.class, not -> assertThat(not.why()).contains("Found-1"));
    }

    @Test
    void theContactsOfAWitnessAreForThoseWhoDecide() throws IOException {
        byte[] front = pdf(700, 1);
        byte[] back = pdf(700, 2);
        long one = ((CaseDocuments.Taken) take(new ByteArrayInputStream(front), null, -1, "photograph", null)).id();
        long other = ((CaseDocuments.Taken) take(back, null, -1)).id();
        ledger.jdbc
                .sql("UPDATE document SET state = 'CLEAN', scanned_at = now()")
                .update();

        assertThat(desk.fetch(CASE, one, ALL, "ann", false)).isInstanceOf(CaseDocuments.Fetched.class);
        assertThat(desk.fetch(CASE, other, ALL, "ann", false)).isEqualTo(new CaseDocuments.NotForThem());
        assertThat(desk.fetch(CASE, other, ELSEWHERE, "ann", false)).isEqualTo(new CaseDocuments.NotThere());
        assertThat(texts("SELECT reason FROM evidence WHERE kind = 'CONSULTATION' AND detail = 'document " + other
                        + "'"))
                .isEmpty();
        assertThat(desk.fetch(CASE, other, ALL, "ann", true)).isInstanceOf(CaseDocuments.Fetched.class);
    }

    @Test
    void nothingIsKeptOfAnUploadThatIsCutShort() {
        byte[] file = pdf(1_300_000, 1);

        assertRefused("cut-short", take(new ByteArrayInputStream(file), null, file.length + 1, "statement", null));
        assertRefused("cut-short", take(new ByteArrayInputStream(file), null, file.length - 1, "statement", null));
        assertRefused("cut-short", take(breaking(file, 600_000), null, file.length, "statement", null));
        assertNothing();
    }

    @ParameterizedTest
    @CsvSource({
        "'%PDF-1.7 x', image/png",
        "'MZ this is a program', ",
        "'PK\u0003\u0004 macros', ",
        "'GIF89a', ",
        "'plain words', "
    })
    void nothingIsKeptOfAFileOfAnotherType(String begins, @Nullable String declared) {
        byte[] file = (begins + "x".repeat(1000)).getBytes(ISO_8859_1);

        assertRefused("wrong-type", take(new ByteArrayInputStream(file), "a.pdf", file.length, "statement", declared));
        // JPEG can be told but is not configured.
        byte[] jpeg = "\u00ff\u00d8\u00ff\u00e0".getBytes(ISO_8859_1);
        assertRefused("wrong-type", take(new ByteArrayInputStream(jpeg), null, -1, "statement", null));
        assertNothing();
    }

    @Test
    void nothingIsKeptOfWhatIsTooLargeOrEmptyOrOfNoKind() {
        byte[] large = pdf(LARGEST + 1, 1);

        assertRefused("too-large", take(large, null, large.length));
        // Who does not say how much is coming is stopped on the way.
        assertRefused("too-large", take(large, null, -1));
        assertRefused("empty", take(new byte[0], null, 0));
        assertRefused("unknown-kind", take(new ByteArrayInputStream(pdf(10, 1)), null, 10, "virus", null));
        assertRefused("unknown-kind", take(new ByteArrayInputStream(pdf(10, 1)), null, 10, null, null));
        assertNothing();
        assertThat(take(pdf(LARGEST, 1), null, LARGEST)).isInstanceOf(CaseDocuments.Taken.class);
    }

    @Test
    void theSameFileTwiceIsOnceAndAnInfectedOneIsRemembered() {
        byte[] file = pdf(1_000, 1);
        long id = ((CaseDocuments.Taken) take(file, "a.pdf", file.length)).id();

        assertThat(take(file, "b.pdf", file.length))
                .isInstanceOfSatisfying(
                        CaseDocuments.NotNow.class, not -> assertThat(not.why()).contains("document " + id));
        ledger.jdbc
                .sql("UPDATE document SET state = 'INFECTED', finding = 'Found-1'")
                .update();
        assertThat(take(file, "c.pdf", file.length))
                .isInstanceOfSatisfying(
                        CaseDocuments.NotNow.class, not -> assertThat(not.why()).contains("Found-1"));
        assertThat(texts("SELECT id::text FROM document")).containsExactly(Long.toString(id));
        assertThat(texts("SELECT document::text FROM document_chunk")).containsOnly(Long.toString(id));

        // In another case it is another document.
        ledger.waitingCase("SP-2026-000002", "LEI", "13", Duration.ofHours(1));
        assertThat(desk.take(
                        "SP-2026-000002",
                        "statement",
                        null,
                        null,
                        file.length,
                        new ByteArrayInputStream(file),
                        "ann",
                        ALL))
                .isInstanceOf(CaseDocuments.Taken.class);
    }

    @Test
    void twoAtTheSameTimeAreOne() {
        byte[] file = pdf(600_000, 1);
        List<CaseDocuments.Answer> inner = new ArrayList<>();
        InputStream overtaken = new ByteArrayInputStream(file) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                if (inner.isEmpty()) {
                    inner.add(take(file, null, file.length));
                }
                return super.read(into, from, length);
            }
        };

        assertThat(take(overtaken, null, file.length, "statement", null)).isInstanceOf(CaseDocuments.NotNow.class);
        assertThat(inner).singleElement().isInstanceOf(CaseDocuments.Taken.class);
        assertThat(texts("SELECT state FROM document")).containsExactly("RECEIVED");
        assertThat(texts("SELECT count(*)::text FROM document_chunk")).containsExactly("2");
    }

    @Test
    void outsideTheScopeThereIsNothing() {
        byte[] file = pdf(1_000, 1);
        assertThat(desk.take(CASE, "statement", null, null, -1, new ByteArrayInputStream(file), "ann", ELSEWHERE))
                .isEqualTo(new CaseDocuments.NotThere());
        long id = ((CaseDocuments.Taken) take(file, null, -1)).id();
        ledger.jdbc.sql("UPDATE document SET state = 'CLEAN'").update();

        assertThat(desk.list(CASE, ELSEWHERE, "ben")).isEmpty();
        assertThat(desk.fetch(CASE, id, ELSEWHERE, "ben", true)).isEqualTo(new CaseDocuments.NotThere());
        // Nor by way of another case.
        ledger.waitingCase("SP-2026-000002", "SWI", "62", Duration.ofHours(1));
        assertThat(desk.fetch("SP-2026-000002", id, ELSEWHERE, "ben", true)).isEqualTo(new CaseDocuments.NotThere());
        assertThat(texts("SELECT actor FROM evidence")).doesNotContain("ben");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state = 'WITHDRAWN'", "erased_at = now()"})
    void aCaseThatIsOverTakesNone(String over) {
        byte[] file = pdf(1_000, 1);
        // Over while the file is on its way.
        InputStream during = new ByteArrayInputStream(file) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                ledger.jdbc.sql("UPDATE referral_case SET " + over).update();
                return super.read(into, from, length);
            }
        };

        assertThat(take(during, null, file.length, "statement", null)).isInstanceOf(CaseDocuments.NotNow.class);
        assertThat(take(file, null, file.length)).isInstanceOf(CaseDocuments.NotNow.class);
        assertNothing();
    }

    @Test
    void aCaseHasSoManyAndNoMore() {
        for (int n = 1; n <= 3; n++) {
            assertThat(take(pdf(1_000, n), null, -1)).isInstanceOf(CaseDocuments.Taken.class);
        }
        assertThat(take(pdf(1_000, 4), null, -1)).isInstanceOf(CaseDocuments.NotNow.class);
    }

    @Test
    void whatADeadNodeLeftIsClearedAwayAndWhatIsUnderWayIsNot() {
        ledger.jdbc
                .sql(
                        """
                        INSERT INTO document (id, case_id, kind, state, actor, touched_at) OVERRIDING SYSTEM VALUE
                        SELECT n, c.id, 'statement', 'RECEIVING', 'ann', now() - n * interval '9 minutes'
                          FROM referral_case c, generate_series(1, 2) n
                        """)
                .update();
        ledger.jdbc
                .sql("INSERT INTO document_chunk SELECT id, 0, '\\x01' FROM document")
                .update();

        new AbandonedUploads(ledger.dataSource(), SMALL).run();

        assertThat(texts("SELECT document::text FROM document_chunk")).containsExactly("1");
        assertThat(desk.list(CASE, ALL, "ann").orElseThrow().documents()).isEmpty();
    }

    @Test
    void saysWhichSettingIsWrong() {
        assertThatThrownBy(() -> new DocumentProperties(
                        1_000, List.of("statement"), List.of("text/html"), 3, Duration.ofMinutes(10)))
                .hasMessageContaining("sallyport.documents.media-types");
        assertThatThrownBy(() -> new DocumentProperties(
                        60_000_000, List.of("statement"), List.of("application/pdf"), 3, Duration.ofMinutes(10)))
                .hasMessageContaining("sallyport.documents.max-bytes");
    }

    private void assertNothing() {
        assertThat(texts("SELECT id::text FROM document")).isEmpty();
        assertThat(texts("SELECT document::text FROM document_chunk")).isEmpty();
        assertThat(texts("SELECT step FROM work")).isEmpty();
        assertThat(texts("SELECT kind FROM evidence")).isEmpty();
        assertThat(rung).isEmpty();
    }

    private static void assertRefused(String code, CaseDocuments.Answer answer) {
        assertThat(answer).isInstanceOfSatisfying(CaseDocuments.Refused.class, refused -> assertThat(refused.code())
                .isEqualTo(code));
    }

    private CaseDocuments.Answer take(byte[] file, @Nullable String name, long length) {
        return take(new ByteArrayInputStream(file), name, length, "statement", null);
    }

    private CaseDocuments.Answer take(
            InputStream file, @Nullable String name, long length, @Nullable String kind, @Nullable String declared) {
        return desk.take(CASE, kind, name, declared, length, file, "ann", LEEDS);
    }

    private static InputStream breaking(byte[] file, int after) {
        return new InputStream() {
            private int read;

            @Override
            public int read() throws IOException {
                if (read == after) {
                    throw new IOException("reset");
                }
                return file[read++] & 0xff;
            }
        };
    }

    private static byte[] pdf(int size, long seed) {
        byte[] file = new byte[size];
        new Random(seed).nextBytes(file);
        byte[] head = "%PDF-1.7\n".getBytes(ISO_8859_1);
        System.arraycopy(head, 0, file, 0, Math.min(head.length, size));
        return file;
    }

    private List<String> texts(String sql) {
        return ledger.jdbc.sql(sql).query(String.class).list();
    }
}
