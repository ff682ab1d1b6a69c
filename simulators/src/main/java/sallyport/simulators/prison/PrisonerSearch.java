package sallyport.simulators.prison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sallyport.simulators.journal.Json;
import sallyport.simulators.rest.Answer;
import sallyport.simulators.rest.Asked;
import sallyport.simulators.rest.RestPartner;
import sallyport.simulators.world.Prisoner;
import sallyport.simulators.world.World;

/** Prisoners by number: up to 1,000 at a time, unknown ones silently absent, names in capitals. */
public final class PrisonerSearch implements RestPartner {

    private static final int MOST = 1000;

    private final World world;

    public PrisonerSearch(World world) {
        this.world = world;
    }

    @Override
    public String name() {
        return "prisoner-search";
    }

    @Override
    public String paths() {
        return "/(prisoner-search/prisoner-numbers|prisoner/.*)";
    }

    @Override
    public Answer answer(Asked asked) {
        List<String> fields = asked.all("responseFields");
        if (asked.method().equals("GET") && asked.segment(0).equals("prisoner")) {
            return world.prisoner(asked.segment(1))
                    .map(prisoner -> Answer.json(200, cut(prisoner(prisoner), fields)))
                    .orElseGet(() -> Answer.hmppsError(404, 404, "Prisoner not found"));
        }
        if (!asked.method().equals("POST")) {
            return Answer.empty(405);
        }
        JsonNode numbers;
        try {
            numbers = Json.read(asked.body()).path("prisonerNumbers");
        } catch (UncheckedIOException e) {
            return Answer.hmppsError(400, 400, "Validation failure: unreadable body");
        }
        if (!numbers.isArray() || numbers.isEmpty() || numbers.size() > MOST) {
            return Answer.hmppsError(400, 400, "Validation failure: 1 to 1000 prisoner numbers");
        }
        ArrayNode found = Json.array();
        for (JsonNode number : numbers) {
            Optional<Prisoner> prisoner = world.prisoner(number.asText());
            prisoner.ifPresent(known -> found.add(cut(bookings(prisoner(known)), fields)));
        }
        return Answer.json(200, found);
    }

    /** Of whom an earlier booking moved to somebody else, the one that is left. */
    private ObjectNode bookings(ObjectNode prisoner) {
        world.laterBooking(prisoner.path("prisonerNumber").asText()).ifPresent(began -> prisoner.put(
                        "bookingId", prisoner.path("bookingId").asText() + "9")
                .put(
                        "receptionDate",
                        LocalDate.ofInstant(began, ZoneId.of("Europe/London")).toString()));
        return prisoner;
    }

    private static ObjectNode cut(ObjectNode prisoner, List<String> fields) {
        return fields.isEmpty() ? prisoner : prisoner.retain(fields);
    }

    private static ObjectNode prisoner(Prisoner prisoner) {
        ObjectNode json = Json.object().put("prisonerNumber", prisoner.number());
        String pnc = prisoner.pnc();
        if (pnc != null) {
            json.put("pncNumber", prisoner.pncShort())
                    .put("pncNumberCanonicalShort", prisoner.pncShort())
                    .put("pncNumberCanonicalLong", pnc.substring(0, 2) + prisoner.pncShort());
        }
        if (prisoner.cro() != null) {
            json.put("croNumber", prisoner.cro());
        }
        json.put("bookingId", prisoner.bookingId())
                .put("firstName", prisoner.firstName().toUpperCase(Locale.ROOT))
                .put("lastName", prisoner.lastName().toUpperCase(Locale.ROOT))
                .put("dateOfBirth", prisoner.dateOfBirth().toString())
                .put("gender", prisoner.gender())
                .put("ethnicity", "Prefer not to say")
                .put("raceCode", "NS")
                .put("youthOffender", false)
                .put("maritalStatus", "Single-not married/in civil partnership")
                .put("religion", "No Religion")
                .put("nationality", "British")
                .put("status", "ACTIVE IN")
                .put("inOutStatus", "IN")
                .put("prisonId", prisoner.prison())
                .put("prisonName", prisoner.prisonName())
                .put("lastPrisonId", prisoner.prison())
                .put("cellLocation", prisoner.cell());
        json.putArray("aliases");
        json.putArray("alerts");
        json.put("legalStatus", prisoner.remand() ? "REMAND" : "SENTENCED")
                .put("convictedStatus", prisoner.remand() ? "Remand" : "Convicted")
                .put("mostSeriousOffence", "Invented offence");
        if (!prisoner.remand()) {
            json.put("conditionalReleaseDate", prisoner.releaseDate().toString())
                    .put("releaseDate", prisoner.releaseDate().toString())
                    .put(
                            "sentenceExpiryDate",
                            prisoner.releaseDate().plusYears(2).toString());
        }
        long photograph = PrisonApi.numberOf(prisoner.number());
        if (photograph > 0) {
            json.put("currentFacialImageId", photograph);
        }
        return json.put("restrictedPatient", false);
    }
}
