package sallyport.routes.prisoneralertintake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sallyport.connectors.wire.Fetched;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.AskForAlerts;
import sallyport.ledger.Effect.AskForAlerts.PartInCase;
import sallyport.ledger.Effect.SetAlerts;
import sallyport.ledger.Effects;
import sallyport.ledger.Evidence;
import sallyport.ledger.PersonWork;
import sallyport.mappings.Rejected;
import sallyport.routes.InventedProperties;

class PrisonerAlertIntakeTest {

    private static final PersonWork NOBODY_S = new PersonWork("A1234BC", List.of());
    /** Half an hour into the next day in London. */
    private static final Instant AT = Instant.parse("2026-07-01T23:30:00Z");

    private final PrisonerAlertIntake intake =
            new PrisonerAlertIntake(InventedProperties.GENERAL, Clock.fixed(AT, ZoneOffset.UTC));

    @Test
    void ofSomebodyInNoOpenCaseNothingIsAskedAndNothingIsWritten() {
        assertThat(intake.queries(NOBODY_S)).isEmpty();
        assertThat(intake.keep(List.of(), NOBODY_S)).isEqualTo(Effects.none());
    }

    @Test
    void keepsWhatStandsOrIsToBeginAndIsShownToSomebody() {
        Effects effects = kept(page(
                alert("a1", "A1234BC", "XPOI", "2026-01-31", "2027-01-01", true),
                alert("a2", "A1234BC", "ROV", "2026-01-31", null, false),
                alert("a3", "A1234BC", "XSC", "2026-07-03", null, false),
                alert("a4", "A1234BC", "XFO", "2026-07-02", null, false),
                alert("a5", "A1234BC", "HA", "2026-01-31", null, true)));

        assertThat(set(effects).readAt()).isEqualTo(AT);
        assertThat(set(effects).alerts())
                .containsExactly(
                        new SetAlerts.PrisonerAlert(
                                uuid("a1"), "XPOI", LocalDate.parse("2026-01-31"), LocalDate.parse("2027-01-01")),
                        new SetAlerts.PrisonerAlert(uuid("a3"), "XSC", LocalDate.parse("2026-07-03"), null));
    }

    @Test
    void eachPageIsStoredAsItCameAndIsACollection() {
        Fetched first = page(alert("a1", "A1234BC", "XPOI", "2026-01-31", null, true));
        Fetched second = page(alert("b1", "A1234BC", "ROV", "2026-01-31", null, true));

        Effects effects = kept(first, second);

        assertThat(all(effects, Effect.StoreSource.class))
                .extracting(stored -> stored.key().recordId())
                .containsExactly("A1234BC", "A1234BC/1");
        assertThat(all(effects, Effect.StoreSource.class))
                .extracting(Effect.StoreSource::raw)
                .containsExactly(first.raw(), second.raw());
        assertThat(all(effects, Effect.Log.class)).hasSize(2).allSatisfy(log -> {
            assertThat(log.evidence().kind()).isEqualTo(Evidence.Kind.COLLECTION);
            assertThat(log.evidence().subject()).isEqualTo("A1234BC");
        });
        assertThat(set(effects).alerts())
                .extracting(SetAlerts.PrisonerAlert::code)
                .containsExactly("XPOI", "ROV");
    }

    @Test
    void nobodysAlertsEmptyTheList() {
        assertThat(set(kept(page())).alerts()).isEmpty();
    }

    @Test
    void anAlertOfAnotherPrisonerIsNotSaidOfThisOne() {
        Fetched page = page(
                alert("a1", "A1234BC", "XPOI", "2026-01-31", null, true),
                alert("a2", "B2345CD", "XPOI", "2026-01-31", null, true));

        assertThatThrownBy(() -> kept(page)).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo("alert-of-another-prisoner");
            assertThat(rejected.where()).isEqualTo("/content/1/prisonNumber");
            assertThat(rejected.getMessage()).doesNotContain("B2345CD");
        });
    }

    @Test
    void looksForSuspectsOnlyAndByFamily() {
        AskForAlerts due = all(intake.due(), AskForAlerts.class).get(0);

        assertThat(due.notReadSince()).isEqualTo(AT.minus(Duration.ofHours(20)));
        assertThat(due.parts())
                .contains(new PartInCase("ASSAILANT", "ASSAULT"), new PartInCase("ACTIVE_INVOLVEMENT", "DISORDER"))
                .doesNotContain(new PartInCase("VICTIM", "ASSAULT"), new PartInCase("ACTIVE_INVOLVEMENT", "ASSAULT"));
        assertThat(all(intake.due(), Effect.AdvancePoll.class)).hasSize(1);
    }

    private Effects kept(Fetched... pages) {
        return intake.keep(List.of(List.of(pages)), NOBODY_S);
    }

    private static SetAlerts set(Effects effects) {
        List<SetAlerts> sets = all(effects, SetAlerts.class);
        assertThat(sets).hasSize(1);
        assertThat(sets.get(0).prisonerNumber()).isEqualTo("A1234BC");
        return sets.get(0);
    }

    private static <E extends Effect> List<E> all(Effects effects, Class<E> type) {
        return effects.all().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static String uuid(String start) {
        return start + "dcadcf-b003-4116-9956-c99bd8df6a00";
    }

    private static String alert(
            String start, String number, String code, String from, @Nullable String to, boolean active) {
        return """
                {"alertUuid":"%s","prisonNumber":"%s",
                 "alertCode":{"alertTypeCode":"X","alertTypeDescription":"Security","code":"%s","description":"D",
                              "canBeAdministered":false},
                 "activeFrom":"%s",%s"isActive":%s,"createdAt":"2026-01-31T14:19:25","createdBy":"Q",
                 "createdByDisplayName":"F"}
                """
                .formatted(uuid(start), number, code, from, to == null ? "" : "\"activeTo\":\"" + to + "\",", active);
    }

    private static Fetched page(String... alerts) {
        return Fetched.found(
                ("{\"content\":[" + String.join(",", alerts) + "]}").getBytes(StandardCharsets.UTF_8),
                URI.create("http://alerts/prisoners/A1234BC/alerts"),
                AT);
    }
}
