package io.courant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bill of materials that travels in the jar; Maven makes it before it compiles. */
class SbomTest {
    @Test
    void itNamesEachLibraryThatTheProgramAsksForWithItsVersion() throws Exception {
        List<String> named = new ArrayList<>();
        for (JsonNode component : bom().get("components")) {
            assertThat(component.get("version").asString()).isNotEmpty();
            named.add(component.get("group").asString() + ":"
                    + component.get("name").asString());
        }
        assertThat(named).containsAll(dependencies(false)).doesNotContainAnyElementsOf(dependencies(true));
    }

    private static JsonNode bom() throws IOException {
        try (InputStream bom = SbomTest.class.getResourceAsStream("/META-INF/sbom/application.cdx.json")) {
            assumeTrue(bom != null, "not built by Maven");
            return JsonMapper.builder().build().readTree(bom);
        }
    }

    /** What pom.xml asks for outside its profiles: for tests, or for the program. */
    private static List<String> dependencies(boolean forTests) throws Exception {
        Element project = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile())
                .getDocumentElement();
        NodeList all = project.getElementsByTagName("dependency");
        List<String> dependencies = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            Element dependency = (Element) all.item(i);
            Node list = dependency.getParentNode();
            if (list != null
                    && project.equals(list.getParentNode())
                    && text(dependency, "scope").equals("test") == forTests) {
                dependencies.add(text(dependency, "groupId") + ":" + text(dependency, "artifactId"));
            }
        }
        assertThat(dependencies).isNotEmpty();
        return dependencies;
    }

    private static String text(Element element, String name) {
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeName().equals(name)) {
                return child.getTextContent();
            }
        }
        return "";
    }
}
