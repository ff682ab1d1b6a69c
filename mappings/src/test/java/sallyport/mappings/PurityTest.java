package sallyport.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A mapping is the same words every time: nothing compiled here asks for the time, for chance, or for the outside. */
class PurityTest {

    /** As they stand in a class file's constant pool. */
    private static final List<String> FORBIDDEN = List.of(
            "java/time/Clock",
            "currentTimeMillis",
            "nanoTime",
            "java/util/Random",
            "java/util/random/",
            "ThreadLocalRandom",
            "SecureRandom",
            "randomUUID",
            "java/net/Socket",
            "java/net/http",
            "java/nio/file",
            "java/io/File",
            "java/lang/ProcessBuilder",
            "getenv",
            "org/springframework",
            "org/apache/camel",
            "java/sql");

    @Test
    void noMappingAsksForTimeOrChanceOrTheOutside() throws Exception {
        URI classes = MappingVersion.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        try (Stream<Path> files = Files.walk(Path.of(classes))) {
            List<Path> compiled =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            assertThat(compiled).hasSizeGreaterThan(50);
            for (Path file : compiled) {
                String pool = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(FORBIDDEN).as(file.getFileName().toString()).noneMatch(pool::contains);
                assertThat(calledMethods(file))
                        .as(file.getFileName().toString())
                        .doesNotContain("now", "random");
            }
        }
    }

    /** Names of the methods that a class calls in others, from its constant pool (JVMS 4.4). */
    private static Set<String> calledMethods(Path classFile) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(classFile))) {
            in.skipNBytes(8);
            int count = in.readUnsignedShort();
            Map<Integer, String> texts = new HashMap<>();
            Map<Integer, Integer> nameOf = new HashMap<>();
            Set<Integer> called = new HashSet<>();
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts.put(i, in.readUTF());
                    case 3, 4, 9, 17, 18 -> in.skipNBytes(4);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        i++;
                    }
                    case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                    case 10, 11 -> {
                        in.skipNBytes(2);
                        called.add(in.readUnsignedShort());
                    }
                    case 12 -> {
                        nameOf.put(i, in.readUnsignedShort());
                        in.skipNBytes(2);
                    }
                    case 15 -> in.skipNBytes(3);
                    default -> throw new IOException("constant of kind " + tag);
                }
            }
            return called.stream().map(nameOf::get).map(texts::get).collect(Collectors.toSet());
        }
    }
}
