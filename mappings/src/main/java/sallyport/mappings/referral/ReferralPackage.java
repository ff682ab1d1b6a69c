package sallyport.mappings.referral;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.MappingVersion;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.CroNumber;
import sallyport.mappings.identity.ForceCode;
import sallyport.mappings.identity.OffenceCode;
import sallyport.mappings.identity.PncId;
import sallyport.mappings.identity.PrisonerNumber;

/**
 * One numbered, immutable version of what is sent to the police for a case. It holds what the prison's systems say and says of
 * everything else that it is missing; it never guesses. Lists are in the order of their declared keys, so the same facts are the same
 * bytes.
 *
 * @param schema {@value #SCHEMA}
 * @param version from 1, without gaps per case
 * @param marking Government Security Classifications; anything above OFFICIAL-SENSITIVE has no place here
 * @param force the force of the place of the offence
 * @param prison where it happened
 * @param incident absent in a withdrawal
 * @param grounds why it is referred; absent in a withdrawal
 * @param intelligence only ever a flag, never the intelligence
 * @param answers what people said of readiness items that have no list of their own here: entries by item, values by field
 * @param documents files that people added and a scanner found clean; the bytes are handed over by other ways
 * @param useOfForce reports of the use of force that belong to the incident
 * @param withdrawal present in a package of kind WITHDRAWAL and only there
 */
public record ReferralPackage(
        String schema,
        CaseReference caseReference,
        int version,
        Kind kind,
        Marking marking,
        ForceCode force,
        Prison prison,
        @Nullable Incident incident,
        @Nullable Grounds grounds,
        List<Person> persons,
        List<Staff> staff,
        List<Injury> injuries,
        List<Statement> statements,
        List<Exhibit> exhibits,
        List<Media> media,
        List<AdjudicationEntry> adjudications,
        List<CaseNoteExtract> caseNotes,
        List<ProposedOffence> proposedOffences,
        @Nullable Intelligence intelligence,
        List<Readiness> readiness,
        Map<String, List<Map<String, Object>>> answers,
        List<Document> documents,
        List<UseOfForcePaper> useOfForce,
        @Nullable Withdrawal withdrawal,
        Lineage lineage) {

    /** Names the JSON Schema that the written package obeys. */
    public static final String SCHEMA = "referral-package-v1";

    public ReferralPackage {
        if (version < 1) {
            throw new IllegalArgumentException("package versions start at 1");
        }
        if ((kind == Kind.WITHDRAWAL) != (withdrawal != null)) {
            throw new IllegalArgumentException("a withdrawal, and only that, says why it withdraws");
        }
        persons = listOf(persons);
        staff = listOf(staff);
        injuries = listOf(injuries);
        statements = listOf(statements);
        exhibits = listOf(exhibits);
        media = listOf(media);
        adjudications = listOf(adjudications);
        caseNotes = listOf(caseNotes);
        proposedOffences = listOf(proposedOffences);
        readiness = listOf(readiness);
        documents = listOf(documents);
        useOfForce = listOf(useOfForce);
        // Absent and empty are written alike; the order of what is there is kept.
        answers = answers == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }

    /** The persons who had this part in it, in the order of the package. */
    public List<Person> persons(Role role) {
        return persons.stream().filter(person -> person.role() == role).toList();
    }

    /**
     * The version that takes a case back: it names the case, the prison and the incident, and no person.
     *
     * @param previous the version that the force has
     * @param reason why, in a code
     * @param explanation in plain words, written by the person who confirmed it
     * @param builtAt when this version is built
     */
    public static ReferralPackage withdrawal(
            ReferralPackage previous, WithdrawalReason reason, @Nullable String explanation, Instant builtAt) {
        return new ReferralPackage(
                SCHEMA,
                previous.caseReference,
                previous.version + 1,
                Kind.WITHDRAWAL,
                previous.marking,
                previous.force,
                previous.prison,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                new Withdrawal(
                        reason,
                        explanation,
                        previous.version,
                        previous.incident == null ? null : previous.incident.number()),
                new Lineage(previous.lineage.ruleVersion(), MappingVersion.CURRENT, builtAt, List.of()));
    }

    // Absent and empty lists are written alike, so a package read back has to compare equal.
    private static <T> List<T> listOf(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    public enum Kind {
        INITIAL,
        SUPPLEMENT,
        WITHDRAWAL
    }

    public enum Marking {
        OFFICIAL,
        OFFICIAL_SENSITIVE
    }

    /** How fast the force must hear of it (CiPRA 3: immediately and within 24 hours, or routine). */
    public enum Urgency {
        IMMEDIATE,
        ROUTINE
    }

    /** A person's part in it, as {@link sallyport.mappings.incident.Suspects} reads it from role and family. */
    public enum Role {
        SUSPECT,
        VICTIM,
        WITNESS,
        /** Whom it happened to without a crime. */
        SUBJECT,
        /** The role in the report does not say. */
        INVOLVED
    }

    public enum WithdrawalReason {
        DUPLICATE,
        NOT_REPORTABLE,
        DELETED,
        RECLASSIFIED,
        OTHER
    }

    /**
     * @param id NOMIS id
     * @param name from the prison register, else from the table of prisons and forces
     */
    public record Prison(String id, @Nullable String name) {}

    /**
     * A time as the prison wrote it, and what it means.
     *
     * @param text as received, London wall clock
     * @param ambiguous the hour that October repeats: the earlier one is taken
     */
    public record When(String text, Instant instant, boolean ambiguous) {}

    /**
     * @param number {@code /reportReference}: the number that people in the prison use
     * @param reportId {@code /id} in incident reporting
     * @param type as reported, with its version
     * @param family the type without its version
     * @param occurred {@code /incidentDateAndTime}
     * @param place answers to the questions where it happened
     * @param addendums {@code /descriptionAddendums}, in their order
     */
    public record Incident(
            String number,
            String reportId,
            String type,
            String family,
            String title,
            String description,
            List<Addendum> addendums,
            When occurred,
            When reported,
            List<String> place) {

        public Incident {
            addendums = listOf(addendums);
            place = listOf(place);
        }
    }

    public record Addendum(When written, String text) {}

    /**
     * @param verdict of triage: MANDATORY or DISCRETIONARY, or what a person approved against
     * @param prisonDecided the prison itself recorded that it goes to the police
     * @param criteria codes of CiPRA Annex A, in its order
     * @param aggravating codes of CiPRA Annex D, in its order
     * @param terrorismConnected absent: no system the hub reads holds it
     * @param series cases that the force has already and that make a series with this one
     */
    public record Grounds(
            String verdict,
            Urgency urgency,
            boolean prisonDecided,
            List<String> criteria,
            List<Reason> reasons,
            List<String> aggravating,
            @Nullable Boolean terrorismConnected,
            List<Series> series) {

        public Grounds {
            criteria = listOf(criteria);
            reasons = listOf(reasons);
            aggravating = listOf(aggravating);
            series = listOf(series);
        }
    }

    /** One answer that met one criterion, with the rule that says so. Absent parts: the rule looks at something else than an answer. */
    public record Reason(
            String ruleId,
            @Nullable String criterion,
            @Nullable String questionCode,
            @Nullable String question,
            @Nullable String answerCode,
            @Nullable String answer,
            @Nullable String explanation) {}

    /**
     * A prisoner in the report. Names and dates are prisoner search's where it knows the person, else the report's.
     *
     * @param role from {@code /prisonersInvolved/prisonerRole} and the family of the incident
     * @param reportedRole {@code /prisonersInvolved/prisonerRole}
     * @param prisonerNumber absent where the report's text is no prisoner number
     * @param prisonerNumberAsReceived the report's text, only where it is no prisoner number
     * @param pncId checked; absent where prisoner search has none or a wrong one
     * @param pncIdAsReceived prisoner search's text, only where its check letter or form is wrong: never to be used as a PNC ID
     * @param croNumber checked, as {@code pncId}
     * @param croNumberAsReceived as {@code pncIdAsReceived}
     * @param aliases names and dates of birth that a suspect also used; of nobody else
     * @param otherIdentifiers further PNC IDs and CRO numbers of a suspect as prisoner search has them; of nobody else
     * @param location cell, at the time the package was built
     * @param custodyStatus prisoner search {@code status}, such as {@code ACTIVE IN}
     * @param legalStatus prisoner search {@code legalStatus}, such as {@code REMAND} or {@code SENTENCED}
     * @param recall in prison after a recall
     * @param indeterminateSentence there is no date at which the sentence ends by itself
     * @param interpreterLanguages codes of languages for which the person asked for an interpreter
     * @param outcome {@code /prisonersInvolved/outcome}
     * @param comment {@code /prisonersInvolved/comment}
     */
    public record Person(
            Role role,
            String reportedRole,
            @Nullable PrisonerNumber prisonerNumber,
            @Nullable String prisonerNumberAsReceived,
            boolean knownToPrisonerSearch,
            @Nullable String firstName,
            @Nullable String middleNames,
            @Nullable String lastName,
            @Nullable LocalDate dateOfBirth,
            @Nullable PncId pncId,
            @Nullable String pncIdAsReceived,
            @Nullable CroNumber croNumber,
            @Nullable String croNumberAsReceived,
            List<Alias> aliases,
            List<OtherIdentifier> otherIdentifiers,
            @Nullable String prisonId,
            @Nullable String location,
            @Nullable String custodyStatus,
            @Nullable String legalStatus,
            @Nullable Boolean recall,
            @Nullable Boolean indeterminateSentence,
            @Nullable ReleaseDates releaseDates,
            List<String> interpreterLanguages,
            @Nullable String outcome,
            @Nullable String comment) {

        public Person {
            aliases = listOf(aliases);
            otherIdentifiers = listOf(otherIdentifiers);
            interpreterLanguages = listOf(interpreterLanguages);
        }
    }

    public record Alias(
            @Nullable String firstName,
            @Nullable String middleNames,
            @Nullable String lastName,
            @Nullable LocalDate dateOfBirth) {}

    /**
     * @param type PNC or CRO
     * @param value as prisoner search has it
     * @param valid whether its form and check letter are right: one that is not is never to be used as a PNC ID or CRO number; absent in
     *     packages of before it was checked
     */
    public record OtherIdentifier(String type, String value, @Nullable Boolean valid) {}

    /**
     * What the police need for bail and production, each date as prisoner search had it when the package was built. The last five are
     * absent in packages of before they were asked for.
     *
     * @param earliest the confirmed one, else the first of the days of release that there are; never a day before the package was built
     * @param homeDetentionCurfew the day it begins; {@code homeDetentionCurfewEligibility} is the first on which it may
     * @param tariff the least that somebody with an indeterminate sentence serves
     */
    public record ReleaseDates(
            @Nullable LocalDate earliest,
            @Nullable LocalDate release,
            @Nullable LocalDate confirmedRelease,
            @Nullable LocalDate conditionalRelease,
            @Nullable LocalDate automaticRelease,
            @Nullable LocalDate postRecallRelease,
            @Nullable LocalDate homeDetentionCurfew,
            @Nullable LocalDate sentenceExpiry,
            @Nullable LocalDate sentenceStart,
            @Nullable LocalDate licenceExpiry,
            @Nullable LocalDate paroleEligibility,
            @Nullable LocalDate homeDetentionCurfewEligibility,
            @Nullable LocalDate tariff) {

        /** Whether it says from when on somebody may be out: an indeterminate sentence has no day of release. */
        boolean sayWhen() {
            return earliest != null || paroleEligibility != null || tariff != null;
        }

        /** Whether there is a day of release at all, also one that has passed. */
        boolean haveRelease() {
            return Stream.<@Nullable LocalDate>of(
                            release,
                            confirmedRelease,
                            conditionalRelease,
                            automaticRelease,
                            postRecallRelease,
                            homeDetentionCurfew,
                            sentenceExpiry)
                    .anyMatch(date -> date != null);
        }
    }

    /**
     * @param role SUSPECT, VICTIM or WITNESS, from {@code reportedRole}
     * @param reportedRole {@code /staffInvolved/staffRole}
     */
    public record Staff(
            Role role,
            String reportedRole,
            @Nullable String username,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String comment) {}

    /** An answer about injury or hospital: the report does not say whose it is where several were hurt. */
    public record Injury(
            String questionCode,
            String question,
            @Nullable String answerCode,
            String answer,
            @Nullable String comment) {}

    /**
     * A written statement: none comes from a system, each is added by a person.
     *
     * @param id within the package: the readiness item and a number
     * @param kind {@code MG11}, {@code VPS} or {@code PCIS}
     * @param document the number of its document, where a person named it
     * @param sha256 of that document, where the package names it: so a page can be tied to its statement
     * @param pages as the declaration states them
     * @param backComplete the side that stays with the prosecution; never its content
     */
    public record Statement(
            String id,
            String kind,
            @Nullable String givenBy,
            @Nullable Long document,
            @Nullable String sha256,
            @Nullable LocalDate takenOn,
            @Nullable Integer pages,
            @Nullable Boolean signed,
            @Nullable Boolean declaration,
            @Nullable Boolean backComplete) {}

    /**
     * A file of the case, by what it is and by its hash: whoever is handed it can tell that it is the one.
     *
     * @param number within the hub
     */
    public record Document(long number, String kind, String mediaType, long size, String sha256) {}

    /**
     * A physical thing.
     *
     * @param source {@code INCIDENT}, {@code ADJUDICATION}, {@code USE_OF_FORCE} or {@code PERSON}
     * @param reference seal, bag or tag number where the prison gave one
     * @param description as the prison wrote it
     * @param exhibit initials and number of who produces it, where a person said so
     * @param copy ORIGINAL or COPY; it and the next three are columns of the MG12, where a person said so
     * @param attached whether it goes along with the file
     * @param policeReference under which the police hold it
     * @param completedOn the day on which the list was completed
     */
    public record Exhibit(
            String source,
            String kind,
            @Nullable String reference,
            String description,
            @Nullable String chargeNumber,
            @Nullable String exhibit,
            @Nullable String producedBy,
            @Nullable String location,
            @Nullable String copy,
            @Nullable Boolean attached,
            @Nullable String policeReference,
            @Nullable LocalDate completedOn) {

        /** As a system says that there is one. */
        static Exhibit existing(
                String source,
                String kind,
                @Nullable String reference,
                String description,
                @Nullable String chargeNumber) {
            return new Exhibit(
                    source, kind, reference, description, chargeNumber, null, null, null, null, null, null, null);
        }
    }

    /**
     * Footage, sound or photographs that exist according to the prison; the file itself is not in any system the hub reads.
     *
     * @param source {@code INCIDENT}, {@code ADJUDICATION}, {@code USE_OF_FORCE} or {@code PERSON}
     * @param evidence TO_BE_EVIDENCED until somebody delivers it
     * @param handedTo who has it now, where a person said so
     * @param keptUntil the last day before it is wiped; absent where it is not wiped by itself, and in packages of before it was asked
     * @param keptUntilBy PERSON, or POLICY: nobody has said, and it is the hub's own reckoning
     * @param askedToKeepOn when whoever holds it was asked to keep it
     */
    public record Media(
            String source,
            String kind,
            @Nullable String reference,
            @Nullable String description,
            @Nullable String chargeNumber,
            MediaEvidence evidence,
            @Nullable String handedTo,
            @Nullable LocalDate handedOn,
            @Nullable LocalDate keptUntil,
            @Nullable String keptUntilBy,
            @Nullable LocalDate askedToKeepOn) {

        /** That it exists, as a system says; nothing of who has it or how long it is kept. */
        static Media existing(
                String source,
                String kind,
                @Nullable String reference,
                @Nullable String description,
                @Nullable String chargeNumber) {
            return new Media(
                    source,
                    kind,
                    reference,
                    description,
                    chargeNumber,
                    MediaEvidence.TO_BE_EVIDENCED,
                    null,
                    null,
                    null,
                    null,
                    null);
        }

        Media kept(LocalDate until, String by) {
            return new Media(
                    source,
                    kind,
                    reference,
                    description,
                    chargeNumber,
                    evidence,
                    handedTo,
                    handedOn,
                    until,
                    by,
                    askedToKeepOn);
        }
    }

    public enum MediaEvidence {
        TO_BE_EVIDENCED,
        DELIVERED
    }

    /**
     * A disciplinary charge: adjudication history, and the prison's own word on this incident.
     *
     * @param paragraph of the Prison Rules, such as {@code 1(a)}
     * @param outcomes codes in the order they were recorded
     * @param evidence what the charge lists, as text: the adjudication system holds no files
     * @param concerns whether it is of this incident; absent in packages of before it was said
     * @param witnesses none of a charge that is history: it is about other matters
     */
    public record AdjudicationEntry(
            String chargeNumber,
            String prisonerNumber,
            String status,
            @Nullable String paragraph,
            @Nullable String paragraphText,
            @Nullable When occurred,
            List<String> outcomes,
            List<String> evidence,
            @Nullable Concerns concerns,
            List<Hearing> hearings,
            List<ChargeWitness> witnesses,
            List<Damage> damages) {

        public AdjudicationEntry {
            outcomes = listOf(outcomes);
            evidence = listOf(evidence);
            hearings = listOf(hearings);
            witnesses = listOf(witnesses);
            damages = listOf(damages);
        }
    }

    public enum Concerns {
        /** Linked with the case, or it fits the incident without a doubt. */
        THIS_INCIDENT,
        /** It may be; a person has not said. */
        MAY_BE_THIS_INCIDENT,
        HISTORY
    }

    /**
     * @param type who hears it, such as {@code GOV_ADULT}
     * @param outcome how it ended; absent while it has not
     */
    public record Hearing(When held, String type, @Nullable String outcome) {}

    /** @param kind OFFICER, STAFF, OTHER_PERSON, VICTIM or PRISONER */
    public record ChargeWitness(
            String kind, @Nullable String firstName, @Nullable String lastName, @Nullable String comment) {}

    /**
     * @param repairCost in pounds
     */
    public record Damage(String kind, @Nullable String details, @Nullable String repairCost) {}

    /**
     * @param amendments added texts, in their order: a case note is never changed, only added to
     * @param requested why a person asked for it, a code of {@link sallyport.mappings.casenote.Justification}; absent for what the rules
     *     fetch
     */
    public record CaseNoteExtract(
            String id,
            String prisonerNumber,
            String type,
            String subType,
            When occurred,
            boolean sensitive,
            String text,
            List<String> amendments,
            @Nullable String requested) {

        public CaseNoteExtract {
            amendments = listOf(amendments);
        }
    }

    /**
     * An offence that the answers suggest; the police and the CPS decide. The last four are absent in packages of before mappings-4.
     *
     * @param category how it may be tried: CI, CE or CS
     * @param status always PROPOSED: the hub charges nobody
     * @param notifiable whether it counts in recorded crime: YES, NO or UNSURE
     * @param pncRecordable whether a conviction goes on the PNC
     * @param chargeBy the last day on which a summary-only offence may be charged; absent for others
     * @param ruleId the rule of triage that proposes it
     */
    public record ProposedOffence(
            OffenceCode code,
            String title,
            @Nullable String category,
            @Nullable String homeOfficeClass,
            OffenceStatus status,
            @Nullable String notifiable,
            @Nullable Boolean pncRecordable,
            @Nullable LocalDate chargeBy,
            @Nullable String ruleId) {}

    public enum OffenceStatus {
        PROPOSED
    }

    /**
     * @param available a person's word that the intelligence unit has something to say, or a notice of a unit
     * @param contacts whom to ask, of notices; empty where only a person has said so
     */
    public record Intelligence(boolean available, List<IntelligenceContact> contacts) {

        public Intelligence {
            contacts = listOf(contacts);
        }
    }

    /**
     * A unit that has given notice that it holds intelligence.
     *
     * @param handling the code under which it may be handled, of the intelligence report
     * @param prison of the notice
     */
    public record IntelligenceContact(String handling, String prison, String unit, String unitName) {}

    /**
     * @param reason a code, so that the receiver may act on it
     * @param withdrawsVersion the last version that the force has
     * @param incidentNumber of the incident that was reported
     */
    public record Withdrawal(
            WithdrawalReason reason,
            @Nullable String explanation,
            int withdrawsVersion,
            @Nullable String incidentNumber) {}

    /**
     * Where every word of the package came from.
     *
     * @param ruleVersion of triage
     * @param mappingVersion {@link MappingVersion#CURRENT} when it was built
     */
    public record Lineage(String ruleVersion, String mappingVersion, Instant builtAt, List<SourceVersion> sources) {

        public Lineage {
            sources = listOf(sources);
        }
    }
}
