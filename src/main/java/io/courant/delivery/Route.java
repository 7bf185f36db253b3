package io.courant.delivery;

/**
 * A relay and its part of the mail. While all relays keep up, each gets messages in proportion to its weight; what one
 * of them cannot take in time goes to the others.
 *
 * @param weight 1 or more
 */
public record Route(Relay relay, int weight, Pace pace) {
    public Route {
        if (weight < 1) {
            throw new IllegalArgumentException("a relay's weight must be at least 1, not " + weight);
        }
    }

    /** What the pace and the rests of this relay are remembered by. */
    String key() {
        return "relay " + relay.name();
    }
}
