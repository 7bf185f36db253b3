/**
 * The {@code courant} command. A command parses its input, calls the packages that do the work, and prints: results
 * to standard output, explanations and progress to standard error. Exit codes are in {@code ExitCode}.
 */
@NullMarked
package io.courant.cli;

import org.jspecify.annotations.NullMarked;
