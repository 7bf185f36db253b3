package io.courant.store;

import io.courant.delivery.Failures;
import io.courant.delivery.FailuresContract;

@EachDatabase
class JdbcFailuresTest extends JdbcLedgerFixture implements FailuresContract {
    @Override
    public Failures failures() {
        return store.failures();
    }
}
