package sallyport.routes.droppedfileintake;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import sallyport.connectors.filedrop.DropVerdict;
import sallyport.connectors.filedrop.DroppedFile;
import sallyport.ledger.Drops;
import sallyport.ledger.Drops.DropId;
import sallyport.ledger.Drops.Kept;
import sallyport.ledger.Effect.OpenTask;
import sallyport.ledger.FaultPoint;
import sallyport.mappings.Rejected;

/** Commits what a dropped file leads to, and what was refused of it; only then is it moved. */
@Component
final class DroppedFileIntake {

    private static final Logger LOG = LoggerFactory.getLogger(DroppedFileIntake.class);

    private final Drops drops;
    private final Map<String, DropReader> readers;
    private final Clock clock;

    /** @param readers none where nothing is read from files */
    DroppedFileIntake(Drops drops, ObjectProvider<DropReader> readers, Clock clock) {
        this.drops = drops;
        this.readers = readers.stream().collect(Collectors.toMap(DropReader::name, Function.identity()));
        this.clock = clock;
    }

    /** Null when another node looks after the feed by now: the file stays where it is. */
    @Nullable
    DropVerdict receive(DroppedFile file) {
        String unread = file.refused();
        if (unread != null) {
            return refused(file, null, List.of(unread + ": " + words(unread)));
        }
        DropId id = new DropId(file.feed(), file.sha256(), file.size());
        try {
            return taken(file, id).map(kept -> verdict(file, kept)).orElse(null);
        } catch (Rejected rejected) {
            return refused(
                    file, id, List.of(rejected.code() + " at " + rejected.where() + ": nothing of it was taken in."));
        }
    }

    private Optional<Kept> taken(DroppedFile file, DropId id) {
        DropReader reader = readers.get(file.feed());
        DropSource source = new DropSource(file.feed(), id.sha256(), clock.instant());
        return drops.take(
                id,
                out -> file.read(bytes -> {
                    List<String> why = reader.read(source, bytes, out);
                    if (!why.isEmpty()) {
                        out.accept(
                                task(file, "Not all of a file that was dropped for " + file.feed() + " was taken in."));
                    }
                    return why;
                }));
    }

    private static DropVerdict verdict(DroppedFile file, Kept kept) {
        FaultPoint.DROP_COMMITTED.reached();
        LOG.info(
                "dropped-file-intake-receive: {} {} {}",
                file.feed(),
                file.mark(),
                kept.seenBefore() ? "known" : kept.why().isEmpty() ? "taken in" : "partly taken in");
        return kept.why().isEmpty() ? DropVerdict.taken() : DropVerdict.rejected(kept.why());
    }

    private @Nullable DropVerdict refused(DroppedFile file, @Nullable DropId id, List<String> why) {
        boolean committed = drops.refuse(
                file.feed(), id, why, task(file, "A file that was dropped for " + file.feed() + " was refused."));
        LOG.info("dropped-file-intake-receive: {} {} refused", file.feed(), file.mark());
        return committed ? DropVerdict.rejected(why) : null;
    }

    /** Neither the file's name nor anything in it. */
    private static OpenTask task(DroppedFile file, String what) {
        return new OpenTask(
                Drops.TASK,
                file.feed() + "/" + file.mark(),
                null,
                null,
                null,
                what + " It lies in the directory rejected with " + file.mark()
                        + " in its name, and beside it a note that says why. Have its sender drop a mended one.",
                null);
    }

    private static String words(String code) {
        return switch (code) {
            case "not-a-plain-file" -> "a link is not followed; drop the file itself.";
            case "other-ending" -> "files of this kind are not read here.";
            case "empty" -> "there is nothing in it.";
            default -> "it is larger than the hub reads.";
        };
    }
}
