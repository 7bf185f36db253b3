package io.courant.upkeep;

import java.util.Optional;

/** Whether the database belongs to the home folder that it stands in, and is the newest that was there. */
public interface Instance {
    /** Why nothing may be sent from here, if that is so. Cheap enough to be asked before each mail. */
    Optional<Doubt> doubt();

    /**
     * Takes folder and database for one from now on, as they are. Whatever else has the same data is not known any
     * more, should it come here.
     */
    void confirm();

    /**
     * Returns if mail may be sent.
     *
     * @throws UnconfirmedInstance if not
     */
    default void requireConfirmed() {
        doubt().ifPresent(doubt -> {
            throw new UnconfirmedInstance(doubt);
        });
    }
}
