/**
 * Sets the work going: job files, and one Spring Batch job each for collect, compose and send.
 * A job reads as a list of its steps; what the steps do is in the feature packages. No step holds a database
 * transaction open around its work, because SQLite has one writer and mail cannot be rolled back; the ports commit
 * their own short transactions, so every step runs with a {@code ResourcelessTransactionManager}.
 */
@NullMarked
package io.courant.job;

import org.jspecify.annotations.NullMarked;
