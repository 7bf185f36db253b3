package io.courant.section;

/**
 * A word or phrase that is used more than before.
 *
 * @param count how often it stands in the window
 * @param before how often it stood before
 * @param z its log-odds ratio in standard deviations; good for an order, too optimistic for a test
 */
public record Rising(String words, int count, int before, double z) {}
