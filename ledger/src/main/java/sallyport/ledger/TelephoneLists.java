package sallyport.ledger;

import java.util.HexFormat;
import sallyport.mappings.canonical.Sha256;

/** Lists of telephone reports that a person hands in. */
public interface TelephoneLists {

    /** Of the record of a whole list: the same bytes are the same list, whatever way they came. */
    static String recordId(byte[] list) {
        return HexFormat.of().formatHex(Sha256.of(list)) + "/1";
    }

    /**
     * Commits the list, with who handed it in and why in the evidence log, and asks for its rows to be read. The same bytes again change
     * nothing but the log; what cannot be read is parked, as if it had come by mail.
     *
     * @return the SHA-256 of the list, in hexadecimal
     */
    String take(byte[] list, String actor, String reason);
}
