package io.courant.upkeep;

/**
 * The database could not be read or written.
 *
 * @param words what became of it, what it said itself, and what to do
 * @param mayPass whether it may be over in a while without anybody doing anything
 */
public record DatabaseAccident(String words, boolean mayPass) {
    /**
     * What to tell people.
     *
     * @param database where it is
     */
    public String message(String database) {
        return database + ": the database " + words;
    }
}
