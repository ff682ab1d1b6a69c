package sallyport.console.words;

import java.util.Locale;
import java.util.Objects;
import sallyport.ledger.desk.Accounting;

/** A day's account as CSV (RFC 4180): codes and numbers only, so nothing in it needs quoting or could be a formula. */
public final class AccountingCsv {

    private AccountingCsv() {}

    public static String of(Accounting.Day day) {
        var csv = new StringBuilder("day,prison,force");
        for (Accounting.Place place : Accounting.Place.values()) {
            csv.append(',').append(place.name().toLowerCase(Locale.ROOT));
        }
        csv.append(",total,listed_at,source,came_since,left_since,missing_here,missing_there,difference\r\n");
        for (Accounting.Account account : day.accounts()) {
            csv.append(day.day()).append(',').append(code(account.prison())).append(',');
            csv.append(code(Objects.toString(account.force(), "")));
            for (Accounting.Place place : Accounting.Place.values()) {
                csv.append(',').append(account.counts().get(place));
            }
            csv.append(',').append(account.total());
            csv.append(',').append(Objects.toString(account.listedAt(), ""));
            csv.append(',').append(Objects.toString(account.source(), ""));
            csv.append(',').append(account.cameSince());
            csv.append(',').append(account.leftSince());
            csv.append(',').append(account.missingHere());
            csv.append(',').append(account.missingThere());
            csv.append(',').append(Objects.toString(account.difference(), "")).append("\r\n");
        }
        return csv.toString();
    }

    /** A location may be any text by the source's contract. */
    private static String code(String text) {
        return text.matches("[A-Za-z0-9]*") ? text : text.replaceAll("[^A-Za-z0-9]", "?");
    }
}
