package sallyport.connectors.feeds;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import sallyport.connectors.wire.WhenSet;

/** The feeds, present once {@code sallyport.feeds.url} is set. */
@Configuration(proxyBeanMethods = false)
@WhenSet("sallyport.feeds.url")
@EnableConfigurationProperties(FeedsProperties.class)
class FeedsConfiguration {

    @Bean
    FeedPublisher feedPublisher(FeedsProperties properties) {
        return new FeedPublisher(properties);
    }

    @Bean
    FeedsHealth feedsHealth(FeedPublisher publisher) {
        return new FeedsHealth(publisher);
    }

    @Bean
    FeedsRoutes feedsRoutes(FeedPublisher publisher) {
        return new FeedsRoutes(publisher);
    }
}
