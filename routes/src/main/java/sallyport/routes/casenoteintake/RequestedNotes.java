package sallyport.routes.casenoteintake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import sallyport.connectors.prison.casenotes.CaseNoteQuery;
import sallyport.connectors.wire.Fetched;
import sallyport.ledger.CaseNoteRequestWork;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.NotesFound;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effects;
import sallyport.ledger.Evidence;
import sallyport.ledger.SourceKey;
import sallyport.ledger.Step;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.casenote.SingleNote;
import sallyport.routes.HubProperties;

/**
 * Asks for the case notes that a person asked for, and for no other: what the prison gives beyond that is refused. Pages are not kept,
 * only each note by itself, so that what nobody chooses can go.
 */
@Component
final class RequestedNotes {

    static final String WORK = "sallyport.case-note-request";

    private static final Logger log = LoggerFactory.getLogger(RequestedNotes.class);

    private final HubProperties properties;

    RequestedNotes(HubProperties properties) {
        this.properties = properties;
    }

    /** One question, or none. */
    List<CaseNoteQuery> queries(CaseNoteRequestWork work) {
        return work.stands()
                ? List.of(new CaseNoteQuery(
                        Objects.requireNonNull(work.prisonerNumber()),
                        work.from(),
                        work.until(),
                        work.types().stream().collect(Collectors.toMap(Function.identity(), type -> List.of())),
                        work.sensitive()))
                : List.of();
    }

    /** @param answers one list of pages for each question */
    Effects keep(@Body List<List<Fetched>> answers, @ExchangeProperty(WORK) CaseNoteRequestWork work) {
        if (answers.isEmpty()) {
            return Effects.none();
        }
        Map<String, NotesFound.Note> notes = new LinkedHashMap<>();
        List<Effect> effects = new ArrayList<>();
        boolean known = true;
        for (Fetched page : answers.get(0)) {
            if (page.gone()) {
                known = false;
                continue;
            }
            List<SingleNote> content = SingleNote.ofPage(page.raw());
            for (int i = 0; i < content.size(); i++) {
                check(content.get(i), i, work);
                notes.put(content.get(i).note().caseNoteId(), found(content.get(i)));
            }
            effects.add(new Effect.Log(new Evidence(
                    Evidence.Kind.COLLECTION,
                    work.caseReference(),
                    work.prisonerNumber(),
                    "sallyport",
                    "a person asked for case notes: " + work.justification(),
                    null,
                    Sha256.of(page.raw()),
                    null,
                    null,
                    SourceKey.CASE_NOTES + ", request " + work.id()
                            + (work.sensitive() ? ", sensitive ones too" : ""))));
        }
        effects.add(new NotesFound(work.id(), known, List.copyOf(notes.values())));
        if (work.chosen() && work.approved()) {
            effects.add(new RequestWork(
                    Step.ASSEMBLY, work.caseReference(), properties.supplementQuiet(), properties.supplementAtMost()));
        }
        log.info("case {} case note request {} answered: {} notes", work.caseReference(), work.id(), notes.size());
        return Effects.of(effects);
    }

    /** Nobody agreed to see what was not asked for. */
    private static void check(SingleNote single, int place, CaseNoteRequestWork work) {
        if (!single.note().offenderIdentifier().equals(work.prisonerNumber())) {
            throw new Rejected("note-of-another-prisoner", "/content/" + place + "/offenderIdentifier");
        }
        if (single.note().sensitive() && !work.sensitive()) {
            throw new Rejected("sensitive-note-not-asked-for", "/content/" + place + "/sensitive");
        }
    }

    private static NotesFound.Note found(SingleNote single) {
        return new NotesFound.Note(
                single.note().caseNoteId(), single.json(), single.note().sensitive());
    }
}
