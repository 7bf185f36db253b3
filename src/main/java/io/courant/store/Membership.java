package io.courant.store;

import io.courant.audience.Segment;
import java.util.HashMap;
import java.util.Map;

/** Who reads a newsletter, as conditions on {@code subscriber s} and {@code reader p}, its row for the newsletter. */
final class Membership {
    /** To follow {@code subscriber s}; wants the parameter {@code newsletter}. */
    static final String JOIN = " left join reader p on p.newsletter = :newsletter and p.subscriber_id = s.id";

    /** Who left since they were counted in; a segment is not asked again. */
    static final String GONE =
            "(s.state = 'ERASED' or p.left_at is not null or s.state <> 'ACTIVE' and p.joined_at is null)";

    private Membership() {}

    /** Holds for those who read it; wants {@link #parameters}. */
    static String of(Segment segment) {
        StringBuilder listed = new StringBuilder("s.state = 'ACTIVE'");
        if (!segment.tags().isEmpty()) {
            listed.append(
                    " and exists (select 1 from subscriber_tag t where t.subscriber_id = s.id and t.tag in (:tags))");
        }
        if (!segment.topics().isEmpty()) {
            listed.append(" and (coalesce(p.topics, '[]') = '[]'"
                    + " or exists (select 1 from json_each(p.topics) where value in (:topics)))");
        }
        if (!segment.languages().isEmpty()) {
            listed.append(" and lower(substr(coalesce(s.language, ''), 1,"
                    + " instr(coalesce(s.language, '') || '-', '-') - 1)) in (:languages)");
        }
        if (segment.joinedSince() != null) {
            listed.append(" and s.joined >= :joinedSince");
        }
        return "(p.left_at is null and (p.joined_at is not null or " + listed + ") and s.state <> 'ERASED')";
    }

    static Map<String, Object> parameters(String newsletter, Segment segment) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("newsletter", newsletter);
        parameters.put("tags", segment.tags());
        parameters.put("topics", segment.topics());
        parameters.put("languages", segment.languages());
        if (segment.joinedSince() != null) {
            parameters.put("joinedSince", segment.joinedSince().toEpochMilli());
        }
        return parameters;
    }
}
