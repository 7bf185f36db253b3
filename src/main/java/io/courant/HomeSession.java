package io.courant;

import io.courant.cli.Program;
import io.courant.cli.Settings;
import io.courant.cluster.Broker;
import io.courant.desk.Desk;
import io.courant.job.BrokerServer;
import io.courant.job.DeskServer;
import io.courant.job.HomeLock;
import io.courant.job.Jobs;
import io.courant.job.PageServer;
import io.courant.job.Runs;
import io.courant.job.Workshop;
import io.courant.web.WebServer;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.support.BeanRegistryAdapter;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.StandardEnvironment;

/**
 * An open home folder. It opens with the store and what looks into it; the jobs are put together when the first of
 * them is asked for, and so is the server: Spring Boot and Spring Batch take longer to start than looking takes as a
 * whole.
 */
final class HomeSession implements Program.Session {
    private final DefaultListableBeanFactory home = new DefaultListableBeanFactory();
    private @Nullable GenericApplicationContext around;
    private @Nullable ConfigurableApplicationContext jobs;

    HomeSession(Settings settings, InstantSource clock) {
        StderrLog.set(settings.log());
        home.registerSingleton("settings", settings);
        home.registerSingleton("clock", clock);
        home.registerSingleton("server", (PageServer) address -> new WebServer(around()).start(address));
        home.registerSingleton("desk", (DeskServer) address -> new Desk(around()).start(address));
        home.registerSingleton("broker", (BrokerServer) (address, folder) -> new Broker().start(address, folder));
        home.registerSingleton("workshop", workshop(settings, clock));
        new BeanRegistryAdapter(home, new StandardEnvironment(), Wiring.class)
                .register(new Wiring(() -> get(Runs.class), settings));
    }

    private static Workshop workshop(Settings settings, InstantSource clock) {
        return new Workshop() {
            @Override
            public <T> T alone(String purpose, Function<Runs, T> work) {
                return HomeLock.holding(settings.home(), purpose, () -> {
                    try (HomeSession session = new HomeSession(settings, clock)) {
                        return work.apply(session.get(Runs.class));
                    }
                });
            }
        };
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
                    .parent(around())
                    .web(WebApplicationType.NONE)
                    .logStartupInfo(false)
                    .registerShutdownHook(false) // a signal must not close the database under a send that is ending
                    .lazyInitialization(true)
                    .run();
        }
        return jobs;
    }

    /** The home as a context that others can stand in. */
    private synchronized GenericApplicationContext around() {
        if (around == null) {
            around = new GenericApplicationContext(home);
            around.refresh();
        }
        return around;
    }

    @Override
    public void close() {
        try {
            if (jobs != null) {
                jobs.close();
            }
        } finally {
            home.destroySingletons();
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
