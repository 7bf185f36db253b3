package io.courant.store;

import io.courant.delivery.DomainGroups;
import io.courant.delivery.DomainGroups.DomainGroup;
import java.util.ArrayList;
import java.util.List;

/**
 * The group of a domain as an SQL expression, so that a million deliveries are planned without leaving the database.
 * {@link DomainGroup} lets nothing into names and domains that would have to be quoted.
 */
final class GroupExpression {
    private GroupExpression() {}

    /** @param domain an expression for the domain in small letters */
    static String of(DomainGroups groups, String domain) {
        StringBuilder cases = new StringBuilder();
        for (DomainGroup group : groups.groups()) {
            List<String> tests = new ArrayList<>();
            for (String one : group.domains()) {
                tests.add(
                        one.endsWith(".*")
                                ? domain + " like '" + one.substring(0, one.length() - 1) + "%'"
                                : domain + " = '" + one + "'");
            }
            if (!tests.isEmpty()) {
                cases.append(" when ")
                        .append(String.join(" or ", tests))
                        .append(" then '")
                        .append(Rows.groupColumn(group.name()))
                        .append("'");
            }
        }
        return cases.isEmpty() ? "''" : "case" + cases + " else '' end";
    }
}
