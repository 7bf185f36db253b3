package io.courant.cli;

import io.courant.job.BrokerAddress;
import io.courant.job.InForce;
import io.courant.upkeep.DatabaseAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the program finds and keeps things in this run.
 *
 * @param home folder of everything that Courant keeps
 * @param database where the database is, unless it is the file in the home folder
 * @param broker through which several machines send together, if they do
 * @param helps whether it delivers parts of what it has the others deliver, too
 * @param overrides job settings by dotted key
 * @param scratch work on a copy of the home folder that is thrown away at the end
 * @param inForce the installation's settings, and where each comes from
 */
public record Settings(
        Path home,
        Optional<DatabaseAddress> database,
        Optional<BrokerAddress> broker,
        boolean helps,
        Path jobs,
        Path templates,
        Map<String, String> environment,
        Map<String, String> overrides,
        boolean scratch,
        Log log,
        InForce inForce) {
    public Settings {
        environment = Map.copyOf(environment);
        overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides)); // in order: a later one wins
    }

    /** Settings of which nobody is told, with the database in the home folder. */
    public Settings(
            Path home,
            Path jobs,
            Path templates,
            Map<String, String> environment,
            Map<String, String> overrides,
            boolean scratch,
            Log log) {
        this(
                home,
                Optional.empty(),
                Optional.empty(),
                true,
                jobs,
                templates,
                environment,
                overrides,
                scratch,
                log,
                new InForce(List.of()));
    }

    /**
     * How the log is written.
     *
     * @param verbose what happens inside, too
     * @param json one object on each line
     */
    public record Log(boolean verbose, boolean json) {}

    /** The same in another home folder, with the database in it. */
    public Settings at(Path otherHome) {
        return new Settings(
                otherHome,
                Optional.empty(),
                Optional.empty(),
                true,
                jobs,
                templates,
                environment,
                overrides,
                scratch,
                log,
                inForce);
    }

    Settings onCopy() {
        return new Settings(home, database, broker, helps, jobs, templates, environment, overrides, true, log, inForce);
    }
}
