package sallyport.connectors.police.forces;

import java.net.URI;

/**
 * Where and how one force takes iHub submissions; {@link #toString()} shows neither key nor secret.
 *
 * @param url the address below which {@code /incidents} lies, without a closing slash
 * @param key value of {@code x-client-id}
 * @param secret value of {@code x-client-secret}
 * @param forceIdentifier the force's number in the Single Online Home
 * @param brand the force's brand number in the Single Online Home
 * @param dedupes the force has shown that it drops a second submission with the same id; only then is an unanswered one sent again
 */
public record IhubEndpoint(URI url, String key, String secret, String forceIdentifier, String brand, boolean dedupes) {

    @Override
    public String toString() {
        return "IhubEndpoint[url=" + url + ", forceIdentifier=" + forceIdentifier + ", brand=" + brand + ", dedupes="
                + dedupes + "]";
    }
}
