package sallyport.ledger.desk;

import java.util.List;

/**
 * One page of a list.
 *
 * @param page from 0
 * @param total rows in all pages
 */
public record Page<T>(List<T> items, int page, int size, long total) {

    public Page {
        items = List.copyOf(items);
    }

    /** How many pages there are; at least 1. */
    public int pages() {
        return (int) Math.max(1, (total + size - 1) / size);
    }
}
