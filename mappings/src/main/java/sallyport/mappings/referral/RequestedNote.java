package sallyport.mappings.referral;

import sallyport.mappings.casenote.CaseNote;
import sallyport.mappings.casenote.Justification;

/** A case note that a person asked for, and that a person chose for the package. */
public record RequestedNote(CaseNote note, Justification why) {}
