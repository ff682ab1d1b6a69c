package sallyport.mappings.incident;

/** A prisoner's role in an incident; {@link Suspects} says what it means, which depends on the family. */
public enum PrisonerRole {
    ABSCONDER,
    ACTIVE_INVOLVEMENT,
    ASSAILANT,
    ASSISTED_STAFF,
    DECEASED,
    ESCAPE,
    FIGHTER,
    HOSTAGE,
    IMPEDED_STAFF,
    IN_POSSESSION,
    INTENDED_RECIPIENT,
    LICENSE_FAILURE,
    PERPETRATOR,
    PRESENT_AT_SCENE,
    SUSPECTED_ASSAILANT,
    SUSPECTED_INVOLVED,
    TEMPORARY_RELEASE_FAILURE,
    VICTIM,
    UNLAWFULLY_DETAINED
}
