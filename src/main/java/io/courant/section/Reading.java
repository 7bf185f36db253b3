package io.courant.section;

import java.util.Map;

/**
 * What a section says, in numbers: how often it has each seed term and each word.
 *
 * @param seeds how often each seed term that occurs stands in each field; a term is known by its number
 * @param lengths words in each field, stop words not counted
 * @param words what the section is made of
 */
record Reading(Map<Integer, Map<Field, Integer>> seeds, Map<Field, Integer> lengths, WordCounts words) {}
