package sallyport.mappings.identity;

/** The check letter that PNC ids, CRO numbers and arrest summons numbers share: the remainder by 23, in an alphabet without I, O and S. */
final class CheckLetter {

    private static final String LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY";

    private CheckLetter() {}

    static boolean fits(String digits, char letter) {
        return LETTERS.charAt((int) (Long.parseLong(digits) % LETTERS.length())) == letter;
    }
}
