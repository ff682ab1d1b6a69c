package sallyport.routes.photointake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import sallyport.connectors.wire.Fetched;
import sallyport.ledger.Effect;
import sallyport.ledger.Effect.PhotoFound;
import sallyport.ledger.Effects;
import sallyport.ledger.Evidence;
import sallyport.ledger.PhotoRequestWork;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.document.DocumentType;
import sallyport.mappings.prisoner.Prisoner;

/** Asks for the newest photograph of one person, and for nothing where nobody asked. What is no JPEG is refused. */
@Component
final class Photos {

    static final String WORK = "sallyport.photo-request";

    private static final Logger log = LoggerFactory.getLogger(Photos.class);

    private final boolean reachable;

    Photos(Environment environment) {
        this.reachable = StringUtils.hasText(environment.getProperty("sallyport.prison-api.url"));
    }

    /** One person, or none. */
    List<String> people(PhotoRequestWork work) {
        if (!work.stands()) {
            return List.of();
        }
        if (!reachable) {
            throw new Rejected("no-prison-api", "sallyport.prison-api.url");
        }
        return List.of(Objects.requireNonNull(work.prisonerNumber()));
    }

    /** The number of the newest photograph, if there is one. */
    List<Long> images(@Body List<Fetched> answers, @ExchangeProperty(WORK) PhotoRequestWork work) {
        return answers.stream()
                .map(answer -> Prisoner.readAll(answer.raw()))
                .flatMap(Collection::stream)
                .filter(prisoner -> prisoner.prisonerNumber().equals(work.prisonerNumber()))
                .flatMap(prisoner -> Stream.ofNullable(prisoner.currentFacialImageId()))
                .limit(1)
                .toList();
    }

    /** @param answers the photograph, or nothing where prisoner search names none */
    Effects keep(@Body List<Fetched> answers, @ExchangeProperty(WORK) PhotoRequestWork work) {
        if (!work.stands()) {
            return Effects.none();
        }
        if (answers.isEmpty() || answers.get(0).gone()) {
            log.info("case {} photograph request {}: there is none", work.caseReference(), work.id());
            return Effects.of(new PhotoFound(work.id(), null));
        }
        byte[] jpeg = answers.get(0).raw();
        if (DocumentType.of(Arrays.copyOf(jpeg, DocumentType.HEAD))
                .filter(type -> type == DocumentType.JPEG)
                .isEmpty()) {
            throw new Rejected("not-a-jpeg", "/image");
        }
        log.info("case {} photograph request {}: {} bytes", work.caseReference(), work.id(), jpeg.length);
        List<Effect> effects = new ArrayList<>();
        effects.add(new PhotoFound(work.id(), jpeg));
        effects.add(new Effect.Log(new Evidence(
                Evidence.Kind.COLLECTION,
                work.caseReference(),
                work.prisonerNumber(),
                "sallyport",
                "a person asked for a photograph",
                null,
                Sha256.of(jpeg),
                null,
                null,
                "photograph request " + work.id())));
        return Effects.of(effects);
    }
}
