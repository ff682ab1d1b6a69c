package sallyport.connectors.prison.phonereports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sallyport.mappings.Rejected;

/** Mails as they come, and as nobody should send them. */
class PhoneMailTest {

    private static final String HEAD = "From: desk@example.org\r\nMIME-Version: 1.0\r\n";
    private static final String LIST = "reference,prison\r\nN-1,Kübel\r\n";

    @Test
    void aPlainMailIsItsText() {
        PhoneMail mail = open("Content-Type: text/plain; charset=ISO-8859-1\r\n\r\nReference: é".getBytes(ISO_8859_1));

        assertThat(mail.lists()).isEmpty();
        assertThat(text(mail)).isEqualTo("Reference: é");
    }

    @Test
    void aMailWithoutAWordOfMimeIsItsText() {
        assertThat(text(PhoneMail.open("Reference: N-1".getBytes(UTF_8)))).isEmpty();
        assertThat(text(PhoneMail.open("From: a@b\n\nReference: N-1".getBytes(UTF_8))))
                .isEqualTo("Reference: N-1");
    }

    @Test
    void aMailWithNothingInItHasNoText() {
        assertThat(PhoneMail.open(new byte[0])).isEqualTo(new PhoneMail(java.util.List.of(), null, 0));
        assertThat(open("\r\n \r\n".getBytes(UTF_8)).text()).isNull();
    }

    @Test
    void ofTheSameTwiceThePlainTextIsRead() {
        PhoneMail mail = open(multipart(
                "alternative",
                part("text/html; charset=utf-8", "<p>Reference: H"),
                part("text/plain; charset=utf-8", "Reference: P")));

        assertThat(text(mail)).isEqualTo("Reference: P");
    }

    @Test
    void htmlIsReadAsPeopleSeeIt() {
        PhoneMail mail = open(("Content-Type: text/html; charset=utf-8\r\n\r\n"
                        + "<html><head><title>no</title><style>p {x: 1}</style></head><body><!-- Reference: no -->"
                        + "<p>Reference:&nbsp;N-1</p><table><tr><td>Prison:</td><td>LEI</td></tr></table>"
                        + "<div>Summary: a &lt;b&gt;\r\n  c<br>second&#233; line</div><script>Type: fire</script></body>")
                .getBytes(UTF_8));

        assertThat(text(mail)).isEqualTo("Reference: N-1\nPrison: LEI\nSummary: a <b> c\nsecondé line");
    }

    @ParameterizedTest
    @CsvSource({
        "'<', ''",
        "'a<b', a",
        "'<p', ''",
        "'<script>x', ''",
        "'<!-- x', ''",
        "'</script>a', a",
        "'<>a', a",
        "'</>a', a",
        "'&#99999999999;&bogus;a', '&#99999999999;&bogus;a'"
    })
    void brokenHtmlIsReadAsFarAsItGoes(String html, String text) {
        assertThat(HtmlText.of(html)).isEqualTo(text);
    }

    @Test
    void attachedListsAreGivenByteForByte() {
        byte[] list = LIST.getBytes(ISO_8859_1);
        String encoded = Base64.getMimeEncoder().encodeToString(list);
        PhoneMail mail = open(multipart(
                "mixed",
                part("text/plain", "Today's list."),
                part(
                        "application/octet-stream; name=\"=?utf-8?Q?Liste.CSV?=\"\r\nContent-Transfer-Encoding: base64\r\n"
                                + "Content-Disposition: attachment",
                        encoded),
                part("text/csv", "a,b"),
                part("image/png; name=logo.png", "x"),
                part("message/rfc822", HEAD + "Content-Type: text/csv\r\n\r\nreference,prison")));

        assertThat(mail.lists()).hasSize(2);
        assertThat(mail.lists().get(0)).isEqualTo(list);
        assertThat(mail.others()).isEqualTo(2);
        assertThat(text(mail)).isEqualTo("Today's list.");
    }

    @Test
    void aTextThatIsAttachedIsNotTheText() {
        PhoneMail mail =
                open(multipart("mixed", part("text/plain\r\nContent-Disposition: attachment", "Reference: N-1")));

        assertThat(mail.text()).isNull();
        assertThat(mail.others()).isEqualTo(1);
    }

    @Test
    void whatIsNoMultipartIsRefusedWithoutAQuotation() {
        assertThatThrownBy(() ->
                        open("Content-Type: multipart/mixed; boundary=canary\r\n\r\nno such thing".getBytes(UTF_8)))
                .isInstanceOfSatisfying(Rejected.class, rejected -> {
                    assertThat(rejected.code()).isEqualTo("mail-not-readable");
                    assertThat(rejected.getMessage()).doesNotContain("canary");
                });
    }

    @Test
    void anEncodingThatIsNoneIsRefusedOrReadNeverMore() {
        PhoneMail mail = open("Content-Type: text/plain; charset=klingon\r\n\r\nx".getBytes(UTF_8));
        assertThat(text(mail)).isEqualTo("x");
        assertThatThrownBy(() -> open(multipart("mixed", part("text/csv\r\nContent-Transfer-Encoding: klingon", "x"))))
                .hasMessageStartingWith("mail-not-readable at /parts/1/1");
    }

    @Test
    void aTowerOfPartsAndACrowdOfThemAreRefused() {
        String deep = "x";
        for (int i = 0; i < 60; i++) {
            deep = "Content-Type: multipart/mixed; boundary=b" + i + "\r\n\r\n--b" + i + "\r\n" + deep + "\r\n--b" + i
                    + "--\r\n";
        }
        byte[] tower = deep.getBytes(UTF_8);
        assertThatThrownBy(() -> open(tower)).hasMessageStartingWith("too-many-parts");

        byte[] crowd = ("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n".repeat(500_000))
                .getBytes(UTF_8);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assertThatThrownBy(() -> open(crowd))
                .hasMessageStartingWith("too-many-parts"));

        byte[] lists = multipart("mixed", part("text/csv", "a").repeat(21));
        assertThatThrownBy(() -> open(lists)).hasMessageStartingWith("too-many-lists at /parts/1/21");
    }

    @Test
    void anyBytesAreAMailOrRefused() {
        Random random = new Random(7);
        byte[] whole = multipart("mixed", part("text/csv; name=\"a.csv\"", LIST), part("text/html", "<p>x"));
        for (int i = 0; i < 2_000; i++) {
            byte[] raw = (HEAD + new String(whole, ISO_8859_1)).getBytes(ISO_8859_1);
            for (int changes = 0; changes < 1 + i % 20; changes++) {
                raw[random.nextInt(raw.length)] = (byte) random.nextInt(256);
            }
            try {
                PhoneMail.open(raw);
            } catch (Rejected rejected) {
                assertThat(rejected.code()).isNotBlank();
            }
        }
    }

    private static PhoneMail open(byte[] rest) {
        byte[] head = HEAD.getBytes(UTF_8);
        byte[] raw = java.util.Arrays.copyOf(head, head.length + rest.length);
        System.arraycopy(rest, 0, raw, head.length, rest.length);
        return PhoneMail.open(raw);
    }

    private static String text(PhoneMail mail) {
        return mail.text() == null ? "" : new String(mail.text(), UTF_8);
    }

    private static String part(String type, String body) {
        return "--edge\r\nContent-Type: " + type + "\r\n\r\n" + body + "\r\n";
    }

    private static byte[] multipart(String kind, String... parts) {
        return ("Content-Type: multipart/" + kind + "; boundary=edge\r\n\r\n" + String.join("", parts) + "--edge--\r\n")
                .getBytes(UTF_8);
    }
}
