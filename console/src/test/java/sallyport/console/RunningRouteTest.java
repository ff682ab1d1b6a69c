package sallyport.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sallyport.console.camel.RunningRoutes.RunningRoute;

class RunningRouteTest {

    @Test
    void takesAStoppedRouteForASuspendedOne() {
        assertThat(in("STOPPED").isAsWanted(false)).isTrue();
        assertThat(in("SUSPENDED").isAsWanted(false)).isTrue();
        assertThat(in("RUNNING").isAsWanted(false)).isFalse();
        assertThat(in("RUNNING").isAsWanted(true)).isTrue();
        assertThat(in("STOPPED").isAsWanted(true)).isFalse();
    }

    private static RunningRoute in(String state) {
        return new RunningRoute("delivery-send", null, state, null, null, null, null);
    }
}
