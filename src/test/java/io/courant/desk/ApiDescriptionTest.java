package io.courant.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.editor.ApiToken.Scope;
import io.courant.editor.Permission;
import io.courant.job.Eraser;
import io.courant.job.NextView;
import io.courant.job.SourceView;
import io.courant.job.TestView;
import io.courant.report.ActView;
import io.courant.report.ApprovalView;
import io.courant.report.DeliveryView;
import io.courant.report.EditedView;
import io.courant.report.IssueView;
import io.courant.report.SubscriberView;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.yaml.snakeyaml.Yaml;

/** The description says what there is: no more, no less, and under the right scope. */
class ApiDescriptionTest {
    private static final List<Class<?>> CONTROLLERS = List.of(
            ApiNewsletters.class,
            ApiErrands.class,
            ApiIssues.class,
            ApiSends.class,
            ApiSubscribers.class,
            ApiRecords.class);

    /** Records as the description names them. */
    private static final Map<String, Class<? extends Record>> SCHEMAS = Map.ofEntries(
            Map.entry("Newsletter", ApiNewsletters.NewsletterView.class),
            Map.entry("Next", NextView.class),
            Map.entry("Draft", DraftView.class),
            Map.entry("Edit", EditedView.class),
            Map.entry("Task", ApiErrands.TaskView.class),
            Map.entry("Compose", ApiErrands.Order.class),
            Map.entry("TestCopy", TestView.class),
            Map.entry("Tester", ApiSends.Tester.class),
            Map.entry("Issue", IssueView.class),
            Map.entry("Approval", ApprovalView.class),
            Map.entry("Send", ApiSends.SendView.class),
            Map.entry("SendOrder", ApiSends.Order.class),
            Map.entry("Retry", ApiSends.Again.class),
            Map.entry("Retried", ApiSends.Retried.class),
            Map.entry("Delivery", DeliveryView.class),
            Map.entry("Source", SourceView.class),
            Map.entry("Subscriber", SubscriberView.class),
            Map.entry("Erased", Eraser.Erased.class),
            Map.entry("Act", ActView.class));

    private final Map<String, Object> description = description();

    private static Map<String, Object> description() {
        try (InputStream in = ApiDescription.class.getResourceAsStream(ApiDescription.RESOURCE)) {
            return new Yaml().load(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    /** Each request, with the scope that the description names. */
    private Map<String, String> described() {
        Map<String, String> scopes = new TreeMap<>();
        map(description.get("paths"))
                .forEach((path, item) -> map(item).forEach((method, operation) -> {
                    if (!method.equals("parameters")) {
                        List<?> security =
                                (List<?>) Objects.requireNonNull(map(operation).get("security"));
                        List<?> named = (List<?>)
                                Objects.requireNonNull(map(security.get(0)).get("token"));
                        scopes.put(method.toUpperCase(Locale.ROOT) + " " + path, (String) named.get(0));
                    }
                }));
        return scopes;
    }

    private static Set<String> answered() {
        Set<String> requests = new TreeSet<>();
        for (Class<?> controller : CONTROLLERS) {
            String root = Objects.requireNonNull(
                            AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class))
                    .path()[0];
            for (Method method : controller.getDeclaredMethods()) {
                RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                if (mapping != null) {
                    String path = mapping.path().length == 0 ? "" : mapping.path()[0];
                    requests.add(mapping.method()[0] + " " + root + path);
                }
            }
        }
        return requests;
    }

    private static String scope(Permission permission) {
        return (switch (permission) {
                    case LOOK -> Scope.READ;
                    case EDIT_DRAFTS, SEND_TESTS -> Scope.EDIT;
                    case APPROVE, SEND -> Scope.SEND;
                    case SEE_SUBSCRIBERS, CHANGE_SUBSCRIBERS -> Scope.SUBSCRIBERS;
                    case SEE_AUDIT_LOG -> Scope.AUDIT;
                    case SEE_SETTINGS, CHANGE_ACCOUNTS, CONFIRM_RESTORE ->
                        throw new AssertionError(permission + " is for people");
                })
                .name()
                .toLowerCase(Locale.ROOT);
    }

    @Test
    void itDescribesWhatIsAnswered() {
        assertThat(described().keySet()).isEqualTo(answered());
    }

    @Test
    void itNamesTheScopesThatTheGateAsksFor() {
        Map<String, String> asked = new TreeMap<>();
        ApiRights.RULES.stream()
                .filter(rule -> rule.pattern().startsWith(ApiRights.ROOT))
                .forEach(rule -> asked.put(
                        rule.method() + " " + rule.pattern(), scope(Objects.requireNonNull(rule.permission()))));
        assertThat(described()).isEqualTo(asked);
    }

    @Test
    void itNamesWhatIsAnsweredAndAskedFor() {
        Map<String, Object> schemas = map(map(description.get("components")).get("schemas"));
        SCHEMAS.forEach((name, type) -> assertThat(
                        map(map(schemas.get(name)).get("properties")).keySet())
                .as(name)
                .containsExactlyElementsOf(Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList()));
    }

    @Test
    void whatSendsMailBearsAnIdempotencyKey() {
        Set<String> keyed = new TreeSet<>();
        map(description.get("paths")).forEach((path, item) -> {
            if (item.toString().contains("/idempotencyKeyOfMail")) {
                keyed.add(path);
            }
        });
        assertThat(keyed).containsExactlyInAnyOrderElementsOf(ApiRights.SENDS);
    }

    @Test
    void whatItPointsToIsThere() {
        Set<String> pointers = new HashSet<>();
        gather(description, pointers);
        assertThat(pointers).isNotEmpty().allSatisfy(pointer -> {
            @Nullable Object at = description;
            for (String step : List.of(pointer.substring(2).split("/", -1))) {
                at = map(at).get(step);
                assertThat(at).as(pointer).isNotNull();
            }
        });
    }

    private static void gather(Object value, Set<String> pointers) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, child) -> {
                if (key.equals("$ref")) {
                    pointers.add((String) child);
                }
                gather(child, pointers);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(child -> gather(child, pointers));
        }
    }
}
