package sallyport.routes;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest that stands for bytes on receipts and in the evidence log. */
public final class Sha256 {

    private Sha256() {}

    public static byte[] of(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
