package sallyport.connectors.filedrop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import sallyport.connectors.wire.Settings;

/**
 * Where files are dropped, and which of them are taken.
 *
 * @param directories by feed: a directory, with {@code done} and {@code rejected} beneath it on the same file system. A feed without one
 *     is off.
 * @param every how often each directory is looked at
 * @param settle a file is whole when nothing about it has changed for so long
 * @param maxFile larger files are not read
 * @param maxFiles by feed, where it is another size than that
 * @param keepDone a file stays so long in {@code done}
 * @param keepRejected a file stays so long in {@code rejected}
 */
@ConfigurationProperties("sallyport.file-drop")
public record FileDropProperties(
        @DefaultValue Map<String, String> directories,
        @DefaultValue("10s") Duration every,
        @DefaultValue("30s") Duration settle,
        @DefaultValue("10MB") DataSize maxFile,
        @DefaultValue Map<String, DataSize> maxFiles,
        @DefaultValue("14d") Duration keepDone,
        @DefaultValue("28d") Duration keepRejected) {

    private static final String PREFIX = "sallyport.file-drop.";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    /** To whoever reads an address of Camel's. */
    private static final Pattern MEANS_MORE = Pattern.compile("[?%#&+{}]");

    public FileDropProperties {
        Map<String, String> set = new TreeMap<>();
        directories.forEach((feed, directory) -> {
            if (!directory.isBlank()) {
                if (!NAME.matcher(feed).matches()) {
                    throw Settings.wrong(
                            PREFIX + "directories." + feed, "must be named in lower-case letters and hyphens");
                }
                if (!Path.of(directory).isAbsolute()
                        || MEANS_MORE.matcher(directory).find()) {
                    throw Settings.wrong(
                            PREFIX + "directories." + feed, "must be an absolute path without ? % # & + { or }");
                }
                set.put(feed, directory);
            }
        });
        directories = Map.copyOf(set);
        Settings.positive(PREFIX + "every", every);
        if (every.compareTo(Duration.ofSeconds(30)) > 0) {
            throw Settings.wrong(PREFIX + "every", "must be 30s or less, or nodes take turns at each look");
        }
        Settings.positive(PREFIX + "settle", settle);
        Settings.between(PREFIX + "max-file", maxFile.toBytes(), 1_024, 1L << 30);
        maxFiles = Map.copyOf(maxFiles);
        maxFiles.forEach(
                (feed, size) -> Settings.between(PREFIX + "max-files." + feed, size.toBytes(), 1_024, 1L << 30));
        Settings.positive(PREFIX + "keep-done", keepDone);
        Settings.positive(PREFIX + "keep-rejected", keepRejected);
    }

    /** The largest file of a feed that is read, in bytes. */
    long largest(String feed) {
        return maxFiles.getOrDefault(feed, maxFile).toBytes();
    }
}
