package sallyport.simulators.prison;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;
import sallyport.simulators.journal.Agenda;
import sallyport.simulators.world.IncidentRecord;
import sallyport.simulators.world.World;

/**
 * Whoever takes the calls of prisons: writes each down and mails it as a list to a mailbox on a real IMAP server over TLS. The mailbox is in
 * memory: after a restart it is another one, with another UIDVALIDITY.
 */
public final class PhoneDesk implements AutoCloseable {

    public static final String USER = "telephone.reports@hub.example";
    /** Who may report. */
    public static final String SENDER = "incident.desk@prisons.example";

    /** A list of telephone reports begins so. */
    public static final String HEADER = "reference,prison,occurred,reported,type,prisoners,summary\r\n";

    private static final Duration LOOK = Duration.ofSeconds(10);
    /** One incident in so many is reported by telephone. */
    private static final int ONE_IN = 5;

    private static final int MOST_IN_A_LIST = 50;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final World world;
    private final Clock clock;
    private final GreenMail server;
    private final GreenMailUser user;
    private final Agenda agenda;
    private int last;

    public PhoneDesk(int port, Path keys, String keysPassword, String password, World world, Clock clock) {
        this.world = world;
        this.clock = clock;
        // The server has no other way to be told its key.
        System.setProperty("greenmail.tls.keystore.file", keys.toAbsolutePath().toString());
        System.setProperty("greenmail.tls.keystore.password", keysPassword);
        System.setProperty("greenmail.tls.key.password", keysPassword);
        this.server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_IMAPS));
        server.start();
        this.user = server.setUser(USER, USER, password);
        this.agenda = new Agenda("phone-desk", 1, clock);
        this.last = world.lastIndex();
    }

    /** From now on some of the incidents are reported by themselves. */
    public void answerCalls() {
        agenda.after(LOOK, this::look);
    }

    private void look() {
        List<IncidentRecord> told = new ArrayList<>();
        int upTo = last;
        for (IncidentRecord incident : world.incidents()) {
            if (incident.index() > last && incident.report() != null) {
                upTo = Math.max(upTo, incident.index());
                if (incident.index() % ONE_IN == 0 && told.size() < MOST_IN_A_LIST) {
                    told.add(incident);
                }
            }
        }
        last = upTo;
        if (!told.isEmpty()) {
            tell(told);
        }
        agenda.after(LOOK, this::look);
    }

    /** Mails one list with a row for each. */
    public void tell(List<IncidentRecord> incidents) {
        StringBuilder list = new StringBuilder(HEADER);
        incidents.forEach(incident -> list.append(row(incident)));
        mail(SENDER, list.toString());
    }

    /** What somebody would say who has just seen it. */
    public static String row(IncidentRecord incident) {
        JsonNode report = incident.report();
        if (report == null) {
            throw new IllegalArgumentException("nobody rings about an incident that is deleted");
        }
        List<String> prisoners = new ArrayList<>();
        report.path("prisonersInvolved")
                .forEach(prisoner ->
                        prisoners.add(prisoner.path("prisonerNumber").asText()));
        String type = report.path("type").asText().replaceAll("_\\d+$", "").replace('_', ' ');
        return row(
                "NIMU-" + incident.reference(),
                incident.prison(),
                report.path("incidentDateAndTime").asText(),
                report.path("reportedAt").asText(),
                type.toLowerCase(Locale.ROOT),
                String.join(" ", prisoners),
                report.path("title").asText());
    }

    public static String row(String... cells) {
        StringBuilder row = new StringBuilder();
        for (String cell : cells) {
            row.append(row.isEmpty() ? "" : ",")
                    .append('"')
                    .append(cell.replace("\"", "\"\""))
                    .append('"');
        }
        return row.append("\r\n").toString();
    }

    /** Mails a list. */
    public void mail(String sender, String list) {
        mail(sender, list.getBytes(StandardCharsets.UTF_8));
    }

    /** Mails a list, byte for byte; returns the mail. */
    public byte[] mail(String sender, byte[] list) {
        byte[] mail = ("Message-ID: <" + UUID.randomUUID() + "@prisons.example>\r\nFrom: " + sender + "\r\nTo: " + USER
                        + "\r\nDate: " + DATE.format(Instant.now(clock)) + "\r\nSubject: Telephone reports\r\n"
                        + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"edge\"\r\n\r\n--edge\r\n"
                        + "Content-Type: text/plain\r\n\r\nThe list is attached.\r\n--edge\r\n"
                        + "Content-Type: text/csv; name=\"reports.csv\"\r\n"
                        + "Content-Disposition: attachment; filename=\"reports.csv\"\r\n"
                        + "Content-Transfer-Encoding: base64\r\n\r\n"
                        + Base64.getMimeEncoder().encodeToString(list) + "\r\n--edge--\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        deliver(mail);
        return mail;
    }

    /** Puts a mail into the mailbox as it is; one after the other, since this server gives out numbers before mails can be seen. */
    public synchronized void deliver(byte[] raw) {
        try {
            inbox().store(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw)));
        } catch (Exception e) {
            throw new IllegalStateException("the mailbox takes no mail", e);
        }
    }

    /** How many mails are in a folder: {@code INBOX}, {@code Processed}, {@code Refused}. */
    public int count(String folder) {
        MailFolder found = folder.equals("INBOX")
                ? inbox()
                : server.getManagers().getImapHostManager().getFolder(user, folder);
        return found == null ? 0 : found.getMessageCount();
    }

    private MailFolder inbox() {
        try {
            return server.getManagers().getImapHostManager().getInbox(user);
        } catch (FolderException e) {
            throw new IllegalStateException("the mailbox is gone", e);
        }
    }

    @Override
    public void close() {
        agenda.close();
        server.stop();
    }
}
