package sallyport.routes;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the flows need to know that is policy and not code.
 *
 * @param autoApprovePrisons NOMIS ids of prisons whose policy lets a mandatory verdict go on without a person; {@code *} for all
 * @param decideWithin how long a person may take over a waiting case (CiPRA section 3: at most 24 hours)
 * @param supplementQuiet a supplement waits until the reports have been quiet for this long
 * @param supplementAtMost but never longer than this
 * @param eventQuiet events about one person's notes, adjudications or alerts are gathered until quiet for this long
 * @param eventAtMost but never longer than this
 * @param alertsEvery the alerts of suspects in open cases are read again when they were not for this long, event or not
 * @param sweepEvery how often the sweep looks for reports whose events were missed
 * @param sweepFirst how far back the very first sweep looks
 * @param sweepOverlap how far each sweep looks back before its cursor
 * @param sweepBackfill a sweep whose list repeats itself has the lists of each day read, from so long before its cursor
 * @param noteTypes types of case notes that a package may draw on; none are read when it is empty
 * @param notesBefore case notes of suspects are read from this long before the incident
 * @param notesAfter and until this long after it
 */
@Validated
@ConfigurationProperties("sallyport.flows")
public record HubProperties(
        @DefaultValue Set<String> autoApprovePrisons,
        @NotNull @DefaultValue("24h") Duration decideWithin,
        @NotNull @DefaultValue("15m") Duration supplementQuiet,
        @NotNull @DefaultValue("4h") Duration supplementAtMost,
        @NotNull @DefaultValue("5s") Duration eventQuiet,
        @NotNull @DefaultValue("1m") Duration eventAtMost,
        @NotNull @DefaultValue("24h") Duration alertsEvery,
        @NotNull @DefaultValue("5m") Duration sweepEvery,
        @NotNull @DefaultValue("7d") Duration sweepFirst,
        @NotNull @DefaultValue("10m") Duration sweepOverlap,
        @NotNull @DefaultValue("90d") Duration sweepBackfill,
        @DefaultValue({"OBSERVE", "REPORT", "NEG", "CAB", "CVM", "INTERVENTION"}) Set<String> noteTypes,
        @NotNull @DefaultValue("7d") Duration notesBefore,
        @NotNull @DefaultValue("30d") Duration notesAfter) {

    public boolean approvesAutomatically(String prison) {
        return autoApprovePrisons.contains("*") || autoApprovePrisons.contains(prison);
    }
}
