package sallyport.mappings.police;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.ForceCode;

class MessageIdsTest {

    private static final CaseReference CASE = new CaseReference("SP-2026-000123");

    @Test
    void sayWhatTheMessageIsAbout() {
        assertThat(MessageIds.packageMessageId(CASE, 2, new ForceCode("46"))).isEqualTo("SP-2026-000123-v2-46");
        assertThat(MessageIds.requestId(CASE, 2, new ForceCode("46"))).isEqualTo("RQ-SP-2026-000123-v2-46");
        assertThat(MessageIds.feedEventId(CASE, "crime-reference", 7)).isEqualTo("SP-2026-000123-crime-reference-7");
        assertThat(MessageIds.trackerMessageId(CASE, 3)).isEqualTo("SP-2026-000123-t3");
    }

    @Property
    void fitCjseWhateverTheCase(
            @ForAll @LongRange(min = 0, max = 999_999_999_999L) long number,
            @ForAll @IntRange(min = 1, max = 999_999_999) int version,
            @ForAll String event) {
        CaseReference reference = new CaseReference("SP-2026-%06d".formatted(number));
        ForceCode force = new ForceCode("06");
        for (String id : new String[] {
            MessageIds.packageMessageId(reference, version, force),
            MessageIds.requestId(reference, version, force),
            MessageIds.correlationId(reference, version, force),
            MessageIds.feedEventId(reference, event, number),
            MessageIds.trackerMessageId(reference, number)
        }) {
            assertThat(id).hasSizeBetween(1, 50).matches("\\S+");
        }
    }

    @Property
    void areReadBack(@ForAll @IntRange(min = 1, max = 999_999_999) int version, @ForAll @IntRange(max = 99) int force) {
        ForceCode code = new ForceCode("%02d".formatted(Math.abs(force)));
        assertThat(MessageIds.packageOf(MessageIds.correlationId(CASE, version, code)))
                .contains(new MessageIds.PackageMessage(CASE, version, code));
    }

    @Test
    void aCorrelationIdOfSomebodyElseIsNoneOfOurs() {
        assertThat(MessageIds.packageOf("00501-abc")).isEmpty();
        assertThat(MessageIds.packageOf("RQ-SP-2026-000123-v2-46")).isEmpty();
    }

    @Test
    void whatIsTooLongOrHoldsWhiteSpaceIsNamedByItsHash() {
        assertThat(MessageIds.bounded("x".repeat(50))).isEqualTo("x".repeat(50));
        for (String unfit : new String[] {"x".repeat(51), "a b", "a\tb", "a\u00A0b"}) {
            assertThat(MessageIds.bounded(unfit))
                    .matches("H-[0-9a-f]{48}")
                    .isEqualTo(MessageIds.bounded(unfit))
                    .isNotEqualTo(MessageIds.bounded(unfit + "x"));
        }
    }

    @Test
    void uuidsAreNameBased() {
        assertThat(MessageIds.uuid("a")).isEqualTo(MessageIds.uuid("a")).isNotEqualTo(MessageIds.uuid("b"));
        assertThat(MessageIds.uuid("a").version()).isEqualTo(5);
        assertThat(MessageIds.uuid("a").variant()).isEqualTo(2);
    }
}
