package sallyport.routes.prisondocument;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import sallyport.connectors.prison.documents.DocumentFile;
import sallyport.connectors.prison.documents.DocumentQuery;
import sallyport.connectors.prison.documents.DocumentsProperties;
import sallyport.connectors.wire.Fetched;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.PrisonDocumentTaken;
import sallyport.ledger.Effect.PrisonDocumentsFound;
import sallyport.ledger.Effects;
import sallyport.ledger.Evidence;
import sallyport.ledger.IncomingFiles;
import sallyport.ledger.IncomingFiles.Announced;
import sallyport.ledger.IncomingFiles.Arrived;
import sallyport.ledger.IncomingFiles.NotTaken;
import sallyport.ledger.PrisonDocumentSearchWork;
import sallyport.ledger.PrisonDocumentWork;
import sallyport.mappings.Rejected;
import sallyport.mappings.document.PrisonDocument;

/**
 * Asks for nothing that nobody asked for, and takes nothing that is not what was chosen: of a type that is set, about the person that was
 * named, and with the bytes that the service says it has.
 */
@Component
final class PrisonDocuments {

    static final String WORK = "sallyport.prison-document";
    private static final String REFUSED = "sallyport.prison-document.refused";
    private static final String KIND = "prison-document";

    private static final Logger log = LoggerFactory.getLogger(PrisonDocuments.class);

    private final ObjectProvider<DocumentsProperties> properties;
    private final IncomingFiles files;

    PrisonDocuments(ObjectProvider<DocumentsProperties> properties, IncomingFiles files) {
        this.properties = properties;
        this.files = files;
    }

    /** One for each type that is set. */
    List<DocumentQuery> queries(@Body PrisonDocumentSearchWork work) {
        return work.stands()
                ? settings().types().stream()
                        .map(type -> new DocumentQuery(type, Objects.requireNonNull(work.prisonerNumber())))
                        .toList()
                : List.of();
    }

    /** @param answers the pages of each search */
    Effects listed(@Body List<List<Fetched>> answers, @ExchangeProperty(WORK) PrisonDocumentSearchWork work) {
        if (!work.stands()) {
            return Effects.none();
        }
        // A document that moved from one page to the next while they were read is there twice.
        Map<String, PrisonDocument> found = new LinkedHashMap<>();
        answers.stream()
                .flatMap(Collection::stream)
                .flatMap(page -> PrisonDocument.readPage(page.raw()).stream())
                .filter(document -> isWanted(document, work.prisonerNumber()))
                .forEach(document -> found.put(document.uuid(), document));
        log.info("case {} search {}: {} documents", work.caseReference(), work.id(), found.size());
        return Effects.of(List.of(
                new PrisonDocumentsFound(
                        work.id(),
                        found.values().stream()
                                .map(document -> new PrisonDocumentsFound.Listed(
                                        document.uuid(),
                                        document.type(),
                                        document.fileName(),
                                        document.mediaType(),
                                        document.size(),
                                        document.created().instant()))
                                .toList()),
                collected(
                        work.caseReference(),
                        work.prisonerNumber(),
                        "the list of documents about a person was read",
                        null,
                        "search " + work.id())));
    }

    /** The document, or nothing where nobody wants it any more. */
    List<String> wanted(@Body PrisonDocumentWork work) {
        if (work.stands()) {
            settings();
            return List.of(work.uuid());
        }
        return List.of();
    }

    /** The file to fetch, or nothing where it is none that may be taken. */
    List<DocumentFile> files(
            @Body List<Fetched> answers, @ExchangeProperty(WORK) PrisonDocumentWork work, Exchange exchange) {
        if (!work.stands()) {
            return List.of();
        }
        if (answers.get(0).gone()) {
            return refused("gone", exchange);
        }
        PrisonDocument document = PrisonDocument.readOne(answers.get(0).raw());
        if (!document.uuid().equals(work.uuid()) || !isWanted(document, work.prisonerNumber())) {
            return refused("not-as-listed", exchange);
        }
        String hash = document.sha256().toLowerCase(Locale.ROOT);
        if (!hash.matches("[0-9a-f]{64}")) {
            return refused("no-hash", exchange);
        }
        if (document.size() > settings().maxFile().toBytes()) {
            return refused("too-large", exchange);
        }
        Announced announced = new Announced(
                work.caseId(),
                KIND,
                document.fileName(),
                document.mediaType(),
                document.size(),
                HexFormat.of().parseHex(hash),
                work.actor());
        return List.of(new DocumentFile(work.uuid(), bytes -> files.receive(announced, bytes)));
    }

    private static List<DocumentFile> refused(String code, Exchange exchange) {
        exchange.setProperty(REFUSED, code);
        return List.of();
    }

    /** @param answers what became of the file; nothing where none was fetched */
    Effects keep(
            @Body List<Object> answers,
            @ExchangeProperty(WORK) PrisonDocumentWork work,
            @ExchangeProperty(REFUSED) @Nullable String refused) {
        if (!work.stands()) {
            return Effects.none();
        }
        Object answer = answers.isEmpty() ? new NotTaken(Objects.requireNonNull(refused)) : answers.get(0);
        List<Effect> effects = new ArrayList<>();
        if (answer instanceof Arrived arrived) {
            log.info("case {} prison document {}: {} bytes", work.caseReference(), work.id(), arrived.size());
            effects.add(new PrisonDocumentTaken(work.id(), arrived, null));
            effects.add(collected(
                    work.caseReference(),
                    work.prisonerNumber(),
                    "a person asked for a document of the prison",
                    arrived.sha256(),
                    "prison document " + work.id() + " " + work.uuid()));
        } else {
            String code = answer instanceof NotTaken not ? not.code() : "gone";
            log.info("case {} prison document {} was not taken: {}", work.caseReference(), work.id(), code);
            effects.add(new PrisonDocumentTaken(work.id(), null, code));
        }
        return Effects.of(effects);
    }

    /** The service compares parts of metadata, and may be asked for one thing and answer with another. */
    private boolean isWanted(PrisonDocument document, @Nullable String prisonerNumber) {
        DocumentsProperties settings = settings();
        return settings.types().contains(document.type())
                && document.metadata().getOrDefault(settings.personField(), "").equals(prisonerNumber);
    }

    private DocumentsProperties settings() {
        DocumentsProperties settings = properties.getIfAvailable();
        if (settings == null) {
            throw new Rejected("no-documents-api", "sallyport.hmpps-documents.url");
        }
        return settings;
    }

    private static Effect collected(
            String caseReference, @Nullable String subject, String reason, byte @Nullable [] sha256, String detail) {
        return new Effect.Log(new Evidence(
                Evidence.Kind.COLLECTION,
                caseReference,
                subject,
                "sallyport",
                reason,
                null,
                sha256,
                null,
                null,
                detail));
    }
}
