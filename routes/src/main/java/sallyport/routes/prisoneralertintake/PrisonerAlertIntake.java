package sallyport.routes.prisoneralertintake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;
import sallyport.connectors.prison.prisoneralerts.PrisonerAlertsQuery;
import sallyport.connectors.wire.Fetched;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.AskForAlerts;
import sallyport.ledger.Effect.AskForAlerts.PartInCase;
import sallyport.ledger.Effect.SetAlerts;
import sallyport.ledger.Effects;
import sallyport.ledger.Evidence;
import sallyport.ledger.PersonWork;
import sallyport.ledger.SourceKey;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.incident.IncidentFamilies;
import sallyport.mappings.incident.PrisonerRole;
import sallyport.mappings.incident.Suspects;
import sallyport.mappings.prisoneralert.LiaisonCodes;
import sallyport.mappings.prisoneralert.LiaisonCodes.LiaisonCode;
import sallyport.mappings.prisoneralert.PrisonerAlert;
import sallyport.mappings.prisoneralert.PrisonerAlertPage;
import sallyport.routes.HubProperties;

/**
 * Keeps what a prisoner is marked with. Nothing is asked about anybody who is in no open case (any more), and of nobody more than the
 * codes that somebody is shown: what else a prison has noted about a prisoner, such as self-harm, never gets here.
 */
@Component
final class PrisonerAlertIntake {

    static final String PERSON = "sallyport.person";

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final Set<PartInCase> SUSPECTS = suspects();

    /** That many people at each look, and a look so often: what an outage left is caught up with without a rush. */
    private static final int AT_ONE_LOOK = 500;

    private static final Duration LOOKS = Duration.ofMinutes(5);

    private final HubProperties properties;
    private final Clock clock;

    PrisonerAlertIntake(HubProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /** Of the table that is used now. */
    private static List<String> codes() {
        return LiaisonCodes.all().stream().map(LiaisonCode::code).toList();
    }

    private static Set<PartInCase> suspects() {
        Set<PartInCase> suspects = new HashSet<>();
        for (String family : IncidentFamilies.all()) {
            for (PrisonerRole role : PrisonerRole.values()) {
                if (Suspects.part(role, family) == Suspects.Part.SUSPECT) {
                    suspects.add(new PartInCase(role.name(), family));
                }
            }
        }
        return suspects;
    }

    /** For events that never came, cases that a person took up again, and codes that a new table shows. */
    Effects due() {
        Instant now = clock.instant();
        return Effects.of(
                new AskForAlerts(SUSPECTS, now.minus(properties.alertsEvery()), AT_ONE_LOOK),
                new Effect.AdvancePoll(now.toString(), LOOKS));
    }

    /** One question, or none. */
    List<PrisonerAlertsQuery> queries(PersonWork person) {
        return person.cases().isEmpty()
                ? List.of()
                : List.of(new PrisonerAlertsQuery(person.prisonerNumber(), codes()));
    }

    /** @param answers one list of pages for each question */
    Effects keep(@Body List<List<Fetched>> answers, @ExchangeProperty(PERSON) PersonWork person) {
        if (answers.isEmpty()) {
            return Effects.none();
        }
        List<Fetched> pages = answers.get(0);
        List<Effect> effects = new ArrayList<>();
        List<SetAlerts.PrisonerAlert> standing = new ArrayList<>();
        for (int page = 0; page < pages.size(); page++) {
            Fetched fetched = pages.get(page);
            standing.addAll(standing(fetched, person.prisonerNumber()));
            effects.addAll(stored(fetched, person.prisonerNumber(), page));
        }
        effects.add(new SetAlerts(person.prisonerNumber(), pages.get(0).at(), standing));
        return Effects.of(effects);
    }

    private static List<SetAlerts.PrisonerAlert> standing(Fetched fetched, String number) {
        List<PrisonerAlert> alerts = PrisonerAlertPage.read(fetched.raw()).content();
        for (int i = 0; i < alerts.size(); i++) {
            if (!alerts.get(i).prisonNumber().equals(number)) {
                // Shown as this person's it would be said of the wrong one.
                throw new Rejected("alert-of-another-prisoner", "/content/" + i + "/prisonNumber");
            }
        }
        LocalDate asked = LocalDate.ofInstant(fetched.at(), LONDON);
        return alerts.stream()
                .filter(alert -> alert.standsOn(asked))
                .filter(alert -> LiaisonCodes.find(alert.alertCode().code()).isPresent())
                .map(alert -> new SetAlerts.PrisonerAlert(
                        alert.alertUuid(), alert.alertCode().code(), alert.activeFrom(), alert.activeTo()))
                .toList();
    }

    /** The first page bears the prisoner's number; a second one, which hardly anybody has, a record of its own. */
    private static List<Effect> stored(Fetched fetched, String number, int page) {
        return List.of(
                new Effect.StoreSource(
                        new SourceKey(SourceKey.PRISONER_ALERTS, page == 0 ? number : number + "/" + page),
                        fetched.raw(),
                        null,
                        null,
                        false,
                        fetched.at(),
                        fetched.from().toString(),
                        null,
                        null,
                        null),
                new Effect.Log(new Evidence(
                        Evidence.Kind.COLLECTION,
                        null,
                        number,
                        "sallyport",
                        "alerts about somebody in an open case",
                        null,
                        Sha256.of(fetched.raw()),
                        null,
                        null,
                        SourceKey.PRISONER_ALERTS)));
    }
}
