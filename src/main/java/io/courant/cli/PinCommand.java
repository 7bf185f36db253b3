package io.courant.cli;

import io.courant.issue.Choice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pin",
        mixinStandardHelpOptions = true,
        description =
                "Puts an item into the next issue, whatever the quotas say. It stays so if the issue is composed again.",
        footer = {"", "Examples:", "  courant pin deep-learning 41", "  courant pin deep-learning 25 --lead"})
final class PinCommand extends Operation {
    @Parameters(index = "0", paramLabel = "NAME", description = "The newsletter: its job file without .yaml.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "ITEM",
            description = "The item's number in 'courant items', or a part of its title.")
    private String item = "";

    @Option(names = "--lead", description = "Lets the issue open with it.")
    private boolean lead;

    @Option(names = "--undo", description = "Takes it back.")
    private boolean undo;

    PinCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        return undo
                ? Wish.note(this, name, item, null, "is not pinned")
                : Wish.note(
                        this,
                        name,
                        item,
                        lead ? Choice.LEAD : Choice.PIN,
                        lead ? "will lead the next issue" : "will be in the next issue");
    }
}
