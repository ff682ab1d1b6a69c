package sallyport.mappings.feed;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sallyport.mappings.Rejected;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.ForceCode;

class CaseEventMappingTest {

    @Test
    void isACloudEventCutToTheTeam() {
        assertThatJson(text("regional-north", CaseEvent.Type.CRIME_REFERENCE))
                .isEqualTo(
                        """
                {"specversion":"1.0","id":"SP-2026-000123-crime-reference-7","source":"/sallyport","type":"sallyport.case.crime-reference",
                 "subject":"SP-2026-000123","time":"2026-08-04T10:15:30.5Z","datacontenttype":"application/json",
                 "data":{"caseReference":"SP-2026-000123","prison":"MDI","force":"14","family":"ASSAULT","verdict":"MANDATORY",
                   "class":"ROUTINE","packageVersion":2,"outcomeType":"1A","at":"2026-08-04T10:15:30.500Z"}}""");
    }

    @Test
    void policeIntelligenceHearsMoreThanARegion() {
        assertThat(text("police-intelligence", CaseEvent.Type.OUTCOME)).contains("14/1/26");
        assertThat(text("regional-south", CaseEvent.Type.OUTCOME)).doesNotContain("14/1/26");
    }

    @ParameterizedTest
    @EnumSource(CaseEvent.Type.class)
    void anyReaderOfCloudEventsUnderstandsIt(CaseEvent.Type type) {
        byte[] rendered = CaseEventMapping.render(event(type), DisclosureProfiles.of("regional-north"));
        CloudEvent read = new JsonFormat().deserialize(rendered);
        assertThat(read.getType()).startsWith("sallyport.case.");
        assertThat(CaseEventMapping.render(event(type), DisclosureProfiles.of("regional-north")))
                .isEqualTo(rendered);
    }

    @ParameterizedTest
    @EnumSource(CaseEvent.Type.class)
    void whatWasRenderedIsReadBackWithoutWhatTheTeamMayNotKnow(CaseEvent.Type type) {
        byte[] rendered = CaseEventMapping.render(event(type), DisclosureProfiles.of("regional-north"));

        CaseEvent read = CaseEventMapping.read(rendered);

        assertThat(read.crimeReference()).isNull();
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("crimeReference")
                .isEqualTo(event(type));
    }

    @ParameterizedTest
    @CsvSource({
        "sallyport.case.opened, sallyport.case.guessed, schema-invalid at /type",
        "2026-08-04T10:15:30.5Z, yesterday, schema-invalid at /time",
        "'\"subject\":\"SP-2026-000123\"', '\"subject\":\"SP-1\"', invalid-case-reference at /",
        "'\"packageVersion\":2', '\"packageVersion\":{}', schema-invalid at /packageVersion",
        "'{\"specversion\"', '\"specversion\"', not-json at /"
    })
    void namesWhatMakesADocumentNoCaseEvent(String from, String to, String message) {
        String document = text("regional-north", CaseEvent.Type.OPENED);
        assertThat(document).contains(from);

        assertThatThrownBy(
                        () -> CaseEventMapping.read(document.replace(from, to).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Rejected.class)
                .hasMessage(message);
    }

    private static String text(String team, CaseEvent.Type type) {
        return new String(CaseEventMapping.render(event(type), DisclosureProfiles.of(team)), StandardCharsets.UTF_8);
    }

    private static CaseEvent event(CaseEvent.Type type) {
        return new CaseEvent(
                "SP-2026-000123-" + type.word() + "-7",
                type,
                new CaseReference("SP-2026-000123"),
                "MDI",
                new ForceCode("14"),
                "ASSAULT",
                "MANDATORY",
                "ROUTINE",
                2,
                "14/1/26",
                "1A",
                Instant.parse("2026-08-04T10:15:30.5Z"));
    }
}
