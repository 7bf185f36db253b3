package io.courant;

import io.courant.cli.Program;
import io.courant.cli.Settings;
import io.courant.job.Jobs;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * An open home folder. It opens with the store and what looks into it. The jobs are put together when the first of
 * them is asked for: Spring Boot and Spring Batch take longer to start than looking takes as a whole.
 */
final class HomeSession implements Program.Session {
    private final ConfigurableApplicationContext home;
    private @Nullable ConfigurableApplicationContext jobs;

    HomeSession(Settings settings, InstantSource clock) {
        StderrLog.setVerbose(settings.verbose());
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean("settings", Settings.class, () -> settings);
        context.registerBean("clock", InstantSource.class, () -> clock);
        context.register(Wiring.class);
        context.addBeanFactoryPostProcessor(beans -> {
            for (String name : beans.getBeanDefinitionNames()) {
                beans.getBeanDefinition(name).setLazyInit(true);
            }
        });
        try {
            context.refresh();
        } catch (BeansException e) {
            context.close();
            throw cause(e);
        }
        this.home = context;
    }

    @Override
    public <T> T get(Class<T> type) {
        try {
            T kept = home.getBeanProvider(type).getIfAvailable();
            return kept != null ? kept : jobs().getBean(type);
        } catch (BeansException e) {
            throw cause(e);
        }
    }

    private synchronized ConfigurableApplicationContext jobs() {
        if (jobs == null) {
            System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE); // Boot would set it up again
            jobs = new SpringApplicationBuilder(Jobs.class)
                    .parent(home)
                    .web(WebApplicationType.NONE)
                    .logStartupInfo(false)
                    .registerShutdownHook(false) // a signal must not close the database under a send that is ending
                    .lazyInitialization(true)
                    .run();
        }
        return jobs;
    }

    @Override
    public void close() {
        try {
            if (jobs != null) {
                jobs.close();
            }
        } finally {
            home.close();
        }
    }

    /** Spring tells which bean wanted which; people want to know what is wrong. */
    private static RuntimeException cause(BeansException e) {
        Throwable cause = e;
        while (cause instanceof BeansException && cause.getCause() instanceof RuntimeException next) {
            cause = next;
        }
        return cause instanceof RuntimeException runtime ? runtime : e;
    }
}
