package sallyport.ledger.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sallyport.ledger.Effect;
import sallyport.ledger.Effects;

/** The effects of all items of a batch that count, in order, and by type. */
final class EffectBatch {

    private final List<Effect> inOrder = new ArrayList<>();
    private final Map<Class<? extends Effect>, List<Effect>> byType = new HashMap<>();

    void add(Effects effects) {
        effects.all().forEach(this::add);
    }

    void add(Effect effect) {
        inOrder.add(effect);
        byType.computeIfAbsent(effect.getClass(), type -> new ArrayList<>()).add(effect);
    }

    List<Effect> inOrder() {
        return inOrder;
    }

    /** All of one type, in order. */
    <E extends Effect> List<E> of(Class<E> type) {
        return byType.getOrDefault(type, List.of()).stream().map(type::cast).toList();
    }

    boolean has(Class<? extends Effect> type) {
        return byType.containsKey(type);
    }
}
