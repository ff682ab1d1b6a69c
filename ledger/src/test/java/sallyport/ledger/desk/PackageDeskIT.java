package sallyport.ledger.desk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.ledger.DamagedDocument;
import sallyport.mappings.canonical.Sha256;

/** Packages as people take them out, with the documents that they name. */
class PackageDeskIT {

    private static final String CASE = "SP-2026-000001";
    private static final Scope LEEDS = new Scope(Set.of("LEI"), Set.of());
    private static final Scope ELSEWHERE = new Scope(Set.of("SWI"), Set.of("62"));
    private static final DocumentProperties PROPERTIES = new DocumentProperties(
            2_000_000, List.of("statement"), List.of("application/pdf"), 9, Duration.ofMinutes(10));

    private DeskFixture ledger;
    private PackageDesk desk;
    private CaseDocuments documents;
    private long caseId;

    @BeforeEach
    void open() {
        ledger = new DeskFixture();
        desk = new PackageDesk(ledger.dataSource(), ledger.transactions);
        documents = new CaseDocuments(
                ledger.dataSource(),
                ledger.transactions,
                PROPERTIES,
                new DocumentPieces(ledger.dataSource()),
                step -> {});
        caseId = ledger.waitingCase(CASE, "LEI", "13", Duration.ofHours(2));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void aPackageIsTakenOutWithTheDocumentsThatItNames() throws IOException {
        byte[] first = pdf(1_300_000, 1);
        byte[] second = pdf(700, 2);
        long one = clean(first);
        long two = clean(second);
        clean(pdf(900, 3));
        byte[] canonical = numbered(1, one, two);

        PackageDesk.Held held = (PackageDesk.Held) take(asked(1, null, true, true));

        assertThat(held.canonical()).isEqualTo(canonical);
        assertThat(held.documents())
                .extracting(document -> document.named().number())
                .containsExactly(one, two);
        for (int n = 0; n < 2; n++) {
            byte[] added = n == 0 ? first : second;
            try (InputStream bytes = desk.open(held.documents().get(n))) {
                assertThat(bytes.readAllBytes()).isEqualTo(added);
            }
            assertThat(held.documents().get(n).crc32()).isEqualTo(crc(added));
        }
        assertThat(consultations())
                .containsExactly(
                        "took out a package version=1 as=zip " + Sha256.hex(canonical),
                        "took out a document with a package document " + one + " version=1 as=zip " + Sha256.hex(first),
                        "took out a document with a package document " + two + " version=1 as=zip "
                                + Sha256.hex(second));
    }

    @Test
    void aProfileThatDoesNotNameThemWholeGetsNone() {
        numbered(1, clean(pdf(700, 1)));

        assertThat(((PackageDesk.Held) take(asked(1, "force", true, true))).documents())
                .hasSize(1);
        assertThat(((PackageDesk.Held) take(asked(1, "regional-north", true, true))).documents())
                .isEmpty();
        assertThat(((PackageDesk.Held) take(asked(1, null, false, true))).documents())
                .isEmpty();
    }

    @Test
    void askingHowLongItIsTakesNothingOut() {
        numbered(1, clean(pdf(700, 1)));

        assertThat(((PackageDesk.Held) take(asked(1, null, true, false))).documents())
                .hasSize(1);
        assertThat(consultations()).singleElement().asString().startsWith("asked how long a package is version=1");
    }

    @Test
    void outsideTheScopeThereIsNeitherPackageNorDocument() {
        numbered(1, clean(pdf(700, 1)));

        assertThat(desk.take(asked(1, null, true, true), ELSEWHERE, "ben")).isEmpty();
        assertThat(desk.take(asked(2, null, true, true), LEEDS, "ben")).isEmpty();
        assertThat(consultations()).isEmpty();
    }

    @Test
    void anErasedDocumentIsSaidToBeErasedAndNothingIsTakenOut() {
        long one = clean(pdf(700, 1));
        numbered(1, one);
        erase(one);

        assertThat(take(asked(1, null, true, true))).isEqualTo(new PackageDesk.DocumentErased(one));
        assertThat(consultations()).isEmpty();
        assertThat(tasks()).isEmpty();
        assertThat(take(asked(1, null, false, true))).isInstanceOf(PackageDesk.Held.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM document_chunk WHERE no = 2",
                "DELETE FROM document_chunk WHERE no = 0",
                "UPDATE document_chunk SET bytes = substr(bytes, 2) WHERE no = 1",
                "UPDATE document SET sha256 = sha256('other')",
                "UPDATE document SET media_type = 'image/png'",
                "UPDATE document SET size = size - 1",
                "UPDATE document SET state = 'INFECTED'",
                "UPDATE document SET case_id = (SELECT max(id) FROM referral_case)"
            })
    void oneThatIsNotWhatIsNamedIsADefectAndNothingIsTakenOut(String damage) {
        long one = clean(pdf(1_300_000, 1));
        numbered(1, one);
        ledger.waitingCase("SP-2026-000002", "LEI", "13", Duration.ofHours(1));
        ledger.jdbc.sql(damage).update();

        assertThat(take(asked(1, null, true, true))).isEqualTo(new PackageDesk.DocumentDamaged(one));
        assertThat(consultations()).isEmpty();
        assertThat(tasks())
                .singleElement()
                .asString()
                .startsWith("DOCUMENT damaged-document/" + one + " Document " + one);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aPieceThatWasChangedIsNoticedBeforeTheLastOneIsGiven(int no) {
        byte[] added = pdf(1_300_000, 1);
        long one = clean(added);
        numbered(1, one);
        change(no);
        PackageDesk.Held held = (PackageDesk.Held) take(asked(1, null, true, true));

        for (int again = 0; again < 2; again++) {
            var given = new ByteArrayOutputStream();
            assertThatThrownBy(() -> desk.open(held.documents().get(0)).transferTo(given))
                    .isInstanceOf(DamagedDocument.class);
            assertThat(given.size()).isEqualTo(2 * PieceReceiver.PIECE);
        }
        assertThat(tasks())
                .singleElement()
                .asString()
                .contains("damaged-document/" + one)
                .doesNotContain("a-name");

        assertThatThrownBy(() -> ((CaseDocuments.Fetched) documents.fetch(CASE, one, LEEDS, "ann", true))
                        .download()
                        .bytes()
                        .readAllBytes())
                .isInstanceOf(DamagedDocument.class);
    }

    @Test
    void onePieceTooManyIsNoticed() {
        numbered(1, clean(pdf(700, 1)));
        PackageDesk.Held held = (PackageDesk.Held) take(asked(1, null, true, true));
        ledger.jdbc
                .sql("INSERT INTO document_chunk SELECT id, 1, 'more' FROM document")
                .update();

        assertThatThrownBy(() -> desk.open(held.documents().get(0)).readAllBytes())
                .isInstanceOf(DamagedDocument.class);
    }

    @Test
    void whatIsErasedWhileItIsReadEndsInTheMiddleAndIsNoDefect() throws IOException {
        long one = clean(pdf(1_300_000, 1));
        numbered(1, one);
        PackageDesk.Held held = (PackageDesk.Held) take(asked(1, null, true, true));
        InputStream bytes = desk.open(held.documents().get(0));
        assertThat(bytes.readNBytes(1_000)).hasSize(1_000);
        erase(one);

        assertThatThrownBy(bytes::readAllBytes)
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(DamagedDocument.class)
                .hasMessageContaining("erased");
        assertThat(tasks()).isEmpty();
    }

    /** Documents that came before the checksum was kept. */
    @Test
    void aChecksumThatIsNotThereIsReckonedOnce() throws IOException {
        byte[] added = pdf(1_300_000, 1);
        numbered(1, clean(added));
        ledger.jdbc.sql("UPDATE document SET crc32 = NULL").update();

        PackageDesk.Held held = (PackageDesk.Held) take(asked(1, null, true, true));
        assertThat(held.documents().get(0).crc32()).isNull();
        assertThat(desk.crc32(held.documents().get(0))).isEqualTo(crc(added));

        PackageDesk.Held again = (PackageDesk.Held) take(asked(1, null, true, true));
        assertThat(again.documents().get(0).crc32()).isEqualTo(crc(added));
    }

    @Test
    void aCaseSaysHowMuchEachVersionCarries() {
        numbered(1);
        long one = clean(pdf(1_300_000, 1));
        long two = clean(pdf(700, 2));
        numbered(2, one);
        numbered(3, one, two);
        ledger.jdbc
                .sql("UPDATE package SET canonical = '\\x7b7b' WHERE version = 2")
                .update();

        var file = new CaseDesk(ledger.dataSource(), ledger.transactions)
                .caseFile(CASE, LEEDS, "ann")
                .orElseThrow();
        assertThat(file.packages())
                .extracting(version -> version.documents() + " " + version.documentBytes())
                .as("the second is damaged")
                .containsExactly("0 0", "0 0", "2 1300700");
    }

    @Test
    void theContactsOfAWitnessGoAlongOnlyWithThoseWhoDecide() throws IOException {
        numbered(1, clean(pdf(700, 1)));
        PackageDesk.Asked notTheirs = new PackageDesk.Asked(CASE, 1, "zip", null, true, true, false);

        assertThat(take(notTheirs)).isEqualTo(new PackageDesk.NotForThem());
        assertThat(take(new PackageDesk.Asked(CASE, 1, "json", null, false, true, false)))
                .as("the package itself says no more than that there is one")
                .isInstanceOf(PackageDesk.Held.class);
        assertThat(take(asked(1, null, true, true))).isInstanceOf(PackageDesk.Held.class);
    }

    private static PackageDesk.Asked asked(int version, @Nullable String profile, boolean documents, boolean leaves) {
        return new PackageDesk.Asked(CASE, version, "zip", profile, documents, leaves, true);
    }

    private PackageDesk.Kept take(PackageDesk.Asked asked) {
        return desk.take(asked, LEEDS, "ann").orElseThrow();
    }

    private long clean(byte[] file) {
        var taken = (CaseDocuments.Taken) documents.take(
                CASE, "statement", "a-name.pdf", null, file.length, new ByteArrayInputStream(file), "ann", LEEDS);
        ledger.jdbc
                .sql("UPDATE document SET state = 'CLEAN', scanned_at = now() WHERE id = ?")
                .param(taken.id())
                .update();
        return taken.id();
    }

    private void erase(long document) {
        ledger.jdbc
                .sql("DELETE FROM document_chunk WHERE document = ?")
                .param(document)
                .update();
        ledger.jdbc
                .sql(
                        """
                        WITH gone AS (INSERT INTO erasure (kind, policy, at, cutoff) VALUES ('cases', 'p', now(), now()) RETURNING id)
                        UPDATE document SET erased_by = (SELECT id FROM gone), file_name = NULL WHERE id = ?
                        """)
                .param(document)
                .update();
    }

    private void change(int no) {
        ledger.jdbc
                .sql("UPDATE document_chunk SET bytes = set_byte(bytes, 100, get_byte(bytes, 100) # 1) WHERE no = ?")
                .param(no)
                .update();
    }

    private byte[] numbered(int version, long... named) {
        String json = LongStream.of(named)
                .mapToObj(id -> ledger.jdbc
                        .sql(
                                """
                                SELECT format('{"kind":"statement","mediaType":"%s","number":%s,"sha256":"%s","size":%s}',
                                              media_type, id, encode(sha256, 'hex'), size) FROM document WHERE id = ?
                                """)
                        .param(id)
                        .query(String.class)
                        .single())
                .collect(Collectors.joining(",", "{\"documents\":[", "]}"));
        byte[] canonical = json.getBytes(UTF_8);
        ledger.jdbc
                .sql(
                        """
                        INSERT INTO package (case_id, version, kind, canonical, sha256, content_sha256, schema_version,
                                             mapping_version, readiness, built_at)
                        VALUES (?, ?, 'REFERRAL', ?, ?, sha256('x'), '1', '1', '[]', now())
                        """)
                .params(caseId, version, canonical, Sha256.of(canonical))
                .update();
        return canonical;
    }

    private List<String> consultations() {
        return ledger.jdbc
                .sql(
                        """
                        SELECT reason || ' ' || detail || ' ' || encode(payload_sha256, 'hex') FROM evidence
                         WHERE kind = 'CONSULTATION' AND reason NOT LIKE 'fetched%' ORDER BY id
                        """)
                .query(String.class)
                .list();
    }

    private List<String> tasks() {
        return ledger.jdbc
                .sql("SELECT kind || ' ' || subject || ' ' || detail FROM task ORDER BY id")
                .query(String.class)
                .list();
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    private static byte[] pdf(int size, long seed) {
        byte[] file = new byte[size];
        new Random(seed).nextBytes(file);
        byte[] head = "%PDF-1.7\n".getBytes(ISO_8859_1);
        System.arraycopy(head, 0, file, 0, head.length);
        return file;
    }
}
