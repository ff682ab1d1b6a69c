package sallyport.mappings.adjudication;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.json.JsonFields;

/**
 * The charges of a prisoner, each read by itself: a code that nobody knows in an old one holds back no other.
 *
 * @param unreadable those of which a field is not as it must be
 */
public record Charges(List<Readable> readable, List<Unreadable> unreadable) {

    public Charges {
        readable = List.copyOf(readable);
        unreadable = List.copyOf(unreadable);
    }

    /** @param raw the charge alone */
    public record Readable(Adjudication charge, byte[] raw) {}

    /**
     * What can be said of a charge that cannot be read.
     *
     * @param chargeNumber null where even that is not there
     * @param status in the source's word
     * @param prison where it was made
     * @param raw the charge alone
     * @param code of {@link Rejected}; {@code where} the field in the charge
     */
    public record Unreadable(
            @Nullable String chargeNumber,
            @Nullable String status,
            @Nullable String prison,
            byte[] raw,
            String code,
            String where) {

        /** Whether the source says that it is with the police. */
        public boolean referredToPolice() {
            return AdjudicationStatus.REFER_POLICE.name().equals(status);
        }
    }

    /** {@link Rejected} with {@code not-json} or {@code schema-invalid} when it is no array at all. */
    public static Charges read(byte[] raw) {
        List<Readable> readable = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        for (byte[] each : JsonFields.split(raw)) {
            try {
                readable.add(new Readable(Adjudication.readOne(each), each));
            } catch (Rejected rejected) {
                unreadable.add(unreadable(each, rejected));
            }
        }
        return new Charges(readable, unreadable);
    }

    public List<Adjudication> all() {
        return readable.stream().map(Readable::charge).toList();
    }

    private static Unreadable unreadable(byte[] raw, Rejected why) {
        Map<String, String> said = scalars(raw);
        return new Unreadable(
                said.get("chargeNumber"),
                said.get("status"),
                said.get("originatingAgencyId"),
                raw,
                why.code(),
                why.where());
    }

    private static Map<String, String> scalars(byte[] raw) {
        try {
            return JsonFields.read(raw).scalars();
        } catch (Rejected noObject) {
            return Map.of();
        }
    }
}
