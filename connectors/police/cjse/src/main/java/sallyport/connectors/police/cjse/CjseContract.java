package sallyport.connectors.police.cjse;

import java.net.URL;
import javax.xml.namespace.QName;

/** The names in {@code sallyport/cjse/cjse.wsdl}. */
final class CjseContract {

    static final String ENDPOINT = "http://schemas.cjse.gov.uk/endpoint/types/";
    static final QName SERVICE = new QName("http://schemas.cjse.gov.uk/endpoint/wsdl/", "CJSEService");
    static final QName PORT = new QName("http://schemas.cjse.gov.uk/endpoint/wsdl/", "Delivery");
    static final String SUBMIT_ACTION = "http://schemas.cjse.gov.uk/endpoint/wsdl/submit";
    static final String WSDL = "sallyport/cjse/cjse.wsdl";

    private CjseContract() {}

    static URL wsdl() {
        URL wsdl = CjseContract.class.getClassLoader().getResource(WSDL);
        if (wsdl == null) {
            throw new IllegalStateException("no resource " + WSDL);
        }
        return wsdl;
    }
}
