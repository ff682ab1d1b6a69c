package sallyport.mappings.document;

import org.jspecify.annotations.Nullable;

/** A file's name as it may be shown and offered again: no folder, nothing that a terminal, a shell or a header takes for itself. */
public final class FileName {

    private static final int LONGEST = 100;
    private static final int END = 10;

    private FileName() {}

    /** Null where nothing is left of it. */
    public static @Nullable String of(@Nullable String sent) {
        if (sent == null) {
            return null;
        }
        String name = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1)
                .replaceAll("[^\\p{L}\\p{N} ._()'-]", "_")
                .replaceAll("\\.{2,}", ".")
                .replaceAll("^[. ]+", "")
                .strip();
        if (name.length() > LONGEST) {
            // The end says what kind of file it is.
            name = name.substring(0, LONGEST - END) + name.substring(name.length() - END);
        }
        return name.isBlank() ? null : name;
    }
}
