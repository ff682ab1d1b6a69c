package sallyport.ledger;

/** Who is in a case, by prisoner number; {@code former} numbers stay searchable after a merge. */
public record CasePerson(String prisonerNumber, String role, boolean former) {}
