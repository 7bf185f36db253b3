package io.courant.web;

import io.courant.issue.Newsletter;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A place where newsletters are at home, as a request sees it.
 *
 * @param path under which their pages stand; empty, or it begins with a slash and ends without one
 * @param own whether the request named the host of the home; if not, pages lead to this host nevertheless
 * @param newsletters at least one; the first gives pages their look that are about none in particular
 */
record Home(String path, boolean own, List<Newsletter> newsletters) {
    Home {
        newsletters = List.copyOf(newsletters);
    }

    Newsletter first() {
        return newsletters.get(0);
    }

    boolean isShared() {
        return newsletters.size() > 1;
    }

    Optional<Newsletter> named(String name) {
        return newsletters.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** The newsletter with its pages where the request looks for them. */
    Newsletter shown(Newsletter newsletter) {
        return own ? newsletter : newsletter.withHome(URI.create(path + "/"));
    }

    /** Web address of the page that lists a newsletter's issues. */
    URI archive(Newsletter newsletter) {
        URI archive = shown(newsletter).archive();
        return isShared() ? archive.resolve(newsletter.name() + "/") : archive;
    }
}
