package io.courant;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** What {@link HouseTest} asks of a class's users. */
final class ArchUse {
    private ArchUse() {}

    static ArchCondition<JavaClass> beUsedOutsideTheirPackage(JavaClasses code) {
        return new ArchCondition<>("be used outside their package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean used = code.stream()
                        .filter(other -> !other.getPackageName().equals(type.getPackageName()))
                        .flatMap(other -> other.getDirectDependenciesFromSelf().stream())
                        .anyMatch(dependency -> dependency
                                        .getTargetClass()
                                        .getBaseComponentType()
                                        .getName()
                                        .equals(type.getName())
                                || dependency.getTargetClass().getName().startsWith(type.getName() + "$"));
                if (!used && !isInAPublicSignature(type)) {
                    events.add(SimpleConditionEvent.violated(
                            type, type.getName() + " is public, but only its own package uses it"));
                }
            }
        };
    }

    /** Whoever calls a public method gets its result, even without naming the type. */
    private static boolean isInAPublicSignature(JavaClass type) {
        return type.getPackage().getClasses().stream()
                .filter(other -> !other.equals(type) && other.getModifiers().contains(JavaModifier.PUBLIC))
                .flatMap(other -> other.getMethods().stream())
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                .anyMatch(method -> method.getAllInvolvedRawTypes().contains(type));
    }
}
