package sallyport.mappings.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CleanTextTest {

    @Test
    void replacesAndCountsWhatCannotBeStored() {
        assertThat(CleanText.clean("a\u0000b\u001F\u0085\uFFFEc"))
                .isEqualTo(new CleanText("a\uFFFDb\uFFFD\uFFFD\uFFFDc", 4));
        assertThat(CleanText.clean("lone \uD83D half")).isEqualTo(new CleanText("lone \uFFFD half", 1));
        assertThat(CleanText.clean("\uDE00")).isEqualTo(new CleanText("\uFFFD", 1));
        assertThat(CleanText.clean("a\u007Fb")).isEqualTo(new CleanText("a\uFFFDb", 1));
        assertThat(CleanText.clean("half at the end \uD83D")).isEqualTo(new CleanText("half at the end \uFFFD", 1));
        assertThat(CleanText.clean("\uD83D\uD83D\uDE00")).isEqualTo(new CleanText("\uFFFD\uD83D\uDE00", 1));
    }

    @Test
    void leavesEverythingElseAsItIs() {
        String text = "Tab\t, lines\r\n, Ŵelsh, \uD83D\uDE00";

        assertThat(CleanText.clean(text)).isEqualTo(new CleanText(text, 0));
        assertThat(CleanText.clean(text).text()).isSameAs(text);
    }

    @Property
    void cleanTextIsEquallyLongCleanAndSurvivesUtf8(@ForAll String text) {
        CleanText clean = CleanText.clean(text);

        assertThat(clean.text()).hasSameSizeAs(text);
        assertThat(CleanText.clean(clean.text()).replaced()).isZero();
        assertThat(new String(clean.text().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(clean.text());
    }
}
