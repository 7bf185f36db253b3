package io.courant.store;

import java.io.IOException;
import java.nio.file.Path;

/** The secret that the hashes of erased and former addresses are made with, where the database keeps it. */
interface ErasureSecret {
    /**
     * The secret. It is made when it is first needed, if not before.
     *
     * @throws IllegalStateException when it is gone, while there are hashes that a new one would make worthless
     */
    byte[] bytes();

    /** Takes that of another home folder, unless there is one here that anything was hashed with. */
    void adopt(Path otherHome) throws IOException;
}
