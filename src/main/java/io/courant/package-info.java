/** Starts the program and wires its packages; nothing imports this one. */
@NullMarked
package io.courant;

import org.jspecify.annotations.NullMarked;
