package io.courant.cli;

import io.courant.audience.EmailAddress;
import io.courant.job.Eraser;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "erase",
        mixinStandardHelpOptions = true,
        description = {
            "Deletes all that is kept of one person, for good. A salted hash of the address stays, so that no import brings"
                    + " it back, and the numbers of issues that were sent, so that they still add up.",
            "Says where the address stands all the same, and ends with 1 then. It may be done again at any time."
        },
        footer = {"", "Example:", "  courant subscribers erase someone@example.org --yes"})
final class SubscribersEraseCommand extends Operation {
    @Parameters(paramLabel = "ADDRESS", description = "Their address.")
    private String address = "";

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    SubscribersEraseCommand(Program program) {
        super(program);
    }

    /**
     * What was erased, as {@code --json} shows it; scripts rely on these names.
     *
     * @param known whether anything was kept
     * @param clean whether the database holds no old bytes any more
     * @param left where the address stands all the same
     * @param deletedCopies copies of the database, made before an update, that were deleted for it
     */
    record Erased(String address, boolean known, boolean clean, List<String> left, List<String> deletedCopies) {}

    @Override
    public Integer call() {
        EmailAddress whose = new EmailAddress(address);
        if (!confirmation.isGiven(
                spec(), whose + ": all that is kept of this address will be deleted, and cannot be brought back")) {
            console().note("nothing was erased");
            return ExitCode.FAILED;
        }
        // alone: what a sender writes down meanwhile would not be found
        try (Program.Session session = open("erasing a subscriber", false)) {
            String number = Operator.subscriber(session, whose); // once erased, they are not found
            Operator.note(session, "subscribers erase", number, "");
            Eraser.Erased done = session.get(Eraser.class).eraseAlone(whose);
            Erased erased = new Erased(whose.value(), done.known(), done.clean(), done.left(), done.deletedCopies());
            tell(erased);
            return erased.clean() ? erased.left().isEmpty() ? ExitCode.DONE : ExitCode.FAILED : ExitCode.TRY_AGAIN;
        }
    }

    private void tell(Erased erased) {
        Console console = console();
        if (options().json()) {
            console.json(erased);
        } else {
            console.result(erased.address()
                    + (erased.known() ? ": erased" : ": nothing was kept of this address")
                    + "; no import brings it back");
        }
        erased.deletedCopies().forEach(copy -> console.note("deleted, since it held the address, too: " + copy));
        if (!erased.clean()) {
            console.problem("another process reads the database, so old bytes may stand in it still;"
                    + " end that process and erase the address again, or leave it to the next run");
        }
        erased.left().forEach(place -> console.problem("the address stands in: " + place));
        if (!erased.left().isEmpty()) {
            console.problem("these are not Courant's to change; edit or delete them, then erase the address again");
        }
        console.note("not looked into: job files and posts, mailboxes with returned mail, what is printed or logged"
                + " elsewhere (by a PostgreSQL server, too), and backups; restore one with --erasures-from");
    }
}
