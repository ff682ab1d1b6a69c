package sallyport.simulators.prison;

import sallyport.simulators.rest.Answer;
import sallyport.simulators.rest.Asked;
import sallyport.simulators.rest.RestPartner;

/** An interface that wants a good token: without one the answer is 401 with an empty body, as Spring Security gives it. */
public record Guarded(RestPartner partner, HmppsAuth auth) implements RestPartner {

    @Override
    public String name() {
        return partner.name();
    }

    @Override
    public String paths() {
        return partner.paths();
    }

    @Override
    public Answer answer(Asked asked) {
        return auth.good(asked.header("Authorization"))
                ? partner.answer(asked)
                : Answer.empty(401).with("WWW-Authenticate", "Bearer");
    }
}
