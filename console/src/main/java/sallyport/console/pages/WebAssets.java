package sallyport.console.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.TransformedResource;

/** Serves GOV.UK Frontend and htmx from their web jars, under names without a version. Which files, the access rules say. */
@Configuration(proxyBeanMethods = false)
class WebAssets implements WebMvcConfigurer {

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/govuk/**")
                .addResourceLocations(webJar("govuk-frontend") + "/dist/govuk/")
                .setCacheControl(CacheControl.maxAge(Duration.ofHours(1)))
                .resourceChain(true)
                .addTransformer((request, resource, chain) -> inArial(chain.transform(request, resource)));
        registry.addResourceHandler("/assets/htmx/**")
                .addResourceLocations(webJar("htmx.org") + "/dist/")
                .setCacheControl(CacheControl.maxAge(Duration.ofHours(1)));
        registry.addResourceHandler("/assets/*")
                .addResourceLocations("classpath:/static/assets/")
                .setCacheControl(CacheControl.maxAge(Duration.ofHours(1)));
    }

    /** GDS Transport is licensed to services on gov.uk only: the style sheet must not even ask for it. */
    private static Resource inArial(Resource asset) throws IOException {
        if (asset.getFilename() == null || !asset.getFilename().endsWith(".css")) {
            return asset;
        }
        String css = asset.getContentAsString(StandardCharsets.UTF_8)
                .replaceAll("@font-face\\{[^}]*}", "")
                .replace("GDS Transport,", "");
        return new TransformedResource(asset, css.getBytes(StandardCharsets.UTF_8));
    }

    private static String webJar(String name) {
        try {
            Properties pom = PropertiesLoaderUtils.loadProperties(
                    new ClassPathResource("META-INF/maven/org.webjars.npm/" + name + "/pom.properties"));
            return "classpath:/META-INF/resources/webjars/" + name + "/" + pom.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException("the web jar " + name + " is missing", e);
        }
    }
}
