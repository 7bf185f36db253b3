/**
 * Where everything is remembered: the ports of the feature packages, implemented with JDBC on SQLite and PostgreSQL. One
 * implementation serves both; what truly differs is a method of {@link io.courant.store.Dialect}. Instants are epoch
 * milliseconds, and text is ordered by its bytes. SQL stands beside the code that reads its rows; tables are made by
 * Flyway scripts under {@code db/sqlite} and {@code db/postgresql}, which are numbered alike and never edited once applied.
 *
 * <p>SQLite has one connection that writes, so a transaction that has read something finds it unchanged when it writes.
 * All but the deliveries rely on that, and PostgreSQL is made to keep it: its transactions come one after the other, too,
 * whichever machine begins them. The price is that sign-ups wait while an issue is planned; claims and outcomes, of which
 * there are many, touch rows of their own only and overlap.
 */
@NullMarked
package io.courant.store;

import org.jspecify.annotations.NullMarked;
