package sallyport.connectors.police.partnerport;

import jakarta.servlet.ServletRequest;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import sallyport.connectors.police.forces.Force;
import sallyport.connectors.police.forces.Forces;

/** Which force a client certificate belongs to, by its one common name; a certificate of nobody's gives nothing. */
final class PartnerIdentity {

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final Forces forces;

    PartnerIdentity(Forces forces) {
        this.forces = forces;
    }

    Optional<Force> of(ServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
                ? commonName(chain[0]).flatMap(forces::byCommonName)
                : Optional.empty();
    }

    /** Two common names are nobody's: which one counts must not depend on the reader. */
    private static Optional<String> commonName(X509Certificate certificate) {
        try {
            List<String> names = new LdapName(
                            certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.size() == 1 && "CN".equalsIgnoreCase(rdn.getType()))
                            .map(Rdn::getValue)
                            .map(String::valueOf)
                            .toList();
            return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
        } catch (InvalidNameException unreadable) {
            return Optional.empty();
        }
    }
}
