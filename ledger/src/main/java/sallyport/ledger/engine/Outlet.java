package sallyport.ledger.engine;

import java.util.Comparator;

/** One channel of one lane: what is claimed, limited and broken by itself. */
record Outlet(String lane, String channel) implements Comparable<Outlet> {

    @Override
    public int compareTo(Outlet other) {
        return Comparator.comparing(Outlet::lane).thenComparing(Outlet::channel).compare(this, other);
    }
}
