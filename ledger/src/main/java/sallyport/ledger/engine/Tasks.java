package sallyport.ledger.engine;

import static sallyport.ledger.engine.Database.texts;
import static sallyport.ledger.engine.Database.time;
import static sallyport.ledger.engine.Database.with;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import sallyport.ledger.Effect.CloseTasks;
import sallyport.ledger.Effect.OpenTask;

/** Opens tasks for people and closes them again when their reason is gone; in the caller's transaction. */
public final class Tasks {

    private static final String OPEN =
            """
            INSERT INTO task AS t (kind, subject, case_id, prison, force, detail, due_at)
            VALUES (:kind, :subject, :case, :prison, :force, :detail, :dueAt)
            ON CONFLICT (kind, subject) WHERE closed_at IS NULL DO UPDATE
              SET detail = EXCLUDED.detail, due_at = coalesce(EXCLUDED.due_at, t.due_at)
            """;

    private static final String CLOSE =
            """
            UPDATE task SET closed_at = now(), closed_by = 'sallyport', closed_why = :why
             WHERE kind = :kind AND subject = ANY(:subjects::text[]) AND closed_at IS NULL
            """;

    private final Database database;

    Tasks(Database database) {
        this.database = database;
    }

    /** One that is open already gets the newer words. */
    public void open(Collection<OpenTask> tasks) {
        // Sorted and each once, so that two writers do not wait for each other in a ring.
        var each = new TreeMap<String, OpenTask>();
        tasks.forEach(task -> each.put(task.kind() + " " + task.subject(), task));
        database.forEach(OPEN, List.copyOf(each.values()), task -> with("kind", task.kind())
                .addValue("subject", task.subject())
                .addValue("case", task.caseId())
                .addValue("prison", task.prison())
                .addValue("force", task.force())
                .addValue("detail", Parked.writable(task.detail()))
                .addValue("dueAt", time(task.dueAt())));
    }

    public void close(Collection<CloseTasks> closings) {
        database.forEach(CLOSE, List.copyOf(closings), closing -> with("kind", closing.kind())
                .addValue("subjects", texts(closing.subjects()))
                .addValue("why", closing.why()));
    }
}
