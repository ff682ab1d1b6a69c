package sallyport.ledger.engine;

import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.transaction.TransactionException;
import sallyport.ledger.Inbox;

/** What a database exception means for a batch, and how an exception is told without its message, which may quote the data. */
final class Faults {

    private static final int FRAMES = 12;

    private Faults() {}

    /** What to do with a batch that could not be written. */
    enum Meaning {
        /** Another transaction was in the way (40001, 40P01): the same batch again. */
        AGAIN,
        /** The database is away, full, or too slow: nothing was written. */
        LATER,
        /** A value or a constraint of one item (class 22, 23), or a defect of ours: find the one. */
        ONE_OF_THEM
    }

    static Meaning meaning(Throwable failure) {
        if (failure instanceof Error) {
            // The driver has assertions that fail when its connection is closed under it.
            return Meaning.LATER;
        }
        SQLException cause = sqlCause(failure);
        String state = cause == null ? null : cause.getSQLState();
        if (state == null) {
            boolean noConnection = cause != null || causes(failure).anyMatch(TransactionException.class::isInstance);
            return noConnection ? Meaning.LATER : Meaning.ONE_OF_THEM;
        }
        if (state.equals("40001") || state.equals("40P01")) {
            return Meaning.AGAIN;
        }
        boolean later = state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("58")
                || state.equals("25006")
                // The server ended a session that stood idle in its transaction: this process was frozen.
                || state.equals("25P03")
                || state.equals("55P03");
        return later ? Meaning.LATER : Meaning.ONE_OF_THEM;
    }

    /** Whether what failed is the database, or another transaction in the way, and not the one who asked. */
    static boolean isAway(Throwable failure) {
        if (sqlCause(failure) == null && causes(failure).noneMatch(TransactionException.class::isInstance)) {
            return false;
        }
        return meaning(failure) != Meaning.ONE_OF_THEM;
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(10);
    }

    /** A word for {@code Failure.code}: what kind of thing could not be written. */
    static String code(Throwable failure) {
        if (failure instanceof Promises.MessageIdReused) {
            return Inbox.MESSAGE_ID_REUSED;
        }
        SQLException cause = sqlCause(failure);
        String state = cause == null || cause.getSQLState() == null ? "" : cause.getSQLState();
        if (state.startsWith("23")) {
            return "constraint-violated";
        }
        return state.startsWith("22") ? "unwritable-value" : "not-written";
    }

    /** Names the constraint or the class of the exception; never a value. */
    static String detail(Throwable failure) {
        SQLException cause = sqlCause(failure);
        String constraint = cause == null ? null : constraint(cause);
        if (constraint != null) {
            return constraint;
        }
        return inShort(failure);
    }

    /** The chain of classes, with SQLSTATE; no messages. */
    static String inShort(Throwable failure) {
        var text = new StringBuilder();
        Throwable each = failure;
        for (int depth = 0; each != null && depth < 5; depth++) {
            text.append(depth == 0 ? "" : " < ").append(each.getClass().getSimpleName());
            if (each instanceof SQLException sql && sql.getSQLState() != null) {
                text.append(' ').append(sql.getSQLState());
            }
            each = each.getCause();
        }
        return text.toString();
    }

    /** Classes and where they were thrown, for the log; no messages. */
    static String trace(Throwable failure) {
        var text = new StringBuilder();
        Throwable each = failure;
        for (int depth = 0; each != null && depth < 5; depth++) {
            text.append(depth == 0 ? "" : "\ncaused by ").append(each.getClass().getName());
            text.append(frames(each));
            each = each.getCause();
        }
        return text.toString();
    }

    /** Where it was thrown, and by which of our lines it got there. */
    private static String frames(Throwable failure) {
        StackTraceElement[] frames = failure.getStackTrace();
        return IntStream.range(0, frames.length)
                .filter(i -> i < 3 || frames[i].getClassName().startsWith("sallyport."))
                .limit(FRAMES)
                .mapToObj(i -> "\n  at " + frames[i])
                .collect(Collectors.joining());
    }

    private static @Nullable String constraint(SQLException cause) {
        ServerErrorMessage server = cause instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        return server == null ? null : server.getConstraint();
    }

    private static @Nullable SQLException sqlCause(Throwable failure) {
        Throwable each = failure;
        SQLException found = null;
        for (int depth = 0; each != null && depth < 10; depth++) {
            if (each instanceof SQLException sql) {
                found = sql;
                // A batch's exception is only a wrapper; the server's words are further down.
                if (sql instanceof PSQLException) {
                    return sql;
                }
            }
            each = each.getCause();
        }
        return found;
    }
}
