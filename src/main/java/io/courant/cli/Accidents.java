package io.courant.cli;

import io.courant.delivery.RelayException;
import io.courant.delivery.TooManyRefusals;
import io.courant.job.HomeLock;
import io.courant.job.JobFileException;
import io.courant.job.Runs;
import io.courant.lab.ScriptException;
import io.courant.render.TemplateError;
import java.nio.file.NoSuchFileException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into a message for people and an exit code for scripts. */
final class Accidents implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception accident, CommandLine command, ParseResult parsed) {
        LoggerFactory.getLogger(Accidents.class).debug("command failed", accident);
        command.getErr().println(message(accident));
        command.getErr().flush();
        return exitCode(accident);
    }

    private static String message(Exception accident) {
        if (accident instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file";
        }
        String message = accident.getMessage();
        return message == null || message.isBlank() ? accident.toString() : message;
    }

    private static int exitCode(Exception accident) {
        if (accident instanceof JobFileException
                || accident instanceof TemplateError
                || accident instanceof ScriptException
                || accident instanceof Options.InvalidSetting) {
            return ExitCode.INVALID;
        }
        if (accident instanceof RelayException relay) {
            return relay.isTemporary() ? ExitCode.TRY_AGAIN : ExitCode.INVALID;
        }
        if (accident instanceof TooManyRefusals) {
            return ExitCode.PARTLY_SENT;
        }
        if (accident instanceof HomeLock.HeldException) {
            return ExitCode.TRY_AGAIN;
        }
        return accident instanceof Runs.AlreadySentException ? ExitCode.USAGE : ExitCode.FAILED;
    }
}
