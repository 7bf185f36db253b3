/**
 * How machines that work for one installation share the parts of an issue: an Artemis broker, a queue of what is to be
 * done and one of what was set aside, and the workers that take from it. Which mail is sent is decided by the ledger
 * alone, so a part may be handed out twice, and is rather than lost. Nothing here waits for ever.
 */
@NullMarked
package io.courant.cluster;

import org.jspecify.annotations.NullMarked;
