package sallyport.mappings.document;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * File types that can be told by how they begin. Nothing that can carry a macro and nothing that is only text is among them: the one may
 * act when it is opened, the other looks like anything.
 */
public enum DocumentType {
    PDF("application/pdf", "pdf", 0, "%PDF-"),
    JPEG("image/jpeg", "jpg", 0, "\u00ff\u00d8\u00ff"),
    PNG("image/png", "png", 0, "\u0089PNG\r\n\u001a\n"),
    TIFF_LITTLE("image/tiff", "tif", 0, "II*\0"),
    TIFF_BIG("image/tiff", "tif", 0, "MM\0*"),
    /** Behind the length of its first box. */
    MP4("video/mp4", "mp4", 4, "ftyp");

    /** So many first bytes are enough to tell. */
    public static final int HEAD = 16;

    private final String mediaType;
    private final String ending;
    private final int offset;
    private final byte[] magic;

    DocumentType(String mediaType, String ending, int offset, String magic) {
        this.mediaType = mediaType;
        this.ending = ending;
        this.offset = offset;
        this.magic = magic.getBytes(StandardCharsets.ISO_8859_1);
    }

    public String mediaType() {
        return mediaType;
    }

    /** Empty where the bytes begin like none of them. */
    public static Optional<DocumentType> of(byte[] head) {
        return Arrays.stream(values()).filter(type -> type.begins(head)).findFirst();
    }

    /** Whether bytes of this media type can be told at all. */
    public static boolean isKnown(String mediaType) {
        return Arrays.stream(values()).anyMatch(type -> type.mediaType.equals(mediaType));
    }

    /** What the name of a file of this media type ends with. */
    public static String ending(String mediaType) {
        return Arrays.stream(values())
                .filter(type -> type.mediaType.equals(mediaType))
                .map(type -> type.ending)
                .findFirst()
                .orElse("bin");
    }

    private boolean begins(byte[] head) {
        return head.length >= offset + magic.length
                && Arrays.equals(head, offset, offset + magic.length, magic, 0, magic.length);
    }
}
