package sallyport.connectors.prison.casenotes;

import sallyport.connectors.wire.CallHealth;

/** Whether case notes answered the last call. */
final class CaseNotesHealth extends CallHealth {

    CaseNotesHealth() {
        super("case-notes");
    }
}
