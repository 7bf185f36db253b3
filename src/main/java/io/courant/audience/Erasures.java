package io.courant.audience;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/**
 * Remembers whose data were erased without keeping who they are: a salted hash of the address is all that stays, and
 * no list brings such an address back. Whoever holds the database alone cannot try addresses against it.
 */
public interface Erasures {
    /** Whether the data of this address were erased, however it is spelt. */
    boolean isErased(EmailAddress address);

    /** Those of the addresses whose data were erased; faster than asking one by one. */
    Set<EmailAddress> among(Collection<EmailAddress> addresses);

    /**
     * Deletes in one transaction what is kept of the person with this address, and remembers that it was. Deliveries
     * stay as numbers, so that issues still add up; those still to be sent are cancelled. Repeating it does no harm.
     */
    void erase(EmailAddress address, Instant at);

    /**
     * Forgets that the address was erased, so that it can be added again.
     *
     * @return whether it was erased
     */
    boolean lift(EmailAddress address);
}
