package sallyport.simulators.world;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Everybody in the simulated prisons; the same seed gives the same people. Numbers beyond theirs are for tests and merges. */
public final class Population {

    private static final int PER_PRISON = 50;
    private static final int UNKNOWN = 1_000_000;
    private static final int KEPT = 2_000_000;
    private static final int MERGEABLE = 3_000_000;

    private static final List<String> FORENAMES = List.of(
            "Aldous", "Bram", "Corin", "Darrow", "Edwy", "Fenn", "Garrick", "Hollis", "Ivo", "Jory", "Kester", "Lorcan",
            "Merrick", "Nye", "Orrin", "Piers", "Quill", "Rafe", "Soren", "Torin");
    private static final List<String> FEMALE_FORENAMES =
            List.of("Alba", "Brisa", "Coralie", "Delphie", "Elowen", "Fern", "Greer", "Hesper", "Isolde", "Junia");
    private static final List<String> SURNAMES = List.of(
            "Ashgrove",
            "Birkwell",
            "Cotterdale",
            "Dunmoor",
            "Elmhirst",
            "Fallowby",
            "Gorsefield",
            "Harrowgill",
            "Inglebeck",
            "Kettlethorpe",
            "Larkrise",
            "Mossbury",
            "Netherby",
            "Oxcombe");

    private final long seed;
    private final Map<String, Prisoner> byNumber = new ConcurrentHashMap<>();
    private final Map<String, List<Prisoner>> byPrison = new HashMap<>();

    public Population(long seed, Prisons prisons) {
        this.seed = seed;
        int index = 1;
        for (Prison prison : prisons.all()) {
            List<Prisoner> inside = new ArrayList<>();
            for (int slot = 0; slot < PER_PRISON; slot++) {
                Prisoner prisoner = invent(seed, prison, index++);
                inside.add(prisoner);
                byNumber.put(prisoner.number(), prisoner);
            }
            byPrison.put(prison.id(), List.copyOf(inside));
        }
    }

    private static Prisoner invent(long seed, Prison prison, int index) {
        Dice dice = Dice.of(seed, "prisoner", index);
        boolean woman = prison.gender().equals("F");
        int born = 1955 + dice.below(50);
        int known = born + 15 + dice.below(6);
        LocalDate birth = LocalDate.ofYearDay(born, 1 + dice.below(365));
        String surname = dice.pick(SURNAMES) + "-" + Canary.of('p', index);
        return new Prisoner(
                Identifiers.prisonerNumber(index),
                dice.chance(0.9) ? Identifiers.pnc(known, 1 + dice.below(900_000)) : null,
                dice.chance(0.7) ? Identifiers.cro(known, 1 + dice.below(400_000)) : null,
                String.valueOf(1_000_000 + index),
                dice.pick(woman ? FEMALE_FORENAMES : FORENAMES) + "-" + Canary.of('f', index),
                surname,
                birth,
                woman ? "Female" : "Male",
                prison.id(),
                prison.name(),
                "ABCD".charAt(dice.below(4)) + "-" + (1 + dice.below(4)) + "-0" + (10 + dice.below(30)),
                LocalDate.of(2027 + dice.below(12), 1 + dice.below(12), 1 + dice.below(28)),
                dice.chance(0.2));
    }

    public List<Prisoner> inside(String prison) {
        return byPrison.getOrDefault(prison, List.of());
    }

    public Optional<Prisoner> find(String number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    /** Somebody who appears in one incident only, so that a merge disturbs no other. */
    Prisoner mergeable(Prison prison, int incident) {
        Prisoner prisoner = invent(seed, prison, MERGEABLE + incident);
        byNumber.put(prisoner.number(), prisoner);
        return prisoner;
    }

    /** A well-formed number that nobody has. */
    static String unknownNumber(int incident) {
        return Identifiers.prisonerNumber(UNKNOWN + incident);
    }

    /** The number that remains after the merge of that incident. */
    static String keptNumber(int incident) {
        return Identifiers.prisonerNumber(KEPT + incident);
    }
}
