package sallyport.mappings.triage;

/**
 * What one record of another system says about somebody's part.
 *
 * @param id of the signal table, with what it says
 * @param supports that the person is suspected; else it speaks against it
 * @param raises sends to a person what the report alone would clear
 * @param record the charge, case note or alert code that it was read from
 * @param explanation in the words of the table, without a name or a number
 */
public record Signal(
        String id, String prisonerNumber, boolean supports, boolean raises, String record, String explanation) {}
