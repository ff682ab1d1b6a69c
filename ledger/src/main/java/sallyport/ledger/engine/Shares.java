package sallyport.ledger.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Divides what a route can start among the lanes that have something due: each gets one, then each another, up to its permits. */
final class Shares {

    private Shares() {}

    /**
     * @param permits by lane, what each may start; lanes with none are left out
     * @param turn which lane comes first; counting it up from tick to tick makes all come first in turn
     */
    static <K extends Comparable<K>> Map<K, Integer> divide(int free, Map<K, Integer> permits, int turn) {
        List<K> lanes = new ArrayList<>(new TreeMap<>(permits).keySet());
        if (lanes.isEmpty()) {
            return Map.of();
        }
        Collections.rotate(lanes, -Math.floorMod(turn, lanes.size()));
        var shares = new TreeMap<K, Integer>();
        int left = free;
        boolean gave = true;
        while (left > 0 && gave) {
            gave = false;
            for (K lane : lanes) {
                if (left > 0 && shares.getOrDefault(lane, 0) < permits.getOrDefault(lane, 0)) {
                    shares.merge(lane, 1, Integer::sum);
                    left--;
                    gave = true;
                }
            }
        }
        return shares;
    }
}
