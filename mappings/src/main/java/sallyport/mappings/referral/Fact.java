package sallyport.mappings.referral;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.CanonicalJson;

/**
 * What a person said of one readiness item.
 *
 * @param entries the fields of {@link FactForm}, by name: String, Integer or Boolean; empty unless it is there
 * @param note what the force may read; there when it is missing or not applicable
 * @param source how the person knows; stays in the hub
 */
public record Fact(
        ReadinessItem item,
        Readiness.State state,
        List<Map<String, Object>> entries,
        @Nullable String note,
        String source) {

    public Fact {
        List<Map<String, Object>> copies = new ArrayList<>();
        for (Map<String, Object> entry : entries) {
            copies.add(Collections.unmodifiableMap(new LinkedHashMap<>(entry)));
        }
        entries = List.copyOf(copies);
    }

    /** As it is kept: the same answer is the same bytes. */
    public byte[] content() {
        return CanonicalJson.write(CanonicalJson.tree(new Content(state.name(), entries, note, source)));
    }

    /**
     * What was kept. A field that the form does not ask for any more is kept as it is.
     *
     * @throws Rejected {@code not-json}, or {@code schema-invalid} with the pointer of the field
     */
    public static Fact of(ReadinessItem item, byte[] content) {
        Content kept = CanonicalJson.read(content, Content.class);
        return new Fact(
                item,
                Readiness.State.valueOf(kept.state()),
                kept.entries() == null ? List.of() : kept.entries(),
                kept.note(),
                kept.source());
    }

    /** A word of the first entry of an item with one; null where nobody was asked, or nothing is there. */
    public static @Nullable Boolean flag(List<Fact> facts, ReadinessItem item, String field) {
        return facts.stream()
                .filter(fact -> fact.item() == item)
                .flatMap(fact -> fact.entries().stream())
                .map(entry -> entry.get(field))
                .filter(Boolean.class::isInstance)
                .map(Boolean.class::cast)
                .findFirst()
                .orElse(null);
    }

    private record Content(
            String state, @Nullable List<Map<String, Object>> entries, @Nullable String note, String source) {}
}
