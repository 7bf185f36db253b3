/**
 * What Courant says to readers in their own language. It knows the languages that have a file of phrases here, and falls
 * back to English for every other; which of two forms a number asks for follows the plural rules of Unicode CLDR, as
 * far as these languages need them.
 */
@NullMarked
package io.courant.words;

import org.jspecify.annotations.NullMarked;
