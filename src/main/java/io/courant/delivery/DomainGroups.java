package io.courant.delivery;

import io.courant.audience.EmailAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which recipients share a pace. The big mailbox providers count what one sender brings to all of their domains
 * together, and defer what comes too fast; whoever is in none of the groups is in {@link #OTHERS}.
 */
public record DomainGroups(List<DomainGroup> groups) {
    /** The name of the group of all other domains. */
    public static final String OTHERS = "others";

    /** The domains that the providers give to readers; an organisation's own domain there is among the others. */
    public static final DomainGroups DEFAULT = new DomainGroups(List.of(
            new DomainGroup("google", List.of("gmail.com", "googlemail.com"), 0),
            new DomainGroup("microsoft", List.of("outlook.*", "hotmail.*", "live.*", "msn.com", "windowslive.com"), 0),
            new DomainGroup(
                    "yahoo", List.of("yahoo.*", "ymail.com", "rocketmail.com", "myyahoo.com", "aol.*", "aim.com"), 0),
            new DomainGroup(OTHERS, List.of(), 0)));

    /**
     * Domains that share a pace.
     *
     * @param name small letters, digits and hyphens
     * @param domains in small letters; {@code yahoo.*} stands for {@code yahoo.com}, {@code yahoo.co.uk} and so on
     * @param perMinute messages a minute at most; 0: no limit but what the receivers show
     */
    public record DomainGroup(String name, List<String> domains, int perMinute) {
        public DomainGroup {
            domains = List.copyOf(domains);
            if (!name.matches("[a-z0-9][a-z0-9-]{0,29}")) {
                throw new IllegalArgumentException("a domain group's name has up to 30 small letters, digits and"
                        + " hyphens, as in 'google'; found '" + name + "'");
            }
            for (String domain : domains) {
                if (!domain.matches("([a-z0-9-]+\\.)+([a-z0-9-]+|\\*)")) {
                    throw new IllegalArgumentException(
                            "expected a domain such as gmail.com or yahoo.*, found '" + domain + "'");
                }
            }
        }

        boolean holds(String domain) {
            return domains.stream()
                    .anyMatch(one -> one.endsWith(".*")
                            ? domain.startsWith(one.substring(0, one.length() - 1))
                            : domain.equals(one));
        }
    }

    public DomainGroups {
        groups = List.copyOf(groups);
    }

    /** The name of an address's group. */
    public String of(EmailAddress address) {
        String domain = address.domain();
        return groups.stream()
                .filter(group -> group.holds(domain))
                .map(DomainGroup::name)
                .findFirst()
                .orElse(OTHERS);
    }

    /** Messages a minute at most to a group; 0: no limit. */
    int perMinute(String name) {
        return groups.stream()
                .filter(group -> group.name().equals(name))
                .mapToInt(DomainGroup::perMinute)
                .findFirst()
                .orElse(0);
    }

    /** These groups, with others of the same name replaced and new ones before {@link #OTHERS}. */
    public DomainGroups with(List<DomainGroup> changed) {
        List<String> names = groups.stream().map(DomainGroup::name).toList();
        List<DomainGroup> all = new ArrayList<>(
                changed.stream().filter(one -> !names.contains(one.name())).toList());
        for (DomainGroup group : groups) {
            all.add(Stream.concat(changed.stream(), Stream.of(group))
                    .filter(one -> one.name().equals(group.name()))
                    .findFirst()
                    .orElse(group));
        }
        return new DomainGroups(all);
    }
}
