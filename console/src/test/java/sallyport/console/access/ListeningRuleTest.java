package sallyport.console.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ListeningRuleTest {

    @Test
    void refusesToListenToOthersInClearText() throws UnknownHostException {
        for (String address : new String[] {"0.0.0.0", "10.1.2.3", "::"}) {
            assertThatThrownBy(() -> ListeningRule.check(InetAddress.getByName(address), false, false))
                    .isInstanceOf(OpenToOthers.class)
                    .hasMessageContaining("server.address")
                    .hasMessageContaining("sallyport.console.behind-proxy=true");
        }
        assertThatThrownBy(() -> ListeningRule.check(null, false, false)).isInstanceOf(OpenToOthers.class);
    }

    @Test
    void listensOnLoopbackWithTlsOrBehindAProxy() {
        assertThatCode(() -> {
                    ListeningRule.check(InetAddress.getByName("127.0.0.1"), false, false);
                    ListeningRule.check(InetAddress.getByName("::1"), false, false);
                    ListeningRule.check(InetAddress.getByName("0.0.0.0"), true, false);
                    ListeningRule.check(InetAddress.getByName("0.0.0.0"), false, true);
                })
                .doesNotThrowAnyException();
    }
}
