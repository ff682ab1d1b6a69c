package sallyport.routes.casenoteintake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sallyport.connectors.wire.Fetched;
import sallyport.ledger.CaseNoteRequestWork;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.NotesFound;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effects;
import sallyport.ledger.Evidence;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.casenote.SingleNote;
import sallyport.routes.InventedProperties;

class RequestedNotesTest {

    private static final Instant AT = Instant.parse("2026-07-01T23:30:00Z");
    private static final URI FROM = URI.create("http://case-notes/search");

    private final RequestedNotes requested = new RequestedNotes(InventedProperties.GENERAL);

    @Test
    void asksForWhatWasAskedForAndForNothingWhenItDoesNotStand() {
        assertThat(requested.queries(work(true, false, false))).singleElement().satisfies(query -> {
            assertThat(query.prisonerNumber()).isEqualTo("A1234BC");
            assertThat(query.from()).isEqualTo(AT);
            assertThat(query.types()).isEqualTo(Map.of("OBSERVE", List.of()));
            assertThat(query.includeSensitive()).isFalse();
        });
        assertThat(requested.queries(work(true, true, false)).get(0).includeSensitive())
                .isTrue();
        assertThat(requested.queries(work(false, true, false))).isEmpty();
        assertThat(requested.keep(List.of(), work(false, true, false))).isEqualTo(Effects.none());
    }

    @Test
    void eachNoteIsKeptByItselfAndEachPageIsACollection() {
        Fetched first = page(note("n-1", "A1234BC", false), note("n-2", "A1234BC", false));
        Fetched second = page(note("n-2", "A1234BC", false), note("n-3", "A1234BC", false));

        Effects effects = requested.keep(List.of(List.of(first, second)), work(true, false, false));

        NotesFound found = only(effects, NotesFound.class).findFirst().orElseThrow();
        assertThat(found.known()).isTrue();
        assertThat(found.notes()).extracting(NotesFound.Note::id).containsExactly("n-1", "n-2", "n-3");
        assertThat(found.notes()).allSatisfy(note -> {
            assertThat(SingleNote.read(note.content()).note().caseNoteId()).isEqualTo(note.id());
            assertThat(new String(note.content(), StandardCharsets.UTF_8)).contains("\"eventId\":7");
        });
        assertThat(only(effects, Effect.Log.class)).hasSize(2).allSatisfy(log -> {
            assertThat(log.evidence().kind()).isEqualTo(Evidence.Kind.COLLECTION);
            assertThat(log.evidence().subject()).isEqualTo("A1234BC");
            assertThat(log.evidence().detail()).isEqualTo("case-notes, request 12");
        });
        assertThat(only(effects, Effect.Log.class)
                        .findFirst()
                        .orElseThrow()
                        .evidence()
                        .payloadSha256())
                .isEqualTo(Sha256.of(first.raw()));
        assertThat(only(effects, RequestWork.class)).isEmpty();
    }

    @Test
    void whatIsInThePackageIsBuiltAgainWhenItWasReadAgain() {
        Effects effects = requested.keep(List.of(List.of(page())), work(true, false, true));

        assertThat(only(effects, RequestWork.class)).singleElement().satisfies(asked -> {
            assertThat(asked.key()).isEqualTo("SP-2026-000123");
            assertThat(asked.quiet()).isEqualTo(Duration.ofMinutes(15));
        });
        CaseNoteRequestWork notApproved = new CaseNoteRequestWork(
                12, 1, "SP-2026-000123", false, true, "A1234BC", AT, AT, List.of(), false, "BACKGROUND", true);
        assertThat(only(requested.keep(List.of(List.of(page())), notApproved), RequestWork.class))
                .isEmpty();
    }

    @Test
    void aPersonWhomTheSourceDoesNotKnowIsSaidToBeUnknown() {
        Effects effects = requested.keep(List.of(List.of(Fetched.gone(FROM, AT))), work(true, false, false));

        assertThat(effects.all()).containsExactly(new NotesFound(12, false, List.of()));
    }

    @Test
    void aSensitiveNoteThatNobodyAgreedToIsRefusedAndKeptNowhere() {
        List<List<Fetched>> answer =
                List.of(List.of(page(note("n-1", "A1234BC", false), note("n-2", "A1234BC", true))));

        assertThatThrownBy(() -> requested.keep(answer, work(true, false, false)))
                .isInstanceOf(Rejected.class)
                .hasMessage("sensitive-note-not-asked-for at /content/1/sensitive");
        assertThat(only(requested.keep(answer, work(true, true, false)), NotesFound.class)
                        .findFirst()
                        .orElseThrow()
                        .notes())
                .extracting(NotesFound.Note::sensitive)
                .containsExactly(false, true);
    }

    @Test
    void aNoteAboutSomebodyElseIsRefused() {
        List<List<Fetched>> answer = List.of(List.of(page(note("n-1", "B2345CD", false))));

        assertThatThrownBy(() -> requested.keep(answer, work(true, true, false)))
                .isInstanceOf(Rejected.class)
                .hasMessage("note-of-another-prisoner at /content/0/offenderIdentifier");
    }

    private static <E extends Effect> Stream<E> only(Effects effects, Class<E> kind) {
        return effects.all().stream().filter(kind::isInstance).map(kind::cast);
    }

    private static CaseNoteRequestWork work(boolean stands, boolean sensitive, boolean chosen) {
        return new CaseNoteRequestWork(
                12,
                1,
                "SP-2026-000123",
                true,
                stands,
                "A1234BC",
                AT,
                AT.plusSeconds(60),
                List.of("OBSERVE"),
                sensitive,
                "BACKGROUND",
                chosen);
    }

    private static Fetched page(String... notes) {
        return Fetched.found(
                ("{\"content\":[" + String.join(",", notes) + "],\"metadata\":{\"totalElements\":" + notes.length
                                + ",\"page\":1,\"size\":200},\"hasCaseNotes\":true}")
                        .getBytes(StandardCharsets.UTF_8),
                FROM,
                AT);
    }

    private static String note(String id, String number, boolean sensitive) {
        return """
                {"caseNoteId":"%s","offenderIdentifier":"%s","type":"OBSERVE","typeDescription":"Observations","subType":"SECURITY",
                 "subTypeDescription":"Security","creationDateTime":"2026-02-02T10:00:00","occurrenceDateTime":"2026-02-02T09:45:00",
                 "authorName":"Inka Vented","authorUserId":"1","authorUsername":"QTEST1","text":"Said so.","eventId":7,
                 "sensitive":%s,"amendments":[],"systemGenerated":false}"""
                .formatted(id, number, sensitive);
    }
}
