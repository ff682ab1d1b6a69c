package sallyport.simulators.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import sallyport.simulators.journal.Json;

/**
 * An invented prisoner. The surname carries the canary.
 *
 * @param pnc long form with a valid check letter, or absent as for some real ones
 * @param cro standard form with a valid check letter, or absent
 */
public record Prisoner(
        String number,
        @Nullable String pnc,
        @Nullable String cro,
        String bookingId,
        String firstName,
        String lastName,
        LocalDate dateOfBirth,
        String gender,
        String prison,
        String prisonName,
        String cell,
        LocalDate releaseDate,
        boolean remand) {

    /** {@code 12/394773H}, as prisoner search gives it; only for those who have one. */
    public String pncShort() {
        return pnc == null ? "" : Identifiers.pncShort(pnc);
    }

    Prisoner numbered(String otherNumber) {
        return new Prisoner(
                otherNumber,
                pnc,
                cro,
                bookingId,
                firstName,
                lastName,
                dateOfBirth,
                gender,
                prison,
                prisonName,
                cell,
                releaseDate,
                remand);
    }

    /** Under another surname, in another cell, to be released on another day. */
    public Prisoner changed(String otherSurname, String otherCell, LocalDate otherRelease) {
        return new Prisoner(
                number,
                pnc,
                cro,
                bookingId,
                firstName,
                otherSurname,
                dateOfBirth,
                gender,
                prison,
                prisonName,
                otherCell,
                otherRelease,
                remand);
    }

    ObjectNode toJson() {
        return Json.object()
                .put("number", number)
                .put("pnc", pnc)
                .put("cro", cro)
                .put("bookingId", bookingId)
                .put("firstName", firstName)
                .put("lastName", lastName)
                .put("dateOfBirth", dateOfBirth.toString())
                .put("gender", gender)
                .put("prison", prison)
                .put("prisonName", prisonName)
                .put("cell", cell)
                .put("releaseDate", releaseDate.toString())
                .put("remand", remand);
    }

    static Prisoner fromJson(ObjectNode json) {
        return new Prisoner(
                json.get("number").asText(),
                json.path("pnc").textValue(),
                json.path("cro").textValue(),
                json.get("bookingId").asText(),
                json.get("firstName").asText(),
                json.get("lastName").asText(),
                LocalDate.parse(json.get("dateOfBirth").asText()),
                json.get("gender").asText(),
                json.get("prison").asText(),
                json.get("prisonName").asText(),
                json.get("cell").asText(),
                LocalDate.parse(json.get("releaseDate").asText()),
                json.get("remand").asBoolean());
    }
}
