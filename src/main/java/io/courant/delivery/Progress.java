package io.courant.delivery;

/**
 * How far an issue has got.
 *
 * @param accepted by the relay, earlier runs included
 * @param total deliveries that may be sent
 * @param perSecond answers of the relay a second, in this run
 */
public record Progress(long accepted, long total, double perSecond) {}
