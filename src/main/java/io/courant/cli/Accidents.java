package io.courant.cli;

import io.courant.bounce.MailboxException;
import io.courant.delivery.RelayException;
import io.courant.delivery.TooManyRefusals;
import io.courant.delivery.UnfitMail;
import io.courant.job.BrokerException;
import io.courant.job.HomeLock;
import io.courant.job.JobFileException;
import io.courant.job.Runs;
import io.courant.lab.ScriptException;
import io.courant.render.TemplateError;
import io.courant.upkeep.DatabaseAccident;
import io.courant.upkeep.DatabaseAddress;
import io.courant.upkeep.UnconfirmedInstance;
import io.courant.upkeep.UnreachableDatabase;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into a message for people and an exit code for scripts. */
final class Accidents implements IExecutionExceptionHandler {
    private final Program program;

    Accidents(Program program) {
        this.program = program;
    }

    @Override
    public int handleExecutionException(Exception accident, CommandLine command, ParseResult parsed) {
        return tell(accident, command, "");
    }

    /** Says what went wrong, after some words about where; hands back the exit code. */
    int tell(Exception accident, CommandLine command, String where) {
        LoggerFactory.getLogger(Accidents.class).debug("command failed", accident);
        command.getErr().println(where + message(accident, () -> database(command)));
        command.getErr().flush();
        return exitCode(accident);
    }

    /** What went wrong, for people, and what to do. */
    String message(Exception accident, Supplier<String> where) {
        if (accident instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file";
        }
        Optional<DatabaseAccident> database = program.accident(accident);
        if (database.isPresent()) {
            return database.get().message(where.get());
        }
        String message = accident.getMessage();
        return message == null || message.isBlank() ? accident.toString() : message;
    }

    private static String database(CommandLine command) {
        if (!(command.getCommand() instanceof Operation operation)) {
            return "the home folder";
        }
        return database(operation.options().settings());
    }

    static String database(Settings settings) {
        return settings.database()
                .map(DatabaseAddress::toString)
                .orElseGet(() -> settings.home().toString());
    }

    private int exitCode(Exception accident) {
        if (accident instanceof JobFileException
                || accident instanceof TemplateError
                || accident instanceof ScriptException
                || accident instanceof TooManyRefusals
                || accident instanceof UnfitMail
                || accident instanceof UnconfirmedInstance
                || accident instanceof Options.InvalidSetting) {
            return ExitCode.INVALID;
        }
        if (accident instanceof RelayException relay) {
            return relay.isTemporary() ? ExitCode.TRY_AGAIN : ExitCode.INVALID;
        }
        if (accident instanceof MailboxException mailbox) {
            return mailbox.isTemporary() ? ExitCode.TRY_AGAIN : ExitCode.INVALID;
        }
        if (accident instanceof UnreachableDatabase unreachable) {
            return unreachable.isTemporary() ? ExitCode.TRY_AGAIN : ExitCode.INVALID;
        }
        if (accident instanceof HomeLock.HeldException
                || accident instanceof BrokerException
                || program.accident(accident).filter(DatabaseAccident::mayPass).isPresent()) {
            return ExitCode.TRY_AGAIN;
        }
        return accident instanceof Runs.AlreadySentException ? ExitCode.USAGE : ExitCode.FAILED;
    }
}
