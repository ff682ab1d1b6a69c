package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.time;
import static sallyport.ledger.engine.Database.with;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.Disposition;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.Decide;
import sallyport.ledger.Effect.Dispose;
import sallyport.ledger.Effect.LinkRecord;
import sallyport.ledger.Effect.Noticed;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effect.SourceGone;
import sallyport.ledger.Effect.StoreSource;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;
import sallyport.mappings.canonical.Sha256;

/**
 * Versions of source records, under the lock of the record's row. A version is stored when its bytes differ from the latest one's,
 * so a record that goes back to an earlier text has three versions. One that the source modified before the latest is kept but
 * never becomes latest; where October's repeated hour makes both times a guess, the one fetched later counts as newer.
 */
final class SourceWriter {

    private static final String ENSURE =
            """
            INSERT INTO source_record (system, record_id)
            SELECT k.system, k.record_id FROM unnest(:systems::text[], :records::text[]) AS k(system, record_id)
             WHERE NOT EXISTS (SELECT 1 FROM source_record s WHERE s.system = k.system AND s.record_id = k.record_id)
             ORDER BY k.system, k.record_id
            ON CONFLICT (system, record_id) DO NOTHING
            """;

    private static final String LOCK =
            """
            SELECT s.id, s.system, s.record_id, s.gone_at, v.erased_by, v.sha256, v.modified_at, v.modified_ambiguous, v.fetched_at,
                   (SELECT max(version_no) FROM source_version a WHERE a.record = s.id) AS last_no
              FROM unnest(:systems::text[], :records::text[]) AS k(system, record_id)
              JOIN source_record s ON s.system = k.system AND s.record_id = k.record_id
              LEFT JOIN source_version v ON v.id = s.latest_version
             ORDER BY s.id
               FOR NO KEY UPDATE OF s
            """;

    private static final String STORE =
            """
            INSERT INTO source_version (record, version_no, raw, sha256, modified_text, modified_at, modified_ambiguous,
                                        fetched_at, fetched_from, status)
            SELECT * FROM unnest(:records::bigint[], :versionNos::int[], :raws::bytea[], :hashes::bytea[], :modifiedTexts::text[],
                                 :modifiedAts::timestamptz[], :ambiguous::boolean[], :fetchedAts::timestamptz[],
                                 :fetchedFroms::text[], :statuses::text[])
            """;

    private static final String LATEST =
            """
            UPDATE source_record s
               SET latest_version = (SELECT id FROM source_version v WHERE v.record = l.record AND v.version_no = l.version_no),
                   prison = coalesce(l.prison, s.prison), occurred_at = coalesce(l.occurred_at, s.occurred_at)
              FROM unnest(:records::bigint[], :versionNos::int[], :prisons::text[], :occurredAts::timestamptz[])
                     AS l(record, version_no, prison, occurred_at)
             WHERE s.id = l.record
            """;

    private static final String DISPOSED =
            """
            UPDATE source_record s SET disposition = d.disposition
              FROM unnest(:records::bigint[], :dispositions::text[]) AS d(record, disposition) WHERE s.id = d.record
            """;

    private static final String NOT_STORED =
            """
            SELECT n.step, n.record_id
              FROM unnest(:systems::text[], :records::text[], :texts::text[], :steps::text[]) AS n(system, record_id, modified, step)
             WHERE NOT EXISTS (
                   SELECT 1 FROM source_record s JOIN source_version v ON v.record = s.id
                    WHERE s.system = n.system AND s.record_id = n.record_id AND v.modified_text = n.modified
                      AND s.gone_at IS NULL)
            """;

    private final Database database;

    SourceWriter(Database database) {
        this.database = database;
    }

    /** Writes all that is about source records; returns the work that follows from what is new. */
    List<RequestWork> write(EffectBatch batch) {
        var follows = store(batch);
        follows.addAll(notStored(batch.of(Noticed.class)));
        return follows;
    }

    /** What a list of the source names and the ledger does not have, seen after this batch's own versions are written. */
    private List<RequestWork> notStored(List<Noticed> noticed) {
        var rows = Unnested.of(noticed)
                .texts("systems", each -> each.key().system())
                .texts("records", each -> each.key().recordId())
                .texts("texts", Noticed::modifiedText)
                .texts("steps", each -> each.then().path());
        return rows.isEmpty()
                ? List.of()
                : database.sql()
                        .query(
                                NOT_STORED,
                                rows.values(),
                                (row, n) ->
                                        RequestWork.now(Step.of(row.getString("step")), row.getString("record_id")));
    }

    private List<RequestWork> store(EffectBatch batch) {
        Set<SourceKey> keys = new LinkedHashSet<>();
        batch.of(StoreSource.class).forEach(effect -> keys.add(effect.key()));
        batch.of(SourceGone.class).forEach(effect -> keys.add(effect.key()));
        batch.of(Dispose.class).forEach(effect -> keys.add(effect.key()));
        batch.of(LinkRecord.class).forEach(effect -> keys.add(effect.key()));
        for (Decide decision : batch.of(Decide.class)) {
            SourceKey key = decision.key();
            if (key != null) {
                keys.add(key);
            }
        }
        if (keys.isEmpty()) {
            return new ArrayList<>();
        }
        Map<SourceKey, Row> rows = lock(keys);
        var versions = new ArrayList<Version>();
        var latest = new ArrayList<Version>();
        var follows = new ArrayList<RequestWork>();
        for (Effect effect : batch.inOrder()) {
            if (effect instanceof StoreSource store) {
                store(store, known(rows, store.key()), versions, latest, follows);
            } else if (effect instanceof SourceGone gone) {
                Row row = known(rows, gone.key());
                if (row.goneAt == null) {
                    row.goneAt = gone.at();
                    ask(gone.then(), gone.key(), follows);
                }
            }
        }
        write(versions, latest, rows.values());
        dispose(batch.of(Dispose.class), rows);
        return follows;
    }

    private static void store(
            StoreSource store, Row row, List<Version> versions, List<Version> latest, List<RequestWork> follows) {
        byte[] sha256 = Sha256.of(store.raw());
        boolean back = row.goneAt != null;
        row.goneAt = null;
        // Erased bytes that come again are nothing new: the verdict on them stands. Only where the source takes a
        // record back
        // that it had withdrawn is there something to judge, and bytes to judge it by.
        if (Arrays.equals(sha256, row.sha256) && !(back && row.erased)) {
            if (back) {
                ask(store.then(), store.key(), follows);
            }
            return;
        }
        var version = new Version(row.id, ++row.lastNo, store, sha256);
        versions.add(version);
        if (row.isNotNewerThan(store)) {
            row.becomes(store, sha256);
            latest.add(version);
            ask(store.then(), store.key(), follows);
        }
    }

    private static void ask(@Nullable Step then, SourceKey key, List<RequestWork> follows) {
        if (then != null) {
            follows.add(new RequestWork(then, key.recordId(), Duration.ZERO, Duration.ZERO));
        }
    }

    private Map<SourceKey, Row> lock(Set<SourceKey> keys) {
        var parameters = Unnested.of(keys)
                .texts("systems", SourceKey::system)
                .texts("records", SourceKey::recordId)
                .values();
        database.sql().update(ENSURE, parameters);
        Map<SourceKey, Row> rows = new HashMap<>();
        database.sql().query(LOCK, parameters, found -> {
            var row = new Row(found.getLong("id"));
            row.lastNo = found.getInt("last_no");
            row.sha256 = found.getBytes("sha256");
            row.erased = found.getObject("erased_by") != null;
            row.modifiedAt = CaseRows.instant(found, "modified_at");
            row.ambiguous = found.getBoolean("modified_ambiguous");
            row.fetchedAt = CaseRows.instant(found, "fetched_at");
            row.goneAt = CaseRows.instant(found, "gone_at");
            row.wasGoneAt = row.goneAt;
            rows.put(new SourceKey(found.getString("system"), found.getString("record_id")), row);
        });
        return rows;
    }

    private void write(List<Version> versions, List<Version> latest, Collection<Row> rows) {
        database.forAll(
                STORE,
                Unnested.of(versions)
                        .longs("records", Version::record)
                        .ints("versionNos", Version::versionNo)
                        .bytes("raws", version -> version.store.raw())
                        .bytes("hashes", Version::sha256)
                        .texts("modifiedTexts", version -> version.store.modifiedText())
                        .times("modifiedAts", version -> version.store.modifiedAt())
                        .flags("ambiguous", version -> version.store.modifiedAmbiguous())
                        .times("fetchedAts", version -> version.store.fetchedAt())
                        .texts("fetchedFroms", version -> version.store.fetchedFrom())
                        .texts("statuses", version -> version.store.status()));
        database.forAll(
                LATEST,
                Unnested.of(latestOfEach(latest))
                        .longs("records", Latest::record)
                        .ints("versionNos", Latest::versionNo)
                        .texts("prisons", Latest::prison)
                        .times("occurredAts", Latest::occurredAt));
        database.forEach(
                "UPDATE source_record SET gone_at = :goneAt WHERE id = :record",
                rows.stream().filter(Row::goneChanged).toList(),
                row -> with("record", row.id).addValue("goneAt", time(row.goneAt)));
    }

    /** One statement cannot touch a row twice. */
    private static Collection<Latest> latestOfEach(List<Version> versions) {
        Map<Long, Latest> latest = new LinkedHashMap<>();
        for (Version version : versions) {
            latest.merge(version.record, Latest.of(version), (before, later) -> later.after(before));
        }
        return latest.values();
    }

    private void dispose(List<Dispose> dispositions, Map<SourceKey, Row> rows) {
        Map<Long, Disposition> last = new HashMap<>();
        dispositions.forEach(effect -> last.put(known(rows, effect.key()).id, effect.disposition()));
        database.forAll(
                DISPOSED,
                Unnested.of(last.entrySet())
                        .longs("records", Map.Entry::getKey)
                        .texts("dispositions", each -> each.getValue().name()));
    }

    private static Row known(Map<SourceKey, Row> rows, SourceKey key) {
        Row row = rows.get(key);
        if (row == null) {
            throw new IllegalStateException("a source record was not there after it was made");
        }
        return row;
    }

    private record Version(long record, int versionNo, StoreSource store, byte[] sha256) {}

    /** What a record's row says of its latest version; what the version does not tell stays as it was. */
    private record Latest(long record, int versionNo, @Nullable String prison, @Nullable Instant occurredAt) {

        static Latest of(Version version) {
            return new Latest(version.record, version.versionNo, version.store.prison(), version.store.occurredAt());
        }

        Latest after(Latest before) {
            return new Latest(
                    record,
                    versionNo,
                    prison == null ? before.prison : prison,
                    occurredAt == null ? before.occurredAt : occurredAt);
        }
    }

    /** The record's row as it will be when the versions so far are written. */
    private static final class Row {

        private final long id;
        private int lastNo;
        private byte @Nullable [] sha256;
        private boolean erased;
        private @Nullable Instant modifiedAt;
        private boolean ambiguous;
        private @Nullable Instant fetchedAt;
        private @Nullable Instant goneAt;
        private @Nullable Instant wasGoneAt;

        Row(long id) {
            this.id = id;
        }

        boolean isNotNewerThan(StoreSource store) {
            if (sha256 == null || fetchedAt == null) {
                return true;
            }
            Instant theirs = store.modifiedAt();
            boolean bothGuessed = ambiguous && store.modifiedAmbiguous();
            if (modifiedAt != null && theirs != null && !bothGuessed) {
                int order = modifiedAt.compareTo(theirs.truncatedTo(ChronoUnit.MICROS));
                if (order != 0) {
                    return order < 0;
                }
            }
            return !fetchedAt.isAfter(store.fetchedAt());
        }

        void becomes(StoreSource store, byte[] hash) {
            sha256 = hash;
            erased = false;
            modifiedAt = store.modifiedAt() == null ? null : store.modifiedAt().truncatedTo(ChronoUnit.MICROS);
            ambiguous = store.modifiedAmbiguous();
            fetchedAt = store.fetchedAt();
        }

        boolean goneChanged() {
            return goneAt == null ? wasGoneAt != null : !goneAt.equals(wasGoneAt);
        }
    }
}
