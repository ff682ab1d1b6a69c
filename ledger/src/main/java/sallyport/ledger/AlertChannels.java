package sallyport.ledger;

import java.util.Set;

/** By which ways people are told of alerts. Supplied by the application; asked whenever somebody is to be told. */
@FunctionalInterface
public interface AlertChannels {

    /** Nobody is told; the console shows alerts all the same. */
    AlertChannels NONE = Set::of;

    /** Words such as {@code webhook} and {@code mail}: lower-case letters. */
    Set<String> names();
}
