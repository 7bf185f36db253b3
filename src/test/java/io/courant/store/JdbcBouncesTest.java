package io.courant.store;

import io.courant.bounce.Bounces;
import io.courant.bounce.BouncesContract;

@EachDatabase
class JdbcBouncesTest extends JdbcLedgerFixture implements BouncesContract {
    @Override
    public Bounces bounces() {
        return store.bounces();
    }
}
