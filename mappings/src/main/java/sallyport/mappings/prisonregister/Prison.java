package sallyport.mappings.prisonregister;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.json.JsonFields;

/**
 * A prison as {@code GET /prisons} gives it; which police force it belongs to the register does not know.
 *
 * @param contracted run by a company
 * @param lthse of the long-term and high security estate
 * @param types such as {@code HMP}, {@code YOI}
 * @param categories such as {@code B}, {@code OPEN}
 * @param replacedCharacters how many characters of the text could not be stored and were replaced
 */
public record Prison(
        String prisonId,
        String prisonName,
        @Nullable String prisonNameInWelsh,
        boolean active,
        boolean male,
        boolean female,
        boolean contracted,
        boolean lthse,
        List<String> types,
        List<String> categories,
        List<Address> addresses,
        List<String> operators,
        int replacedCharacters) {

    /** Reads the register: {@link Rejected} with {@code not-json} or {@code schema-invalid} and the JSON pointer of the field. */
    public static List<Prison> readAll(byte[] raw) {
        List<Prison> all = new ArrayList<>();
        for (JsonFields prison : JsonFields.readAll(raw)) {
            all.add(read(prison));
        }
        return List.copyOf(all);
    }

    private static Prison read(JsonFields prison) {
        return new Prison(
                prison.text("prisonId"),
                prison.text("prisonName"),
                prison.optionalText("prisonNameInWelsh"),
                prison.flag("active"),
                prison.flag("male"),
                prison.flag("female"),
                prison.flag("contracted"),
                prison.flag("lthse"),
                prison.list("types", type -> type.text("code")),
                prison.texts("categories"),
                prison.list("addresses", Address::read),
                prison.list("operators", operator -> operator.text("name")),
                prison.replacedCharacters());
    }

    /** Where a prison is, in English. */
    public record Address(
            @Nullable String addressLine1,
            @Nullable String addressLine2,
            String town,
            @Nullable String county,
            String postcode,
            String country) {

        static Address read(JsonFields address) {
            return new Address(
                    address.optionalText("addressLine1"),
                    address.optionalText("addressLine2"),
                    address.text("town"),
                    address.optionalText("county"),
                    address.text("postcode"),
                    address.text("country"));
        }
    }
}
