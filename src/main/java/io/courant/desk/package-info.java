/**
 * The editors' desk, over HTTP: what comes next, the draft, approval, the send as it runs, and what became of it. It is a
 * server of its own beside the subscribers' pages, so that no cookie and no session of the one meets the other.
 *
 * <p>Every action is a plain form; htmx only saves loading the whole page. GET changes nothing, a POST needs the session's
 * CSRF token, and each request needs a permission that {@link io.courant.desk.Rights} names. What comes from feeds is
 * shown as text; a mail is shown in a frame that runs nothing and loads nothing.
 *
 * <p>Programs do the same below {@code /api/v1}, by a chain of filters of their own: a token instead of a session, no cookie,
 * the permissions of {@link io.courant.desk.ApiRights}, and answers with the names of the commands' {@code --json}.
 */
@NullMarked
package io.courant.desk;

import org.jspecify.annotations.NullMarked;
