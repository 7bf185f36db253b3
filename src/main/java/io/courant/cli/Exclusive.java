package io.courant.cli;

import io.courant.job.HomeLock;

/** A session that nobody else changes issues beside. A dry run needs no lock: it has a copy of its own. */
record Exclusive(HomeLock lock, Program.Session session) implements Program.Session {

    static Program.Session open(Program program, Settings settings, String purpose) {
        if (settings.scratch()) {
            return program.open(settings);
        }
        HomeLock lock = HomeLock.take(settings.home(), purpose);
        try {
            return new Exclusive(lock, program.open(settings));
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public <T> T get(Class<T> type) {
        return session.get(type);
    }

    @Override
    public void close() {
        try {
            session.close();
        } finally {
            lock.close();
        }
    }
}
