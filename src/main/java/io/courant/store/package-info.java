/**
 * Where everything is remembered: the ports of the feature packages, implemented with JDBC on SQLite.
 * One connection writes, a pool of read-only connections reads (SQLite allows one writer). Instants are epoch
 * milliseconds. SQL stands beside the code that reads its rows; tables are made by Flyway scripts under
 * {@code db/sqlite}, which are never edited once applied.
 */
@NullMarked
package io.courant.store;

import org.jspecify.annotations.NullMarked;
