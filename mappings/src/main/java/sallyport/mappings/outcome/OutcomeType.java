package sallyport.mappings.outcome;

/**
 * One Home Office outcome type.
 *
 * @param code {@code 1} to {@code 22}, {@code 1A}, {@code 2A}, {@code 3A}; {@code 0} is a placeholder
 * @param name in plain words
 * @param closes whether the police investigation is over; {@code 0} never closes
 * @param meaning what the hub does about it
 */
public record OutcomeType(String code, String name, Group group, boolean closes, Meaning meaning) {

    public enum Group {
        NONE,
        CHARGE,
        OUT_OF_COURT_FORMAL,
        OUT_OF_COURT_INFORMAL,
        TAKEN_INTO_CONSIDERATION,
        PROSECUTION_PREVENTED,
        PUBLIC_INTEREST,
        EVIDENTIAL_DIFFICULTIES
    }

    public enum Meaning {
        /** No outcome yet. */
        OPEN,
        /** Charged: the adjudication ends as a prosecution. */
        PROSECUTION,
        /** Dealt with out of court. */
        DISPOSED,
        /** Over, and nothing for the prison to resume. */
        CLOSED,
        NO_FURTHER_ACTION,
        /** No further action, and the prison may resume its adjudication: a person decides. */
        NO_FURTHER_ACTION_ADJUDICATION,
        /** Another body has it: the adjudication stays referred. */
        TRANSFERRED
    }
}
