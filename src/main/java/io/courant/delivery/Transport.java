package io.courant.delivery;

import java.util.List;

/** How a newsletter's mail leaves: by which relays, how fast to whom, and what happens when all does not go well. */
public record Transport(List<Route> routes, DomainGroups groups, DeliveryPolicy policy) {
    public Transport {
        routes = List.copyOf(routes);
        if (routes.isEmpty()) {
            throw new IllegalArgumentException("mail needs a relay to leave by");
        }
    }
}
