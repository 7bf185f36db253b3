package io.courant.report;

import io.courant.audience.EmailAddress;
import java.util.Optional;

/** Gathers all that is kept of one person; asking changes nothing. */
public interface PersonalData {
    /** What is kept of whoever has this address, however it is spelt; empty if that is nothing, or was erased. */
    Optional<Person> of(EmailAddress address);
}
