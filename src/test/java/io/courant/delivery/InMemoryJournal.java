package io.courant.delivery;

import io.courant.delivery.Deliveries.Settlement;
import io.courant.issue.IssueId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The journal in a map. */
final class InMemoryJournal implements Journal {
    private final Map<IssueId, List<Settlement>> kept = new LinkedHashMap<>();

    @Override
    public void reserve(int settlements) {}

    @Override
    public void keep(IssueId issue, List<Settlement> settlements) {
        kept.computeIfAbsent(issue, id -> new ArrayList<>()).addAll(settlements);
    }

    @Override
    public Map<IssueId, List<Settlement>> kept() {
        return Map.copyOf(kept);
    }

    @Override
    public void clear() {
        kept.clear();
    }
}
