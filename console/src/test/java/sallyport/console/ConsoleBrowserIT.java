package sallyport.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A person at the console, in a real browser. */
class ConsoleBrowserIT {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static TestConsole console;
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void open() throws IOException {
        PlaywrightAssertions.setDefaultAssertionTimeout(15_000);
        assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium on this machine");
        Files.createDirectories(SCREENSHOTS);
        console = TestConsole.start();
        InventedCases.into(console.jdbc);
        try (InputStream whole = ConsoleBrowserIT.class.getResourceAsStream("/sallyport/console/package-second.json")) {
            InventedCases.numbered(
                    console.jdbc, 2, Objects.requireNonNull(whole).readAllBytes());
        }
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of(
                                "--headless",
                                "--no-sandbox",
                                "--disable-background-networking",
                                "--disable-component-update")));
    }

    @AfterAll
    static void close() {
        if (playwright != null) {
            playwright.close();
            console.close();
        }
    }

    @Test
    void servesAPersonFromTheFirstSignInToASuspendedRoute() throws IOException {
        String firstPassword = Files.readString(console.firstRunPassword()).strip();
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setViewportSize(1280, 900))) {
            Page page = context.newPage();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(message.text());
                }
            });

            page.navigate(console.uri("/").toString());
            shows(page, "h1", "Sign in");
            looksRight(page, "sign-in");
            signIn(page, firstPassword);

            shows(page, "h1", "Change your password");
            looksRight(page, "first-password");
            page.navigate(console.uri("/cases").toString());
            shows(page, "h1", "Change your password");
            page.getByLabel("Current password").fill(firstPassword);
            page.locator("#next").fill("a much longer phrase");
            page.locator("#again").fill("a much longer phrase");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Change password"))
                    .click();

            shows(page, "h1", "What needs you");
            shows(page, ".app-figure >> nth=0", "1 overdue");
            shows(page, "main", "What is for force 16 is held up");
            assertThat(console.firstRunPassword()).doesNotExist();
            page.reload();
            looksRight(page, "home");

            follow(page, "Cases");
            hasRows(page, 6);
            looksRight(page, "cases");
            page.getByLabel("Search").fill("b4321cb");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show"))
                    .click();
            hasRows(page, 1);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("SP-2026-000103"))
                    .click();
            shows(page, "#timeline + ol", "Crime reference 62/104411/26");
            shows(page, "#timeline + ol", "Package 2 built");
            looksRight(page, "case-delivered");
            page.navigate(
                    console.uri("/cases/SP-2026-000103/packages/2/lineage").toString());
            shows(page, "h1", "Where it came from");
            shows(page, "main", "/incident/title");
            looksRight(page, "lineage");
            page.getByText("Show the values too").click();
            shows(page, "main", "Hide the values");
            looksRight(page, "lineage-values");

            page.navigate(console.uri("/cases/SP-2026-000104").toString());
            page.getByText("Send again, confirm or cancel", new Page.GetByTextOptions().setExact(false))
                    .first()
                    .click();
            looksRight(page, "case-parked");
            page.navigate(console.uri("/cases/SP-2026-000105").toString());
            looksRight(page, "case-review");

            page.navigate(console.uri("/cases/SP-2026-000101").toString());
            shows(page, "main", "Somebody was an in-patient in an outside hospital");
            shows(page, "main", "“Were any weapons used”: Yes");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Approve for the police"))
                    .click();
            shows(page, ".govuk-error-summary", "Reason must say why");
            complaints.removeIf(complaint -> complaint.contains("400"));
            looksRight(page, "case-without-reason");
            page.getByLabel("Reason").fill("Agreed with the force by telephone");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Approve for the police"))
                    .click();
            shows(page, ".govuk-notification-banner", "Recorded");
            looksRight(page, "case-approved");
            assertThat(console.written().commands())
                    .containsExactly("APPROVE SP-2026-000101 admin Agreed with the force by telephone");

            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Readiness: see and answer"))
                    .click();
            shows(page, "h1", "Readiness");
            looksRight(page, "readiness");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Statement of the victim (MG11)"))
                    .click();
            shows(page, "h1", "Statement of the victim (MG11)");
            page.getByLabel("It is there").check();
            page.getByLabel("Given by").fill("Fio Ficta");
            page.getByLabel("Taken on").fill("2026-03-01");
            page.getByLabel("How you know").fill("The file in the office");
            for (int n = 0; n < 3; n++) {
                page.getByLabel("Yes").nth(n).check();
            }
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Keep the answer"))
                    .click();
            shows(page, ".govuk-error-summary", "Pages must be given");
            complaints.removeIf(complaint -> complaint.contains("400"));
            assertThat(page.getByLabel("Given by").first().inputValue()).isEqualTo("Fio Ficta");
            looksRight(page, "readiness-item-wrong");
            page.locator(".govuk-error-summary a").click();
            page.keyboard().type("3");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Keep the answer"))
                    .click();
            shows(page, ".govuk-notification-banner", "The answer is kept");
            shows(page, "#victim-statement", "Present");
            shows(page, "#statement-quality", "Present");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Statement of the victim (MG11)"))
                    .click();
            shows(page, "#versions + ol", "Pages: 3");
            assertThat(page.getByLabel("Pages").first().inputValue()).isEqualTo("3");
            page.getByText("Take the answer back").click();
            looksRight(page, "readiness-item");
            page.getByLabel("Why").fill("It was of another case");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Take it back"))
                    .click();
            shows(page, ".govuk-notification-banner", "The answer is taken back");
            page.navigate(console.uri("/cases/SP-2026-000101/documents").toString());
            looksRight(page, "documents-none");
            page.getByLabel("What it is").selectOption("statement");
            page.locator("#file")
                    .setInputFiles(new FilePayload("statement.pdf", "application/pdf", "no PDF".getBytes()));
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add it"))
                    .click();
            shows(page, ".govuk-error-summary", "The file was not taken");
            complaints.removeIf(complaint -> complaint.contains("415"));
            looksRight(page, "documents-wrong");
            page.locator("#file")
                    .setInputFiles(new FilePayload("statement.pdf", "application/pdf", "%PDF-1.7 x".getBytes()));
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add it"))
                    .click();
            shows(page, ".govuk-notification-banner", "The document is added");
            shows(page, "#documents", "statement.pdf");
            shows(page, "#documents", "Not scanned yet");
            looksRight(page, "documents");
            page.navigate(console.uri("/cases/SP-2026-000101/case-notes").toString());
            looksRight(page, "case-notes-none");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Ask the prison"))
                    .click();
            shows(page, ".govuk-error-summary", "The first day must be");
            complaints.removeIf(complaint -> complaint.contains("400"));
            looksRight(page, "case-notes-wrong");
            page.getByLabel("First day").fill("2026-02-01");
            page.getByLabel("Last day").fill("2026-03-01");
            page.getByLabel("What they are for").selectOption("BACKGROUND");
            page.getByLabel("Reason").fill("A quarrel before");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Ask the prison"))
                    .click();
            shows(page, ".govuk-notification-banner", "The prison is asked");
            InventedCases.answered(console.jdbc, InventedCases.latestNotesRequest(console.jdbc));
            page.reload();
            shows(page, "article", "Said");
            looksRight(page, "case-notes");
            page.navigate(
                    console.uri("/cases/SP-2026-000101/readiness/pnc-checked").toString());
            shows(page, "main", "A system of the prison holds this");
            looksRight(page, "readiness-item-system");
            page.navigate(console.uri("/cases/SP-2026-000101/readiness/ancillary-orders")
                    .toString());
            looksRight(page, "readiness-item-choices");
            page.navigate(
                    console.uri("/cases/SP-2026-000101/readiness/grounds-said").toString());
            shows(page, "main", "Murder, attempted murder, manslaughter");
            shows(page, "main", "Nobody has added any.");
            looksRight(page, "readiness-item-grounds");

            follow(page, "Parked");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("schema-invalid"))
                    .click();
            shows(page, "main", "/prisonersInvolved/0/prisonerRole");
            looksRight(page, "parked");
            follow(page, "Prisoner alerts");
            shows(page, "main", "Prisoner of Interest");
            shows(page, "main", "No end");
            page.getByText("Which alerts are shown").click();
            looksRight(page, "prisoner-alerts");
            page.getByLabel("Kind").selectOption("HIGH_HARM");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show"))
                    .click();
            hasRows(page, 1);
            page.getByLabel("Prison of the case").fill("L/EI");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show"))
                    .click();
            shows(page, ".govuk-error-summary", "Prison must be 1 to 8 letters and digits");
            complaints.removeIf(complaint -> complaint.contains("400"));
            looksRight(page, "prisoner-alerts-wrong");
            follow(page, "Telephone reports");
            shows(page, "main", "N-102");
            looksRight(page, "telephone-reports");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Hand in a list"))
                    .click();
            looksRight(page, "telephone-hand-in");
            page.getByLabel("Reason").fill("Mail is down");
            page.locator("#file")
                    .setInputFiles(new FilePayload("list.csv", "text/csv", "reference,prison\n".getBytes()));
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Hand it in"))
                    .click();
            shows(page, ".govuk-error-summary", "The file was not taken");
            complaints.removeIf(complaint -> complaint.contains("400"));
            looksRight(page, "telephone-hand-in-wrong");
            page.getByLabel("Reason").fill("Mail is down");
            page.locator("#file")
                    .setInputFiles(new FilePayload(
                            "list.csv",
                            "text/csv",
                            "reference,prison,occurred\nH-1,LEI,2026-03-01 10:00\nH-2,LEI,soon\n".getBytes()));
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Hand it in"))
                    .click();
            shows(page, ".govuk-notification-banner", "The list is taken, with one report");
            shows(page, "main", "Row 3, column occurred");
            looksRight(page, "telephone-hand-in-unread");
            follow(page, "Use of force");
            shows(page, "main", "4712");
            looksRight(page, "use-of-force");
            follow(page, "Referred charges");
            shows(page, "main", "MDI-000202");
            looksRight(page, "referred-charges");
            follow(page, "Receipts");
            shows(page, "main", "Officer allocated");
            looksRight(page, "receipts");
            follow(page, "Retention");
            shows(page, "main", "unreferred-reports");
            looksRight(page, "retention");
            follow(page, "Causes");
            looksRight(page, "causes");
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions()
                                    .setName("The data is not what the contract with incident reporting says."))
                    .click();
            shows(page, "main", "2 failures, 1 cause");
            shows(page, "main", "/prisonersInvolved/0/prisonerRole");
            looksRight(page, "cause");
            page.getByLabel("What was mended").fill("The prison has corrected the roles");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Release 2"))
                    .click();
            shows(page, ".govuk-notification-banner", "2 are released");
            looksRight(page, "cause-released");
            page.navigate(console.uri("/causes?of=force:16&kind=UNKNOWN&code=no-answer")
                    .toString());
            shows(page, "main", "Each of these may have arrived");
            looksRight(page, "cause-unknown");
            page.navigate(console.uri("/causes?of=force:99&kind=UNKNOWN&code=no-answer")
                    .toString());
            shows(page, "h1", "Nothing fails for this cause any more");
            looksRight(page, "cause-gone");
            follow(page, "Replays");
            shows(page, "main", "Nobody has asked for one.");
            looksRight(page, "replays-none");
            page.navigate(console.uri("/replays/new?lane=force:62&cause=connection-refused")
                    .toString());
            assertThat(page.getByLabel("Cause").inputValue()).isEqualTo("connection-refused");
            page.getByLabel("Rate").fill("0");
            page.getByLabel("Cause").fill("");
            page.getByLabel("Reason").fill("The force lost a day");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Make the plan"))
                    .click();
            shows(page, ".govuk-error-summary", "Rate must be above 0");
            complaints.removeIf(complaint -> complaint.contains("400"));
            assertThat(page.getByLabel("Lane").inputValue()).isEqualTo("force:62");
            looksRight(page, "replay-new");
            page.getByLabel("Rate").fill("50");
            page.getByLabel("Reason").fill("The force lost a day");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Make the plan"))
                    .click();
            shows(page, "h1", "Replay 1");
            InventedCases.plan(console.jdbc, 1);
            // The page finds out by itself.
            shows(page, "#progress", "1 to send, at 50.0 a second");
            page.reload();
            looksRight(page, "replay-planned");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("SP-2026-000103-2-62"))
                    .click();
            shows(page, "main", "be there twice");
            page.getByLabel("Why").fill("They have nothing of it");
            looksRight(page, "replay-item");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send this one too"))
                    .click();
            shows(page, ".govuk-notification-banner", "This item is sent too");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("SP-2026-000103-1-62"))
                    .click();
            shows(page, "h1", "SP-2026-000103-1-62");
            page.getByText("What is the same").click();
            shows(page, "main", "Arbor");
            looksRight(page, "replay-item-same");
            page.goBack();
            page.getByLabel("Reason").fill("Agreed");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send 2 again"))
                    .click();
            shows(page, ".govuk-notification-banner", "Started.");
            looksRight(page, "replay-running");
            page.getByLabel("Reason").fill("Enough");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel"))
                    .click();
            shows(page, ".govuk-notification-banner", "Cancelled.");
            follow(page, "Replays");
            looksRight(page, "replays");

            follow(page, "Conflict desk");
            shows(page, "main", "unknown-outcome");
            shows(page, "main", "wrong-force");
            assertThat(page.locator("main").innerText()).doesNotContain("CANARY");
            looksRight(page, "conflicts");

            follow(page, "Work items");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Telephone the force"))
                    .click();
            page.getByText("Close with an answer", new Page.GetByTextOptions().setExact(false))
                    .first()
                    .click();
            looksRight(page, "tasks");
            page.getByLabel("What you found out or did").first().fill("Spoke to the duty desk");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Close it"))
                    .first()
                    .click();
            shows(page, ".govuk-notification-banner", "Closed, with your answer");
            page.getByText("Show closed").click();
            shows(page, "main", "Spoke to the duty desk");
            looksRight(page, "tasks-closed");

            follow(page, "Accounting");
            shows(page, "main", "Not compared yet");
            page.getByLabel("Day of the incidents").fill("2026-02-26");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show"))
                    .click();
            shows(page, "main", "Does not come out even");
            shows(page, "#missing ~ div", "0190aaaa-0000-7000-8000-000000000104");
            looksRight(page, "accounting");
            page.getByText("Compare days again").click();
            page.getByLabel("First day").fill("2026-02-01");
            page.getByLabel("Last day").fill("2026-02-14");
            page.getByLabel("Why").fill("The queue was lost for a week");
            looksRight(page, "accounting-compare");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Compare"))
                    .click();
            shows(page, ".govuk-notification-banner", "lists are being read");
            shows(page, "#again ~ ul", "The queue was lost for a week");

            follow(page, "Evidence log");
            looksRight(page, "evidence");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Check the log"))
                    .click();
            shows(page, "#verification", "Entry 17 (row 20) was changed");
            looksRight(page, "evidence-tampered");
            page.getByLabel("Why it cannot wait").fill("Agreed with the duty governor");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Let it through"))
                    .click();
            shows(page, ".govuk-notification-banner", "The immediate class may leave until");

            follow(page, "Routes");
            looksRight(page, "routes");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("delivery-force"))
                    .click();
            shows(page, "h1", "delivery-force");
            looksRight(page, "route");
            page.getByLabel("Why it is to be suspended").fill("The force asked for a pause");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Suspend"))
                    .click();
            shows(page, "tr:has-text('delivery-force')", "Suspended");
            looksRight(page, "routes-suspended");

            follow(page, "Users");
            page.getByLabel("User name").fill("north.lead");
            page.getByLabel("Coordinator").check();
            page.getByLabel("Prisons").fill("MDI, LEI");
            page.getByLabel("Reason").last().fill("New regional lead");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Create user"))
                    .click();
            shows(page, "h2 >> nth=0", "User north.lead is created");
            assertThat(page.locator(".app-secret").innerText()).hasSize(24);
            looksRight(page, "users");

            page.navigate(console.uri("/cases/SP-2026-000999").toString());
            shows(page, "h1", "Page not found");
            complaints.removeIf(complaint -> complaint.contains("404"));
            looksRight(page, "not-found");

            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                    .click();
            shows(page, "main", "You are signed out");
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void refreshesItselfAndWorksWithoutScripts() {
        console.user("night.operator", "OPERATOR", "*", "");
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            page.navigate(console.uri("/routes").toString());
            page.getByLabel("User name").fill("night.operator");
            page.getByLabel("Password").fill(TestConsole.PASSWORD);
            var refreshed = page.waitForResponse(
                    response -> response.url().endsWith("/routes")
                            && response.request().headers().containsKey("hx-request"),
                    () -> page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                            .click());
            assertThat(refreshed.status()).isEqualTo(200);
            hasRows(page, 2);
            page.getByText("Stop refreshing").click();
            shows(page, "main", "Refresh by itself again");
            assertThat(page.locator("#routes").getAttribute("hx-trigger")).isNull();
        }
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page page = context.newPage();
            page.navigate(console.uri("/").toString());
            page.getByLabel("User name").fill("night.operator");
            page.getByLabel("Password").fill(TestConsole.PASSWORD);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                    .click();
            follow(page, "Cases");
            hasRows(page, 6);
            follow(page, "Routes");
            hasRows(page, 2);
        }
    }

    private static void signIn(Page page, String password) {
        page.getByLabel("User name").fill("admin");
        page.getByLabel("Password").fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
    }

    /** Goes on only when the page that was asked for is there. */
    private static void follow(Page page, String link) {
        page.locator("nav")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(link))
                .click();
        shows(page, "nav [aria-current=page]", link);
    }

    /** Waits for it, as a person would. */
    private static void shows(Page page, String where, String text) {
        PlaywrightAssertions.assertThat(page.locator(where)).containsText(text);
    }

    private static void hasRows(Page page, int rows) {
        PlaywrightAssertions.assertThat(page.locator("tbody tr")).hasCount(rows);
    }

    private static void looksRight(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
        List<Rule> violations = new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                .analyze()
                .getViolations();
        assertThat(violations)
                .as(name)
                .extracting(rule -> rule.getId() + " " + rule.getNodes().get(0).getHtml())
                .isEmpty();
    }
}
