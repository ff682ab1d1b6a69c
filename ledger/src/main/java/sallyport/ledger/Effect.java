package sallyport.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.intelligence.IntelligenceNotice;

/** Something a step wants written. Steps write nothing themselves: the ledger writes all effects of a batch in one transaction. */
public sealed interface Effect {

    /**
     * Stores a version of a source record if its bytes differ from the latest one, under the lock of the record's row; an older
     * {@code modifiedAt} than the latest is stored but never becomes latest.
     *
     * @param modifiedText as the source wrote it
     * @param occurredAt when what the record tells of happened
     * @param status the state the source says it is in, in its own word
     * @param then work asked for when this became the latest version, with the record id as key
     */
    record StoreSource(
            SourceKey key,
            byte[] raw,
            @Nullable String modifiedText,
            @Nullable Instant modifiedAt,
            boolean modifiedAmbiguous,
            Instant fetchedAt,
            String fetchedFrom,
            @Nullable String prison,
            @Nullable Instant occurredAt,
            @Nullable Step then,
            @Nullable String status)
            implements Effect {

        /** Of a record that has no state at its source. */
        public StoreSource(
                SourceKey key,
                byte[] raw,
                @Nullable String modifiedText,
                @Nullable Instant modifiedAt,
                boolean modifiedAmbiguous,
                Instant fetchedAt,
                String fetchedFrom,
                @Nullable String prison,
                @Nullable Instant occurredAt,
                @Nullable Step then) {
            this(
                    key,
                    raw,
                    modifiedText,
                    modifiedAt,
                    modifiedAmbiguous,
                    fetchedAt,
                    fetchedFrom,
                    prison,
                    occurredAt,
                    then,
                    null);
        }

        /** The day in London on which it happened. */
        public @Nullable LocalDate occurredOn() {
            return occurredAt == null ? null : LocalDate.ofInstant(occurredAt, ZoneId.of("Europe/London"));
        }
    }

    /**
     * The source's own list of one prison's records over whole days. Whatever differs from what is stored is asked for, with the
     * record id as key, and is a work item of its prison and day until it is no more. A list older than one already compared
     * changes nothing.
     *
     * @param from first day, in London; {@code until} is the last, both whole
     * @param listedAt when the list was asked for
     * @param settled what the source changed within this time before may be on its way still: it is asked for, and no work item
     */
    record SourceListed(
            String system,
            String prison,
            LocalDate from,
            LocalDate until,
            List<ListedRecord> records,
            Instant listedAt,
            Duration settled,
            Step then)
            implements Effect {

        public SourceListed {
            records = List.copyOf(records);
        }
    }

    /**
     * A force's own list of what it received on one day, its signature checked. What is parked and named is settled by a command; what
     * differs is a work item; nothing is sent. A list older than the one already compared changes nothing.
     *
     * @param day in London, over when the list was made
     * @param asOf when it was made
     * @param sha256 of the list as it came: the evidence
     */
    record ForceListed(String force, LocalDate day, Instant asOf, byte[] sha256, List<Message> messages)
            implements Effect {

        public ForceListed {
            messages = List.copyOf(messages);
        }

        /**
         * A message that the force has, as often as it has it.
         *
         * @param sha256 of its bytes, 64 lower-case hexadecimal digits
         */
        public record Message(String messageId, String sha256) {}
    }

    /**
     * A record as a list names it.
     *
     * @param day of the incident, in London
     */
    record ListedRecord(
            String recordId,
            LocalDate day,
            String modifiedText,
            @Nullable Instant modifiedAt,
            @Nullable String status) {}

    /**
     * A list of the source names this version of a record; its work is asked for, with the record id as key, unless a version with
     * that text is stored.
     */
    record Noticed(SourceKey key, String modifiedText, Step then) implements Effect {}

    /** The source knows the record no more. Creates the record row when nothing was ever stored. */
    record SourceGone(SourceKey key, Instant at, @Nullable Step then) implements Effect {}

    /** Where an incident report stands (I4). */
    record Dispose(SourceKey key, Disposition disposition) implements Effect {}

    /**
     * Asks for work: one row per (step, key), a burst is one run. Asking for parked work releases it: there are new facts.
     *
     * @param quiet the run waits until this long after the last request; zero runs at once (and pulls a waiting run forward)
     * @param atMost but no longer than this after the first request
     */
    record RequestWork(Step step, String key, Duration quiet, Duration atMost) implements Effect {

        public static RequestWork now(Step step, String key) {
            return new RequestWork(step, key, Duration.ZERO, Duration.ZERO);
        }
    }

    /** Opens a case whose number was reserved with {@link CaseNumbers}; {@code rowVersion} is ignored. */
    record OpenCase(ReferralCase referralCase) implements Effect {}

    /** Replaces the case's facts; refused, and the step run again, when the row has changed since it was loaded. */
    record ChangeCase(ReferralCase referralCase) implements Effect {}

    /** Moves the case on if it is in {@code from} still; else nothing. */
    record MoveState(long caseId, CaseState from, CaseState to) implements Effect {}

    /** The record belongs to the case from now on. */
    record LinkRecord(long caseId, SourceKey key) implements Effect {}

    /** Who is in the case now; earlier numbers that are not in the set are kept as former. */
    record SetPeople(long caseId, Set<CasePerson> people) implements Effect {

        public SetPeople {
            people = Set.copyOf(people);
        }
    }

    /**
     * What the prisoner is marked with, as the source says now: those that are not in the list are no more. Goes with the
     * {@link StoreSource} it was read from, under the lock of that record.
     *
     * @param readAt when the source said so
     * @param alerts those that stand or are to begin; one that is named twice is there once
     */
    record SetAlerts(String prisonerNumber, Instant readAt, List<PrisonerAlert> alerts) implements Effect {

        public SetAlerts {
            alerts = List.copyOf(alerts);
        }

        /**
         * One alert, without its words.
         *
         * @param id the source's own
         * @param activeTo the day on which it is no more; null for one without an end
         */
        public record PrisonerAlert(String id, String code, LocalDate activeFrom, @Nullable LocalDate activeTo) {}
    }

    /**
     * Asks for the alerts of everybody who is in an open case in one of these parts, whose alerts were not read since, and who is not
     * asked for already; what is parked is left to a person.
     *
     * @param most that many and no more, those in the oldest cases first
     */
    record AskForAlerts(Set<PartInCase> parts, Instant notReadSince, int most) implements Effect {

        public AskForAlerts {
            parts = Set.copyOf(parts);
        }

        /** A role as a report of that family names it. */
        public record PartInCase(String role, String family) {}
    }

    /**
     * A report that belongs to an incident report can be read. Goes with, or after, the {@link StoreSource} of the same key, under the
     * lock of that record. One whose state a person or a match has settled keeps it.
     *
     * @param reportedAt when the prison rang, or submitted it, or else when the hub learned of it
     */
    record ReportRead(SourceKey key, Instant reportedAt) implements Effect {}

    /**
     * Which incident report the rules put a report to; nothing when it is settled by now. Goes with, or after, its {@link ReportRead}.
     *
     * @param state WAITING, ASKED or LINKED
     * @param matches of LINKED the one, of ASKED those proposed; those that a person refused stay refused
     */
    record ReportMatched(SourceKey key, ReportState state, List<Match> matches) implements Effect {

        public ReportMatched {
            matches = List.copyOf(matches);
        }

        /** @param reasons codes and points, nothing personal */
        public record Match(String incidentId, int score, String reasons) {}
    }

    /**
     * Which incident report a person puts a report to. A match that was not proposed or made is not there to be confirmed or refused, and
     * then nothing happens.
     *
     * @param report the row of its source record; its work is asked for
     * @param incidentId the incident report that it is about; null for {@code ALONE}
     */
    record ReportSaid(long report, Said said, @Nullable String incidentId, String actor, String reason)
            implements Effect {

        public enum Said {
            /** It belongs to this incident report. */
            CONFIRMED,
            /** It does not; a link is taken away again. */
            REFUSED,
            /** It belongs to none. */
            ALONE
        }
    }

    /**
     * That a unit holds intelligence, or that it takes that back. Goes with the {@link StoreSource} of the same key; one that was issued
     * before the one that is known changes nothing. Approved cases that it fits, or fitted, are assembled again.
     *
     * @param about null when it is taken back
     * @param quiet as of {@link RequestWork}
     * @param atMost as of {@link RequestWork}
     */
    record IntelligenceNoticed(
            SourceKey key, Instant issuedAt, IntelligenceNotice.@Nullable About about, Duration quiet, Duration atMost)
            implements Effect {}

    /**
     * Looks for the series that the case ends: earlier cases of its family that have a suspect or the place in common. What was found
     * before is replaced. Goes with the {@link SetPeople} of the same report.
     *
     * @param families whose cases count for suspects: its own, or those that a charge goes with where there is no report
     * @param place equal for equal places; null where the report does not say
     * @param ofSuspects null: nobody's cases are looked for
     * @param ofPlace null: no place is looked at
     */
    record FindSeries(
            long caseId,
            String prison,
            String family,
            Set<String> families,
            @Nullable String place,
            Instant occurredAt,
            @Nullable OfSuspects ofSuspects,
            @Nullable OfPlace ofPlace)
            implements Effect {

        public FindSeries {
            families = Set.copyOf(families);
        }

        /** Among cases of its own family. */
        public FindSeries(
                long caseId,
                String prison,
                String family,
                @Nullable String place,
                Instant occurredAt,
                @Nullable OfSuspects ofSuspects,
                @Nullable OfPlace ofPlace) {
            this(caseId, prison, family, Set.of(family), place, occurredAt, ofSuspects, ofPlace);
        }

        /**
         * @param numbers of the suspects; a number that was merged stands for its person
         * @param roles that make somebody a suspect in this family
         * @param since cases of before do not count
         * @param least cases that make a series, this one among them
         */
        public record OfSuspects(Set<String> numbers, Set<String> roles, Instant since, int least) {

            public OfSuspects {
                numbers = Set.copyOf(numbers);
                roles = Set.copyOf(roles);
            }
        }

        /**
         * @param since cases of before do not count
         * @param least cases that make a series, this one among them
         */
        public record OfPlace(Instant since, int least) {}
    }

    /**
     * A charge that the prison has referred to the police, or once had. Goes with the {@link StoreSource} of the same key, under the lock
     * of that record.
     *
     * @param stands whether it is referred now; one that fell away and is referred again waits again
     * @param knownAt when the hub learned of it; the first time counts
     */
    record ChargeReferred(
            SourceKey key, String prisonerNumber, String prison, Instant occurredAt, boolean stands, Instant knownAt)
            implements Effect {}

    /**
     * A prison's own list of the charges that it has with the police. The charges of whoever is named, and of whom the hub does not know it so,
     * are asked for; so are those of whom the hub knows it and the list does not.
     *
     * @param since of charges that are older than this the list says nothing
     * @param listedAt when the list was asked for
     */
    record ReferralsListed(String prison, List<Listed> charges, Instant since, Instant listedAt) implements Effect {

        public ReferralsListed {
            charges = List.copyOf(charges);
        }

        public record Listed(String chargeNumber, String prisonerNumber) {}
    }

    /**
     * What the rules make of a charge; nothing of the step is written, and it runs again, when the charge has changed since it was read.
     *
     * @param version as it was read
     * @param matches of LINKED the one, of ASKED those proposed; those that a person refused stay refused
     */
    record ChargeMatched(SourceKey key, long version, ChargeState state, List<Match> matches) implements Effect {

        public ChargeMatched {
            matches = List.copyOf(matches);
        }

        /** @param reasons codes and points, nothing personal */
        public record Match(long caseId, int score, String reasons) {}
    }

    /**
     * What a person says of a charge. A match that is not proposed is not there to be confirmed or refused, and then nothing happens.
     *
     * @param charge the row of its source record; its work is asked for
     * @param caseReference the case that it is about; null for {@code ALONE}
     */
    record ChargeSaid(long charge, Said said, @Nullable String caseReference, String actor, String reason)
            implements Effect {

        public enum Said {
            /** It belongs to this case. */
            CONFIRMED,
            /** It does not. */
            REFUSED,
            /** No incident report is meant. */
            ALONE
        }
    }

    /**
     * Two cases are one matter: one survives, with all records, and the reference of the other leads to it; the ledger says which, under
     * the locks of both. Refused, and the step run again, when either has changed since it was loaded. At most one of them has an incident
     * report, and neither is withdrawn.
     */
    record CombineCases(ReferralCase one, ReferralCase other, String actor, String reason) implements Effect {}

    /**
     * What a step knew when it opened a case: nothing of the step is written, and it runs again, when there is another case by now of the
     * same prison, with one of these prisoners, at most so far apart in time.
     *
     * @param known ids of the cases that it knew of
     * @param ofCharges whether only cases that a charge opened count: so for an incident report
     */
    record OpenedKnowing(
            String prison,
            Set<String> prisoners,
            Instant occurredAt,
            Duration apart,
            Set<Long> known,
            boolean ofCharges)
            implements Effect {

        public OpenedKnowing {
            prisoners = Set.copyOf(prisoners);
            known = Set.copyOf(known);
        }
    }

    /**
     * Two numbers are one person. Open cases, charges and requests are re-keyed to the number that all merges known so far lead to, in
     * whatever order they are heard of; both numbers stay searchable. Reports of re-keyed cases are fetched again and approved cases
     * assembled.
     *
     * @param at when the source did it
     */
    record MergeIdentity(String kept, String removed, Instant at) implements Effect {}

    /**
     * One booking is another person's; the number it was under lives on. Only what happened in that booking is re-keyed, with what follows
     * as of {@link MergeIdentity}.
     *
     * @param at when the source did it
     * @param times null: when the booking was is not known, and a person is asked about each open case instead
     */
    record MoveBooking(String booking, String from, String to, Instant at, @Nullable Times times) implements Effect {

        /** @param before when the next booking under the number {@code from} began; null: there is none */
        public record Times(Instant started, @Nullable Instant before) {}
    }

    /**
     * A decision, by rules or by a person.
     *
     * @param kind TRIAGE, APPROVAL, KEEP_INTERNAL, WITHDRAWAL, REVIEW
     * @param criteria space-separated criteria codes, for TRIAGE
     * @param explanation JSON with codes and rule ids only
     */
    record Decide(
            @Nullable Long caseId,
            @Nullable SourceKey key,
            @Nullable Long sourceVersion,
            String kind,
            @Nullable String verdict,
            @Nullable String ruleVersion,
            @Nullable String criteria,
            String explanation,
            String actor,
            @Nullable String reason)
            implements Effect {}

    /**
     * A numbered package.
     *
     * @param readFrom what it was built from and does not name itself
     */
    record StorePackage(
            long caseId,
            int version,
            PackageKind kind,
            byte[] canonical,
            byte[] contentSha256,
            String schemaVersion,
            String mappingVersion,
            String readinessJson,
            Instant builtAt,
            List<SourceHash> readFrom)
            implements Effect {}

    /**
     * Until when footage of the case is kept that nobody has handed over.
     *
     * @param warnOn the day from which somebody is to be told; null with {@code until} where there is nothing to wait for
     * @param until the last day on which the first of the recordings is kept
     */
    record FootageKept(long caseId, @Nullable LocalDate warnOn, @Nullable LocalDate until, int recordings)
            implements Effect {}

    /** Bytes of a source record, whichever version they become or are. */
    record SourceHash(SourceKey key, byte[] sha256) {}

    /**
     * Promises one outward effect. Same {@code messageId} again has the effect of once. The lane row is made when it is new.
     *
     * @param lane {@code force:<code>}, {@code tracker}, {@code feed:<team>}, {@code adjudication:<prison>}
     * @param renderings in order of preference of channel; at least one
     */
    record Promise(
            LaneFamily family,
            String lane,
            long caseId,
            String kind,
            String messageId,
            @Nullable Integer packageVersion,
            CaseClass caseClass,
            List<Rendered> renderings)
            implements Effect {

        public Promise {
            renderings = List.copyOf(renderings);
        }
    }

    /** A rung of the receipt ladder; the first one stands. */
    record AddReceipt(
            long caseId,
            String lane,
            int packageVersion,
            Rung rung,
            Instant at,
            String owner,
            @Nullable Instant deadline,
            byte[] evidenceSha256,
            @Nullable String detail)
            implements Effect {}

    /** An entry of the evidence log. */
    record Log(Evidence evidence) implements Effect {}

    /** What became of something a partner sent: VALID, REJECTED, APPLIED, CONFLICT. */
    record JudgeInbound(
            long inboundId,
            String state,
            @Nullable String messageId,
            @Nullable String caseReference,
            @Nullable String code,
            @Nullable String where,
            @Nullable String detail)
            implements Effect {}

    /** An outcome applied to its case, once per (force, message id). */
    record ApplyOutcome(
            long inboundId,
            long caseId,
            String force,
            String messageId,
            String type,
            @Nullable String code,
            Instant at,
            @Nullable String crimeReference,
            @Nullable String officer,
            @Nullable String reason)
            implements Effect {}

    /** A person's command is carried out; {@code result} is one line for that person. */
    record CommandDone(long commandId, String result) implements Effect {}

    /** Releases a parked row: {@code work/<id>} or {@code lane/<lane_case id>}. */
    record Release(String what) implements Effect {}

    /** Of a step that asked a partner: it does not have the message, and it is sent again. */
    record NotArrived() implements Effect {}

    /**
     * A person's or a partner's word about a parked item that is not to be sent again; nothing happens when another item is at the
     * head by now, or it is not parked.
     *
     * @param hasIt the partner has it: the item is done; else it is cancelled, which is refused where it may have reached the partner
     */
    record SettleItem(long laneCase, long item, boolean hasIt) implements Effect {}

    /** What is promised to these lanes of the case and provably has not left is cancelled; what is under way stays. */
    record CancelUnsent(long caseId, LaneFamily family) implements Effect {}

    /** Where the poll source goes on, and when. */
    record AdvancePoll(@Nullable String cursor, Duration nextIn) implements Effect {}

    /**
     * Something a person must see to; one that is open under this kind and subject gets the newer words.
     *
     * @param kind GAP, SILENCE, RECEIPT, TELEPHONE, TELEPHONE_REPORT, USE_OF_FORCE, ADJUDICATION, EVIDENCE, RETENTION, REPLAY,
     *     DOCUMENT, DROPPED_FILE, INTELLIGENCE, FOOTAGE, IDENTITY, REGISTER
     * @param subject what it is about, such as {@code receipt/SP-2026-000123/v1/DELIVERED}
     * @param prison with {@code force} and {@code caseId}, whose scope it falls into
     * @param detail one line for whoever takes it, without personal data
     */
    record OpenTask(
            String kind,
            String subject,
            @Nullable Long caseId,
            @Nullable String prison,
            @Nullable String force,
            String detail,
            @Nullable Instant dueAt)
            implements Effect {}

    /** The reason of these tasks is gone; those that are not open stay as they are. */
    record CloseTasks(String kind, Set<String> subjects, String why) implements Effect {

        public CloseTasks {
            subjects = Set.copyOf(subjects);
        }
    }

    /**
     * What a scanner said of a document that waited for it; one that is infected loses its bytes.
     *
     * @param found what was found; null when it is clean
     */
    record DocumentScanned(long documentId, @Nullable String found) implements Effect {}

    /**
     * What the prison answered to a request for case notes: each note that is new or has changed is kept, and one that is not among them
     * is gone. One that was erased stays erased.
     *
     * @param known whether the source knew the person
     */
    record NotesFound(long request, boolean known, List<Note> notes) implements Effect {

        public NotesFound {
            notes = List.copyOf(notes);
        }

        /**
         * One note.
         *
         * @param id the source's own
         * @param content the note alone
         */
        public record Note(String id, byte[] content, boolean sensitive) {}
    }

    /** Notes about this person have changed: requests in open cases of which a note is for the package are read again. */
    record AskForNotesAgain(String prisonerNumber) implements Effect {}

    /**
     * What prison records answered to a request for a photograph. It becomes a document of the case, to be scanned like any other; where
     * the case has the very same file already, the request names that.
     *
     * @param jpeg null when there is no photograph
     */
    record PhotoFound(long request, byte @Nullable [] jpeg) implements Effect {}

    /** What documents the prisons' service has about the person that a search was about; those of other searches stay. */
    record PrisonDocumentsFound(long search, List<Listed> documents) implements Effect {

        public PrisonDocumentsFound {
            documents = List.copyOf(documents);
        }

        /** @param uuid the service's own */
        public record Listed(
                String uuid, String type, @Nullable String fileName, String mediaType, long size, Instant createdAt) {}
    }

    /**
     * What became of a document that a person wanted: it becomes a document of the case, to be scanned like any other; where the case has
     * the very same file already, it is that.
     *
     * @param arrived null when it was not taken
     * @param code why not; null when it was taken
     */
    record PrisonDocumentTaken(long id, IncomingFiles.@Nullable Arrived arrived, @Nullable String code)
            implements Effect {}

    /** The whole prison register: establishments that are not among these have left it. */
    record EstablishmentsListed(List<Establishment> establishments) implements Effect {

        public EstablishmentsListed {
            establishments = List.copyOf(establishments);
        }

        /** @param addresses one line each, the postcode last */
        public record Establishment(
                String prison,
                String name,
                boolean active,
                boolean contracted,
                List<String> types,
                List<String> operators,
                List<String> addresses) {}
    }

    /** Counted, not stored. */
    record Tally(String what, long n) implements Effect {}
}
