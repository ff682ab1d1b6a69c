package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.with;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import sallyport.ledger.Failure;

/** How a failure is written to the columns that say why a row is parked. */
final class Parked {

    private static final int LONGEST = 500;

    private Parked() {}

    static MapSqlParameterSource parameters(Failure failure) {
        return with("kind", failure.kind().name())
                .addValue("code", writable(failure.code()))
                .addValue("where", writable(failure.where()))
                .addValue("detail", writable(failure.detail()));
    }

    /** Never itself a reason why a row cannot be written: short, and without U+0000. */
    static @Nullable String writable(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String whole = text.replace('\u0000', '\uFFFD');
        return whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST);
    }
}
