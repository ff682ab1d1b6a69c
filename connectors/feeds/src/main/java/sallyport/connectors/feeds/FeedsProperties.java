package sallyport.connectors.feeds;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import sallyport.connectors.wire.Settings;

/**
 * The broker and the teams; refuses to exist with a wrong value, shows no password.
 *
 * @param url Core acceptor of the broker, {@code tcp://host:port}, with {@code ?sslEnabled=true…} off this machine
 * @param user may send to every {@code feed.*} address and nothing else
 * @param password of that user
 * @param teams who has a queue; an event for anybody else is rejected
 * @param connectTimeout for one attempt to connect
 * @param answerTimeout how long the broker may take to confirm one message; after it the connection is given up
 * @param reconnectAfter pause between two attempts to connect
 * @param outstanding messages sent and not yet confirmed, at most
 */
@ConfigurationProperties("sallyport.feeds")
public record FeedsProperties(
        URI url,
        String user,
        String password,
        @DefaultValue({"regional-north", "regional-south", "police-intelligence", "counter-corruption"})
                List<String> teams,
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("20s") Duration answerTimeout,
        @DefaultValue("1s") Duration reconnectAfter,
        @DefaultValue("100") int outstanding) {

    private static final Pattern TEAM = Pattern.compile("[a-z][a-z0-9-]{0,48}");

    public FeedsProperties {
        Settings.required("sallyport.feeds.url", url);
        if (!"tcp".equals(url.getScheme()) || url.getHost() == null || url.getPort() < 1 || url.getUserInfo() != null) {
            throw Settings.wrong("sallyport.feeds.url", "must read tcp://host:port");
        }
        Settings.required("sallyport.feeds.user", user);
        Settings.required("sallyport.feeds.password", password);
        if (teams.isEmpty()
                || !teams.stream().allMatch(team -> TEAM.matcher(team).matches())) {
            throw Settings.wrong("sallyport.feeds.teams", "must be names of lower-case letters, digits and hyphens");
        }
        Settings.positive("sallyport.feeds.connect-timeout", connectTimeout);
        Settings.positive("sallyport.feeds.answer-timeout", answerTimeout);
        Settings.positive("sallyport.feeds.reconnect-after", reconnectAfter);
        Settings.between("sallyport.feeds.outstanding", outstanding, 1, 1000);
        teams = List.copyOf(teams);
    }

    @Override
    public String toString() {
        return "FeedsProperties[url=" + url.getHost() + ":" + url.getPort() + ", user=" + user + ", teams=" + teams
                + "]";
    }
}
