package sallyport.routes.reconciliation;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.LocalTime;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When the ledger is held against the partners' own lists.
 *
 * @param at from this time in London on, each day, the partners are asked one after another
 * @param every how often, instead of each day at that time, when it is less than a day
 * @param over so long, so that they are not all asked at once
 * @param daysBack how many days of incidents, today included, are compared each time
 * @param referralsBack charges discovered up to so many days before the last look are held against each prison's list of police referrals
 * @param referralsFirst and up to so many days before the very first look, for referrals of before the hub
 * @param settled what a source changed within this time may be on its way still: it is asked for, and no work item
 */
@Validated
@ConfigurationProperties("sallyport.reconciliation")
public record ReconciliationProperties(
        @NotNull @DefaultValue("05:00") LocalTime at,
        @NotNull @DefaultValue("24h") Duration every,
        @NotNull @DefaultValue("1h") Duration over,
        @Min(1) @Max(366) @DefaultValue("28") int daysBack,
        @Min(1) @Max(3660) @DefaultValue("90") int referralsBack,
        @Min(1) @Max(3660) @DefaultValue("365") int referralsFirst,
        @NotNull @DefaultValue("30m") Duration settled) {}
