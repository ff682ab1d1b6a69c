package sallyport.mappings.phonereport;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import sallyport.mappings.Rejected;

/**
 * The bytes of a list as code units, so that what was cut out of it can be given back byte for byte: UTF-8 with or without a byte order
 * mark, UTF-16 with one, and else Windows-1252, which has every printable character of Latin-1. Some programs write the mark of UTF-8
 * before Windows-1252: without a single character of UTF-8 behind it the mark is believed to be one of those.
 *
 * <p>Quotes, delimiters and line ends are one unit in each of these, whatever stands beside them.
 */
public final class SheetText {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final char REPLACEMENT = '\uFFFD';

    private final byte[] raw;
    private final Charset charset;
    private final int start;
    private final int width;

    private SheetText(byte[] raw, Charset charset, int start, int width) {
        this.raw = raw;
        this.charset = charset;
        this.start = start;
        this.width = width;
    }

    /** @throws Rejected {@code not-text} for what is none of these */
    public static SheetText of(byte[] raw) {
        if (startsWith(raw, 0xFF, 0xFE)) {
            return wide(raw, StandardCharsets.UTF_16LE);
        }
        if (startsWith(raw, 0xFE, 0xFF)) {
            return wide(raw, StandardCharsets.UTF_16BE);
        }
        int start = startsWith(raw, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        for (byte unit : raw) {
            // UTF-16 or UTF-32 without a mark, or no text at all.
            if (unit == 0) {
                throw notText();
            }
        }
        SheetText utf8 = new SheetText(raw, StandardCharsets.UTF_8, start, 1);
        if (utf8.isWellFormed()) {
            return utf8;
        }
        if (start > 0 && utf8.hasWideCharacters()) {
            // Broken UTF-8: as Windows-1252 each of its other letters would be two wrong ones.
            throw notText();
        }
        return new SheetText(raw, WINDOWS_1252, start, 1);
    }

    private static SheetText wide(byte[] raw, Charset charset) {
        SheetText text = new SheetText(raw, charset, 2, 2);
        if (raw.length % 2 != 0) {
            throw notText();
        }
        for (int at = 0; at < text.length(); at++) {
            // The mark of UTF-32, little end first, begins with that of UTF-16.
            if (text.unit(at) == 0) {
                throw notText();
            }
        }
        return text;
    }

    public int length() {
        return (raw.length - start) / width;
    }

    /** A unit as a number: of UTF-8 and Windows-1252 a byte, of UTF-16 half a pair or a character. */
    int unit(int at) {
        int first = raw[start + at * width] & 0xFF;
        if (width == 1) {
            return first;
        }
        int second = raw[start + at * width + 1] & 0xFF;
        return charset.equals(StandardCharsets.UTF_16LE) ? second << 8 | first : first << 8 | second;
    }

    String text(int from, int to) {
        return new String(raw, start + from * width, (to - from) * width, charset);
    }

    /** The byte order mark, if there is one, and these two stretches, as they came. */
    byte[] cut(int from, int to, int thenFrom, int thenTo) {
        ByteBuffer out = ByteBuffer.allocate(start + (to - from + thenTo - thenFrom) * width);
        out.put(raw, 0, start);
        out.put(raw, start + from * width, (to - from) * width);
        out.put(raw, start + thenFrom * width, (thenTo - thenFrom) * width);
        return out.array();
    }

    private boolean isWellFormed() {
        CharBuffer characters = CharBuffer.allocate(8192);
        var decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer left = ByteBuffer.wrap(raw, start, raw.length - start);
        try {
            for (var result = decoder.decode(left, characters, true);
                    !result.isUnderflow();
                    result = decoder.decode(left, characters, true)) {
                if (result.isError()) {
                    result.throwException();
                }
                characters.clear();
            }
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private boolean hasWideCharacters() {
        return text(0, length()).chars().anyMatch(character -> character > 0x7F && character != REPLACEMENT);
    }

    private static boolean startsWith(byte[] raw, int... mark) {
        return raw.length >= mark.length
                && Arrays.equals(Arrays.copyOf(raw, mark.length), 0, mark.length, bytes(mark), 0, mark.length);
    }

    private static byte[] bytes(int[] mark) {
        byte[] bytes = new byte[mark.length];
        for (int i = 0; i < mark.length; i++) {
            bytes[i] = (byte) mark[i];
        }
        return bytes;
    }

    private static Rejected notText() {
        return new Rejected("not-text", "/");
    }
}
