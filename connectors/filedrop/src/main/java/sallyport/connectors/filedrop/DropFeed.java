package sallyport.connectors.filedrop;

import java.util.Set;

/** What may be dropped under a name. */
public interface DropFeed {

    /** As in the settings: lower-case letters, digits and hyphens. */
    String name();

    /** How the names of its files end, in lower-case letters, such as {@code .csv}. */
    Set<String> endings();
}
