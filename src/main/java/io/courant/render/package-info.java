/**
 * Turns an issue into a subject, an HTML text and a plain text with the editors' FreeMarker templates.
 * A template sees records and nothing that acts. What is personal to a reader stays a {@link io.courant.render.Hole}
 * in the result, so an issue is rendered once for all its readers.
 */
@NullMarked
package io.courant.render;

import org.jspecify.annotations.NullMarked;
