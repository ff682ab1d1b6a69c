package sallyport.connectors.prison.phonereports;

import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderClosedException;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.StoreClosedException;
import jakarta.mail.UIDFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.jspecify.annotations.Nullable;
import sallyport.connectors.prison.phonereports.MailboxPage.Refused;
import sallyport.connectors.prison.phonereports.MailboxPage.Taken;
import sallyport.connectors.prison.phonereports.PhoneReportsProperties.Security;
import sallyport.connectors.wire.Settings;
import sallyport.connectors.wire.Unavailable;

/**
 * One IMAP folder. Reading changes nothing in it, not even what is seen; of a mail that is too large, or not from somebody on the list, no
 * text is asked for. A connection for each call.
 */
final class Mailbox {

    /** Numbers that one search covers: a folder that was emptied has gaps. */
    private static final long STRIDE = 1_000;

    private static final int CHUNK = 64 * 1024;

    private final PhoneReportsProperties properties;
    private final SSLSocketFactory trusted;
    private final Senders senders;
    private final Clock clock;

    Mailbox(PhoneReportsProperties properties, Clock clock) {
        this.properties = properties;
        this.trusted = trusting(properties.truststore(), properties.truststorePassword());
        this.senders = new Senders(properties.senders(), properties.authenticatedBy());
        this.clock = clock;
    }

    /** @throws Unavailable when not even one mail could be read */
    MailboxPage read(MailboxQuery query) {
        return connected((store, deadline) -> {
            IMAPFolder folder = (IMAPFolder) store.getFolder(properties.folder());
            folder.open(Folder.READ_ONLY);
            long validity = folder.getUIDValidity();
            boolean same = validity == query.mark().uidValidity();
            return new Reading(folder, deadline, query.stuck())
                    .from(validity, same ? query.mark().lastUid() : 0);
        });
    }

    /**
     * Moves what is committed. A mail that is not there any more was moved already, by this hub or by a person.
     *
     * @return false when the server is there and does not do it: a folder that cannot be made, a mailbox that may only be read
     */
    boolean putAway(MailboxMark mark) {
        if (!mark.isAnyToPutAway()) {
            return true;
        }
        try {
            return moved(mark);
        } catch (Unavailable unavailable) {
            if (MailFaults.isRefusal(unavailable)) {
                return false;
            }
            throw unavailable;
        }
    }

    private boolean moved(MailboxMark mark) {
        return connected((store, deadline) -> {
            IMAPFolder folder = (IMAPFolder) store.getFolder(properties.folder());
            folder.open(Folder.READ_WRITE);
            if (folder.getUIDValidity() == mark.uidValidity()) {
                move(store, folder, mark.taken(), properties.processedFolder());
                move(store, folder, mark.refused(), properties.refusedFolder());
            }
            folder.close(false);
            return true;
        });
    }

    private static void move(IMAPStore store, IMAPFolder from, List<Long> uids, String to) throws MessagingException {
        Message[] mails = Arrays.stream(from.getMessagesByUID(
                        uids.stream().mapToLong(Long::longValue).toArray()))
                .filter(Objects::nonNull)
                .toArray(Message[]::new);
        if (mails.length == 0) {
            return;
        }
        Folder target = store.getFolder(to);
        if (!target.exists() && !target.create(Folder.HOLDS_MESSAGES)) {
            throw new FolderNotFoundException(target);
        }
        if (store.hasCapability("MOVE")) {
            from.moveMessages(mails, target);
            return;
        }
        from.copyMessages(mails, target);
        from.setFlags(mails, new Flags(Flags.Flag.DELETED), true);
        if (store.hasCapability("UIDPLUS")) {
            // Without it everything that anybody has marked as deleted would go.
            from.expunge(mails);
        }
    }

    /** One page of mails, in the order of their numbers. */
    private final class Reading {

        private final IMAPFolder folder;
        private final Deadline deadline;
        private final boolean stuck;
        private final List<Taken> taken = new ArrayList<>();
        private final List<Refused> refused = new ArrayList<>();

        Reading(IMAPFolder folder, Deadline deadline, boolean stuck) {
            this.folder = folder;
            this.deadline = deadline;
            this.stuck = stuck;
        }

        MailboxPage from(long validity, long lastUid) throws MessagingException {
            long highest = highest();
            long last = lastUid;
            for (long from = lastUid + 1; from <= highest; from += STRIDE) {
                long to = Math.min(from + STRIDE - 1, highest);
                Message[] mails = folder.getMessagesByUID(from, to);
                for (int at = 0; at < mails.length; at += properties.mailsPerRead()) {
                    Message[] some =
                            Arrays.copyOfRange(mails, at, Math.min(at + properties.mailsPerRead(), mails.length));
                    folder.fetch(some, overview());
                    for (Message each : some) {
                        long uid = folder.getUID(each);
                        if (uid <= last) {
                            continue;
                        }
                        if (isFull(each) || !read((IMAPMessage) each, uid)) {
                            return page(validity, last, true);
                        }
                        last = uid;
                    }
                }
                last = Math.max(last, to);
            }
            return page(validity, last, false);
        }

        /**
         * The number of the last mail that can be seen. What the server says will be the next number is no measure: a mail that is on its
         * way in may have its number already and not be there yet, and the mark would pass it for ever.
         */
        private long highest() throws MessagingException {
            int mails = folder.getMessageCount();
            try {
                return mails == 0 ? 0 : folder.getUID(folder.getMessage(mails));
            } catch (MessageRemovedException gone) {
                // Somebody takes mails away just now: the next look sees what is left.
                return 0;
            }
        }

        private MailboxPage page(long validity, long last, boolean more) {
            return new MailboxPage(
                    taken,
                    refused,
                    new MailboxMark(
                            validity,
                            last,
                            taken.stream().map(Taken::uid).toList(),
                            refused.stream().map(Refused::uid).toList()),
                    more);
        }

        /** No more mails than told, nor more bytes than one mail may have: those of a page are in memory together. */
        private boolean isFull(Message next) throws MessagingException {
            long held = taken.stream().mapToLong(mail -> mail.raw().length).sum();
            return taken.size() + refused.size() == properties.mailsPerRead()
                    || held > 0 && held + next.getSize() > properties.maxMail().toBytes();
        }

        private boolean isFirst() {
            return taken.isEmpty() && refused.isEmpty();
        }

        /** @return false when it failed and there is something before it to be committed first */
        private boolean read(IMAPMessage mail, long uid) throws MessagingException {
            try {
                return decide(mail, uid);
            } catch (MessageRemovedException gone) {
                return true;
            } catch (MessagingException | IOException failure) {
                if (!isFirst()) {
                    return false;
                }
                boolean lost = failure instanceof FolderClosedException || failure instanceof StoreClosedException;
                if (stuck) {
                    refused.add(new Refused(uid, "cannot-be-read", -1, null));
                    return !lost && !deadline.isLate();
                }
                throw failure instanceof MessagingException mailbox
                        ? mailbox
                        : new MessagingException("reading", (IOException) failure);
            }
        }

        private boolean decide(IMAPMessage mail, long uid) throws MessagingException, IOException {
            if (mail.isSet(Flags.Flag.DELETED)) {
                return true;
            }
            long size = mail.getSizeLong();
            Date arrived = mail.getReceivedDate();
            Instant arrivedAt = arrived == null ? null : arrived.toInstant();
            if (!senders.mayReport(mail)) {
                refused.add(new Refused(uid, "sender-not-on-list", size, arrivedAt));
                return true;
            }
            long most = properties.maxMail().toBytes();
            if (size > most || size < 0) {
                refused.add(new Refused(uid, "too-large", size, arrivedAt));
                return true;
            }
            if (!senders.isAuthenticated(mail)) {
                refused.add(new Refused(uid, "sender-not-authenticated", size, arrivedAt));
                return true;
            }
            byte[] raw = bytes(mail, most);
            if (raw == null) {
                refused.add(new Refused(uid, "too-large", size, arrivedAt));
            } else {
                taken.add(new Taken(uid, mail.getMessageID(), raw, where(uid), clock.instant()));
            }
            return true;
        }

        /** Null when there is more of it than the server said. */
        private byte @Nullable [] bytes(IMAPMessage mail, long most) throws MessagingException, IOException {
            try (InputStream in = mail.getMimeStream()) {
                byte[] raw = in.readNBytes((int) most + 1);
                return raw.length > most ? null : raw;
            }
        }

        private URI where(long uid) {
            try {
                return new URI(
                        properties.security() == Security.TLS ? "imaps" : "imap",
                        null,
                        properties.host(),
                        properties.port(),
                        "/" + properties.folder() + ";UIDVALIDITY=" + folder.getUIDValidity() + "/;UID=" + uid,
                        null,
                        null);
            } catch (URISyntaxException | MessagingException e) {
                throw new IllegalStateException("The mailbox has no address", e);
            }
        }
    }

    private static FetchProfile overview() {
        FetchProfile profile = new FetchProfile();
        profile.add(UIDFolder.FetchProfileItem.UID);
        profile.add(FetchProfile.Item.ENVELOPE);
        profile.add(FetchProfile.Item.FLAGS);
        profile.add(FetchProfile.Item.SIZE);
        return profile;
    }

    private interface Talk<T> {
        T with(IMAPStore store, Deadline deadline) throws MessagingException;
    }

    private <T> T connected(Talk<T> talk) {
        try (Deadline deadline = new Deadline(properties.totalTimeout())) {
            try {
                return connected(talk, deadline);
            } catch (MessagingException | IllegalStateException failure) {
                // A connection that goes away while it is used is sometimes said to be an illegal state.
                throw MailFaults.of(failure, deadline.isLate());
            }
        }
    }

    private <T> T connected(Talk<T> talk, Deadline deadline) throws MessagingException {
        Session session = Session.getInstance(settings(deadline));
        IMAPStore store = (IMAPStore) session.getStore(properties.security() == Security.TLS ? "imaps" : "imap");
        store.connect(properties.host(), properties.port(), properties.user(), properties.password());
        T said = talk.with(store, deadline);
        // After a failure it is not closed politely: the server may be what does not answer. The deadline shuts its
        // socket.
        store.close();
        return said;
    }

    private Properties settings(Deadline deadline) {
        Properties settings = new Properties();
        for (String protocol : new String[] {"imap", "imaps"}) {
            String prefix = "mail." + protocol + ".";
            settings.setProperty(prefix + "connectiontimeout", millis(properties.connectTimeout()));
            settings.setProperty(prefix + "timeout", millis(properties.timeout()));
            settings.setProperty(prefix + "writetimeout", millis(properties.timeout()));
            settings.setProperty(prefix + "ssl.checkserveridentity", "true");
            settings.setProperty(prefix + "ssl.protocols", "TLSv1.3 TLSv1.2");
            settings.put(prefix + "ssl.socketFactory", deadline.secure(trusted));
            settings.put(prefix + "socketFactory", deadline.plain());
            settings.setProperty(prefix + "socketFactory.fallback", "false");
            settings.setProperty(prefix + "peek", "true");
            settings.setProperty(prefix + "fetchsize", Integer.toString(CHUNK));
            settings.setProperty(prefix + "partialfetch", "true");
            // The size that was said is not believed: reading ends where the bytes end.
            settings.setProperty(prefix + "ignorebodystructuresize", "true");
            settings.setProperty(prefix + "connectionpoolsize", "1");
        }
        boolean startTls = properties.security() == Security.STARTTLS;
        settings.setProperty("mail.imap.starttls.enable", Boolean.toString(startTls));
        settings.setProperty("mail.imap.starttls.required", Boolean.toString(startTls));
        return settings;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private static SSLSocketFactory trusting(@Nullable Path truststore, @Nullable String password) {
        if (truststore == null || password == null) {
            return (SSLSocketFactory) SSLSocketFactory.getDefault();
        }
        try (InputStream in = Files.newInputStream(truststore)) {
            KeyStore authorities = KeyStore.getInstance("PKCS12");
            authorities.load(in, password.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException unreadable) {
            throw Settings.wrong(
                    "sallyport.phone-reports.truststore",
                    "must be a PKCS12 file that sallyport.phone-reports.truststore-password opens");
        }
    }
}
