package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.with;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import sallyport.mappings.disclosure.DisclosureProfile;
import sallyport.mappings.disclosure.DisclosureProfiles;

/**
 * Writes down the rules of the disclosure profiles that this build cuts to, before it cuts anything, so that a disclosure of today can be
 * explained when the rules are others. A version that is there already stays as it is.
 */
final class DisclosureRegister {

    private static final String REGISTER =
            """
            INSERT INTO disclosure_profile (destination, version, rules)
            SELECT * FROM unnest(:destinations::text[], :versions::text[], :rules::text[])
            ON CONFLICT DO NOTHING
            """;

    private final NamedParameterJdbcTemplate jdbc;

    DisclosureRegister(DataSource dataSource) {
        this.jdbc = new NamedParameterJdbcTemplate(dataSource);
    }

    void register() {
        List<DisclosureProfile> profiles = List.copyOf(DisclosureProfiles.all());
        jdbc.update(
                REGISTER,
                with(
                                "destinations",
                                texts(profiles.stream()
                                        .map(DisclosureProfile::destination)
                                        .toList()))
                        .addValue(
                                "versions",
                                texts(profiles.stream()
                                        .map(DisclosureProfile::version)
                                        .toList()))
                        .addValue(
                                "rules",
                                texts(profiles.stream()
                                        .map(DisclosureProfile::rules)
                                        .toList())));
    }
}
