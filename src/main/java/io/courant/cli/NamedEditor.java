package io.courant.cli;

import io.courant.editor.Editor;
import io.courant.editor.Editors;
import io.courant.render.Nearest;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The editor that a command is about. */
final class NamedEditor {
    @Parameters(index = "0", paramLabel = "NAME", description = "The editor's name.")
    private String name = "";

    /**
     * Finds them.
     *
     * @throws IllegalArgumentException if there is nobody of that name
     */
    Editor find(Program.Session session) {
        Editors editors = session.get(Editors.class);
        return editors.find(name).orElseThrow(() -> {
            List<String> names = editors.list().stream().map(Editor::name).toList();
            return new IllegalArgumentException(
                    "no editor '" + name + "'" + Nearest.hint(name, names) + "; 'courant users' lists them");
        });
    }
}
