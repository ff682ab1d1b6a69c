package sallyport.routes.document;

import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import sallyport.connectors.clamav.ScanResult;
import sallyport.ledger.DocumentBytes;
import sallyport.ledger.DocumentWork;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.RequestWork;
import sallyport.ledger.Effects;
import sallyport.ledger.Evidence;
import sallyport.ledger.Step;
import sallyport.mappings.Rejected;
import sallyport.routes.HubProperties;

/** From a document that waits to the scanner's verdict on exactly those bytes. Without a scanner there is no verdict. */
@Component
final class Scanning {

    static final String WORK = "sallyport.document";
    private static final String DIGEST = "sallyport.document.digest";

    private static final Logger log = LoggerFactory.getLogger(Scanning.class);

    private final DocumentBytes bytes;
    private final HubProperties properties;
    private final boolean scanner;

    Scanning(DocumentBytes bytes, HubProperties properties, Environment environment) {
        this.bytes = bytes;
        this.properties = properties;
        this.scanner = StringUtils.hasText(environment.getProperty("sallyport.clamav.host"));
    }

    boolean waits(Exchange exchange) {
        return exchange.getMessage().getBody(DocumentWork.class).waits();
    }

    InputStream open(@Body DocumentWork work, Exchange exchange) {
        if (!scanner) {
            throw new Rejected("no-scanner", "sallyport.clamav.host");
        }
        MessageDigest digest = sha256();
        exchange.setProperty(DIGEST, digest);
        return new DigestInputStream(bytes.open(work.id()), digest);
    }

    Effects judged(
            @Body ScanResult result,
            @ExchangeProperty(WORK) DocumentWork work,
            @ExchangeProperty(DIGEST) MessageDigest digest) {
        if (result.bytes() != work.size() || !MessageDigest.isEqual(digest.digest(), work.sha256())) {
            // What was scanned is not what was added: it is not the scanner's word on that.
            throw new Rejected("document-damaged", "/document");
        }
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.DocumentScanned(work.id(), result.found()));
        effects.add(new Effect.Log(new Evidence(
                Evidence.Kind.ALTERATION,
                work.caseReference(),
                null,
                "sallyport",
                result.clean() ? "a document was scanned and found clean" : "an infected document was removed",
                null,
                work.sha256(),
                null,
                null,
                "document " + work.id())));
        if (!result.clean()) {
            effects.add(new Effect.OpenTask(
                    "DOCUMENT",
                    "document/" + work.id(),
                    work.caseId(),
                    null,
                    null,
                    "Document " + work.id() + " was infected (" + result.found()
                            + ") and is removed: tell who added it, and get a clean one",
                    null));
        } else if (work.approved()) {
            effects.add(new RequestWork(
                    Step.ASSEMBLY, work.caseReference(), properties.supplementQuiet(), properties.supplementAtMost()));
        }
        log.info(
                "case {} document {} {}", work.caseReference(), work.id(), result.clean() ? "is clean" : "is infected");
        return Effects.of(effects);
    }

    Effects nothingToDo() {
        return Effects.none();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
