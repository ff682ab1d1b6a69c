package sallyport.renderings;

import java.nio.charset.StandardCharsets;

/**
 * How long a ZIP of stored entries is, reckoned from the format (APPNOTE.TXT 4.3 and 4.5.3) without writing it. What lies beyond 4 GiB is
 * said in ZIP64 records; no entry is that large by itself.
 */
final class ZipLength {

    /** From here on a place takes a ZIP64 record. */
    private static final long FAR = 0xFFFF_FFFFL;

    private static final int LOCAL_HEADER = 30;
    private static final int DIRECTORY_HEADER = 46;
    private static final int FAR_PLACE = 12;
    private static final int END = 22;
    private static final int FAR_END = 56 + 20;

    private long entries;
    private long directory;

    void add(String name, long size) {
        int letters = name.getBytes(StandardCharsets.UTF_8).length;
        directory += DIRECTORY_HEADER + letters + (entries >= FAR ? FAR_PLACE : 0);
        entries += LOCAL_HEADER + letters + size;
    }

    long total() {
        return entries + directory + END + (entries >= FAR ? FAR_END : 0);
    }
}
