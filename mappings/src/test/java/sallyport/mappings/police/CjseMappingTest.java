package sallyport.mappings.police;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import sallyport.mappings.disclosure.DisclosureProfile;
import sallyport.mappings.disclosure.DisclosureProfiles;
import sallyport.mappings.referral.InventedPackages;
import sallyport.mappings.referral.PackageJson;
import sallyport.mappings.referral.ReferralPackage;

class CjseMappingTest {

    static final CjseAddress ADDRESS =
            new CjseAddress("SallyportHub", "Z00Sallyport", "Z00SP00", "HMPPS", "00501PoliceCaseSystem");
    static final Instant AT = Instant.parse("2026-10-25T00:30:15.123Z");
    private static final DisclosureProfile FORCE = DisclosureProfiles.of("force");

    @Test
    void whatIsRenderedObeysTheContract() {
        for (ReferralPackage pkg : new ReferralPackage[] {InventedPackages.full(), InventedPackages.withdrawn()}) {
            Element request = CjseXml.parse(render(pkg)).getDocumentElement();
            CjseXml.validate(request, "");
            CjseXml.validate(routeData(request), "");
        }
    }

    @Test
    void theDataStreamIsThePackageCutToTheProfile() throws Exception {
        Element stream = CjseXml.child(
                routeData(CjseXml.parse(render(InventedPackages.full())).getDocumentElement()),
                CjseXml.OPERATIONS,
                "DataStream");
        assertThat(stream).isNotNull();
        assertThat(CjseXml.text(stream, CjseXml.ENTITIES, "DataStreamType")).isEqualTo("SPReferral");
        assertThat(CjseXml.text(stream, CjseXml.ENTITIES, "Reference")).isEqualTo("SP-2026-000123");
        assertThat(CjseXml.text(stream, CjseXml.ENTITIES, "Dated")).isEqualTo("2026-10-25");
        assertThat(CjseXml.text(stream, CjseXml.ENTITIES, "Timed")).isEqualTo("01:30:15+01:00");
        byte[] content = Base64.getDecoder().decode(CjseXml.text(stream, CjseXml.ENTITIES, "DataStreamContent"));
        assertThat(new JsonMapper().readTree(content))
                .hasToString(
                        FORCE.cut(PackageJson.tree(InventedPackages.full())).toString());
    }

    @Test
    void theIdsAreWhereAnAnswerRepeatsThem() {
        Element request = CjseXml.parse(render(InventedPackages.full())).getDocumentElement();
        assertThat(CjseXml.text(request, CjseXml.ENDPOINT, "RequestID")).isEqualTo("RQ-SP-2026-000123-v1-14");
        Element sender = CjseXml.child(routeData(request), CjseXml.OPERATIONS, "RequestFromSystem");
        assertThat(sender).isNotNull();
        assertThat(CjseXml.text(sender, CjseXml.OPERATIONS, "CorrelationID")).isEqualTo("SP-2026-000123-v1-14");
    }

    @Test
    void theSameMessageIsTheSameBytes() {
        assertThat(render(InventedPackages.full())).isEqualTo(render(InventedPackages.full()));
    }

    @Test
    void anAddressThatDoesNotFitIsNamed() {
        CjseAddress wrong = new CjseAddress("SallyportHub", "Z00Sallyport", "TOO-LONG-UNIT", "HMPPS", "X");
        assertThatThrownBy(() -> CjseMapping.render(InventedPackages.full(), FORCE, wrong, "r", "c", AT))
                .hasMessage(
                        "schema-invalid at SubmitRequestMes/Message/RouteData/RequestFromSystem/OrganizationalUnitID");
        assertThatThrownBy(() -> CjseMapping.render(InventedPackages.full(), FORCE, ADDRESS, "r r", "c", AT))
                .hasMessage("schema-invalid at SubmitRequestMes/RequestID");
    }

    static byte[] render(ReferralPackage pkg) {
        return CjseMapping.render(pkg, FORCE, ADDRESS, "RQ-SP-2026-000123-v1-14", "SP-2026-000123-v1-14", AT);
    }

    static Element routeData(Element request) {
        return CjseXml.parseWithin(CjseXml.text(request, CjseXml.ENDPOINT, "Message"), "Message")
                .getDocumentElement();
    }
}
