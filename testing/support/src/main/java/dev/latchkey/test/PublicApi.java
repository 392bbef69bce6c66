package dev.latchkey.test;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints what applications may rely on, so that every change of it is seen in review. */
public final class PublicApi {
  private PublicApi() {}

  /**
   * Prints the types whose full names match a pattern.
   *
   * @throws IllegalStateException if one cannot be loaded
   */
  public static String print(String names) {
    return types(names).map(PublicApi::describe).collect(Collectors.joining("\n"));
  }

  private static Stream<Class<?>> types(String names) {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.latchkey")
            .stream()
            .map(JavaClass::getName)
            .filter(name -> name.matches(names))
            .sorted()
            .<Class<?>>map(PublicApi::load)
            .filter(PublicApi::isVisible);
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PublicApi.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isVisible(Class<?> type) {
    return isVisible(type.getModifiers())
        && (type.getDeclaringClass() == null || isVisible(type.getDeclaringClass()));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static String describe(Class<?> type) {
    List<String> lines = new ArrayList<>();
    members(type.getDeclaredFields()).map(f -> line(f, f.getAnnotatedType())).forEach(lines::add);
    members(type.getDeclaredConstructors()).map(PublicApi::line).forEach(lines::add);
    members(type.getDeclaredMethods()).map(PublicApi::line).forEach(lines::add);
    lines.sort(null);
    lines.add(0, head(type));
    return String.join("\n  ", lines) + "\n";
  }

  private static <T extends Member & AnnotatedElement> Stream<T> members(T[] declared) {
    return Arrays.stream(declared)
        .filter(member -> isVisible(member.getModifiers()) && !member.isSynthetic());
  }

  private static String head(Class<?> type) {
    return mark(type)
        + type.toGenericString()
        + list(" extends ", superclass(type))
        + list(type.isInterface() ? " extends " : " implements ", type.getAnnotatedInterfaces());
  }

  private static AnnotatedType[] superclass(Class<?> type) {
    return type.isInterface() || type.getSuperclass() == Object.class
        ? new AnnotatedType[0]
        : new AnnotatedType[] {type.getAnnotatedSuperclass()};
  }

  private static String line(Field field, AnnotatedType type) {
    return mark(field)
        + Modifier.toString(field.getModifiers())
        + " "
        + name(type)
        + " "
        + field.getName();
  }

  private static String line(Executable code) {
    int modifiers = code.getModifiers() & (Modifier.methodModifiers() & ~Modifier.SYNCHRONIZED);
    boolean isDefault = code instanceof Method method && method.isDefault();
    return mark(code)
        + (isDefault ? "default " : "")
        + Modifier.toString(modifiers)
        + " "
        + typeParameters(code)
        + (code instanceof Constructor
            ? code.getDeclaringClass().getSimpleName()
            : name(code.getAnnotatedReturnType()) + " " + code.getName())
        + Arrays.stream(code.getAnnotatedParameterTypes())
            .map(PublicApi::name)
            .collect(Collectors.joining(", ", "(", ")"))
        + list(" throws ", code.getAnnotatedExceptionTypes());
  }

  private static String typeParameters(Executable code) {
    return code.getTypeParameters().length == 0
        ? ""
        : Arrays.stream(code.getTypeParameters())
            .map(Object::toString)
            .collect(Collectors.joining(", ", "<", "> "));
  }

  private static String mark(AnnotatedElement element) {
    return element.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "";
  }

  private static String list(String before, AnnotatedType... types) {
    return types.length == 0
        ? ""
        : Arrays.stream(types).map(PublicApi::name).collect(Collectors.joining(", ", before, ""));
  }

  /** Names a type as in source, with its nullness. */
  private static String name(AnnotatedType type) {
    return type.toString()
        .replace("@org.jspecify.annotations.Nullable()", "@Nullable")
        .replace("@org.jspecify.annotations.Nullable", "@Nullable")
        .replaceAll("java\\.(lang|util|time|io)\\.(@Nullable )?(?=[A-Z])", "$2");
  }
}
