/**
 * The subscribers' pages, over HTTP. GET, HEAD and OPTIONS change nothing (RFC 9110 §9.2.1), since programs follow the
 * links of mails before people do; a POST of RFC 8058 acts at once. Who somebody is, is said by the signed token in the
 * address and by nothing else: there are no cookies, no sessions and no scripts.
 *
 * <p>A token that is wrong, too old, or of somebody who is not known gets the same bytes as any other that leads nowhere.
 * Nothing that comes with a request – a Host, a forwarded address – is repeated in an answer, but for what was typed
 * into a form.
 */
@NullMarked
package io.courant.web;

import org.jspecify.annotations.NullMarked;
