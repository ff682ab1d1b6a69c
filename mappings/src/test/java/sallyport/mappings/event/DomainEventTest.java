package sallyport.mappings.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;

class DomainEventTest {

    private static final String AMENDED =
            """
            {"eventType":"incident.report.amended","version":1,"occurredAt":"2026-08-03T11:15:31.123456+01:00",
             "description":"changed","additionalInformation":{"id":"0198a5c6-7b1a-7c3e-9d2f-111111111111",
             "reportReference":"50000123","source":"DPS","location":"MDI","whatChanged":"STATUS"}}
            """;

    @Test
    void takesAnIncidentEventOutOfItsEnvelope() {
        DomainEvent event = DomainEvent.read(envelope("m-1", AMENDED));

        assertThat(event.messageId()).isEqualTo("m-1");
        assertThat(event.eventType()).isEqualTo("incident.report.amended");
        assertThat(event.version()).isEqualTo("1");
        assertThat(event.occurredAt()).isEqualTo(Instant.parse("2026-08-03T10:15:31.123456Z"));
        assertThat(event.incidentId()).contains("0198a5c6-7b1a-7c3e-9d2f-111111111111");
        assertThat(event.chargeNumber()).isEmpty();
        assertThat(event.prisonerNumber()).isEmpty();
        assertThat(event.additionalInformation()).containsEntry("whatChanged", "STATUS");
    }

    @Test
    void aVersionMayBeTextAndThePersonMayStandInTheInformation() {
        DomainEvent event = DomainEvent.read(
                envelope(
                        "m-2",
                        """
                        {"eventType":"adjudication.outcome.referPolice","version":"1.0","occurredAt":"2026-08-03T11:15:31+01:00",
                         "additionalInformation":{"chargeNumber":"MDI-000169","prisonerNumber":"A7780DY","status":"REFER_POLICE"}}
                        """));

        assertThat(event.version()).isEqualTo("1.0");
        assertThat(event.chargeNumber()).contains("MDI-000169");
        assertThat(event.prisonerNumber()).contains("A7780DY");
        assertThat(event.referredToPolice()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "adjudication.hearingReferral.created, REFER_POLICE, true",
        "adjudication.hearingReferral.created, REFER_INAD, false",
        "adjudication.hearingReferral.deleted, REFER_POLICE, false",
        "adjudication.report.created, REFER_POLICE, false",
        "adjudication.outcome.referPolice, UNSCHEDULED, true"
    })
    void aChargeIsReferredToThePoliceInTwoWays(String type, String status, boolean referred) {
        assertThat(DomainEvent.read(envelope(
                                "m-2b",
                                """
                                        {"eventType":"%s","additionalInformation":{"chargeNumber":"MDI-000169","status":"%s"}}
                                        """
                                        .formatted(type, status)))
                        .referredToPolice())
                .isEqualTo(referred);
    }

    @Test
    void aCaseNoteEventNamesItsNoteAndItsPeople() {
        DomainEvent event = DomainEvent.read(
                envelope(
                        "m-3",
                        """
                        {"eventType":"person.case-note.moved","version":1,"occurredAt":"2026-08-03T11:15:31+01:00",
                         "additionalInformation":{"id":"11217e7c-bf69-4fef-8098-000000000001","legacyId":-5,"syncToNomis":true,
                           "previousNomsNumber":"A1111AA","tags":["x"],"nothing":null},
                         "personReference":{"identifiers":[{"type":"CRN","value":"X123456"},{"type":"NOMS","value":"B2222BB"}]}}
                        """));

        assertThat(event.caseNoteId()).contains("11217e7c-bf69-4fef-8098-000000000001");
        assertThat(event.prisonerNumbers()).containsExactly("B2222BB", "A1111AA");
        assertThat(event.additionalInformation())
                .isEqualTo(Map.of(
                        "id", "11217e7c-bf69-4fef-8098-000000000001",
                        "legacyId", "-5",
                        "syncToNomis", "true",
                        "previousNomsNumber", "A1111AA"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "updated", "inactive", "deleted"})
    void anAlertEventNamesItsAlertAndItsPerson(String what) {
        DomainEvent event = DomainEvent.read(envelope(
                "m-5",
                """
                        {"eventType":"person.alert.%s","version":1,"occurredAt":"2026-07-02T16:26:36.890967112+01:00",
                         "additionalInformation":{"alertUuid":"6a0783ee-024e-4201-8e1f-3ead5fd2492a","alertCode":"XPOI","source":"DPS"},
                         "personReference":{"identifiers":[{"type":"NOMS","value":"B2222BB"}]}}
                        """
                        .formatted(what)));

        assertThat(event.aboutAlerts()).isTrue();
        assertThat(event.alertUuid()).contains("6a0783ee-024e-4201-8e1f-3ead5fd2492a");
        assertThat(event.prisonerNumbers()).containsExactly("B2222BB");
    }

    @Test
    void thatAlertsChangedIsSaidOfAPersonWithoutAnAlert() {
        DomainEvent event = DomainEvent.read(
                envelope(
                        "m-6",
                        """
                        {"eventType":"person.alerts.changed","version":1,"occurredAt":"2026-07-02T16:26:36+01:00",
                         "additionalInformation":{},"personReference":{"identifiers":[{"type":"NOMS","value":"B2222BB"}]}}
                        """));

        assertThat(event.aboutAlerts()).isTrue();
        assertThat(event.alertUuid()).isEmpty();
        assertThat(event.prisonerNumbers()).containsExactly("B2222BB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "person.case-note.created",
                "person.alertness.changed",
                "prisoner-offender-search.prisoner.alerts-updated"
            })
    void otherEventsAreNotAboutAlerts(String eventType) {
        DomainEvent event = DomainEvent.read(envelope(
                "m-7", "{\"eventType\":\"%s\",\"additionalInformation\":{\"alertUuid\":\"x\"}}".formatted(eventType)));

        assertThat(event.aboutAlerts()).isFalse();
        assertThat(event.alertUuid()).isEmpty();
    }

    @Test
    void tellsWhichTwoNumbersAreOnePerson() {
        DomainEvent event = DomainEvent.read(
                envelope(
                        "m-4",
                        """
                        {"eventType":"prison-offender-events.prisoner.merged","version":1,"occurredAt":"2026-08-03T11:15:31+01:00",
                         "additionalInformation":{"removedNomsNumber":"A1111AA","nomsNumber":"B2222BB","reason":"MERGE","bookingId":"7"}}
                        """));

        IdentityChange change = event.identityChange().orElseThrow();
        assertThat(change)
                .isEqualTo(new IdentityChange("A1111AA", "B2222BB", Instant.parse("2026-08-03T10:15:31Z"), null, null));
        assertThat(event.prisonerNumber()).contains("B2222BB");
        assertThat(event.prisonerNumbers()).containsExactlyInAnyOrder("A1111AA", "B2222BB");
        assertThat(change.key()).isEqualTo("B2222BB/A1111AA/2026-08-03T10:15:31Z");
        assertThat(IdentityChange.of(change.key())).isEqualTo(change);
    }

    @Test
    void tellsWhichBookingIsWhoseNow() {
        IdentityChange change = DomainEvent.read(moved("\"2023-12-05T12:34:56+00:00\""))
                .identityChange()
                .orElseThrow();

        assertThat(change)
                .isEqualTo(new IdentityChange(
                        "A1111AA", "B2222BB", Instant.EPOCH, "1221642", Instant.parse("2023-12-05T12:34:56Z")));
        assertThat(change.key()).isEqualTo("B2222BB/A1111AA/1970-01-01T00:00:00Z/1221642/2023-12-05T12:34:56Z");
        assertThat(IdentityChange.of(change.key())).isEqualTo(change);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"yesterday\"", "\"\"", "null", "\"2023-13-05T12:34:56\""})
    void aBookingWhoseStartCannotBeReadHasNone(String start) {
        IdentityChange change = DomainEvent.read(moved(start)).identityChange().orElseThrow();

        assertThat(change.booking()).isEqualTo("1221642");
        assertThat(change.started()).isNull();
        assertThat(change.key()).endsWith("/1221642/-");
        assertThat(IdentityChange.of(change.key())).isEqualTo(change);
    }

    @Test
    void aBookingWithoutAnIdIsStillNoMerge() {
        IdentityChange change = DomainEvent.read(
                        envelope(
                                "m-4c",
                                """
                                {"eventType":"prison-offender-events.prisoner.booking.moved","additionalInformation":
                                 {"movedFromNomsNumber":"A1111AA","movedToNomsNumber":"B2222BB"}}
                                """))
                .identityChange()
                .orElseThrow();

        assertThat(change.booking()).isEqualTo("unknown");
    }

    @Test
    void aKeyWrittenBeforeTimesWereKeptIsReadAsTheOldestOfAll() {
        assertThat(IdentityChange.of("B2222BB/A1111AA"))
                .isEqualTo(new IdentityChange("A1111AA", "B2222BB", Instant.EPOCH, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A",
                "B/A/then",
                "B/A/1970-01-01T00:00:00Z/7",
                "B/A/1970-01-01T00:00:00Z/7/then",
                "a/b/c/d/e/f"
            })
    void aKeyThatNobodyWroteIsRefused(String key) {
        assertThatThrownBy(() -> IdentityChange.of(key))
                .isInstanceOf(Rejected.class)
                .hasMessage("unreadable-identity-change at /additionalInformation");
    }

    private static byte[] moved(String start) {
        return envelope(
                "m-4b",
                """
                {"eventType":"prison-offender-events.prisoner.booking.moved","additionalInformation":{"bookingId":"1221642",
                 "movedFromNomsNumber":"A1111AA","movedToNomsNumber":"B2222BB","bookingStartDateTime":%s}}
                """
                        .formatted(start));
    }

    @Test
    void anEnvelopeWithoutAnIdGetsOneFromItsBytes() {
        byte[] bare = AMENDED.getBytes(StandardCharsets.UTF_8);

        assertThat(DomainEvent.read(bare).messageId())
                .hasSize(64)
                .isEqualTo(DomainEvent.read(bare).messageId());
        assertThat(DomainEvent.read(bare).incidentId()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"MessageId\":null", ",\"MessageId\":\" \""})
    void anEnvelopeWhoseIdIsMissingOrBlankGetsOneFromItsBytes(String id) {
        byte[] body = ("{\"Type\":\"Notification\",\"Message\":\"{\\\"eventType\\\":\\\"x\\\"}\"" + id + "}")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(DomainEvent.read(body).messageId()).isEqualTo(Sha256.hex(body));
    }

    @Test
    void anEnvelopeIsOneEvenIfItNamesTheTypeItself() {
        String body = "{\"eventType\":\"outer\",\"Message\":\"{\\\"eventType\\\":\\\"inner\\\"}\"}";

        assertThat(DomainEvent.read(body.getBytes(StandardCharsets.UTF_8)).eventType())
                .isEqualTo("inner");
    }

    @Test
    void anEventOfOneSystemNamesNoRecordOfAnother() {
        DomainEvent event = DomainEvent.read(
                envelope(
                        "m-8",
                        """
                        {"eventType":"prison-offender-events.prisoner.received","version":1,"additionalInformation":
                         {"id":"1","chargeNumber":"2","caseNoteId":"3","alertUuid":"4","removedNomsNumber":"A1111AA","nomsNumber":"B2222BB"}}
                        """));

        assertThat(event.incidentId()).isEmpty();
        assertThat(event.chargeNumber()).isEmpty();
        assertThat(event.caseNoteId()).isEmpty();
        assertThat(event.alertUuid()).isEmpty();
        assertThat(event.identityChange()).isEmpty();
        assertThat(event.prisonerNumber()).contains("B2222BB");
    }

    @Test
    void theOlderEventOfACaseNoteNamesItInItsOwnField() {
        DomainEvent event = DomainEvent.read(
                envelope(
                        "m-9",
                        """
                        {"eventType":"prison.case-note.published","additionalInformation":{"caseNoteId":"47002650","id":"other"}}
                        """));

        assertThat(event.caseNoteId()).contains("47002650");
        assertThat(event.version()).isEmpty();
        assertThat(event.incidentId()).isEmpty();
    }

    @Test
    void aBlankIdIsNone() {
        DomainEvent event = DomainEvent.read(envelope(
                "m-10", "{\"eventType\":\"incident.report.created\",\"additionalInformation\":{\"id\":\" \"}}"));

        assertThat(event.incidentId()).isEmpty();
    }

    @Test
    void aMergeThatNamesOneNumberOnlyRenumbersNobody() {
        DomainEvent event = DomainEvent.read(
                envelope(
                        "m-11",
                        "{\"eventType\":\"prison-offender-events.prisoner.merged\",\"additionalInformation\":{\"nomsNumber\":\"B2222BB\"}}"));

        assertThat(event.identityChange()).isEmpty();
        assertThat(event.prisonerNumber()).contains("B2222BB");
    }

    @Test
    void theEnvelopeNamesTheTypeWhereTheMessageDoesNot() {
        String body =
                "{\"Type\":\"Notification\",\"MessageId\":\"m\",\"Message\":\"{}\",\"MessageAttributes\":{\"eventType\":{\"Type\":\"String\",\"Value\":\"person.alerts.changed\"}}}";

        assertThat(DomainEvent.read(body.getBytes(StandardCharsets.UTF_8)).eventType())
                .isEqualTo("person.alerts.changed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json | not-json at /",
                "[] | schema-invalid at /",
                "{} | schema-invalid at /Message",
                "{\"Type\":\"RETRY_CREATE_MAPPING\",\"Message\":\"{}\"} | unknown-message-type at /Type",
                "{\"Message\":\"no\"} | not-json at /Message",
                "{\"Message\":\"[]\"} | schema-invalid at /Message",
                "{\"Message\":\"{}\"} | schema-invalid at /Message/eventType",
                "{\"Message\":\"{\\\"eventType\\\":\\\"x\\\",\\\"occurredAt\\\":\\\"now\\\"}\"} | schema-invalid at /Message/occurredAt",
                "{\"Message\":\"{\\\"eventType\\\":7}\"} | schema-invalid at /Message/eventType",
                "{\"Message\":\"{\\\"eventType\\\":\\\" \\\"}\"} | schema-invalid at /Message/eventType",
                "{\"Message\":\"{}\",\"MessageAttributes\":{}} | schema-invalid at /Message/eventType",
                "{\"eventType\":\"\"} | schema-invalid at /eventType",
                "{\"eventType\":\"x\",\"version\":{}} | schema-invalid at /version",
                "{\"eventType\":\"x\",\"additionalInformation\":[]} | schema-invalid at /additionalInformation",
                "{\"eventType\":\"x\",\"personReference\":{\"identifiers\":[{\"type\":\"NOMS\"}]}} | schema-invalid at /personReference/identifiers/0/value"
            })
    void refusesWhatIsNoEventAndNamesThePlace(String body, String message) {
        assertThatThrownBy(() -> DomainEvent.read(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Rejected.class)
                .hasMessage(message);
    }

    private static byte[] envelope(String messageId, String message) {
        try {
            return new ObjectMapper()
                    .writeValueAsBytes(Map.of("Type", "Notification", "MessageId", messageId, "Message", message));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
