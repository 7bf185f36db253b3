package io.courant;

import io.courant.cli.CourantCommand;
import io.courant.cli.Program;
import io.courant.cli.Settings;
import io.courant.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** Starts the program: the command line first, and the rest when a command asks for it. */
public final class Courant implements Program {
    private final InstantSource clock;

    Courant(InstantSource clock) {
        this.clock = clock;
    }

    public static void main(String[] arguments) {
        System.exit(CourantCommand.execute(new Courant(InstantSource.system()), arguments));
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public Session open(Settings settings) {
        if (!settings.scratch()) {
            return new Context(start(settings), null);
        }
        try {
            Path scratch = Files.createTempDirectory("courant-dry-run-");
            try {
                Database.copy(settings.home(), scratch);
                return new Context(start(settings.at(scratch)), scratch);
            } catch (RuntimeException e) {
                FileSystemUtils.deleteRecursively(scratch);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no room for a dry run", e);
        }
    }

    private ConfigurableApplicationContext start(Settings settings) {
        try {
            return new SpringApplicationBuilder(Wiring.class)
                    .web(WebApplicationType.NONE)
                    .bannerMode(Banner.Mode.OFF)
                    .logStartupInfo(false)
                    .registerShutdownHook(false) // a signal must not close the database under a send that is ending
                    .lazyInitialization(true)
                    .properties("logging.level.io.courant=" + (settings.verbose() ? "DEBUG" : "WARN"))
                    .initializers(context -> {
                        context.getBeanFactory().registerSingleton("settings", settings);
                        context.getBeanFactory().registerSingleton("clock", clock);
                    })
                    .run();
        } catch (BeansException e) {
            throw cause(e);
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

    private record Context(
            ConfigurableApplicationContext context,
            @Nullable Path scratch) implements Session {
        @Override
        public <T> T get(Class<T> type) {
            try {
                return context.getBean(type);
            } catch (BeansException e) {
                throw cause(e);
            }
        }

        @Override
        public void close() {
            context.close();
            if (scratch != null) {
                try {
                    FileSystemUtils.deleteRecursively(scratch);
                } catch (IOException e) {
                    throw new UncheckedIOException(scratch + ": cannot be removed after the dry run", e);
                }
            }
        }
    }
}
