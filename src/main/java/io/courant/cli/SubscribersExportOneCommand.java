package io.courant.cli;

import io.courant.audience.EmailAddress;
import io.courant.audience.Erasures;
import io.courant.report.Person;
import io.courant.report.PersonalData;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "export-one",
        mixinStandardHelpOptions = true,
        description = "Writes all that is kept of one person as JSON, for them to have.",
        footer = {"", "Example:", "  courant subscribers export-one someone@example.org"})
final class SubscribersExportOneCommand extends Operation {
    @Parameters(paramLabel = "ADDRESS", description = "Their address.")
    private String address = "";

    SubscribersExportOneCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        EmailAddress whose = new EmailAddress(address);
        try (Program.Session session = open()) {
            Optional<Person> person = session.get(PersonalData.class).of(whose);
            if (person.isEmpty()) {
                console()
                        .problem(whose
                                + (session.get(Erasures.class).isErased(whose)
                                        ? ": was erased; nothing is kept but a hash of the address"
                                        : ": nothing is kept of this address; check the spelling"));
                return ExitCode.FAILED;
            }
            Operator.note(session, "subscribers export-one", Operator.subscriber(session, whose), "");
            console().json(person.get());
            return ExitCode.DONE;
        }
    }
}
