package io.courant;

import io.courant.cli.Program;
import java.time.InstantSource;

/** The program as {@code main} starts it. */
public final class RealTime {
    private RealTime() {}

    public static Program program() {
        return new Courant(InstantSource.system());
    }
}
