package sallyport.mappings.adjudication;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Charges with nothing in them but what a test is about. */
final class InventedCharges {

    private InventedCharges() {}

    static Adjudication charge(
            String number, String prisoner, String prison, String time, String paragraph, long code, boolean young) {
        return Adjudication.readOne(
                raw(number, prisoner, prison, time, paragraph, code, young).getBytes(UTF_8));
    }

    static String raw(
            String number, String prisoner, String prison, String time, String paragraph, long code, boolean young) {
        return """
                {"chargeNumber":"%s","prisonerNumber":"%s","gender":"MALE",
                 "incidentDetails":{"locationUuid":"0198a5c6-7b1a-7c3e-9d2f-00000000000a","dateTimeOfIncident":"%s",
                  "dateTimeOfDiscovery":"%s","handoverDeadline":"2026-07-03T10:00:00"},
                 "isYouthOffender":%s,"incidentRole":{},
                 "offenceDetails":{"offenceCode":%d,"offenceRule":{"paragraphNumber":"%s",
                  "paragraphDescription":"Commits any assault"},"protectedCharacteristics":[]},
                 "incidentStatement":{"statement":"Invented"},"createdByUserId":"U",
                 "createdDateTime":"2026-07-01T12:00:00","status":"REFER_POLICE","damages":[],"evidence":[],
                 "witnesses":[],"hearings":[],"outcomes":[],"originatingAgencyId":"%s","linkedChargeNumbers":[]}
                """
                .formatted(number, prisoner, time, time, young, code, paragraph, prison);
    }
}
