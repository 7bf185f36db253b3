package io.courant.audience;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Erasures for tests that need no database. */
public final class InMemoryErasures implements Erasures {
    private final Set<String> keys = new HashSet<>();
    private final Set<String> former = new HashSet<>();

    @Override
    public boolean isErased(EmailAddress address) {
        return keys.contains(address.key());
    }

    @Override
    public Set<EmailAddress> among(Collection<EmailAddress> addresses) {
        return addresses.stream().filter(this::isErased).collect(Collectors.toSet());
    }

    @Override
    public boolean erase(EmailAddress address, Instant at) {
        return keys.add(address.key());
    }

    @Override
    public List<String> oldCopies() {
        return List.of();
    }

    @Override
    public boolean clean() {
        return true;
    }

    @Override
    public List<String> traces(EmailAddress address) {
        return List.of();
    }

    /** Makes the address one that a subscriber had before. */
    public void giveUp(EmailAddress address) {
        former.add(address.key());
    }

    @Override
    public Set<EmailAddress> formerAmong(Collection<EmailAddress> addresses) {
        return addresses.stream()
                .filter(address -> former.contains(address.key()))
                .collect(Collectors.toSet());
    }

    @Override
    public boolean liftFormer(EmailAddress address) {
        return former.remove(address.key());
    }

    @Override
    public boolean lift(EmailAddress address) {
        return keys.remove(address.key());
    }
}
