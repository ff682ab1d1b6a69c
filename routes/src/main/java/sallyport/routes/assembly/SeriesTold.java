package sallyport.routes.assembly;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sallyport.ledger.AssemblyWork;
import sallyport.ledger.EarlierCase;
import sallyport.ledger.ReferralCase;
import sallyport.mappings.identity.ForceCode;
import sallyport.mappings.referral.Series;
import sallyport.mappings.triage.SeriesRules;
import sallyport.mappings.triage.SeriesRules.Kind;

/**
 * What a force is told of a series: the cases that it has been sent itself, and only if these and this one make a series by
 * themselves. That there are more, of another force or kept in the prison, is not to be concluded from what it gets.
 */
final class SeriesTold {

    private SeriesTold() {}

    static List<Series> to(ForceCode force, AssemblyWork work) {
        ReferralCase known = work.referralCase();
        Map<List<String>, List<String>> references = new LinkedHashMap<>();
        for (EarlierCase earlier : work.series()) {
            if (earlier.sentTo().contains("force:" + force.value())) {
                references
                        .computeIfAbsent(List.of(earlier.kind(), earlier.subject()), key -> new ArrayList<>())
                        .add(earlier.reference());
            }
        }
        List<Series> told = new ArrayList<>();
        references.forEach((key, theirs) -> SeriesRules.find(
                        Kind.valueOf(key.get(0)), known.family(), known.prison(), force.value())
                .filter(rule -> theirs.size() + 1 >= rule.least())
                .ifPresent(rule -> told.add(new Series(
                        key.get(0),
                        key.get(1).isEmpty() ? null : key.get(1),
                        rule.within().toString(),
                        theirs))));
        return told;
    }
}
