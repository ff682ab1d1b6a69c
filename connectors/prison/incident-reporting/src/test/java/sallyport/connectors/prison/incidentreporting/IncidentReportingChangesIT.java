package sallyport.connectors.prison.incidentreporting;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.including;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sallyport.connectors.contract.ConnectorContract;
import sallyport.connectors.contract.Verb;
import sallyport.connectors.wire.Unavailable;

final class IncidentReportingChangesIT extends ConnectorContract {

    private static final ChangesSince SINCE = new ChangesSince(Instant.parse("2026-08-01T09:00:00Z"));
    /** 10:00 on the prison's clock in August is 09:00Z. */
    private static final String AT_THE_MARK = "2026-08-01T10:00:00";

    private static final String OLDER = "2026-08-01T09:59:59.999999";

    @Override
    protected Kind kind() {
        return Kind.READ;
    }

    @Override
    protected Verb connect(Partner partner) {
        return sweep(partner, 100);
    }

    private static Verb sweep(Partner partner, int maxPages) {
        return IncidentReportingConnector.verb(partner, "direct:incident-reporting-changes", SINCE, 3, maxPages);
    }

    @Override
    protected GoodAnswer goodAnswer() {
        return new GoodAnswer(
                200, "application/json", page(0, 1, 1, report("a", AT_THE_MARK)).getBytes(UTF_8));
    }

    @Override
    protected void isGood(@Nullable Object result) {
        assertThat(result).isEqualTo(new Changes(List.of(new ChangedReport("a", AT_THE_MARK)), true, SINCE.after()));
    }

    /** The list is always there: a 404 means that the address is wrong. */
    @Override
    protected Fault faultOf(int status) {
        return status == 404 ? new Fault(Unavailable.class, "http-404") : super.faultOf(status);
    }

    @Test
    void asksNewestFirstAndSettlesEqualTimes() throws Exception {
        answers(good());
        try (Verb verb = connect(partner())) {
            verb.call();
        }
        partner.verify(getRequestedFor(urlPathEqualTo("/incident-reports"))
                .withQueryParam("sort", including("modifiedAt,DESC", "id,DESC"))
                .withQueryParam("page", equalTo("0"))
                .withQueryParam("size", equalTo("3")));
    }

    @Test
    void stopsAtTheFirstReportOlderThanTheMark() throws Exception {
        givenPage(0, page(0, 3, 9, report("a", "2026-08-01T10:00:03.1"), report("b", AT_THE_MARK), report("c", OLDER)));
        assertThat(changes(100))
                .isEqualTo(new Changes(
                        List.of(new ChangedReport("a", "2026-08-01T10:00:03.1"), new ChangedReport("b", AT_THE_MARK)),
                        true,
                        Instant.parse("2026-08-01T09:00:03.1Z")));
        assertThat(partner.getAllServeEvents()).hasSize(1);
    }

    @Test
    void keepsAllReportsWithOneAndTheSameTimeAcrossPages() throws Exception {
        givenPage(0, page(0, 2, 6, same("a", "b", "c")));
        givenPage(1, page(1, 2, 6, same("d", "e", "f")));
        assertThat(changes(100).reports()).extracting(ChangedReport::id).containsExactly("a", "b", "c", "d", "e", "f");
    }

    @Test
    void countsOnceWhatANewReportPushedOntoTheNextPage() throws Exception {
        givenPage(0, page(0, 2, 5, same("a", "b", "c")));
        givenPage(1, page(1, 2, 6, same("c", "d", "e")));
        assertThat(changes(100).reports()).extracting(ChangedReport::id).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void bothVersionsOfAReportThatChangedMeanwhileAreThere() throws Exception {
        givenPage(0, page(0, 2, 5, report("a", "2026-08-01T10:00:09"), report("b", AT_THE_MARK)));
        givenPage(1, page(1, 2, 5, report("a", AT_THE_MARK)));
        assertThat(changes(100).reports()).hasSize(3);
    }

    @Test
    void aDeletionBetweenTwoPagesIsReadAgainAndLosesNothing() {
        givenPage(0, page(0, 2, 6, same("a", "b", "c")));
        givenPage(1, page(1, 2, 5, same("e", "f")));
        assertThatThrownBy(() -> changes(100))
                .isInstanceOfSatisfying(
                        Unavailable.class, failure -> assertThat(failure.code()).isEqualTo("records-moved"));
    }

    @Test
    void aSourceThatShowsTheSamePageForEverIsLeftAndSaidToBeIncomplete() throws Exception {
        answers(aResponse()
                .withHeader("Content-Type", "application/json")
                .withBody(page(0, 1000, 3000, same("a", "b", "c"))));
        assertThat(changes(100))
                .isEqualTo(new Changes(
                        Stream.of("a", "b", "c")
                                .map(id -> new ChangedReport(id, AT_THE_MARK))
                                .toList(),
                        false,
                        SINCE.after()));
        assertThat(partner.getAllServeEvents()).hasSize(2);
    }

    @Test
    void readsNoMorePagesThanAllowedAndSaysThatItIsIncomplete() throws Exception {
        IntStream.range(0, 5).forEach(i -> givenPage(i, page(i, 5, 15, same("a" + i, "b" + i, "c" + i))));
        Changes changes = changes(2);
        assertThat(changes.complete()).isFalse();
        assertThat(changes.reports()).hasSize(6);
        assertThat(changes.next()).isEqualTo(new ChangesSince.Place(2, SINCE.after()));
    }

    @Test
    void goesOnAPageBeforeWhereItStoppedUntilItMeetsItsMark() throws Exception {
        IntStream.range(0, 4).forEach(i -> givenPage(i, page(i, 5, 15, same("a" + i, "b" + i, "c" + i))));
        givenPage(4, page(4, 5, 15, report("a4", AT_THE_MARK), report("b4", OLDER)));
        Changes going = from(2, 2, SINCE.after());
        assertThat(going.reports()).extracting(ChangedReport::id).containsExactly("a1", "b1", "c1", "a2", "b2", "c2");
        assertThat(going.next()).isEqualTo(new ChangesSince.Place(3, SINCE.after()));

        assertThat(from(1, 3, SINCE.after()).next())
                .as("never without one more page")
                .isEqualTo(new ChangesSince.Place(4, SINCE.after()));

        Changes end = from(3, 3, SINCE.after());
        assertThat(end.complete()).isTrue();
        assertThat(end.next()).isNull();
        assertThat(end.reports()).extracting(ChangedReport::id).endsWith("c3", "a4");
    }

    @Test
    void beginsAgainWhereSoManyWereDeletedThatSomeMayHaveBeenPassedOver() throws Exception {
        givenPage(1, page(1, 5, 15, same("a", "b", "c")));
        Changes changes = from(2, 2, SINCE.after().plusSeconds(60));
        assertThat(changes.reports()).isEmpty();
        assertThat(changes.complete()).isFalse();
        assertThat(changes.next())
                .isEqualTo(new ChangesSince.Place(0, SINCE.after().plusSeconds(60)));

        givenPage(1, page(1, 1, 3));
        assertThat(from(2, 2, SINCE.after()).next())
                .isNotNull()
                .extracting(ChangesSince.Place::page)
                .isEqualTo(0);
        givenPage(0, page(0, 1, 1, report("a", OLDER)));
        assertThat(from(2, 0, SINCE.after().minusSeconds(60)).complete()).isTrue();
    }

    private Changes from(int maxPages, int page, Instant reached) throws Exception {
        try (Verb verb = IncidentReportingConnector.verb(
                partner(),
                "direct:incident-reporting-changes",
                new ChangesSince(SINCE.after(), new ChangesSince.Place(page, reached)),
                3,
                maxPages)) {
            return (Changes) verb.call();
        }
    }

    @Test
    void aListInAnotherOrderIsNotTrusted() {
        givenPage(0, page(0, 1, 2, report("a", AT_THE_MARK), report("b", "2026-08-02T10:00:00")));
        assertThatThrownBy(() -> changes(100))
                .isInstanceOfSatisfying(
                        Unavailable.class, failure -> assertThat(failure.code()).isEqualTo("unexpected-order"));
    }

    /** Taken for the second pass, the mark would be an hour late and pass over what changed in it. */
    @Test
    void aChangeInTheRepeatedHourCountsAsOneOfTheFirstPass() throws Exception {
        givenPage(0, page(0, 1, 1, report("a", "2026-10-25T01:30:00")));
        assertThat(changes(100).newest()).isEqualTo("2026-10-25T00:30:00Z");
    }

    @Test
    void anEmptySystemHasNoChanges() throws Exception {
        givenPage(0, page(0, 0, 0));
        assertThat(changes(100)).isEqualTo(new Changes(List.of(), true, null));
    }

    @Test
    void aReportWithoutATimeThatCanBeReadCountsAsChanged() throws Exception {
        givenPage(0, page(0, 1, 2, report("a", "soon"), report("b", OLDER)));
        assertThat(changes(100).reports()).containsExactly(new ChangedReport("a", "soon"));
    }

    @Test
    void inTheRepeatedHourNothingIsTakenForOlderThanItMayBe() throws Exception {
        givenPage(
                0,
                page(
                        0,
                        1,
                        3,
                        report("a", "2026-10-25T01:40:00"),
                        report("b", "2026-10-25T01:30:00"),
                        report("c", "x")));
        try (Verb verb = IncidentReportingConnector.verb(
                partner(),
                "direct:incident-reporting-changes",
                new ChangesSince(Instant.parse("2026-10-25T00:35:00Z")),
                3,
                10)) {
            Changes changes = (Changes) verb.call();
            // 01:30 may be 00:30Z, which is older than the mark, or 01:30Z, which is not.
            assertThat(changes).isNotNull();
            assertThat(changes.reports()).extracting(ChangedReport::id).containsExactly("a", "b", "c");
        }
    }

    @Test
    void aPageThatIsNoPageIsUnavailable() {
        for (String body : List.of(
                "{}",
                "[]",
                "{\"content\":{}}",
                "{\"content\":[{}],\"number\":0,\"totalPages\":1,\"totalElements\":1}")) {
            givenPage(0, body);
            assertThatThrownBy(() -> changes(100))
                    .isInstanceOfSatisfying(Unavailable.class, failure -> assertThat(failure.code())
                            .isEqualTo("unexpected-answer"));
        }
    }

    private Changes changes(int maxPages) throws Exception {
        try (Verb verb = sweep(partner(), maxPages)) {
            Object result = verb.call();
            assertThat(result).isInstanceOf(Changes.class);
            return (Changes) result;
        }
    }

    private void givenPage(int number, String body) {
        partner.stubFor(get(urlPathEqualTo("/incident-reports"))
                .withQueryParam("page", equalTo(String.valueOf(number)))
                .willReturn(aResponse()
                        .withHeader("Content-Type", "application/json")
                        .withBody(body)));
    }

    private static String[] same(String... ids) {
        return Stream.of(ids).map(id -> report(id, AT_THE_MARK)).toArray(String[]::new);
    }

    private static String report(String id, String modifiedAt) {
        return "{\"id\":\"" + id + "\",\"modifiedAt\":\"" + modifiedAt + "\",\"title\":\"new field or not\"}";
    }

    private static String page(int number, int totalPages, int totalElements, String... reports) {
        return Stream.of(reports)
                .collect(Collectors.joining(
                        ",",
                        "{\"content\":[",
                        "],\"number\":" + number + ",\"size\":3,\"numberOfElements\":" + reports.length
                                + ",\"totalElements\":" + totalElements + ",\"totalPages\":" + totalPages
                                + ",\"sort\":[\"modifiedAt,DESC\"]}"));
    }
}
