package io.courant.store;

import io.courant.delivery.DeliveriesContract;
import io.courant.delivery.FrozenIssuesContract;
import io.courant.delivery.LedgerContract;

@EachDatabase
class JdbcLedgerTest extends JdbcLedgerFixture implements DeliveriesContract, LedgerContract, FrozenIssuesContract {}
