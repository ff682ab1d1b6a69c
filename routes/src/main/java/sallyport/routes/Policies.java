package sallyport.routes;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.CaseClass;
import sallyport.ledger.ReferralCase;
import sallyport.mappings.table.AppliesTo;

/**
 * What a prison or a force has agreed otherwise than all the rest: the operator's table of policies, whose rows count before the
 * settings of {@link HubProperties}. A row that names the prison counts before one that names the force, that before one for a class.
 */
public final class Policies {

    /** The columns of the table; {@code class} is IMMEDIATE, ROUTINE or {@code *}, {@code why} is for its readers. */
    static final List<String> COLUMNS = List.of("policy", "prison", "force", "class", "value", "why");

    private enum Policy {
        DECIDE_WITHIN,
        APPROVE_MANDATORY,
        NOTES_BEFORE,
        NOTES_AFTER;

        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Policy of(String code) {
            return Arrays.stream(values())
                    .filter(policy -> policy.code().equals(code))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("names a policy that is none of "
                            + Arrays.stream(values()).map(Policy::code).collect(Collectors.joining(", "))));
        }
    }

    private record Row(Policy policy, AppliesTo to, Object value) {}

    private final HubProperties general;
    private final List<Row> rows;

    private Policies(HubProperties general, List<Row> rows) {
        this.general = general;
        this.rows = List.copyOf(rows);
    }

    /** Where nobody has agreed anything else. */
    public static Policies of(HubProperties general) {
        return new Policies(general, List.of());
    }

    /** @throws IllegalArgumentException saying which row cannot be taken, and why */
    public static Policies of(HubProperties general, List<Map<String, String>> table) {
        List<Row> rows = new ArrayList<>();
        for (Map<String, String> line : table) {
            try {
                Row row = row(line);
                if (rows.stream()
                        .anyMatch(other ->
                                other.policy() == row.policy() && other.to().equals(row.to()))) {
                    throw new IllegalArgumentException("says again what another row says");
                }
                rows.add(row);
            } catch (IllegalArgumentException | DateTimeException wrong) {
                throw new IllegalArgumentException("row " + (rows.size() + 1) + " (" + line.get("policy") + "): "
                        + (wrong instanceof DateTimeException
                                ? "has a value that is no ISO 8601 duration such as PT12H or P7D"
                                : wrong.getMessage()));
            }
        }
        return new Policies(general, rows);
    }

    private static Row row(Map<String, String> line) {
        if (!line.keySet().containsAll(COLUMNS)) {
            throw new IllegalArgumentException("does not have the columns " + String.join(",", COLUMNS));
        }
        Policy policy = Policy.of(line.get("policy"));
        String caseClass = line.get("class");
        if (!caseClass.equals(AppliesTo.ANY)
                && (policy != Policy.DECIDE_WITHIN
                        || Arrays.stream(CaseClass.values())
                                .noneMatch(known -> known.name().equals(caseClass)))) {
            throw new IllegalArgumentException("has a class other than *, or with decide-within IMMEDIATE or ROUTINE");
        }
        if (line.get("why").isBlank()) {
            throw new IllegalArgumentException("does not say why");
        }
        return new Row(policy, AppliesTo.read(line, caseClass), value(policy, line.get("value")));
    }

    private static Object value(Policy policy, String value) {
        if (policy == Policy.APPROVE_MANDATORY) {
            return switch (value) {
                case "yes" -> true;
                case "no" -> false;
                default -> throw new IllegalArgumentException("has a value that is neither yes nor no");
            };
        }
        Duration length = Duration.parse(value);
        if (length.isNegative() || length.isZero()) {
            throw new IllegalArgumentException("has a value that is no length of time");
        }
        if (policy == Policy.DECIDE_WITHIN && length.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException("lets a person take longer than the 24 hours of the referral agreement");
        }
        return length;
    }

    int size() {
        return rows.size();
    }

    /** How long a person may take over a waiting case. */
    public Duration decideWithin(String prison, @Nullable String force, CaseClass caseClass) {
        return find(Policy.DECIDE_WITHIN, prison, force, caseClass.name())
                .map(Duration.class::cast)
                .orElse(general.decideWithin());
    }

    /** Whether a mandatory verdict goes on without a person. */
    public boolean approvesMandatory(ReferralCase waiting) {
        return find(Policy.APPROVE_MANDATORY, waiting.prison(), waiting.force(), AppliesTo.ANY)
                .map(Boolean.class::cast)
                .orElse(general.approvesAutomatically(waiting.prison()));
    }

    /** How long before the incident case notes of its suspects are read. */
    public Duration notesBefore(ReferralCase known) {
        return find(Policy.NOTES_BEFORE, known.prison(), known.force(), AppliesTo.ANY)
                .map(Duration.class::cast)
                .orElse(general.notesBefore());
    }

    /** And how long after it. */
    public Duration notesAfter(ReferralCase known) {
        return find(Policy.NOTES_AFTER, known.prison(), known.force(), AppliesTo.ANY)
                .map(Duration.class::cast)
                .orElse(general.notesAfter());
    }

    private Optional<Object> find(Policy policy, String prison, @Nullable String force, String caseClass) {
        return rows.stream()
                .filter(row -> row.policy() == policy && row.to().fits(prison, force, caseClass))
                .max(Comparator.comparingInt(row -> row.to().precision()))
                .map(Row::value);
    }
}
