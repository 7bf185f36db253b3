package io.courant.store;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.AfterClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Tries a whole class on SQLite, and then on PostgreSQL: {@link TestStore} and {@link io.courant.TestHome} open the one
 * whose turn it is.
 */
@ClassTemplate
@ExtendWith(EachDatabase.Turns.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface EachDatabase {
    /** Those on which it is tried. */
    TestDatabase[] value() default {TestDatabase.SQLITE, TestDatabase.POSTGRES};

    /** One turn for each. */
    final class Turns implements ClassTemplateInvocationContextProvider {
        @Override
        public boolean supportsClassTemplate(ExtensionContext context) {
            return true;
        }

        @Override
        public Stream<Turn> provideClassTemplateInvocationContexts(ExtensionContext context) {
            return AnnotationSupport.findAnnotation(context.getRequiredTestClass(), EachDatabase.class)
                    .map(EachDatabase::value)
                    .map(Stream::of)
                    .orElseThrow()
                    .map(Turn::new);
        }
    }

    /**
     * A turn.
     *
     * @param database whose it is
     */
    record Turn(TestDatabase database) implements ClassTemplateInvocationContext {
        @Override
        public String getDisplayName(int invocationIndex) {
            return database.name();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(
                    (BeforeClassTemplateInvocationCallback) context -> TestDatabase.use(database),
                    (AfterClassTemplateInvocationCallback) context -> TestDatabase.useTheUsual());
        }
    }
}
