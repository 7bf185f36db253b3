package io.courant;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.courant.cli.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log goes to standard error: standard output belongs to results. Said in code, because every command would spend
 * more time on reading it from XML than on opening the database.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class StderrLog extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext log) {
        PatternLayoutEncoder line = new PatternLayoutEncoder();
        line.setContext(log);
        line.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{36} %msg%n%ex{short}");
        write(log, line);
        log.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        // What went wrong in a step reaches the user as one message; Batch would print its stack as well.
        log.getLogger("org.springframework.batch").setLevel(Level.OFF);
        // Every address of a page may hold a token, and Spring MVC would write those down that lead nowhere.
        log.getLogger("org.springframework.web").setLevel(Level.OFF);
        log.getLogger("org.springframework.boot.web").setLevel(Level.OFF); // why it could not start, in its own words
        // What its callers need to know it throws; what it logs beside is that a connection which ends has ended.
        log.getLogger("org.apache.activemq.artemis.core.client").setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** From now on, shows what happens inside, or only what is worth a warning; in words or as JSON. */
    static void set(Settings.Log wanted) {
        LoggerContext log = (LoggerContext) LoggerFactory.getILoggerFactory();
        log.getLogger(StderrLog.class.getPackageName()).setLevel(wanted.verbose() ? Level.DEBUG : Level.WARN);
        if (wanted.json()) {
            JsonLines lines = new JsonLines();
            lines.setContext(log);
            write(log, lines);
        }
    }

    private static void write(LoggerContext log, Encoder<ILoggingEvent> encoder) {
        encoder.start();
        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setContext(log);
        stderr.setTarget("System.err");
        stderr.setEncoder(encoder);
        stderr.start();
        log.getLogger(Logger.ROOT_LOGGER_NAME).detachAndStopAllAppenders();
        log.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(stderr);
    }
}
