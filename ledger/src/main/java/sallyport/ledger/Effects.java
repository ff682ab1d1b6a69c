package sallyport.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a step returns as the body of its exchange: everything to be written when it is done. Immutable. */
public final class Effects {

    private static final Effects NONE = new Effects(List.of());

    private final List<Effect> all;

    private Effects(List<Effect> all) {
        this.all = all;
    }

    /** Done, nothing to write. */
    public static Effects none() {
        return NONE;
    }

    public static Effects of(Effect... effects) {
        return new Effects(List.of(effects));
    }

    public static Effects of(Collection<? extends Effect> effects) {
        return new Effects(List.copyOf(effects));
    }

    public Effects and(Effect effect) {
        var more = new ArrayList<>(all);
        more.add(effect);
        return new Effects(List.copyOf(more));
    }

    public Effects and(Effects others) {
        var more = new ArrayList<>(all);
        more.addAll(others.all);
        return new Effects(List.copyOf(more));
    }

    /** In the order they were added. */
    public List<Effect> all() {
        return all;
    }
}
