package io.courant.delivery;

/**
 * One form of an issue's message, stored once for all who get it.
 *
 * @param name unique within the issue
 */
public record Variant(String name, MessageTemplate message) {}
