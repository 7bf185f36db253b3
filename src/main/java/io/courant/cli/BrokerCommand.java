package io.courant.cli;

import io.courant.job.BrokerAddress;
import io.courant.job.BrokerServer;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

@Command(
        name = "broker",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the broker through which machines share the work of sending, until it is told to stop.",
            "It listens at 'broker.host' and 'broker.port' of courant.yaml and keeps what waits in the home folder, so"
                    + " that nothing is lost when it is started again."
        },
        footer = {"", "Examples:", "  courant broker", "  COURANT_BROKER_HOST=10.0.0.5 courant broker"})
final class BrokerCommand extends Operation {
    private static final String FOLDER = "broker";

    BrokerCommand(Program program) {
        super(program);
    }

    /** Where it listens, as {@code --json} shows it. */
    record Listening(String host, int port) {}

    @Override
    public Integer call() throws Exception {
        Settings settings = options().settings();
        BrokerAddress address = settings.broker()
                .orElseThrow(() -> new Options.InvalidSetting(
                        "no broker is configured; say where it listens with broker.host in courant.yaml or"
                                + " COURANT_BROKER_HOST"));
        CountDownLatch end = new CountDownLatch(1);
        try (Interruption interruption = new Interruption();
                Program.Session session = program().open(settings)) {
            AutoCloseable broker = session.get(BrokerServer.class)
                    .start(address, settings.home().resolve(FOLDER));
            interruption.endCleanlyBy(end::countDown, () -> {});
            if (options().json()) {
                console().jsonLine(new Listening(address.host(), address.port()));
            } else {
                console().result("the broker listens at " + address);
            }
            ServeCommand.await(end);
            broker.close();
            return ExitCode.DONE;
        }
    }
}
