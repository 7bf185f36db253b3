package io.courant.delivery;

/** A run over an issue that delivers it in one part. */
public final class WholeRun {
    private WholeRun() {}

    public static Summary deliver(
            Courier courier, FrozenIssue issue, Personalizer personalizer, Scope scope, Conductor conductor) {
        Courier.Opening opening = courier.open(issue.issue().id());
        Part part = courier.deliver(issue, personalizer, scope, SubscriberRange.ALL, "test", conductor);
        return courier.close(issue.issue().id(), opening, part);
    }
}
