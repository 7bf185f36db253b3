/**
 * A mail world in miniature: {@link io.courant.lab.FakeRelay}, an SMTP server (RFC 5321) that behaves as told and
 * remembers what it took, and {@link io.courant.lab.Audit}, which holds this memory against the ledger.
 *
 * <p>What the relay said 250 to stands in its log, on disk, before the 250 leaves: the log may know of a copy that the
 * sender never heard about, but never the other way round. That makes it the witness in every test of a fault, whoever
 * was killed at whatever moment, the relay included. The audit asks the ledger's ports only and changes nothing.
 *
 * <p>This is a part of the program and not of its tests, because an editor's first question is the testers' one too:
 * what would happen if the relay did that? The demo, the tests and {@code courant relay} share one server, so there is
 * one idea of how a relay behaves; the price is a room of the house that no newsletter passes through. Only the
 * command line comes in here. The relay listens on the machine's own address only: it takes mail for anybody.
 */
@NullMarked
package io.courant.lab;

import org.jspecify.annotations.NullMarked;
