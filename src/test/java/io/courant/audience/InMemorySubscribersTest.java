package io.courant.audience;

class InMemorySubscribersTest implements SubscribersContract {
    private final Subscribers subscribers = new InMemorySubscribers();

    @Override
    public Subscribers subscribers() {
        return subscribers;
    }
}
