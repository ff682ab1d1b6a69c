package sallyport.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import sallyport.mappings.canonical.Sha256;

/** Signed, outside the database, one after another, whatever node writes them; and the only way to cut the log off. */
class CheckpointIT {

    private static final Instant OLD = Instant.parse("2019-01-01T00:00:00Z");
    private static final Instant CUT = Instant.parse("2020-01-01T00:00:00Z");

    private EvidenceStage stage;

    @BeforeEach
    void createDatabase() {
        stage = new EvidenceStage();
    }

    @AfterEach
    void closeDatabase() {
        stage.close();
    }

    @Test
    void signsHowFarTheLogGoesAndWhatCameBefore() throws IOException {
        stage.entries(20);
        stage.checkpoint();
        stage.entries(5);
        stage.checkpoint();

        Checkpoint first = stage.read(1);
        Checkpoint second = stage.read(2);
        assertThat(first.chainNo()).isEqualTo(20);
        assertThat(first.previous()).isEqualTo(Checkpoint.ZEROS);
        assertThat(second.chainNo()).isEqualTo(25);
        assertThat(second.count()).isEqualTo(25);
        assertThat(second.previous()).isEqualTo(Sha256.hex(Files.readAllBytes(stage.directory.path(1))));
        assertThat(second.hash())
                .isEqualTo(stage.ledger.text("SELECT encode(hash, 'hex') FROM evidence WHERE chain_no = 25"));
        assertThat(stage.keys.verifies(second.key(), second.statement(), second.signature()))
                .isTrue();
        assertThat(Files.readString(stage.directory.root().resolve("public-key-" + second.key() + ".pem")))
                .isEqualTo(stage.keys.publicKey());
        try (Stream<Path> all = Files.walk(stage.directory.root())) {
            assertThat(all.filter(Files::isRegularFile)).hasSize(3);
        }
    }

    @Test
    void aFileIsTheCanonicalFormOfWhatItSaysAndNothingElse() {
        stage.entries(1);
        stage.checkpoint();
        String file = stage.read(1).file();

        assertThat(file)
                .matches("\\{\"at\":\"[^\"]+Z\",\"chainNo\":1,\"count\":1,\"filesFrom\":1,\"hash\":\"[0-9a-f]{64}\","
                        + "\"key\":\"[0-9a-f]{16}\",\"kind\":\"checkpoint\",\"no\":1,\"previous\":\"0{64}\","
                        + "\"prunedHash\":\"0{64}\",\"prunedTo\":0,\"signature\":\"[^\"]+\",\"version\":1}\n");
        assertThat(Checkpoint.read(bytes(file))).isPresent();
        for (String other : List.of(
                file.strip(),
                file + "\n",
                file.substring(0, file.length() / 2),
                "",
                "null",
                file.replace("\"no\":1", "\"no\": 1"),
                file.replace("\"no\":1,", "\"no\":1,\"no\":1,"),
                file.replace("\"no\":1", "\"no\":\"1\""),
                file.replace("\"version\":1", "\"version\":2"),
                file.replace("checkpoint", "checkpoints"))) {
            assertThat(Checkpoint.read(bytes(other))).as(other).isEmpty();
        }
    }

    @Test
    void nothingNewNeedsNoCheckpointAndNoneIsMadeBeforeItIsDue() {
        stage.entries(3);
        stage.checkpoint();
        await().pollDelay(EvidenceStage.EVERY.multipliedBy(2)).until(() -> true);
        stage.one.run();
        assertThat(stage.last()).isEqualTo(1);
    }

    @Test
    void oneNodeAtATimeWritesThem() {
        stage.entries(3);
        stage.one.run();
        stage.entries(3);
        await().pollDelay(EvidenceStage.EVERY.multipliedBy(2)).until(() -> true);
        stage.two.run();

        assertThat(stage.last()).isEqualTo(1);
    }

    @Test
    void whatWasSignedAndNotWrittenIsWrittenByWhoeverComesNextWithTheSameBytes() throws IOException {
        stage.entries(3);
        stage.checkpoint();
        byte[] written = Files.readAllBytes(stage.directory.path(1));
        // As if the node had died between the commit and the file.
        Files.delete(stage.directory.path(1));
        stage.tamper("UPDATE evidence_checkpoint SET published_at = NULL");

        stage.two.publishPending();
        // And the one that thaws later finds it there.
        stage.tamper("UPDATE evidence_checkpoint SET published_at = NULL");
        stage.one.publishPending();

        assertThat(Files.readAllBytes(stage.directory.path(1))).isEqualTo(written);
        assertThat(stage.ledger.count("SELECT count(*) FROM evidence_checkpoint WHERE published_at IS NULL"))
                .isZero();
    }

    @Test
    void aNodeThatFrozeInItsTurnSignsNothingWhenItThaws() throws Exception {
        stage.entries(3);
        var inside = new CountDownLatch(1);
        var thaw = new CountDownLatch(1);
        var duties = new Duties(stage.database, "frozen");
        var frozen = new Thread(() -> {
            try {
                duties.inTurn("checkpoint", Duration.ofMillis(1), fence -> {
                    inside.countDown();
                    try {
                        thaw.await(30, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    stage.one.rows().lock();
                    stage.one.rows().insert(stage.read(1));
                    return true;
                });
            } catch (RuntimeException expected) {
                // Its session was ended by the server.
            }
        });
        frozen.start();
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        stage.ledger.jdbc.queryForList("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND state = 'idle in transaction'");
        stage.checkpoint();
        thaw.countDown();
        frozen.join(20_000);

        assertThat(stage.last()).isEqualTo(1);
        assertThat(stage.ledger.count("SELECT count(*) FROM evidence_checkpoint"))
                .isEqualTo(1);
    }

    @Test
    void aChangeSinceTheLastCheckpointIsNotSignedOver() {
        stage.entries(10);
        stage.checkpoint();
        stage.entries(10);
        stage.tamper("UPDATE evidence SET reason = 'another' WHERE chain_no = 15");
        await().pollDelay(EvidenceStage.EVERY.multipliedBy(2)).until(() -> true);

        assertThatThrownBy(stage.one::run).isInstanceOf(CheckpointTrouble.class).hasMessageContaining("Entry 15");
        assertThat(stage.last()).isEqualTo(1);
    }

    @Test
    void refusesADirectoryThatIsNotTheOneItWas() throws IOException {
        stage.entries(3);
        stage.checkpoint();
        Path elsewhere = stage.folder.resolve("elsewhere");
        Files.move(stage.directory.root(), elsewhere);
        stage.entries(3);
        await().pollDelay(EvidenceStage.EVERY.multipliedBy(2)).until(() -> true);

        assertThatThrownBy(stage.one::run)
                .isInstanceOf(CheckpointTrouble.class)
                .hasMessageContaining("right directory");
        assertThat(stage.directory.exists()).isFalse();

        Files.move(elsewhere, stage.directory.root());
        stage.one.run();
        assertThat(stage.last()).isEqualTo(2);
    }

    @Test
    void leavesTheDutyToAnotherNodeWhenItCannotWrite() throws IOException {
        stage.entries(3);
        stage.checkpoint();
        Path elsewhere = stage.folder.resolve("elsewhere");
        Files.move(stage.directory.root(), elsewhere);
        stage.entries(3);
        await().pollDelay(EvidenceStage.EVERY.multipliedBy(2)).until(() -> true);
        assertThatThrownBy(stage.one::run).isInstanceOf(CheckpointTrouble.class);
        Files.move(elsewhere, stage.directory.root());

        stage.two.run();

        assertThat(stage.last()).isEqualTo(2);
    }

    @Test
    void refusesToOverwriteAFile() throws IOException {
        stage.entries(3);
        stage.checkpoint();
        stage.entries(3);
        Files.writeString(stage.directory.path(2), "something else");
        await().pollDelay(EvidenceStage.EVERY.multipliedBy(2)).until(() -> true);

        assertThatThrownBy(stage.one::run).isInstanceOf(CheckpointTrouble.class).hasMessageContaining("another");
        assertThat(Files.readString(stage.directory.path(2))).isEqualTo("something else");
    }

    @Test
    void cutsOffWhatIsOldAndSaysSoFirst() throws IOException {
        stage.entries(30, OLD);
        stage.checkpoint();
        stage.entries(10);
        stage.checkpoint();

        assertThat(stage.pruning.pruneTo(CUT)).isEqualTo(30);
        assertThat(stage.pruning.pruneTo(CUT)).isZero();

        assertThat(stage.ledger.count("SELECT min(chain_no) FROM evidence")).isEqualTo(31);
        Checkpoint statement = stage.read(3);
        assertThat(statement.kind()).isEqualTo(Checkpoint.PRUNED);
        assertThat(statement.prunedTo()).isEqualTo(30);
        assertThat(statement.prunedHash())
                .isEqualTo(stage.ledger.text("SELECT encode(previous_hash, 'hex') FROM evidence WHERE chain_no = 31"));
        assertThat(statement.filesFrom()).isEqualTo(2);
        assertThat(statement.before()).isEqualTo(CUT);
        assertThat(stage.keys.verifies(statement.key(), statement.statement(), statement.signature()))
                .isTrue();
        assertThat(stage.ledger.text("SELECT detail FROM evidence WHERE kind = 'ERASURE' AND chain_no IS NULL"))
                .startsWith("entries up to 30 cut off");
    }

    @Test
    void anOldEntryBehindAYoungerOneWaitsForIt() {
        stage.entries(5, OLD);
        stage.entries(5);
        stage.entries(5, OLD);
        stage.checkpoint();

        assertThat(stage.pruning.pruneTo(CUT)).isEqualTo(5);
        assertThat(stage.ledger.count("SELECT count(*) FROM evidence WHERE chain_no IS NOT NULL"))
                .isEqualTo(10);
    }

    @Test
    void cutsOffNothingThatNoCheckpointHasSigned() {
        stage.entries(5, OLD);
        assertThat(stage.pruning.pruneTo(CUT)).isZero();
        stage.checkpoint();
        stage.entries(5, OLD);
        assertThat(stage.pruning.pruneTo(CUT)).isEqualTo(5);
    }

    @Test
    void theChainGoesOnWhenAllOfItIsCutOff() {
        stage.entries(5, OLD);
        stage.checkpoint();
        assertThat(stage.pruning.pruneTo(CUT)).isEqualTo(5);
        stage.chain.chain();
        stage.entries(3);

        assertThat(stage.ledger.count("SELECT min(chain_no) FROM evidence")).isEqualTo(6);
        assertThat(stage.ledger.text("SELECT encode(previous_hash, 'hex') FROM evidence WHERE chain_no = 6"))
                .isEqualTo(stage.read(2).prunedHash());
        stage.checkpoint();
        assertThat(stage.read(3).chainNo()).isEqualTo(9);
        assertThat(stage.read(3).count()).isEqualTo(4);
    }

    @Test
    void removesNothingWhenTheStatementCannotBePublished() throws IOException {
        stage.entries(5, OLD);
        stage.checkpoint();
        Path elsewhere = stage.folder.resolve("elsewhere");
        Files.move(stage.directory.root(), elsewhere);

        assertThatThrownBy(() -> stage.pruning.pruneTo(CUT)).isInstanceOf(IllegalStateException.class);
        assertThat(stage.ledger.count("SELECT count(*) FROM evidence WHERE chain_no <= 5"))
                .isEqualTo(5);

        Files.move(elsewhere, stage.directory.root());
        assertThat(stage.pruning.pruneTo(CUT)).isEqualTo(5);
    }

    @Test
    void finishesWhatACrashLeftHalfDone() {
        stage.entries(10, OLD);
        stage.checkpoint();
        stage.entries(2);
        stage.one.pruned(10, stage.ledger.text("SELECT encode(hash, 'hex') FROM evidence WHERE chain_no = 10"), CUT);
        stage.ledger.jdbc.update("DELETE FROM evidence WHERE chain_no <= 4");

        assertThat(stage.pruning.pruneTo(OLD)).isEqualTo(6);
        assertThat(stage.ledger.count("SELECT min(chain_no) FROM evidence")).isEqualTo(11);
    }

    @Test
    void onlyWhatAPublishedStatementNamesCanBeDeleted() {
        stage.entries(10, OLD);
        stage.checkpoint();
        stage.pruning.pruneTo(OLD.plusNanos(5_000));
        for (String edit : List.of(
                "DELETE FROM evidence WHERE chain_no = 5",
                "DELETE FROM evidence",
                "TRUNCATE evidence",
                "UPDATE evidence SET reason = 'x' WHERE chain_no = 9")) {
            assertThatThrownBy(() -> stage.ledger.jdbc.execute(edit)).hasMessageContaining("append-only");
        }
        for (String edit : List.of(
                "DELETE FROM evidence_checkpoint",
                "TRUNCATE evidence_checkpoint",
                "UPDATE evidence_checkpoint SET pruned_to = 9",
                "UPDATE evidence_checkpoint SET published_at = NULL")) {
            assertThatThrownBy(() -> stage.ledger.jdbc.execute(edit)).hasMessageContaining("stand");
        }
    }

    @Test
    void aKeyIsMadeOnlyWhereThatIsAllowedAndMustBeReadableByNobodyElse() throws IOException {
        Path key = stage.folder.resolve("another.pem");
        var without = new EvidenceProperties(
                stage.properties.checkpoints(),
                key,
                null,
                false,
                EvidenceStage.EVERY,
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofHours(1));
        assertThatThrownBy(() -> EvidenceKeys.forSigning(without))
                .isInstanceOfSatisfying(
                        InvalidConfigurationPropertyValueException.class,
                        wrong -> assertThat(wrong.getName()).isEqualTo("sallyport.evidence.key"));
        assertThat(key).doesNotExist();

        var with = EvidenceStage.properties(stage.properties.checkpoints(), key);
        String id = EvidenceKeys.forSigning(with).id();
        assertThat(Files.getPosixFilePermissions(key)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(EvidenceKeys.forSigning(without).id()).isEqualTo(id);

        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> EvidenceKeys.forSigning(without))
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("0600");
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> EvidenceKeys.forSigning(without))
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("no Ed25519");
        assertThatThrownBy(() -> EvidenceStage.properties(stage.folder, key))
                .isInstanceOf(InvalidConfigurationPropertyValueException.class);
    }

    @Test
    void makesThePublicKeyOfTheStandardsExample() throws IOException {
        Path key = stage.folder.resolve("standard.pem");
        Files.writeString(
                key,
                """
                -----BEGIN PRIVATE KEY-----
                MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
                -----END PRIVATE KEY-----
                """);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        // The pair of RFC 8032, 7.1, TEST 1.
        assertThat(EvidenceKeys.forSigning(EvidenceStage.properties(stage.properties.checkpoints(), key))
                        .publicKey())
                .contains("MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
