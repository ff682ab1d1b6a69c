package sallyport.routes.prisoneralertintake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import sallyport.connectors.wire.Settings;
import sallyport.mappings.prisoneralert.LiaisonCodes;

/** The operator's own table of alert codes, read at the start; one that cannot be read, or does not fit, stops it. */
@Component
final class LiaisonCodesFile {

    private static final String SETTING = "sallyport.liaison-codes.file";

    LiaisonCodesFile(LiaisonCodesProperties properties) {
        if (!StringUtils.hasText(properties.file())) {
            return;
        }
        try {
            LiaisonCodes.use(
                    SETTING, Files.readAllBytes(Path.of(properties.file().strip())));
        } catch (IOException | InvalidPathException unreadable) {
            throw Settings.wrong(SETTING, "must be a file that the hub can read");
        } catch (IllegalStateException unfit) {
            throw Settings.wrong(SETTING, unfit.getMessage());
        }
    }
}
