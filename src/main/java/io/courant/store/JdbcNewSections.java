package io.courant.store;

import io.courant.issue.NewSections;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcNewSections implements NewSections {
    private static final String NEW = """
            select s.id, s.heading, s.subheadings, s.text, p.title, p.link, p.source, p.published,
                   c.section_id is not null as waited
            from section s
              join post p on p.id = s.post_id
              left join carried_over c on c.newsletter = :newsletter and c.section_id = s.id
            where p.source in (:sources)
              and not exists (select 1 from issued_section i where i.newsletter = :newsletter and i.section_id = s.id)
            order by s.id
            """;

    private final JdbcClient read;

    JdbcNewSections(JdbcClient read) {
        this.read = read;
    }

    @Override
    public List<NewSection> of(String newsletter, Collection<String> sources) {
        if (sources.isEmpty()) {
            return List.of();
        }
        return read.sql(NEW)
                .param("sources", sources)
                .param("newsletter", newsletter)
                .query((row, number) -> new NewSection(JdbcSectionedPosts.section(row), row.getBoolean("waited")))
                .list();
    }
}
