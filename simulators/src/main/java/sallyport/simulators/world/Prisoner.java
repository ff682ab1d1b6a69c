package sallyport.simulators.world;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An invented prisoner. The surname carries the canary.
 *
 * @param pnc long form with a valid check letter, or absent as for some real ones
 * @param cro standard form with a valid check letter, or absent
 */
public record Prisoner(
        String number,
        @Nullable String pnc,
        @Nullable String cro,
        String bookingId,
        String firstName,
        String lastName,
        LocalDate dateOfBirth,
        String gender,
        String prison,
        String prisonName,
        String cell,
        LocalDate releaseDate,
        boolean remand) {

    /** {@code 12/394773H}, as prisoner search gives it; only for those who have one. */
    public String pncShort() {
        return pnc == null ? "" : Identifiers.pncShort(pnc);
    }

    Prisoner numbered(String otherNumber) {
        return new Prisoner(
                otherNumber,
                pnc,
                cro,
                bookingId,
                firstName,
                lastName,
                dateOfBirth,
                gender,
                prison,
                prisonName,
                cell,
                releaseDate,
                remand);
    }
}
