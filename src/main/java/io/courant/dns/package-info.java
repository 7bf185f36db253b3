/**
 * What DNS says of the domain that a newsletter is sent from, as receivers will ask it: SPF (RFC 7208), DKIM (RFC 6376),
 * DMARC (RFC 7489), and where bounces come back. {@link io.courant.dns.Doctor} asks the {@link io.courant.dns.Records}
 * and gives a {@link io.courant.dns.Check} for each, with the record to add where one is wrong.
 *
 * <p>DNS is asked through the provider that comes with Java: it reads TXT strings apart, and it asks TCP when an answer
 * is too long for UDP. The price is that it does not validate DNSSEC, which is left to the resolver.
 */
@NullMarked
package io.courant.dns;

import org.jspecify.annotations.NullMarked;
