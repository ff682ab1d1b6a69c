package sallyport.mappings.proforma;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntelligenceWordsTest {

    @Test
    void saysWhomToAskAsFarAsAProfileHasLeftIt() throws JsonProcessingException {
        assertThat(sentence("{}")).isNull();
        assertThat(sentence("{\"available\":false}")).isEqualTo("The prison's intelligence unit has nothing to add.");
        assertThat(sentence("{\"available\":true}")).endsWith("; ask by the ways for intelligence.");
        assertThat(
                        sentence(
                                """
                                {"available":true,"contacts":[
                                  {"handling":"P","prison":"MDI","unit":"SIU","unitName":"Security and intelligence unit"},{}]}
                                """))
                .endsWith("; ask Security and intelligence unit, MDI (handling code P); a unit.");
    }

    @Test
    void aUnitThatCameOrWentIsOneRowOfTheChanges() throws JsonProcessingException {
        var without = new ObjectMapper().readTree("{\"intelligence\":{\"available\":true}}");
        var with = new ObjectMapper()
                .readTree(
                        """
                        {"intelligence":{"available":true,"contacts":[
                          {"handling":"P","prison":"MDI","unit":"SIU","unitName":"Security and intelligence unit"}]}}
                        """);
        String named = "Security and intelligence unit, MDI (handling code P)";
        assertThat(ProformaChanges.between(without, with))
                .containsExactly(List.of("Unit to ask for intelligence", "–", named));
        assertThat(ProformaChanges.between(with, without))
                .containsExactly(List.of("Unit to ask for intelligence", named, "Taken away"));
    }

    private static String sentence(String json) throws JsonProcessingException {
        return IntelligenceWords.sentence(new ObjectMapper().readTree(json));
    }
}
