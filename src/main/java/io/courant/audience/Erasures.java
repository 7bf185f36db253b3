package io.courant.audience;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Remembers whose data were erased, and which addresses were given up for another, without keeping what they are: a
 * salted hash of the address is all that stays, and no list brings such an address back. Whoever holds the database alone cannot try addresses against it.
 */
public interface Erasures {
    /** Whether the data of this address were erased, however it is spelt. */
    boolean isErased(EmailAddress address);

    /** Those of the addresses whose data were erased; faster than asking one by one. */
    Set<EmailAddress> among(Collection<EmailAddress> addresses);

    /**
     * Deletes in one transaction what is kept of the person with this address, and remembers that it was. Deliveries
     * stay as numbers, so that issues still add up; those still to be sent are cancelled. Repeating it does no harm.
     *
     * @return whether anything was kept of them
     */
    boolean erase(EmailAddress address, Instant at);

    /**
     * Copies of the database from before it was changed by a later version: {@link #erase} deletes them, since nobody
     * can be taken out of them.
     */
    List<String> oldCopies();

    /**
     * Overwrites what files may still hold in their free parts of those who were erased: for the holder of the process
     * lock, since others cannot write meanwhile. Does nothing where nothing may be left.
     *
     * @return whether it is done; false: another process reads, so that it must be tried again
     */
    boolean clean();

    /**
     * Where the address stands all the same, in texts that are not ours to change and in other files of the home
     * folder: a line each, for people.
     */
    List<String> traces(EmailAddress address);

    /** Those of the addresses that a subscriber had before they changed to another. */
    Set<EmailAddress> formerAmong(Collection<EmailAddress> addresses);

    /**
     * Forgets that a subscriber had this address before, so that it can be added as one of somebody else.
     *
     * @return whether one had
     */
    boolean liftFormer(EmailAddress address);

    /**
     * Forgets that the address was erased, so that it can be added again.
     *
     * @return whether it was erased
     */
    boolean lift(EmailAddress address);
}
