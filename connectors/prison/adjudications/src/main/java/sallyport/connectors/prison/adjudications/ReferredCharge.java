package sallyport.connectors.prison.adjudications;

/** A charge as the list of a prison names it; the rest of what the list says of it is not kept. */
public record ReferredCharge(String chargeNumber, String prisonerNumber) {}
