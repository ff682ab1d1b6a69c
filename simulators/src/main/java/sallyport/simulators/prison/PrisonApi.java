package sallyport.simulators.prison;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import javax.imageio.ImageIO;
import sallyport.simulators.rest.Answer;
import sallyport.simulators.rest.Asked;
import sallyport.simulators.rest.RestPartner;

/** Photographs of prisoners: a small patch of colour for each, by the number that prisoner search gives. */
public final class PrisonApi implements RestPartner {

    private static final int WIDTH = 24;
    private static final int HEIGHT = 32;
    /** Numbers with this rest by seven lead to nothing. */
    private static final long GONE = 3;

    /** One prisoner in seven has a number of a photograph that is not there, and one in seven none at all. */
    public static long numberOf(String prisoner) {
        int hash = Math.floorMod(prisoner.hashCode(), 7_000_000);
        return hash % 7 == 0 ? 0 : 1_000_000L + hash;
    }

    public static boolean hasPhotograph(String prisoner) {
        long number = numberOf(prisoner);
        return number > 0 && number % 7 != GONE;
    }

    @Override
    public String name() {
        return "prison-api";
    }

    @Override
    public String paths() {
        return "/api/images/.*";
    }

    @Override
    public Answer answer(Asked asked) {
        if (!asked.method().equals("GET") || !asked.segment(3).equals("data")) {
            return Answer.empty(405);
        }
        String number = asked.segment(2);
        if (!number.matches("[0-9]{1,18}") || Long.parseLong(number) % 7 == GONE) {
            return Answer.hmppsError(404, 404, "Image not found");
        }
        return new Answer(200, photograph(Long.parseLong(number)), Map.of("Content-Type", "image/jpeg"), Duration.ZERO);
    }

    private static byte[] photograph(long number) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < WIDTH; x++) {
            for (int y = 0; y < HEIGHT; y++) {
                image.setRGB(x, y, Color.HSBtoRGB((number % 360) / 360f, x / (float) WIDTH, y / (float) HEIGHT));
            }
        }
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, "jpg", jpeg)) {
                throw new IllegalStateException("no writer of JPEG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jpeg.toByteArray();
    }
}
