package sallyport.mappings.triage;

import sallyport.mappings.identity.OffenceCode;

/** An offence that a rule proposes; the police decide what was committed. */
public record ProposedOffence(OffenceCode code, String ruleId) {}
