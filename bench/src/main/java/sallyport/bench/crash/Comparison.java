package sallyport.bench.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import sallyport.bench.crash.LedgerView.Case;
import sallyport.bench.crash.LedgerView.Promised;
import sallyport.bench.crash.LedgerView.Purged;
import sallyport.bench.crash.LedgerView.Report;
import sallyport.bench.crash.Partners.Arrival;

/**
 * What the ledger intended against what the partners' own logs say, at a moment when nothing is under way. Each line names one thing
 * that was lost, doubled or out of order.
 */
record Comparison(List<String> lost, List<String> doubled, List<String> disordered, int effects) {

    /** Incidents whose life takes nothing back: these have to arrive. */
    private static final Set<String> STEADY =
            Set.of("none", "amended", "duplicated-events", "reordered-events", "lost-events", "text-goes-back");

    static Comparison of(Installation installation) throws Exception {
        var found = new Comparison(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), 0);
        List<Promised> promised = installation.ledger().promised();
        List<Case> cases = installation.ledger().cases();
        found.forces(promised, installation.partners().arrivals());
        found.teams(promised, installation.feeds().read());
        found.tracker(cases, installation.partners().trackerWrites());
        found.incidents(
                installation.partners().incidents(), installation.ledger().reports(), cases, promised);
        found.inbound(
                installation.partners().acknowledged(),
                installation.ledger().inbound(),
                installation.ledger().delivered());
        found.purged(installation.ledger().purged());
        long effects = promised.stream().filter(Promised::isDone).count();
        return new Comparison(found.lost, found.doubled, found.disordered, (int) effects);
    }

    boolean clean() {
        return lost.isEmpty() && doubled.isEmpty() && disordered.isEmpty();
    }

    /** What is erased is certified, and nothing else is. */
    private void purged(Purged purged) {
        if (purged.left() + purged.certified() != purged.aged()) {
            lost.add("of %d records past their term %d are left and %d are certified as erased"
                    .formatted(purged.aged(), purged.left(), purged.certified()));
        }
        if (purged.unproved() > 0) {
            lost.add(purged.unproved() + " certificates are not in the evidence log exactly once");
        }
    }

    /** One (force, case, version) is accepted once over all channels, and versions arrive in their order. */
    private void forces(List<Promised> promised, List<Arrival> arrivals) {
        Map<String, Long> accepted = arrivals.stream()
                .filter(Arrival::accepted)
                .collect(Collectors.groupingBy(Comparison::key, Collectors.counting()));
        Set<String> arrived = arrivals.stream()
                .filter(arrival -> !arrival.result().equals("refused"))
                .map(Comparison::key)
                .collect(Collectors.toSet());
        accepted.forEach((key, times) -> {
            if (times > 1) {
                doubled.add(key + ": accepted " + times + " times");
            }
        });
        Map<String, Promised> known = promised.stream()
                .filter(each -> each.family().equals("FORCE"))
                .collect(Collectors.toMap(
                        Comparison::key, Function.identity(), (one, other) -> one, LinkedHashMap::new));
        known.forEach((key, each) -> {
            if (each.isDone() && !arrived.contains(key)) {
                lost.add(key + ": done in the ledger, never arrived");
            }
        });
        accepted.keySet().forEach(key -> {
            Promised each = known.get(key);
            boolean accounted = each != null && (each.isDone() || each.parked().equals("UNKNOWN"));
            if (!accounted) {
                lost.add(key + ": accepted by the force, and in the ledger "
                        + (each == null ? "unheard of" : each.state() + " " + each.parked()));
            }
        });
        Map<String, Integer> latest = new HashMap<>();
        arrivals.stream().filter(Arrival::accepted).forEach(arrival -> {
            String queue = arrival.force() + " " + arrival.reference();
            int before = latest.merge(queue, arrival.version(), Math::max);
            if (arrival.version() < before) {
                disordered.add(queue + ": version " + arrival.version() + " arrived after version " + before);
            }
        });
    }

    private static String key(Arrival arrival) {
        return arrival.force() + " " + arrival.reference() + " version " + arrival.version();
    }

    private static String key(Promised promised) {
        return promised.force() + " " + promised.reference() + " version " + promised.version();
    }

    private void teams(List<Promised> promised, Map<String, List<String>> read) {
        Map<String, List<Promised>> byTeam = promised.stream()
                .filter(each -> each.family().equals("FEED"))
                .collect(Collectors.groupingBy(Promised::force));
        Set<String> all = new HashSet<>(read.keySet());
        all.addAll(byTeam.keySet());
        all.forEach(team -> team(team, byTeam.getOrDefault(team, List.of()), read.getOrDefault(team, List.of())));
    }

    private void team(String team, List<Promised> promised, List<String> read) {
        Map<String, Promised> byId =
                promised.stream().collect(Collectors.toMap(Promised::messageId, Function.identity()));
        Set<String> seen = new HashSet<>();
        Map<String, Integer> latest = new HashMap<>();
        for (String id : read) {
            Promised each = byId.get(id);
            if (!seen.add(id)) {
                doubled.add("feed " + team + ": " + id);
            } else if (each == null) {
                lost.add("feed " + team + ": " + id + " was read, and is unheard of in the ledger");
            } else {
                int before = latest.merge(each.reference(), each.seq(), Math::max);
                if (each.seq() < before) {
                    disordered.add("feed " + team + ": " + id);
                }
            }
        }
        promised.stream()
                .filter(each -> each.isDone() && !seen.contains(each.messageId()))
                .forEach(each -> lost.add("feed " + team + ": " + each.messageId()));
    }

    /** The tracker's row never went back, and says what the case says. */
    private void tracker(List<Case> cases, List<JsonNode> writes) {
        Map<String, JsonNode> rows = new HashMap<>();
        for (JsonNode write : writes) {
            String reference = write.path("reference").asText();
            JsonNode row = write.path("body");
            JsonNode before = rows.put(reference, row);
            if (before != null
                    && before.path("caseVersion").asLong()
                            > row.path("caseVersion").asLong()) {
                disordered.add("tracker " + reference + ": version "
                        + row.path("caseVersion").asLong() + " written over version "
                        + before.path("caseVersion").asLong());
            }
        }
        for (Case each : cases) {
            JsonNode row = rows.get(each.reference());
            if (each.trackerParked() || each.parked()) {
                continue;
            }
            if (row == null) {
                lost.add("tracker " + each.reference() + ": no row");
            } else if (!says(row, each)) {
                lost.add("tracker " + each.reference() + ": the row of version "
                        + row.path("caseVersion").asLong() + " is not the case of version " + each.rowVersion());
            }
        }
    }

    private static boolean says(JsonNode row, Case each) {
        return row.path("state").asText().equals(each.state())
                && row.path("crimeReference").asText().equals(each.crimeReference())
                && row.path("officer").asText().equals(each.officer())
                && row.path("outcomeType").asText().equals(each.outcomeType())
                && row.path("packageVersion").asInt() == each.packageVersion();
    }

    private void incidents(
            List<Partners.Incident> incidents, List<Report> reports, List<Case> cases, List<Promised> promised) {
        Map<String, Report> known = reports.stream().collect(Collectors.toMap(Report::id, Function.identity()));
        Map<String, Case> byIncident =
                cases.stream().collect(Collectors.toMap(Case::incident, Function.identity(), (one, other) -> one));
        Set<String> delivered = promised.stream()
                .filter(each -> each.family().equals("FORCE")
                        && (each.isDone() || !each.parked().isEmpty()))
                .map(Promised::reference)
                .collect(Collectors.toSet());
        for (Partners.Incident incident : incidents) {
            Report report = known.get(incident.id());
            boolean parked = report != null && report.parked();
            if (!incident.status().equals("DELETED") && (report == null || !report.stored()) && !parked) {
                lost.add("incident " + incident.reference() + " (" + incident.oddity() + "): not in the ledger");
                continue;
            }
            if (!incident.referable() || !STEADY.contains(incident.oddity()) || parked) {
                continue;
            }
            Case each = byIncident.get(incident.reference());
            if (each == null || (!delivered.contains(each.reference()) && !each.parked())) {
                lost.add("incident " + incident.reference() + " (" + incident.oddity() + "): "
                        + (each == null ? "no case" : each.reference() + " neither sent nor parked, " + each.state()));
            }
        }
    }

    /** What was acknowledged is there. */
    private void inbound(List<Partners.Acknowledged> acknowledged, List<String> inbound, List<String> delivered) {
        Set<String> stored = new HashSet<>(inbound);
        stored.addAll(delivered);
        acknowledged.stream()
                .map(each -> each.force() + " " + (each.isDelivery() ? each.reference() : each.messageId()))
                .filter(each -> !stored.contains(each))
                .forEach(each -> lost.add("message " + each + ": acknowledged, not in the ledger"));
    }
}
