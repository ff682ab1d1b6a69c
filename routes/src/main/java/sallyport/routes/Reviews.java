package sallyport.routes;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sallyport.ledger.ReferralCase;

/**
 * What a person is asked about an approved case. A case shows one question; what else is asked waits beneath it, at the end of the
 * detail, so that an answer to the one never answers the other.
 */
public final class Reviews {

    public static final String VERDICT_CHANGED = "verdict-changed";
    public static final String WITHDRAWAL_PROPOSED = "withdrawal-proposed";
    public static final String SUSPECTS_LOST = "suspects-lost";
    public static final String FORCE_CHANGED = "force-changed";
    /** Held until a person says whether a case that a charge opened is the same matter. */
    public static final String MAY_BE_THE_SAME = "may-be-the-same";
    /** Set by a person's confirmation, taken off by the package it was given for; the detail is what was confirmed. */
    public static final String CONFIRMED = "confirmed";

    private static final Set<String> ASKED_BY_RULES =
            Set.of(VERDICT_CHANGED, WITHDRAWAL_PROPOSED, SUSPECTS_LOST, FORCE_CHANGED);
    private static final String BESIDES = " | besides ";

    private record Question(String code, @Nullable String detail) {}

    private Reviews() {}

    /** Asks it, without taking the place of what the rules did not ask and cannot know the answer to. */
    public static ReferralCase asked(ReferralCase known, String code, String detail) {
        String now = known.reviewCode();
        Question question = new Question(code, detail);
        if (now == null) {
            return with(known, question, null);
        }
        if (now.equals(CONFIRMED)) {
            // A confirmation is for the package that it waits for; only other suspects, force or fate are another
            // question.
            return code.equals(VERDICT_CHANGED) || code.equals(known.reviewDetail())
                    ? known
                    : with(known, question, null);
        }
        Question beneath = beneath(known);
        if (ASKED_BY_RULES.contains(now)) {
            return with(known, question, beneath);
        }
        // A withdrawal has a command of its own, which wants to see it.
        return code.equals(WITHDRAWAL_PROPOSED)
                ? with(known, question, top(known))
                : with(known, top(known), beneath == null ? question : merged(beneath, question));
    }

    /** What the rules asked is answered by the report itself, but for another force while the place is still another one's. */
    public static ReferralCase answered(ReferralCase known, boolean emptied, @Nullable String forceOfPlace) {
        if (emptied) {
            return known;
        }
        Question top = top(known);
        Question beneath = beneath(known);
        boolean over = answered(known, top, forceOfPlace);
        boolean overBeneath = beneath != null && answered(known, beneath, forceOfPlace);
        if (!over) {
            return overBeneath ? with(known, top, null) : known;
        }
        return overBeneath ? with(known, null, null) : with(known, beneath, null);
    }

    private static boolean answered(ReferralCase known, @Nullable Question question, @Nullable String forceOfPlace) {
        return question != null
                && ASKED_BY_RULES.contains(question.code())
                && (!question.code().equals(FORCE_CHANGED)
                        || known.force() != null && known.force().equals(forceOfPlace));
    }

    /** A report that was gone and is one again takes back the proposal to withdraw; that it goes on is for a person to see. */
    public static ReferralCase standsAgain(ReferralCase known, String detail) {
        return WITHDRAWAL_PROPOSED.equals(known.reviewCode()) ? asked(known, VERDICT_CHANGED, detail) : known;
    }

    /** The question that shows is settled: what waits beneath it comes up, if anything does. */
    public static ReferralCase settled(ReferralCase known) {
        return with(known, beneath(known), null);
    }

    /** A person who confirms has read all of it, but only what the rules asked is theirs to wave through with it. */
    public static ReferralCase confirmed(ReferralCase known) {
        Question beneath = beneath(known);
        return beneath == null || ASKED_BY_RULES.contains(beneath.code())
                ? known.withReview(CONFIRMED, known.reviewCode())
                : with(known, beneath, null);
    }

    /** The detail of the question that shows, without what waits beneath it. */
    public static @Nullable String detail(ReferralCase known) {
        Question top = top(known);
        return top == null ? null : top.detail();
    }

    /** Whether it is asked, in sight or beneath. */
    public static boolean asks(ReferralCase known, Set<String> codes) {
        Question beneath = beneath(known);
        return known.reviewCode() != null && codes.contains(known.reviewCode())
                || beneath != null && codes.contains(beneath.code());
    }

    /** Beneath is room for one: of two the graver stays, and a question about lost suspects is the graver. */
    private static Question merged(Question beneath, Question question) {
        return beneath.code().equals(SUSPECTS_LOST) || !ASKED_BY_RULES.contains(beneath.code()) ? beneath : question;
    }

    private static @Nullable Question top(ReferralCase known) {
        String code = known.reviewCode();
        if (code == null) {
            return null;
        }
        String detail = known.reviewDetail();
        int at = detail == null ? -1 : detail.indexOf(BESIDES);
        return new Question(code, detail == null || at < 0 ? detail : detail.substring(0, at));
    }

    private static @Nullable Question beneath(ReferralCase known) {
        String detail = known.reviewDetail();
        int at = detail == null || CONFIRMED.equals(known.reviewCode()) ? -1 : detail.indexOf(BESIDES);
        return detail == null || at < 0
                ? null
                : question(detail.substring(at + BESIDES.length())).orElse(null);
    }

    private static Optional<Question> question(String text) {
        int colon = text.indexOf(": ");
        return colon < 1
                ? Optional.empty()
                : Optional.of(new Question(text.substring(0, colon), text.substring(colon + 2)));
    }

    private static ReferralCase with(ReferralCase known, @Nullable Question top, @Nullable Question beneath) {
        if (top == null) {
            return beneath == null ? known.withReview(null, null) : with(known, beneath, null);
        }
        String detail = top.detail() == null ? "" : top.detail();
        return known.withReview(
                top.code(),
                beneath == null
                        ? top.detail()
                        : detail + BESIDES + beneath.code() + ": "
                                + (beneath.detail() == null ? "" : beneath.detail()));
    }
}
