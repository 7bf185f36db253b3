package io.courant.render;

import com.helger.css.decl.CSSDeclaration;
import com.helger.css.writer.CSSWriterSettings;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** A declaration of a style, in small letters. */
record Declared(String property, String value, boolean important) {
    private static final CSSWriterSettings WRITER = new CSSWriterSettings(true);

    static List<Declared> of(Collection<CSSDeclaration> declarations) {
        return declarations.stream()
                .map(one -> new Declared(
                        one.getProperty().toLowerCase(Locale.ROOT),
                        one.getExpression().getAsCSSString(WRITER, 0).toLowerCase(Locale.ROOT),
                        one.isImportant()))
                .toList();
    }
}
