package io.courant.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code courant}: the command whose subcommands do everything. */
@Command(
        name = "courant",
        description = "Makes newsletter digests from posts and feeds, and mails them: composed, explained, sent once.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = CourantCommand.Version.class,
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, also when there was nothing to do, or what is left waits for its readers' hour",
            "1:failed; an audit found a violation",
            "2:usage; a finished issue was to be sent again",
            "3:partly sent: something is deferred, in doubt, ready now or held",
            "4:a job, a template, a setting or a relay's script is wrong; the relay refuses us, or nearly everybody",
            "5:with --strict: a source could not be read",
            "75:try again later: another process is at work, or the relay is down",
            "130:ended by Ctrl-C",
            "143:ended by SIGTERM"
        },
        footer = {"", "Start with 'courant demo'. 'courant help COMMAND' shows examples."})
public final class CourantCommand implements Runnable {
    private static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            CheckCommand.class,
            DoctorCommand.class,
            CollectCommand.class,
            ComposeCommand.class,
            PreviewCommand.class,
            LintCommand.class,
            ApproveCommand.class,
            SendCommand.class,
            RunCommand.class,
            NextCommand.class,
            ServeCommand.class,
            BrokerCommand.class,
            WorkersCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            StopCommand.class,
            CancelCommand.class,
            RetryCommand.class,
            StatusCommand.class,
            WhoCommand.class,
            EditionsCommand.class,
            ClicksCommand.class,
            ExplainCommand.class,
            TrendsCommand.class,
            ItemsCommand.class,
            PinCommand.class,
            DropCommand.class,
            AssignCommand.class,
            EditCommand.class,
            MoveCommand.class,
            TopicsCommand.class,
            RebuildCommand.class,
            ArchiveCommand.class,
            SourcesCommand.class,
            FeedCommand.class,
            SectionsCommand.class,
            EvaluateCommand.class,
            SubscribersCommand.class,
            BouncesCommand.class,
            KeysCommand.class,
            WebhooksCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            MigrateCommand.class,
            InstanceCommand.class,
            SettingsCommand.class,
            RelayCommand.class,
            UsersCommand.class,
            AuditCommand.class,
            CompletionCommand.class,
            ManualCommand.class);

    @Spec
    private CommandSpec spec;

    // picocli fills the field before the command runs
    @SuppressWarnings("NullAway.Init")
    private CourantCommand() {}

    /**
     * Runs a command line.
     *
     * @param program opens the database for those commands that need it
     * @return the exit code
     */
    public static int execute(Program program, String... arguments) {
        return commandLine(program, arguments).execute(arguments);
    }

    /**
     * The whole command line, or as much of it as these arguments use: to read the options of every command takes
     * longer than most commands do.
     */
    static CommandLine commandLine(Program program, String... arguments) {
        CommandLine line = new CommandLine(new CourantCommand(), new Commands(program));
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
                .toList();
        if (named.isEmpty()) {
            COMMANDS.forEach(line::addSubcommand);
            line.addSubcommand(HelpCommand.class);
        } else {
            named.forEach(line::addSubcommand);
        }
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(new Accidents(program));
        line.setParameterExceptionHandler(CourantCommand::misuse);
        line.setUsageHelpAutoWidth(true);
        return line;
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    /** What is wrong and where help is; the whole usage would bury it. */
    private static int misuse(ParameterException misuse, String[] arguments) {
        CommandLine command = misuse.getCommandLine();
        command.getErr().println(misuse.getMessage());
        UnmatchedArgumentException.printSuggestions(misuse, command.getErr());
        command.getErr().println("'" + command.getCommandSpec().qualifiedName() + " --help' shows how it is used");
        command.getErr().flush();
        return ExitCode.USAGE;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: courant COMMAND");
    }

    /** The version that the jar was built as. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = CourantCommand.class.getPackage().getImplementationVersion();
            return new String[] {"courant " + (version == null ? "(built from sources)" : version)};
        }
    }
}
