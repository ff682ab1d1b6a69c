package sallyport.simulators.prison;

import com.fasterxml.jackson.databind.node.ArrayNode;
import sallyport.simulators.journal.Json;
import sallyport.simulators.rest.Answer;
import sallyport.simulators.rest.Asked;
import sallyport.simulators.rest.RestPartner;
import sallyport.simulators.world.World;

/** All adjudications of one prisoner, in a plain array; nobody unknown, only people without any. */
public final class Adjudications implements RestPartner {

    private final World world;

    public Adjudications(World world) {
        this.world = world;
    }

    @Override
    public String name() {
        return "adjudications";
    }

    @Override
    public String paths() {
        return "/reported-adjudications/prisoner/.*";
    }

    @Override
    public Answer answer(Asked asked) {
        if (!asked.method().equals("GET")) {
            return Answer.empty(405);
        }
        ArrayNode charges = Json.array();
        world.charges(asked.segment(2)).forEach(charges::add);
        return Answer.json(200, charges);
    }
}
