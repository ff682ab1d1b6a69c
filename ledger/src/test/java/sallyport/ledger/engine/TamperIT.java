package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.ledger.Finding;
import sallyport.ledger.Verification;
import sallyport.ledger.Verification.State;

/** Somebody who owns the database, and whom no trigger stops, changes the evidence log: each change is found and named. */
class TamperIT {

    private static final int CASES = 300;
    private static final long AMONG = 37;

    private static Tampering log;

    @BeforeAll
    @BeforeContainer
    static void writeTheLog() {
        log = new Tampering();
    }

    @AfterAll
    @AfterContainer
    static void closeTheLog() {
        log.close();
    }

    @AfterEach
    void putBack() {
        log.putBack();
    }

    /** One thing that somebody does; what is expected of it is said in {@link #expected}. */
    record Deed(String what, String column, long entry, long other) {}

    private static final List<String> DEEDS = List.of(
            "change",
            "change",
            "change",
            "remove",
            "remove-renumbered",
            "swap",
            "cut",
            "insert",
            "rewrite",
            "insert-rewritten",
            "file-cut",
            "file-flip",
            "file-delete",
            "file-copy",
            "file-key",
            "files-rolled-back",
            "row-gone");

    @Provide
    Arbitrary<Deed> deeds() {
        return Combinators.combine(
                        Arbitraries.of(DEEDS),
                        Arbitraries.of(Tampering.CHANGES.keySet()),
                        Arbitraries.longs().between(1, Tampering.ENTRIES),
                        Arbitraries.longs().between(1, Tampering.ENTRIES))
                .as(Deed::new);
    }

    @Property(tries = CASES)
    void whateverIsDoneIsFoundAndNamed(@ForAll("deeds") Deed deed) {
        try {
            commit(deed);
            Verification verification = log.verify();
            if (deed.what.equals("swap") && deed.entry == deed.other) {
                assertThat(verification.state()).isEqualTo(State.INTACT);
                return;
            }
            assertThat(verification.state()).as(deed + " " + verification).isEqualTo(State.TAMPERED);
            assertNamed(deed, verification);
        } finally {
            log.putBack();
        }
    }

    private static long checkpointOf(Deed deed) {
        return (deed.entry - 1) / Tampering.PER_CHECKPOINT + 1;
    }

    private void commit(Deed deed) {
        long no = checkpointOf(deed);
        switch (deed.what) {
            case "change" -> log.change(deed.column, deed.entry);
            case "remove" -> log.sql("DELETE FROM evidence WHERE chain_no = ?", deed.entry);
            case "remove-renumbered" -> {
                log.sql("DELETE FROM evidence WHERE chain_no = ?", deed.entry);
                log.sql("UPDATE evidence SET chain_no = chain_no - 1 WHERE chain_no > ?", deed.entry);
            }
            case "swap" -> log.swap(deed.entry, deed.other);
            case "cut" -> log.sql("DELETE FROM evidence WHERE chain_no >= ?", deed.entry);
            case "insert" -> log.insert(deed.entry);
            case "rewrite" -> {
                log.sql("UPDATE evidence SET actor = 'somebody else' WHERE chain_no = ?", deed.entry);
                log.rehash();
            }
            case "insert-rewritten" -> {
                log.insert(deed.entry);
                log.rehash();
            }
            case "file-cut" -> log.file(no, Arrays.copyOf(log.file(no), (int) (deed.other * 5)));
            case "file-flip" -> {
                byte[] bytes = log.file(no);
                bytes[(int) (deed.other * 7 % bytes.length)] ^= 1;
                log.file(no, bytes);
            }
            case "file-delete" -> log.deleteFile(no);
            case "file-copy" -> log.file(no, log.file(no % Tampering.CHECKPOINTS + 1));
            case "file-key" ->
                log.file(no, bytes(log.signedByAnother(log.stage.read(no)).file()));
            case "files-rolled-back" -> {
                for (long each = no; each <= Tampering.CHECKPOINTS; each++) {
                    log.deleteFile(each);
                }
            }
            case "row-gone" -> log.sql("DELETE FROM evidence_checkpoint WHERE no = ?", no);
            default -> throw new IllegalArgumentException(deed.what);
        }
    }

    private static void assertNamed(Deed deed, Verification verification) {
        String as = deed + " " + verification;
        long no = checkpointOf(deed);
        if (deed.what.startsWith("file") || deed.what.equals("row-gone")) {
            assertThat(Tampering.entriesOf(verification)).as(as).isEmpty();
            assertThat(verification.findings().get(0).checkpoint()).as(as).isEqualTo(no);
            return;
        }
        Finding finding = verification.findings().get(0);
        assertThat(verification.findings()).as(as).hasSize(1);
        long first =
                switch (deed.what) {
                    case "swap" -> Math.min(deed.entry, deed.other);
                    // Only that it was one of those under this checkpoint.
                    case "rewrite", "insert-rewritten" -> (no - 1) * Tampering.PER_CHECKPOINT + 1;
                    default -> deed.entry;
                };
        assertThat(finding.entry()).as(as).isEqualTo(first);
        if (deed.what.contains("rewrit")) {
            assertThat(finding.checkpoint()).as(as).isEqualTo(no);
            assertThat(finding.code()).as(as).isEqualTo("entries-rewritten");
        }
    }

    @Test
    void aLogThatNobodyTouchedIsIntact() {
        Verification verification = log.verify();

        assertThat(verification.state()).isEqualTo(State.INTACT);
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.entries()).isEqualTo(Tampering.ENTRIES);
        assertThat(verification.covered()).isEqualTo(Tampering.ENTRIES);
        assertThat(verification.checkpoints()).isEqualTo(Tampering.CHECKPOINTS);
        assertThat(verification.summary())
                .isEqualTo(
                        "Intact: entries 1 to 60 are as they were written. Checkpoint 4 vouches for those up to 60.");
    }

    @Test
    void theTableHasNoColumnThatIsNotTriedHere() {
        assertThat(new TreeSet<>(log.stage.ledger.jdbc.queryForList(
                        "SELECT column_name FROM information_schema.columns WHERE table_name = 'evidence'",
                        String.class)))
                .isEqualTo(new TreeSet<>(Tampering.CHANGES.keySet()));
    }

    /** Of all columns, in the first, a middle and the last entry. */
    @Test
    void anyChangeOfAnyColumnNamesTheEntry() {
        for (String column : Tampering.CHANGES.keySet()) {
            for (long entry : List.of(1L, AMONG, (long) Tampering.ENTRIES)) {
                log.change(column, entry);
                Verification verification = log.verify();
                assertThat(verification.findings())
                        .as(column + " of " + entry + ": " + verification)
                        .singleElement()
                        .satisfies(finding -> assertThat(finding.entry()).isEqualTo(entry));
                log.putBack();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chain_no = NULL",
                "chain_no = -5",
                "chain_no = 0",
                "hash = NULL",
                "previous_hash = NULL",
                "previous_hash = ''",
                "at = 'infinity'",
                "at = '-infinity'",
                "chain_no = 38"
            })
    void valuesThatNoHubWritesAreNamedAndDoNotEndTheCheck(String edit) {
        log.sql("UPDATE evidence SET " + edit + " WHERE chain_no = ?", AMONG);

        Verification verification = log.verify();

        assertThat(verification.state()).isEqualTo(State.TAMPERED);
        assertThat(verification.findings()).singleElement().satisfies(finding -> assertThat(finding.entry())
                .isIn(AMONG, -5L, 0L));
    }

    @Test
    void namesWhatWasDoneInWordsThatAPersonUnderstands() {
        assertText("entry-changed", "Entry 37 (row ", () -> log.change("reason", AMONG));
        assertText(
                "entry-missing",
                "Entry 37 is missing",
                () -> log.sql("DELETE FROM evidence WHERE chain_no = ?", AMONG));
        assertText("entry-out-of-order", "Entry 37 (row ", () -> log.swap(AMONG, 50));
        assertText(
                "entries-cut-off",
                "The log ends before entry 37, and checkpoint 3 says that it went to 45",
                () -> log.sql("DELETE FROM evidence WHERE chain_no >= ?", AMONG));
        assertText(
                "entries-rewritten",
                "The log was rewritten: what checkpoint 3 signed of entry 45 is not what is there. The first changed entry is"
                        + " one of 31 to 45.",
                () -> {
                    log.change("reason", AMONG);
                    log.rehash();
                });
        assertText("checkpoint-missing", "Checkpoint 3 is missing", () -> log.deleteFile(3));
        assertText(
                "checkpoint-damaged", "Checkpoint 3 was cut short", () -> log.file(3, Arrays.copyOf(log.file(3), 90)));
        assertText("checkpoint-damaged", "Checkpoint 3 was cut short", () -> log.file(3, new byte[0]));
        assertText("checkpoint-damaged", "Checkpoint 3 was cut short", () -> log.file(3, new byte[1_000_000]));
        assertText("checkpoint-exchanged", "copy of checkpoint 2", () -> log.file(3, log.file(2)));
        assertText(
                "checkpoint-foreign-key",
                "Checkpoint 3 is signed with the key ",
                () -> log.file(3, bytes(log.signedByAnother(log.stage.read(3)).file())));
        assertText(
                "checkpoint-changed",
                "its signature does not fit",
                () -> log.file(
                        3,
                        bytes(new String(log.file(3), StandardCharsets.UTF_8)
                                .replace("\"count\":45", "\"count\":44"))));
        assertText(
                "checkpoint-unknown",
                "is not known to the database",
                () -> log.sql("DELETE FROM evidence_checkpoint WHERE no = 4"));
        assertText(
                "checkpoint-replaced",
                "is not the one that the database knows",
                () -> log.sql("UPDATE evidence_checkpoint SET sha256 = sha256(''::bytea) WHERE no = 4"));
    }

    private static void assertText(String code, String text, Runnable deed) {
        deed.run();
        Verification verification = log.verify();
        assertThat(verification.findings())
                .as(code + verification)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo(code);
                    assertThat(finding.text()).contains(text);
                });
        log.putBack();
    }

    @Test
    void filesOlderThanWhatTheDatabaseKnowsAreMissingOnes() {
        log.deleteFile(3);
        log.deleteFile(4);
        assertThat(log.verify().findings())
                .extracting(Finding::code, Finding::checkpoint)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("checkpoint-missing", 3L),
                        org.assertj.core.groups.Tuple.tuple("checkpoint-missing", 4L));
    }

    @Test
    void aDatabaseOlderThanTheFilesHasLostEntries() {
        log.sql("DELETE FROM evidence WHERE chain_no > 40");
        log.sql("DELETE FROM evidence_checkpoint WHERE no > 2");

        Verification verification = log.verify();

        assertThat(verification.findings())
                .extracting(Finding::code)
                .containsExactly("checkpoint-unknown", "checkpoint-unknown", "entries-cut-off");
        assertThat(Tampering.entriesOf(verification)).containsExactly(41L);
    }

    @Test
    void somebodyWhoRewritesBothLogAndCheckpointsLacksTheKey() {
        log.change("actor", 5);
        log.rehash();
        for (long no = 1; no <= Tampering.CHECKPOINTS; no++) {
            Checkpoint old = log.stage.read(no);
            String hash =
                    log.stage.ledger.text("SELECT encode(hash, 'hex') FROM evidence WHERE chain_no = ?", old.chainNo());
            Checkpoint forged = log.signedByAnother(new Checkpoint(
                    no,
                    old.kind(),
                    old.at(),
                    old.chainNo(),
                    hash,
                    old.count(),
                    no == 1 ? Checkpoint.ZEROS : log.stage.read(no - 1).sha256(),
                    0,
                    Checkpoint.ZEROS,
                    1,
                    null,
                    "",
                    ""));
            log.file(no, bytes(forged.file()));
            log.sql("UPDATE evidence_checkpoint SET sha256 = decode(?, 'hex') WHERE no = ?", forged.sha256(), no);
        }

        assertThat(log.verify().findings())
                .hasSize(Tampering.CHECKPOINTS)
                .allSatisfy(finding -> assertThat(finding.code()).isEqualTo("checkpoint-foreign-key"));
    }

    @Test
    void anUnsignedWordOfPruningDoesNotExcuseMissingEntries() {
        log.sql("DELETE FROM evidence WHERE chain_no <= 20");
        log.sql(
                """
                INSERT INTO evidence_checkpoint (no, kind, at, chain_no, hash, pruned_to, pruned_hash, files_from, sha256, file, published_at)
                SELECT 5, 'PRUNED', now(), 20, k.hash, 20, k.hash, 5, sha256('x'::bytea), 'x', now()
                  FROM kept_evidence k WHERE k.chain_no = 20
                """);

        assertThat(log.verify().findings())
                .extracting(Finding::code)
                .containsExactly("checkpoint-missing", "entry-missing");
    }

    @Test
    void whatIsBeyondTheLastCheckpointIsCheckedAsFarAsItCanBe() {
        log.stage.entries(5);
        assertThat(log.verify().covered()).isEqualTo(Tampering.ENTRIES);
        assertThat(log.verify().entries()).isEqualTo(Tampering.ENTRIES + 5);
        log.sql("UPDATE evidence SET actor = 'x' WHERE chain_no = ?", Tampering.ENTRIES + 3);

        assertThat(log.verify().findings()).singleElement().satisfies(finding -> assertThat(finding.entry())
                .isEqualTo(Tampering.ENTRIES + 3L));
    }

    @Test
    void saysWhatItCouldNotCheck() throws IOException {
        var properties = log.stage.properties;
        var elsewhere = EvidenceStage.properties(log.stage.folder.resolve("nowhere"), properties.key());
        var noKey = new EvidenceProperties(
                properties.checkpoints(),
                log.stage.folder.resolve("no-key.pem"),
                null,
                true,
                EvidenceStage.EVERY,
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofHours(1));
        assertRefusal(elsewhere, "the database knows of 4 checkpoints");
        assertRefusal(noKey, "sallyport.evidence.public-key");
        assertThat(noKey.key()).doesNotExist();
        var away = new com.zaxxer.hikari.HikariDataSource();
        away.setJdbcUrl("jdbc:postgresql://127.0.0.1:1/none");
        away.setInitializationFailTimeout(-1);
        away.setConnectionTimeout(300);
        try (away) {
            Verification verification = new EvidenceVerifier(away, properties, Clock.systemUTC()).verify();
            assertThat(verification.state()).isEqualTo(State.UNCHECKED);
            assertThat(verification.refusal()).contains("database");
        }
        Path withoutKey = log.stage.folder.resolve("public.pem");
        Files.writeString(withoutKey, log.stage.keys.publicKey());
        assertThat(new EvidenceVerifier(
                                log.stage.ledger.dataSource(),
                                new EvidenceProperties(
                                        properties.checkpoints(),
                                        log.stage.folder.resolve("no-key.pem"),
                                        withoutKey,
                                        false,
                                        EvidenceStage.EVERY,
                                        Duration.ofSeconds(2),
                                        Duration.ofSeconds(2),
                                        Duration.ofHours(1)),
                                Clock.systemUTC())
                        .verify()
                        .state())
                .isEqualTo(State.INTACT);
    }

    private static void assertRefusal(EvidenceProperties properties, String why) {
        Verification verification =
                new EvidenceVerifier(log.stage.ledger.dataSource(), properties, Clock.systemUTC()).verify();
        assertThat(verification.state()).isEqualTo(State.UNCHECKED);
        assertThat(verification.refusal()).contains(why);
    }

    private static final Instant OLD = Instant.parse("2019-01-01T00:00:00Z");
    private static final Instant CUT = Instant.parse("2020-01-01T00:00:00Z");

    @Test
    void aLogThatWasPrunedIsIntactAlsoInTheMiddleOfIt() throws IOException {
        try (var stage = new EvidenceStage()) {
            var verifier = new EvidenceVerifier(stage.ledger.dataSource(), stage.properties, Clock.systemUTC());
            assertThat(verifier.verify().state()).isEqualTo(State.INTACT);
            stage.entries(10, OLD);
            assertThat(verifier.verify().state()).isEqualTo(State.INTACT);
            stage.checkpoint();
            stage.entries(10, OLD);
            stage.checkpoint();
            stage.entries(10);
            stage.checkpoint();
            stage.one.pruned(
                    15, stage.ledger.text("SELECT encode(hash, 'hex') FROM evidence WHERE chain_no = 15"), CUT);
            assertThat(verifier.verify().findings()).isEmpty();
            stage.ledger.jdbc.update("DELETE FROM evidence WHERE chain_no <= 7");
            assertThat(verifier.verify().findings()).isEmpty();
            stage.tamper("DELETE FROM evidence WHERE chain_no = 10");
            assertThat(Tampering.entriesOf(verifier.verify())).containsExactly(10L);

            assertThat(stage.pruning.pruneTo(CUT)).isEqualTo(12);

            Verification after = verifier.verify();
            assertThat(after.findings()).isEmpty();
            assertThat(after.from()).isEqualTo(21);
            // Files of what is cut off are no longer needed.
            Files.delete(stage.directory.path(1));
            Files.delete(stage.directory.path(2));
            assertThat(verifier.verify().findings()).isEmpty();
            Files.delete(stage.directory.path(3));
            assertThat(verifier.verify().findings()).extracting(Finding::code).containsExactly("checkpoint-missing");
        }
    }

    @Test
    void pruningExcusesNoEntryBeyondWhatItSays() throws IOException {
        try (var stage = new EvidenceStage()) {
            var verifier = new EvidenceVerifier(stage.ledger.dataSource(), stage.properties, Clock.systemUTC());
            stage.entries(10, OLD);
            stage.entries(10);
            stage.checkpoint();
            stage.pruning.pruneTo(CUT);
            stage.tamper("DELETE FROM evidence WHERE chain_no <= 12");
            assertThat(Tampering.entriesOf(verifier.verify())).containsExactly(11L);
        }
    }

    @Test
    void aLogThatIsCutOffAltogetherIsIntactAndGoesOn() {
        try (var stage = new EvidenceStage()) {
            var verifier = new EvidenceVerifier(stage.ledger.dataSource(), stage.properties, Clock.systemUTC());
            stage.entries(5, OLD);
            stage.checkpoint();
            stage.pruning.pruneTo(CUT);
            assertThat(verifier.verify().findings()).isEmpty();
            stage.entries(5);
            stage.checkpoint();
            assertThat(verifier.verify().findings()).isEmpty();
            assertThat(verifier.verify().covered()).isEqualTo(11);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
