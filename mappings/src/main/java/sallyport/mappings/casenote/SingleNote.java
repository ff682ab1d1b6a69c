package sallyport.mappings.casenote;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import sallyport.mappings.Rejected;
import sallyport.mappings.json.JsonFields;

/**
 * One note of a page with the bytes that stand for it alone, so that it can be kept, or be let go, without its neighbours.
 *
 * @param json every field of the note in the order it came, read or not
 */
public record SingleNote(CaseNote note, byte[] json) {

    /** The notes of one page; {@link Rejected} as {@link CaseNotePage#read}. */
    public static List<SingleNote> ofPage(byte[] page) {
        CaseNotePage.read(page);
        return JsonFields.read(page).list("content", SingleNote::of);
    }

    /** The note again, from bytes that were taken from a page. */
    public static SingleNote read(byte[] json) {
        return new SingleNote(CaseNote.read(JsonFields.read(json)), json);
    }

    private static SingleNote of(JsonFields fields) {
        return new SingleNote(CaseNote.read(fields), fields.bytes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SingleNote that && note.equals(that.note) && Arrays.equals(json, that.json);
    }

    @Override
    public int hashCode() {
        return Objects.hash(note, Arrays.hashCode(json));
    }

    @Override
    public String toString() {
        return "a case note of " + json.length + " bytes";
    }
}
