package sallyport.mappings.prisoneralert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sallyport.mappings.prisoneralert.LiaisonCodes.Group;
import sallyport.mappings.prisoneralert.LiaisonCodes.LiaisonCode;

class LiaisonCodesTest {

    @Test
    void everyGroupHasCodes() {
        EnumSet<Group> groups = EnumSet.noneOf(Group.class);
        LiaisonCodes.all().forEach(code -> groups.add(code.group()));

        assertThat(groups).isEqualTo(EnumSet.allOf(Group.class));
    }

    @Test
    void aCodeHasTheMeaningThatTheSourceGivesIt() {
        assertThat(LiaisonCodes.find("XSC"))
                .contains(new LiaisonCode("XSC", Group.ANCILLARY_ORDER, "Serious Crime Prevention Order"));
    }

    @Test
    void whatIsNotShownHasNoRow() {
        // Self-harm, a disability, and the nominal whose own description says that it is not to be shared.
        assertThat(List.of("HA", "PEEP", "DOCGM"))
                .allSatisfy(code -> assertThat(LiaisonCodes.find(code)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "'X,Y', HIGH_HARM, Two, needs a code",
        "xpoi, HIGH_HARM, Small, needs a code",
        "XPOI, HIGH_HARM, '', and its meaning",
        "XPOI, LOW_HARM, None, needs one of the groups",
    })
    void aTableThatDoesNotFitNamesTheRow(String code, String group, String meaning, String why) {
        assertThatThrownBy(() ->
                        LiaisonCodes.read("a table", List.of(Map.of("code", code, "group", group, "meaning", meaning))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(code)
                .hasMessageContaining(why);
    }

    @Test
    void aCodeStandsOnce() {
        Map<String, String> row = Map.of("code", "XPOI", "group", "HIGH_HARM", "meaning", "Twice");

        assertThatThrownBy(() -> LiaisonCodes.read("a table", List.of(row, row)))
                .hasMessageContaining("another row");
    }

    @Test
    void anotherTableTakesThePlaceOfTheHubsAndOneThatDoesNotFitChangesNothing() {
        try {
            LiaisonCodes.use("theirs", "code,group,meaning\nXHT,HIGH_HARM,Hostage Taker\n".getBytes(UTF_8));

            assertThat(LiaisonCodes.all()).extracting(LiaisonCode::code).containsExactly("XHT");
            assertThat(LiaisonCodes.find("XSC")).isEmpty();
            assertThat(LiaisonCodes.isShipped("XSC")).isTrue();
            assertThat(LiaisonCodes.isShipped("XHT")).isFalse();
            for (String wrong : List.of(
                    "code,group,meaning\nxht,HIGH_HARM,x\n", "code,group,meaning\n", "code,group,meaning\nA\n")) {
                assertThatThrownBy(() -> LiaisonCodes.use("theirs", wrong.getBytes(UTF_8)))
                        .as(wrong)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("theirs");
            }
            assertThat(LiaisonCodes.find("XHT")).isPresent();
        } finally {
            LiaisonCodes.useShipped();
        }
        assertThat(LiaisonCodes.find("XSC")).isPresent();
    }
}
