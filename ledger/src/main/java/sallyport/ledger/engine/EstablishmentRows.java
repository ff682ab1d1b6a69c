package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.with;

import java.util.List;
import sallyport.ledger.Effect.EstablishmentsListed;
import sallyport.ledger.Effect.EstablishmentsListed.Establishment;

/** The establishments of the prison register; one that has left it is kept, with since when. */
final class EstablishmentRows {

    private static final String SEEN =
            """
            INSERT INTO establishment (prison, name, active, contracted, types, operators, addresses)
            VALUES (:prison, :name, :active, :contracted, :types::text[], :operators::text[], :addresses::text[])
            ON CONFLICT (prison) DO UPDATE
               SET name = excluded.name, active = excluded.active, contracted = excluded.contracted, types = excluded.types,
                   operators = excluded.operators, addresses = excluded.addresses, seen_at = now(), gone_at = NULL
            """;

    private static final String GONE =
            """
            UPDATE establishment SET gone_at = now() WHERE gone_at IS NULL AND prison <> ALL(:prisons::text[])
            """;

    /** Nobody misses the force of a prison that is not there. */
    private static final String NOBODYS =
            """
            UPDATE task SET closed_at = now(), closed_by = 'sallyport', closed_why = 'the register has it no more'
             WHERE kind = 'REGISTER' AND subject LIKE 'register/NO\\_FORCE/%' AND closed_at IS NULL AND prison <> ALL(:prisons::text[])
            """;

    private final Database database;

    EstablishmentRows(Database database) {
        this.database = database;
    }

    /** In the caller's transaction. */
    void listed(List<EstablishmentsListed> registers) {
        for (EstablishmentsListed register : registers) {
            database.forEach(SEEN, register.establishments(), one -> with("prison", one.prison())
                    .addValue("name", one.name())
                    .addValue("active", one.active())
                    .addValue("contracted", one.contracted())
                    .addValue("types", texts(one.types()))
                    .addValue("operators", texts(one.operators()))
                    .addValue("addresses", texts(one.addresses())));
            // An empty answer is no register.
            if (!register.establishments().isEmpty()) {
                var prisons = with(
                        "prisons",
                        texts(register.establishments().stream()
                                .map(Establishment::prison)
                                .toList()));
                database.sql().update(GONE, prisons);
                database.sql().update(NOBODYS, prisons);
            }
        }
    }
}
