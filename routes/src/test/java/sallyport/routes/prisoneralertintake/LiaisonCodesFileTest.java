package sallyport.routes.prisoneralertintake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import sallyport.mappings.prisoneralert.LiaisonCodes;

class LiaisonCodesFileTest {

    @Test
    void aFileThatIsNotThereOrDoesNotFitStopsTheStartAndIsNamed(@TempDir Path directory) throws IOException {
        Path unfit = Files.writeString(directory.resolve("codes.csv"), "code,group,meaning\nXHT,NO_SUCH_GROUP,x\n");
        for (String file :
                new String[] {directory.resolve("none.csv").toString(), directory.toString(), unfit.toString()}) {
            assertThatThrownBy(() -> new LiaisonCodesFile(new LiaisonCodesProperties(file)))
                    .as(file)
                    .isInstanceOfSatisfying(
                            InvalidConfigurationPropertyValueException.class,
                            wrong -> assertThat(wrong.getName()).isEqualTo("sallyport.liaison-codes.file"));
        }
        assertThat(LiaisonCodes.find("XSC")).isPresent();
    }

    @Test
    void withoutOneTheHubsOwnTableStays() {
        new LiaisonCodesFile(new LiaisonCodesProperties(" "));
        assertThat(LiaisonCodes.find("XSC")).isPresent();
    }
}
