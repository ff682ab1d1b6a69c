package sallyport.ledger;

/** What a package version is. */
public enum PackageKind {
    REFERRAL,
    SUPPLEMENT,
    WITHDRAWAL
}
