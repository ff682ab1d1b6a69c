package sallyport.ledger.engine;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * {@code sallyport.evidence.*}: where the evidence log is proved from outside the database.
 *
 * @param checkpoints directory of the signed checkpoints: outside the database, the same for every node, backed up apart from it
 * @param key file with the Ed25519 key that signs them (PKCS#8, PEM), outside both, readable by the hub's user alone
 * @param publicKey further public keys (PEM, any number) whose checkpoints are accepted: earlier keys, and on machines that verify
 *     without the key
 * @param createKey makes the key at the first start when its file is not there; for trying out
 * @param every how often a checkpoint is made while there are new entries
 * @param chainWithin an entry not chained for longer shuts the gate: nothing leaves the hub
 * @param checkpointWithin an entry without a published checkpoint for longer shuts it too
 * @param override how long an operator's word lets the immediate class through the shut gate
 */
@ConfigurationProperties("sallyport.evidence")
public record EvidenceProperties(
        @DefaultValue("data/evidence") Path checkpoints,
        @DefaultValue("data/evidence-key.pem") Path key,
        @Nullable Path publicKey,
        @DefaultValue("false") boolean createKey,
        @DefaultValue("60s") Duration every,
        @DefaultValue("1m") Duration chainWithin,
        @DefaultValue("5m") Duration checkpointWithin,
        @DefaultValue("1h") Duration override) {

    public EvidenceProperties {
        publicKey = publicKey == null || publicKey.toString().isBlank() ? null : publicKey;
        require(every.toMillis() >= 100, "every", every, "must be at least 100ms");
        require(chainWithin.compareTo(Duration.ofSeconds(2)) >= 0, "chain-within", chainWithin, "must be at least 2s");
        require(
                checkpointWithin.compareTo(every.multipliedBy(2)) >= 0,
                "checkpoint-within",
                checkpointWithin,
                "must be at least twice sallyport.evidence.every");
        require(
                override.toMinutes() >= 1 && override.toHours() <= 24,
                "override",
                override,
                "must be between 1m and 24h");
        require(
                !absolute(key).startsWith(absolute(checkpoints)),
                "key",
                key,
                "must not lie in the directory of the checkpoints: who may change those must not be able to sign them");
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static void require(boolean holds, String name, Object value, String otherwise) {
        if (!holds) {
            throw new InvalidConfigurationPropertyValueException("sallyport.evidence." + name, value, otherwise);
        }
    }
}
