package io.courant.delivery;

import io.courant.audience.EmailAddress;

/**
 * What the relay is told before the message, RFC 5321 §2.3.1. One recipient each, so that every answer is about one
 * person.
 *
 * @param reversePath where bounces go
 */
public record Envelope(EmailAddress reversePath, EmailAddress recipient) {}
