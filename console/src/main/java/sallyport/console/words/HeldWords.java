package sallyport.console.words;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a document of the prisons' service was not taken, for people. */
public final class HeldWords {

    private static final Map<String, String> WHY = Map.of(
            "gone", "The prison has it no more.",
            "not-as-listed", "The prison now says something else of it. Look for documents again.",
            "no-hash", "The prison does not say what its bytes must be. Tell the document service's team.",
            "too-large", "It is larger than a document may be.",
            "wrong-type", "It is of a type that is not taken, or its first bytes are not those of its type.",
            "empty", "The file is empty.",
            "wrong-size",
                    "The file is not as long as the prison says. Ask again; if it stays so, tell the document service's team.",
            "wrong-hash",
                    "The bytes are not those that the prison says. Ask again; if it stays so, tell the document service's team.",
            "case-full", "The case has as many documents as it may have.",
            "infected-before", "This file was found infected before. Get a clean one.");

    private HeldWords() {}

    public static String why(@Nullable String code) {
        return code == null ? "" : WHY.getOrDefault(code, "It was not taken (" + code + ").");
    }
}
