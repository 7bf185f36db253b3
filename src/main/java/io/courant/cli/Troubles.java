package io.courant.cli;

import java.util.HashMap;
import java.util.Map;

/** Says what is wrong when it begins to be, and not again as long as it stays the same. Used by one thread. */
final class Troubles {
    private final Accidents accidents;
    private final Settings settings;
    private final Console console;
    private final Map<String, String> told = new HashMap<>();

    Troubles(Program program, Settings settings, Console console) {
        this.accidents = new Accidents(program);
        this.settings = settings;
        this.console = console;
    }

    /** Does some work, and tells what goes wrong with it. */
    void tellOf(String name, Runnable work) {
        try {
            work.run();
            told.remove(name);
        } catch (RuntimeException e) {
            tell(name, accidents.message(e, () -> Accidents.database(settings)));
        } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
            tell(name, e.toString()); // whoever serves for years has to survive one bad hour
        }
    }

    private void tell(String name, String words) {
        if (!words.equals(told.put(name, words))) {
            console.problem(name + ": " + words);
        }
    }
}
