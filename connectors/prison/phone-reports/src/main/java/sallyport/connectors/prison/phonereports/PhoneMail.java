package sallyport.connectors.prison.phonereports;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;

/**
 * What is in a mail: the lists that were attached to it, and its text. What is inside a mail that was forwarded as an attachment is not
 * looked at, for nobody has seen who sent that one.
 *
 * @param lists the attached lists, byte for byte as they were before they were encoded for the way
 * @param text the plain text in UTF-8, or else what can be read of the HTML; null when there is neither
 * @param others how many attachments are neither
 */
public record PhoneMail(List<byte[]> lists, byte @Nullable [] text, int others) {

    private static final Session NONE = Session.getInstance(new Properties());
    private static final int DEEPEST = 10;
    private static final int MOST_PARTS = 200;
    private static final int MOST_LISTS = 20;

    public PhoneMail {
        lists = List.copyOf(lists);
    }

    /** @throws Rejected {@code mail-not-readable} at the part, {@code too-many-parts}, {@code too-many-lists} */
    public static PhoneMail open(byte[] raw) {
        if (boundaries(raw) > MOST_PARTS) {
            // Each would become several objects before it could be counted.
            throw new Rejected("too-many-parts", "/");
        }
        try {
            Opening opening = new Opening();
            opening.look(new MimeMessage(NONE, new ByteArrayInputStream(raw)), "/parts/1", 0);
            return opening.found();
        } catch (MessagingException | IOException | RuntimeException failure) {
            if (failure instanceof Rejected rejected) {
                throw rejected;
            }
            // Its message quotes the mail.
            throw new Rejected("mail-not-readable", "/");
        }
    }

    private static int boundaries(byte[] raw) {
        int found = 0;
        for (int at = 0; at + 2 < raw.length; at++) {
            if (raw[at + 1] == '-' && raw[at + 2] == '-' && (raw[at] == '\n' || raw[at] == '\r')) {
                found++;
            }
        }
        return found;
    }

    private static final class Opening {

        private final List<byte[]> lists = new ArrayList<>();
        private final StringBuilder plain = new StringBuilder();
        private final StringBuilder html = new StringBuilder();
        private int others;

        void look(Part part, String where, int depth) throws MessagingException, IOException {
            if (depth > DEEPEST) {
                throw new Rejected("too-many-parts", where);
            }
            ContentType type = type(part);
            String name = name(part);
            boolean attached = Part.ATTACHMENT.equalsIgnoreCase(disposition(part)) || name != null;
            if (type.getPrimaryType().equalsIgnoreCase("multipart")) {
                lookInto(part, where, depth);
            } else if (isList(type, name)) {
                if (lists.size() == MOST_LISTS) {
                    throw new Rejected("too-many-lists", where);
                }
                lists.add(bytes(part, where));
            } else if (!attached && type.match("text/plain")) {
                add(plain, part, type, where);
            } else if (!attached && type.match("text/html")) {
                add(html, part, type, where);
            } else {
                others++;
            }
        }

        private void lookInto(Part part, String where, int depth) throws MessagingException, IOException {
            if (!(part.getContent() instanceof MimeMultipart parts)) {
                throw new Rejected("mail-not-readable", where);
            }
            look(parts, where, depth);
        }

        private void look(Multipart parts, String where, int depth) throws MessagingException, IOException {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart each = parts.getBodyPart(i);
                look(each, where + "/" + (i + 1), depth + 1);
            }
        }

        PhoneMail found() {
            String text = plain.toString().isBlank() ? HtmlText.of(html.toString()) : plain.toString();
            return new PhoneMail(lists, text.isBlank() ? null : text.getBytes(UTF_8), others);
        }
    }

    private static boolean isList(ContentType type, @Nullable String name) {
        boolean named = name != null && name.toLowerCase(Locale.ROOT).endsWith(".csv");
        return named || type.match("text/csv") || type.match("text/comma-separated-values");
    }

    private static void add(StringBuilder text, Part part, ContentType type, String where)
            throws MessagingException, IOException {
        text.append(text.isEmpty() ? "" : "\n").append(new String(bytes(part, where), charset(type)));
    }

    private static byte[] bytes(Part part, String where) throws MessagingException {
        try (InputStream in = part.getInputStream()) {
            return in.readAllBytes();
        } catch (IOException undecodable) {
            throw new Rejected("mail-not-readable", where);
        }
    }

    /** A part whose type cannot be read is what a part without one is. */
    private static ContentType type(Part part) throws MessagingException {
        try {
            return new ContentType(part.getContentType());
        } catch (ParseException unreadable) {
            return new ContentType("application", "octet-stream", null);
        }
    }

    private static @Nullable String name(Part part) throws MessagingException {
        try {
            String name = part.getFileName();
            return name == null ? null : MimeUtility.decodeText(name);
        } catch (ParseException | IOException unreadable) {
            return "";
        }
    }

    private static @Nullable String disposition(Part part) throws MessagingException {
        try {
            return part.getDisposition();
        } catch (ParseException unreadable) {
            return Part.ATTACHMENT;
        }
    }

    private static Charset charset(ContentType type) {
        String name = type.getParameter("charset");
        try {
            return name == null ? UTF_8 : Charset.forName(MimeUtility.javaCharset(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return UTF_8;
        }
    }
}
