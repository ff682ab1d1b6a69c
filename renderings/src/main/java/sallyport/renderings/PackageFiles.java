package sallyport.renderings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import sallyport.mappings.Rejected;
import sallyport.mappings.canonical.CanonicalJson;
import sallyport.mappings.canonical.Sha256;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.lineage.LineageJson;
import sallyport.mappings.lineage.PackageLineage;
import sallyport.mappings.proforma.Proforma;
import sallyport.mappings.proforma.ProformaMapping;
import sallyport.mappings.referral.NamedDocument;
import sallyport.mappings.referral.PackageManifest;
import sallyport.mappings.referral.PackageSchema;
import sallyport.mappings.referral.ReferralPackage;

/**
 * One version of a package as files: as JSON, as proforma, and both in a ZIP with a manifest, the schemas and the documents that it
 * names. The same package gives the same bytes at every call. Bytes that are no package are {@link Rejected}.
 */
public final class PackageFiles {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String LINEAGE = "lineage.json";

    private final String name;
    private final JsonNode pkg;
    private final @Nullable JsonNode previous;
    private final byte[] numbered;
    private final byte[] json;
    private final @Nullable String profile;

    private PackageFiles(byte[] canonical, byte @Nullable [] before, @Nullable String profile) {
        JsonNode whole = read(canonical);
        JsonNode wholeBefore = before == null ? null : read(before);
        this.numbered = Sha256.of(canonical);
        this.profile = profile;
        this.pkg = profile == null ? whole : DisclosureProfiles.of(profile).cut(whole);
        this.previous = profile == null || wholeBefore == null
                ? wholeBefore
                : DisclosureProfiles.of(profile).cut(wholeBefore);
        // Whole: the very bytes that were numbered and hashed.
        this.json = profile == null ? canonical.clone() : CanonicalJson.write(pkg);
        CaseReference reference = new CaseReference(pkg.path("caseReference").asText());
        this.name = reference.value() + "-v" + pkg.path("version").asInt() + (profile == null ? "" : "-" + profile);
    }

    /**
     * @param canonical the package as it was numbered
     * @param before the version before it; absent for the first, and where it is kept no longer
     * @param profile the disclosure profile to cut both to; absent: whole, for people who may see the case
     * @throws Rejected {@code no-disclosure-profile}, {@code not-json}, {@code schema-invalid}
     */
    public static PackageFiles of(byte[] canonical, byte @Nullable [] before, @Nullable String profile) {
        return new PackageFiles(canonical, before, profile);
    }

    public PackageFile json() {
        return file(name + ".json", "application/json", json);
    }

    public PackageFile pdf() {
        return file(
                name + ".pdf", "application/pdf", ProformaPdf.of(ProformaMapping.of(pkg, previous), Sha256.of(json)));
    }

    /**
     * Entries in the order of their names, stored as they are, with the time of the package as theirs.
     *
     * @param documents exactly those that the package, as cut, names whole
     * @param lineage where its values came from; no file that is cut to a profile carries it: it names our records, and places of the whole
     * @throws IllegalArgumentException where they are others, or where a destination would get the lineage
     */
    public PackageFile zip(List<CarriedDocument> documents, @Nullable PackageLineage lineage) {
        if (lineage != null && (profile != null || !isOf(lineage))) {
            throw new IllegalArgumentException(
                    "a ZIP carries the lineage of its package, and only where that is whole");
        }
        if (!documents.stream().map(CarriedDocument::named).toList().equals(NamedDocument.in(pkg))) {
            throw new IllegalArgumentException("a ZIP carries the documents that its package names, and no others");
        }
        List<Entry> entries = new ArrayList<>();
        Map<String, String> schemas = new HashMap<>();
        PackageFile json = json();
        entries.add(Entry.of(json));
        entries.add(Entry.of(pdf()));
        entries.add(schema(ReferralPackage.SCHEMA, PackageSchema.text()));
        entries.add(schema(PackageManifest.SCHEMA, PackageManifest.schemaText()));
        if (profile == null) {
            schemas.put(json.name(), ReferralPackage.SCHEMA);
        }
        if (lineage != null) {
            byte[] bytes = LineageJson.write(lineage, HexFormat.of().formatHex(numbered));
            entries.add(Entry.of(file(LINEAGE, "application/json", bytes)));
            entries.add(schema(LineageJson.SCHEMA, LineageJson.schemaText()));
            schemas.put(LINEAGE, LineageJson.SCHEMA);
        }
        documents.forEach(document -> entries.add(Entry.of(document)));
        entries.sort(Comparator.comparing(Entry::name));
        PackageFile manifest = file(
                "manifest.json", "application/json", manifest(entries, schemas).write());
        entries.add(Entry.of(manifest));
        entries.sort(Comparator.comparing(Entry::name));
        PackageFile.Body body = out -> write(entries, out);
        return documents.isEmpty()
                ? measured(name + ".zip", "application/zip", body)
                : new PackageFile(name + ".zip", "application/zip", length(entries), null, manifest.tag(), body);
    }

    private boolean isOf(PackageLineage lineage) {
        return lineage.caseReference().equals(pkg.path("caseReference").asText())
                && lineage.version() == pkg.path("version").asInt();
    }

    private static Entry schema(String name, String text) {
        return Entry.of(file(name + ".json", "application/schema+json", utf8(text)));
    }

    private PackageManifest manifest(List<Entry> entries, Map<String, String> schemas) {
        return new PackageManifest(
                PackageManifest.SCHEMA,
                pkg.path("caseReference").asText(),
                pkg.path("version").asInt(),
                pkg.path("kind").asText(),
                pkg.path("marking").asText(),
                profile,
                HexFormat.of().formatHex(numbered),
                builtAt(),
                ReferralPackage.SCHEMA,
                pkg.at("/lineage/ruleVersion").asText(),
                pkg.at("/lineage/mappingVersion").asText(),
                Proforma.VERSION,
                entries.stream()
                        .map(entry -> new PackageManifest.File(
                                entry.name(),
                                entry.mediaType(),
                                entry.size(),
                                entry.sha256(),
                                schemas.get(entry.name())))
                        .toList());
    }

    private record Entry(String name, String mediaType, long size, String sha256, long crc32, PackageFile.Body body) {

        static Entry of(PackageFile made) {
            return new Entry(
                    made.name(),
                    made.mediaType(),
                    made.length(),
                    HexFormat.of().formatHex(made.tag()),
                    crc(made),
                    made.body());
        }

        static Entry of(CarriedDocument document) {
            NamedDocument named = document.named();
            return new Entry(
                    named.fileName(),
                    named.mediaType(),
                    named.size(),
                    named.sha256(),
                    document.crc32(),
                    document.body());
        }
    }

    private long length(List<Entry> entries) {
        ZipLength length = new ZipLength();
        entries.forEach(entry -> length.add(inFolder(entry), entry.size()));
        return length.total();
    }

    private String inFolder(Entry entry) {
        return name + "/" + entry.name();
    }

    private void write(List<Entry> entries, OutputStream out) throws IOException {
        // Written without an offset, so that it does not depend on where the node stands.
        LocalDateTime time = LocalDateTime.ofInstant(builtAt(), ZoneOffset.UTC).withNano(0);
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        // Not deflated: its bytes differ between builds of Java, and what is large here is compressed already.
        zip.setMethod(ZipOutputStream.STORED);
        for (Entry entry : entries) {
            ZipEntry header = new ZipEntry(inFolder(entry));
            header.setTimeLocal(time);
            header.setSize(entry.size());
            header.setCompressedSize(entry.size());
            header.setCrc(entry.crc32());
            zip.putNextEntry(header);
            entry.body().writeTo(zip);
            zip.closeEntry();
        }
        // Not closed: whose stream it is closes it.
        zip.finish();
    }

    private Instant builtAt() {
        return Instant.parse(pkg.at("/lineage/builtAt").asText());
    }

    private static long crc(PackageFile file) {
        CRC32 crc = new CRC32();
        try {
            file.body().writeTo(new OutputStream() {
                @Override
                public void write(int b) {
                    crc.update(b);
                }

                @Override
                public void write(byte[] bytes, int from, int length) {
                    crc.update(bytes, from, length);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return crc.getValue();
    }

    private static PackageFile file(String name, String mediaType, byte[] bytes) {
        byte[] sha256 = Sha256.of(bytes);
        return new PackageFile(name, mediaType, bytes.length, sha256, sha256, out -> out.write(bytes));
    }

    /** Written once to nowhere, so that no second copy of it is held to know its hash. */
    private static PackageFile measured(String name, String mediaType, PackageFile.Body body) {
        long[] length = {0};
        MessageDigest digest = sha256();
        try {
            body.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest) {
                @Override
                public void write(int b) throws IOException {
                    length[0]++;
                    super.write(b);
                }

                @Override
                public void write(byte[] bytes, int from, int count) throws IOException {
                    length[0] += count;
                    super.write(bytes, from, count);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] sha256 = digest.digest();
        return new PackageFile(name, mediaType, length[0], sha256, sha256, body);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static JsonNode read(byte[] canonical) {
        try {
            JsonNode tree = JSON.readTree(canonical);
            if (!tree.isObject()) {
                throw new Rejected("schema-invalid", "/");
            }
            return tree;
        } catch (IOException e) {
            // No cause: the parser's message quotes the data.
            throw new Rejected("not-json", "/");
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
