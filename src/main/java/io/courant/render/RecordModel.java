package io.courant.render;

import freemarker.template.ObjectWrapper;
import freemarker.template.SimpleCollection;
import freemarker.template.SimpleNumber;
import freemarker.template.SimpleScalar;
import freemarker.template.SimpleSequence;
import freemarker.template.TemplateBooleanModel;
import freemarker.template.TemplateCollectionModel;
import freemarker.template.TemplateHashModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as a template sees it: its components and nothing else, so there is no method that a template could call.
 * FreeMarker's own wrapper would show every public method.
 */
final class RecordModel implements TemplateHashModelEx {
    private final Record record;
    private final Map<String, TemplateModel> extras;
    private final Wrapper wrapper;

    private RecordModel(Record record, Map<String, TemplateModel> extras, Wrapper wrapper) {
        this.record = record;
        this.extras = extras;
        this.wrapper = wrapper;
    }

    /** @param extras what stands beside the components, such as functions */
    static RecordModel root(Record record, Map<String, TemplateModel> extras, Wrapper wrapper) {
        return new RecordModel(record, extras, wrapper);
    }

    @Override
    public @Nullable TemplateModel get(String key) throws TemplateModelException {
        TemplateModel extra = extras.get(key);
        if (extra != null) {
            return extra;
        }
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            if (component.getName().equals(key)) {
                return wrapper.wrap(value(component));
            }
        }
        wrapper.watch.unknown(key, this);
        return null;
    }

    /** The names that may be asked for. */
    List<String> names() {
        List<String> names = new ArrayList<>(extras.keySet());
        Arrays.stream(record.getClass().getRecordComponents())
                .map(RecordComponent::getName)
                .forEach(names::add);
        return names;
    }

    boolean isRoot() {
        return !extras.isEmpty();
    }

    @Override
    public boolean isEmpty() {
        return false;
    }

    @Override
    public int size() {
        return names().size();
    }

    @Override
    public TemplateCollectionModel keys() {
        return new SimpleCollection(names(), wrapper);
    }

    @Override
    public TemplateCollectionModel values() throws TemplateModelException {
        List<@Nullable TemplateModel> values = new ArrayList<>();
        for (String name : names()) {
            values.add(get(name));
        }
        return new SimpleCollection(values, wrapper);
    }

    private @Nullable Object value(RecordComponent component) throws TemplateModelException {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true); // a record may be its package's own
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new TemplateModelException("cannot read " + component.getName(), e);
        }
    }

    /** Shows records, lists, texts, numbers and truth values, and refuses every other object. */
    static final class Wrapper implements ObjectWrapper {
        private final Watch watch;

        Wrapper(Watch watch) {
            this.watch = watch;
        }

        @Override
        public @Nullable TemplateModel wrap(@Nullable Object value) throws TemplateModelException {
            if (value == null || value instanceof TemplateModel) {
                return (TemplateModel) value;
            } else if (value instanceof String text) {
                return new SimpleScalar(text);
            } else if (value instanceof Number number) {
                return new SimpleNumber(number);
            } else if (value instanceof Boolean truth) {
                return truth ? TemplateBooleanModel.TRUE : TemplateBooleanModel.FALSE;
            } else if (value instanceof List<?> list) {
                return new SimpleSequence(list, this);
            } else if (value instanceof Record part) {
                return new RecordModel(part, Map.of(), this);
            }
            throw new TemplateModelException(
                    "a template cannot see a " + value.getClass().getSimpleName());
        }
    }
}
