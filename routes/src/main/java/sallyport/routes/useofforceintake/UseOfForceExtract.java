package sallyport.routes.useofforceintake;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import sallyport.ledger.Effect;
import sallyport.ledger.Evidence;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.time.LondonTime;
import sallyport.mappings.useofforce.UseOfForceFile;
import sallyport.mappings.useofforce.UseOfForceReport;
import sallyport.routes.droppedfileintake.DropReader;
import sallyport.routes.droppedfileintake.DropSource;

/** Files of the extract of use of force reports. Each report is a source record by its number; one that cannot be read is named by its line. */
@Component
final class UseOfForceExtract implements DropReader {

    private static final int MOST_NAMED = 100;

    @Override
    public String name() {
        return "use-of-force";
    }

    @Override
    public Set<String> endings() {
        return Set.of(".json", ".jsonl");
    }

    @Override
    public List<String> read(DropSource source, InputStream bytes, Consumer<Effect> out) throws IOException {
        var file = new UseOfForceFile(new BufferedInputStream(bytes));
        List<String> why = new ArrayList<>();
        @Nullable Rejected first = null;
        int taken = 0;
        int refused = 0;
        for (UseOfForceFile.Piece piece = file.next(); piece != null; piece = file.next()) {
            try {
                stored(piece, source, out);
                taken++;
            } catch (Rejected rejected) {
                first = first == null ? rejected : first;
                if (++refused <= MOST_NAMED) {
                    why.add("line " + piece.line() + ": " + rejected.code() + " at " + rejected.where());
                }
            }
        }
        if (taken == 0) {
            throw first == null ? new Rejected("nothing-in-it", "/") : first;
        }
        if (refused > MOST_NAMED) {
            why.add("and " + (refused - MOST_NAMED) + " lines more");
        }
        return why;
    }

    private static void stored(UseOfForceFile.Piece piece, DropSource source, Consumer<Effect> out) {
        byte[] raw = piece.raw();
        if (raw == null) {
            throw new Rejected("too-long", "/");
        }
        UseOfForceReport report = UseOfForceReport.read(raw);
        SourceKey key = new SourceKey(SourceKey.USE_OF_FORCE, report.id());
        LondonTime updated = report.updatedAt();
        out.accept(new Effect.StoreSource(
                key,
                raw,
                updated == null ? null : updated.text(),
                updated == null ? null : updated.instant(),
                updated != null && updated.ambiguous(),
                source.readAt(),
                source.from(),
                report.prison(),
                report.occurredAt().instant(),
                Step.USE_OF_FORCE_MATCH,
                report.status().name()));
        out.accept(new Effect.Log(new Evidence(
                Evidence.Kind.COLLECTION,
                null,
                report.prisonerNumber(),
                "sallyport",
                "a use of force report",
                null,
                Sha256.of(raw),
                null,
                null,
                key.system() + "/" + key.recordId())));
    }
}
