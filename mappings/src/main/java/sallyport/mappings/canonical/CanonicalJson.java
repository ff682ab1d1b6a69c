package sallyport.mappings.canonical;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import sallyport.mappings.Rejected;
import sallyport.mappings.identity.CaseReference;
import sallyport.mappings.identity.CroNumber;
import sallyport.mappings.identity.ForceCode;
import sallyport.mappings.identity.OffenceCode;
import sallyport.mappings.identity.PncId;
import sallyport.mappings.identity.PrisonerNumber;

/**
 * Records of ours as JSON and back: UTF-8, compact, fields in declared order, nothing for what is absent, so equal records are equal
 * bytes. Bytes that do not fit are {@code Rejected("schema-invalid", pointer)}.
 */
public final class CanonicalJson {

    /** Far above any package; a larger one did not come from here. */
    private static final int LARGEST = 32 * 1024 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(LARGEST)
                            .maxNestingDepth(20)
                            .build())
                    .build())
            // A node of the next version may have written a field that this one does not know.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .withConfigOverride(
                    List.class,
                    list -> list.setInclude(
                            JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS)))
            .withConfigOverride(
                    Map.class,
                    map -> map.setInclude(
                            JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS)))
            .addModule(checkedTypes())
            .build();

    private CanonicalJson() {}

    /** A record as a tree; a new tree on every call. */
    public static ObjectNode tree(Object document) {
        return MAPPER.valueToTree(document);
    }

    public static byte[] write(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory cannot be written", e);
        }
    }

    /**
     * @throws Rejected {@code not-json}, or {@code schema-invalid} with the pointer of the field
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonMappingException e) {
            // No cause: Jackson's message quotes the data.
            throw new Rejected("schema-invalid", pointer(e));
        } catch (IOException e) {
            throw new Rejected("not-json", "/");
        }
    }

    private static String pointer(JsonMappingException e) {
        String pointer = e.getPath().stream()
                .map(step -> "/" + (step.getFieldName() == null ? step.getIndex() : step.getFieldName()))
                .collect(Collectors.joining());
        return pointer.isEmpty() ? "/" : pointer;
    }

    private static SimpleModule checkedTypes() {
        SimpleModule module = new SimpleModule("checked-types");
        add(module, CaseReference.class, CaseReference::value, CaseReference::new);
        add(module, ForceCode.class, ForceCode::value, ForceCode::new);
        add(module, PrisonerNumber.class, PrisonerNumber::value, PrisonerNumber::new);
        add(module, PncId.class, PncId::value, PncId::new);
        add(module, CroNumber.class, CroNumber::value, CroNumber::new);
        add(module, OffenceCode.class, OffenceCode::value, OffenceCode::new);
        add(module, Instant.class, Instant::toString, Instant::parse);
        add(module, LocalDate.class, LocalDate::toString, LocalDate::parse);
        return module;
    }

    private static <T> void add(
            SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
        module.addSerializer(type, new StdScalarSerializer<T>(type) {
            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
                json.writeString(write.apply(value));
            }
        });
        module.addDeserializer(type, new StdScalarDeserializer<T>(type) {
            @Override
            public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
                String text = json.getValueAsString();
                if (text == null) {
                    throw JsonMappingException.from(json, "no text");
                }
                try {
                    return read.apply(text);
                } catch (Rejected | DateTimeException e) {
                    throw JsonMappingException.from(json, "refused by " + type.getSimpleName());
                }
            }
        });
    }
}
