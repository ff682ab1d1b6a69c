package sallyport.simulators.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @TempDir
    Path directory;

    @Test
    void givesBackItsLinesInOrder() {
        try (Journal journal = Journal.open(file(), line -> {})) {
            journal.append(Json.object().put("n", 1));
            journal.append(Json.object().put("n", 2).put("text", "two\nlines \u0000"));
        }

        assertThat(reopened()).extracting(line -> line.get("n").asInt()).containsExactly(1, 2);
    }

    @Test
    void cutsOffALastLineThatWasTorn() throws Exception {
        try (Journal journal = Journal.open(file(), line -> {})) {
            journal.append(Json.object().put("n", 1));
        }
        Files.writeString(file(), "{\"n\":2,\"te", StandardOpenOption.APPEND);

        try (Journal journal = Journal.open(file(), line -> {})) {
            journal.append(Json.object().put("n", 3));
        }

        assertThat(reopened()).extracting(line -> line.get("n").asInt()).containsExactly(1, 3);
    }

    private Path file() {
        return directory.resolve("test.ndjson");
    }

    private List<ObjectNode> reopened() {
        List<ObjectNode> lines = new ArrayList<>();
        Journal.open(file(), lines::add).close();
        return lines;
    }
}
