package sallyport.connectors.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** A connector that is off until its setting has a value; empty counts as not set, as in {@code url: ${URL:}}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(WhenSet.HasText.class)
public @interface WhenSet {

    /** Name of the setting. */
    String value();

    final class HasText implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            String setting = metadata.getAnnotations().get(WhenSet.class).getString("value");
            return StringUtils.hasText(context.getEnvironment().getProperty(setting));
        }
    }
}
