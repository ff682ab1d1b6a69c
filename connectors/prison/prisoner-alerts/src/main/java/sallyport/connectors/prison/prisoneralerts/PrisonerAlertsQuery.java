package sallyport.connectors.prison.prisoneralerts;

import java.util.List;

/**
 * Whose alerts are wanted.
 *
 * @param codes only alerts with one of these codes; all when it is empty
 */
public record PrisonerAlertsQuery(String prisonerNumber, List<String> codes) {

    public PrisonerAlertsQuery {
        codes = List.copyOf(codes);
    }
}
