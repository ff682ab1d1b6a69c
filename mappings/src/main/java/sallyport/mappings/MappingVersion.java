package sallyport.mappings;

/**
 * Names the words that were used: on every package and in the evidence log. Raised with any change of bytes that a mapping
 * renders; a golden test that had to be rewritten is the sign.
 */
public final class MappingVersion {

    public static final String CURRENT = "mappings-6";

    private MappingVersion() {}
}
