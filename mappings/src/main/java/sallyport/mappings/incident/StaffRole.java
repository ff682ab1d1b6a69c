package sallyport.mappings.incident;

/** The role of a member of staff in an incident. */
public enum StaffRole {
    ACTIVELY_INVOLVED,
    AUTHORISING_OFFICER,
    CR_HEAD,
    CR_LEFT_ARM,
    CR_LEGS,
    CR_RIGHT_ARM,
    CR_SUPERVISOR,
    DECEASED,
    FIRST_ON_SCENE,
    HEALTHCARE,
    HOSTAGE,
    IN_POSSESSION,
    NEGOTIATOR,
    PRESENT_AT_SCENE,
    SUSPECTED_INVOLVEMENT,
    VICTIM,
    WITNESS
}
