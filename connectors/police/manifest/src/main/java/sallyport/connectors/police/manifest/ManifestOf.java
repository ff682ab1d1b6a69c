package sallyport.connectors.police.manifest;

import java.time.LocalDate;

/**
 * Whose manifest, and of which day.
 *
 * @param force two digits, in the forces file with a manifest
 * @param day in London; one that has not begun is {@code Rejected("future-day")} and nobody is asked
 */
public record ManifestOf(String force, LocalDate day) {}
