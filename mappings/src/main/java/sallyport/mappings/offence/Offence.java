package sallyport.mappings.offence;

import org.jspecify.annotations.Nullable;
import sallyport.mappings.identity.OffenceCode;

/**
 * One row of the offence table.
 *
 * @param code CJS code: seven characters, or eight with the suffix of an attempt (A), aiding (B) or conspiracy (C)
 * @param title in plain words, ours and not the statute's
 * @param category how it may be tried
 * @param pncRecordable whether a conviction goes on the PNC
 * @param homeOfficeClass such as {@code 008/06}, absent where it could not be read
 * @param notifiable whether it counts in recorded crime; {@code UNSURE} where it could not be read
 * @param evidence how the Home Office class is known
 */
public record Offence(
        OffenceCode code,
        String title,
        Category category,
        boolean pncRecordable,
        @Nullable String homeOfficeClass,
        Notifiable notifiable,
        Evidence evidence) {

    public enum Category {
        /** Indictable only. */
        CI,
        /** Triable either way. */
        CE,
        /** Summary only: charged within six months or not at all. */
        CS
    }

    public enum Notifiable {
        YES,
        NO,
        UNSURE
    }

    public enum Evidence {
        /** The pairing of both codes was read in a published table. */
        READ,
        /** Both codes were read; that they belong together is our reading. */
        PAIRED,
        /** The class was not read. */
        NONE
    }
}
