package sallyport.routes.droppedfileintake;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import sallyport.connectors.filedrop.DropFeed;
import sallyport.ledger.Effect;

/** What a feed's files lead to. */
public interface DropReader extends DropFeed {

    /**
     * Reads one file, row by row, and says what is to be written. All of it is committed together with the file, or none.
     *
     * @return what was left out and why, one line each, such as {@code row 7: unknown-prison at prison}, never a value: it goes beside the
     *     file in {@code rejected} and into the ledger. Empty when all was taken
     * @throws sallyport.mappings.Rejected when nothing of it is to be taken
     */
    List<String> read(DropSource source, InputStream bytes, Consumer<Effect> out) throws IOException;
}
