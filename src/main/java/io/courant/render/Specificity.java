package io.courant.render;

import com.helger.css.decl.CSSSelector;
import com.helger.css.decl.CSSSelectorAttribute;
import com.helger.css.decl.CSSSelectorMemberFunctionLike;
import com.helger.css.decl.CSSSelectorMemberNot;
import com.helger.css.decl.CSSSelectorSimpleMember;
import com.helger.css.decl.ICSSSelectorMember;
import java.util.Comparator;

/** How specific a selector is, Selectors Level 4 §17: ids, then classes and attributes, then element names. */
record Specificity(int ids, int classes, int elements) implements Comparable<Specificity> {
    private static final Comparator<Specificity> ORDER = Comparator.comparingInt(Specificity::ids)
            .thenComparingInt(Specificity::classes)
            .thenComparingInt(Specificity::elements);
    private static final Specificity NONE = new Specificity(0, 0, 0);

    static Specificity of(CSSSelector selector) {
        return selector.getAllMembers().stream().map(Specificity::of).reduce(NONE, Specificity::plus);
    }

    private static Specificity of(ICSSSelectorMember member) {
        if (member instanceof CSSSelectorMemberNot not) {
            return not.getAllSelectors().stream()
                    .map(Specificity::of)
                    .max(Comparator.naturalOrder())
                    .orElse(NONE);
        } else if (member instanceof CSSSelectorSimpleMember simple) {
            return new Specificity(
                    simple.isHash() ? 1 : 0,
                    simple.isClass() || simple.isPseudo() ? 1 : 0,
                    simple.isElementName() && !simple.getValue().equals("*") ? 1 : 0);
        } else if (member instanceof CSSSelectorAttribute) {
            return new Specificity(0, 1, 0);
        } else if (member instanceof CSSSelector nested) {
            return of(nested);
        }
        // What is left are combinators, which weigh nothing, and :nth-…(), which weighs as a class.
        return member instanceof CSSSelectorMemberFunctionLike ? new Specificity(0, 1, 0) : NONE;
    }

    private Specificity plus(Specificity other) {
        return new Specificity(ids + other.ids, classes + other.classes, elements + other.elements);
    }

    @Override
    public int compareTo(Specificity other) {
        return ORDER.compare(this, other);
    }
}
