package sallyport.routes.intelligenceintake;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.IntelligenceNoticed;
import sallyport.ledger.Effect.StoreSource;
import sallyport.ledger.Evidence;
import sallyport.ledger.SourceKey;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.intelligence.IntelligenceNotice;
import sallyport.mappings.intelligence.IntelligenceSheet;
import sallyport.mappings.intelligence.IntelligenceSheet.Bad;
import sallyport.mappings.intelligence.IntelligenceSheet.Good;
import sallyport.routes.HubProperties;
import sallyport.routes.droppedfileintake.DropReader;
import sallyport.routes.droppedfileintake.DropSource;

/**
 * Lists of notices that intelligence exists. What is kept of a row is made of what was understood, never the bytes that came; of a list or
 * a row with anything unexpected in it nothing is kept but its place and a code, and the file stays in {@code rejected} for its sender.
 */
@Component
final class IntelligenceIntake implements DropReader {

    private static final int MOST_ROWS = 5_000;

    private final HubProperties properties;

    IntelligenceIntake(HubProperties properties) {
        this.properties = properties;
    }

    @Override
    public String name() {
        return "intelligence";
    }

    @Override
    public Set<String> endings() {
        return Set.of(".csv");
    }

    @Override
    public List<String> read(DropSource source, InputStream bytes, Consumer<Effect> out) throws IOException {
        List<String> refused = new ArrayList<>();
        for (IntelligenceSheet.Row row : IntelligenceSheet.read(bytes.readAllBytes(), MOST_ROWS, source.readAt())) {
            if (row instanceof Good good) {
                effects(good.notice(), source).forEach(out);
            } else if (row instanceof Bad bad) {
                refused.add("row " + bad.number() + ": " + bad.code() + " at " + bad.where());
            }
        }
        return refused;
    }

    private List<Effect> effects(IntelligenceNotice notice, DropSource source) {
        SourceKey key = new SourceKey(SourceKey.INTELLIGENCE, notice.reference());
        byte[] raw = notice.canonical();
        IntelligenceNotice.About about = notice.about();
        return List.of(
                new StoreSource(
                        key,
                        raw,
                        notice.issued().text(),
                        notice.issued().instant(),
                        notice.issued().ambiguous(),
                        source.readAt(),
                        source.from(),
                        about == null ? null : about.prison(),
                        about == null ? null : about.from(),
                        null),
                new IntelligenceNoticed(
                        key,
                        notice.issued().instant(),
                        about,
                        properties.supplementQuiet(),
                        properties.supplementAtMost()),
                new Effect.Log(new Evidence(
                        Evidence.Kind.COLLECTION,
                        null,
                        about == null ? null : about.prisoner(),
                        "sallyport",
                        about == null ? "a notice of intelligence was taken back" : "a notice that intelligence exists",
                        null,
                        Sha256.of(raw),
                        null,
                        null,
                        key.system() + "/" + key.recordId())));
    }
}
