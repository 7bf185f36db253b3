package io.courant.delivery;

import io.courant.delivery.Deliveries.Claim;
import io.courant.delivery.Flows.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The paces of all domain groups that an issue goes to. No group waits for another. */
final class GroupPaces {
    private static final String KEY = "group ";

    private final Map<String, GroupPace> byName = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();

    /**
     * @param present the groups of the deliveries that are open
     * @param last what earlier runs left
     */
    GroupPaces(DomainGroups groups, List<String> present, Map<String, Flow> last, Instant wallNow, long now) {
        for (String name : present) {
            if (last.containsKey(KEY + name)) {
                known.add(name);
            }
            byName.put(
                    name,
                    new GroupPace(groups.perMinute(name), Optional.ofNullable(last.get(KEY + name)), wallNow, now));
        }
    }

    /** Takes note of how many runs there are, this one included, and of the paces that they have in common. */
    void share(int runs, Map<String, Flow> common, long now) {
        byName.forEach((name, pace) -> pace.share(runs, Optional.ofNullable(common.get(KEY + name)), now));
    }

    /** How many to claim of each group, of so many in all: none of a group more than its pace allows. */
    Map<String, Integer> demand(int room, long now) {
        Map<String, Integer> demand = new HashMap<>();
        int left = room;
        int asking = (int)
                byName.values().stream().filter(pace -> pace.available(now) > 0).count();
        for (Map.Entry<String, GroupPace> group : byName.entrySet()) {
            int available = group.getValue().available(now);
            if (available > 0 && left > 0) {
                int share = Math.min(available, (left + asking - 1) / asking);
                demand.put(group.getKey(), share);
                left -= share;
                asking--;
            }
        }
        return demand;
    }

    /** What came of a demand. */
    void claimed(Demand demand, List<Claim> claims) {
        Map<String, Integer> claimed = new HashMap<>();
        claims.forEach(claim -> claimed.merge(claim.group(), 1, Integer::sum));
        demand.byGroup().forEach((name, asked) -> of(name).claimed(claimed.getOrDefault(name, 0), asked));
    }

    /** Whether all that may still be due has to wait for a pace. */
    boolean areBound() {
        return byName.values().stream().allMatch(pace -> pace.isExhausted() || pace.isLimited());
    }

    /** Whether nothing more was due of any group when it was last asked for. */
    boolean areExhausted() {
        return byName.values().stream().allMatch(GroupPace::isExhausted);
    }

    /** More may be due of every group. */
    void askAgain() {
        byName.values().forEach(GroupPace::askAgain);
    }

    void answered(String group, boolean isThrottled, long now) {
        of(group).answered(isThrottled, now);
    }

    /** How long until one more may be claimed. */
    Duration untilNext(long now) {
        return byName.values().stream()
                .map(pace -> pace.untilNext(now))
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** What to keep of those that are limited, or were. */
    Map<String, Flow> flows(Instant wallNow, long now) {
        Map<String, Flow> flows = new HashMap<>();
        byName.forEach((name, pace) -> {
            if (pace.isLimited() || known.contains(name)) {
                flows.put(KEY + name, pace.flow(wallNow, now));
            }
        });
        return flows;
    }

    private GroupPace of(String name) {
        GroupPace pace = byName.get(name);
        if (pace == null) {
            throw new IllegalStateException("no delivery of domain group '" + name + "' was open");
        }
        return pace;
    }
}
