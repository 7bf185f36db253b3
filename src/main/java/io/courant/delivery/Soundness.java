package io.courant.delivery;

import java.util.List;

/** Whether what keeps the ledger is in order itself. */
public interface Soundness {
    /** What is wrong, one line each; empty when the store is whole and nothing in it refers to what is not there. */
    List<String> problems();
}
