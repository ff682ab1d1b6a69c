package sallyport.connectors.prison.adjudications;

import java.time.LocalDate;

/**
 * Charges of one prison that are referred to the police, by the day on which what they are about was discovered.
 *
 * @param prison the caseload
 * @param from first day, in London; {@code until} is the last, both whole
 */
public record ReferralsAt(String prison, LocalDate from, LocalDate until) {}
