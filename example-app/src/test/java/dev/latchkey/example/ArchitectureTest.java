package dev.latchkey.example;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which package may know which: knowledge points downwards only. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.latchkey");

  private static final List<String> EVERYBODY =
      List.of("java.lang..", "java.util..", "java.time..", "org.jspecify..");

  /** A package, and whom else it may know, besides itself and what everybody may. */
  @ParameterizedTest
  @CsvSource({
    "dev.latchkey.auth, java.io java.security",
    "dev.latchkey.manage, dev.latchkey.auth java.nio.charset java.security",
    "dev.latchkey.internal.threads, java.util.concurrent",
    "dev.latchkey.internal.json, java.lang",
    "dev.latchkey.internal.audit, dev.latchkey.manage dev.latchkey.internal.json"
        + " dev.latchkey.internal.log",
    "dev.latchkey.internal.log, java.sql",
    "dev.latchkey.internal.path, java.lang",
    "dev.latchkey.internal.tracing, dev.latchkey.auth io.opentelemetry.api..",
    "dev.latchkey.internal.http, java.lang",
    "dev.latchkey.internal.key, dev.latchkey.manage java.security java.nio java.nio.charset",
    "dev.latchkey.internal.scope, dev.latchkey.auth dev.latchkey.manage dev.latchkey.internal.path",
    "dev.latchkey.internal.settings, dev.latchkey.internal.key dev.latchkey.internal.path"
        + " dev.latchkey.internal.scope"
        + " dev.latchkey.internal.store"
        + " java.nio.file",
    "dev.latchkey.internal.store, dev.latchkey.auth dev.latchkey.manage dev.latchkey.internal.key",
    "dev.latchkey.internal.store.jdbc, dev.latchkey.auth dev.latchkey.manage"
        + " dev.latchkey.internal.store dev.latchkey.internal.json"
        + " dev.latchkey.internal.key dev.latchkey.internal.threads dev.latchkey.internal.log"
        + " dev.latchkey.internal.settings java.sql javax.sql javax.naming java.security java.io java.nio.file"
        + " com.zaxxer.hikari org.flywaydb..",
    "dev.latchkey.internal.auth, dev.latchkey.auth dev.latchkey.internal.store"
        + " dev.latchkey.internal.key dev.latchkey.internal.log dev.latchkey.internal.settings"
        + " java.security com.github.benmanes.caffeine.cache",
    "dev.latchkey.internal.manage, dev.latchkey.auth dev.latchkey.manage"
        + " dev.latchkey.internal.store dev.latchkey.internal.key dev.latchkey.internal.scope"
        + " dev.latchkey.internal.settings dev.latchkey.internal.json java.nio java.nio.charset"
        + " java.security",
    "dev.latchkey, dev.latchkey.auth dev.latchkey.manage dev.latchkey.internal.audit"
        + " dev.latchkey.internal.auth"
        + " dev.latchkey.internal.key dev.latchkey.internal.log dev.latchkey.internal.manage"
        + " dev.latchkey.internal.scope dev.latchkey.internal.settings dev.latchkey.internal.store"
        + " dev.latchkey.internal.store.jdbc dev.latchkey.internal.threads java.security"
        + " java.io java.nio.charset java.nio.file javax.sql",
    "dev.latchkey.internal.servlet, dev.latchkey dev.latchkey.auth dev.latchkey.internal.settings"
        + " jakarta.servlet",
    "dev.latchkey.servlet, dev.latchkey dev.latchkey.auth dev.latchkey.internal.auth"
        + " dev.latchkey.internal.http dev.latchkey.internal.path dev.latchkey.internal.scope"
        + " dev.latchkey.internal.servlet dev.latchkey.internal.settings"
        + " dev.latchkey.internal.tracing"
        + " jakarta.servlet jakarta.servlet.http java.io java.nio.charset java.security",
    "dev.latchkey.micrometer, dev.latchkey io.micrometer.core.instrument..",
    "dev.latchkey.admin, dev.latchkey dev.latchkey.auth dev.latchkey.manage"
        + " dev.latchkey.internal.audit dev.latchkey.internal.http dev.latchkey.internal.json"
        + " dev.latchkey.internal.log"
        + " dev.latchkey.internal.manage dev.latchkey.internal.servlet"
        + " jakarta.servlet jakarta.servlet.http java.io java.net java.nio java.nio.charset java.security"
        + " tools.jackson.core tools.jackson.core.json java.math"
  })
  void aPackageKnowsOnlyThoseBelowIt(String itself, String others) {
    String[] allowed =
        java.util.stream.Stream.of(EVERYBODY.stream(), Arrays.stream(others.split(" ")))
            .flatMap(names -> names)
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(itself)
        .should()
        .onlyDependOnClassesThat(
            JavaClass.Predicates.resideInAPackage(itself)
                .or(JavaClass.Predicates.resideInAnyPackage(allowed))
                .or(primitives()))
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> primitives() {
    return DescribedPredicate.describe(
        "primitives and arrays of them", type -> type.getPackageName().isEmpty());
  }

  @Test
  void containersAreUnknownOutsideTheExample() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.latchkey.example..", "dev.latchkey.test..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.eclipse.jetty..", "org.apache.catalina..", "io.undertow..")
        .check(CLASSES);
  }

  @Test
  void hashingStaysBehindTheService() {
    noClasses()
        .that()
        .resideInAPackage("dev.latchkey.admin")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("dev\\.latchkey\\.internal\\.key\\.Key(Hash|Hasher|Parser|Generator)")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.latchkey.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  /** An application can name all that it is given, and all that it is asked for. */
  @Test
  void publicSignaturesNameNothingInternal() {
    classes()
        .that()
        .arePublic()
        .and()
        .resideInAnyPackage(
            "dev.latchkey",
            "dev.latchkey.auth",
            "dev.latchkey.manage",
            "dev.latchkey.micrometer",
            "dev.latchkey.servlet",
            "dev.latchkey.admin")
        .should(nameNothingInternal())
        .check(CLASSES);
  }

  private static ArchCondition<JavaClass> nameNothingInternal() {
    return new ArchCondition<>("name nothing internal") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Set<JavaClass> named = new HashSet<>(type.getAllRawSuperclasses());
        named.addAll(type.getAllRawInterfaces());
        type.getCodeUnits().stream()
            .filter(unit -> isForOthers(unit.getModifiers()))
            .forEach(
                unit -> {
                  named.addAll(unit.getReturnType().getAllInvolvedRawTypes());
                  unit.getParameterTypes().forEach(of -> named.addAll(of.getAllInvolvedRawTypes()));
                  named.addAll(unit.getExceptionTypes());
                });
        type.getFields().stream()
            .filter(field -> isForOthers(field.getModifiers()))
            .forEach(field -> named.addAll(field.getType().getAllInvolvedRawTypes()));
        for (JavaClass other : named) {
          if (other.getPackageName().startsWith("dev.latchkey.internal")) {
            events.add(
                SimpleConditionEvent.violated(type, type.getName() + " names " + other.getName()));
          }
        }
      }
    };
  }

  private static boolean isForOthers(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  /** No static state: static fields are constants. */
  @Test
  void staticFieldsAreFinal() {
    com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields()
        .that()
        .areStatic()
        .and(DescribedPredicate.describe("are ours", field -> !field.getName().startsWith("$")))
        .should()
        .beFinal()
        .check(CLASSES);
    classes().that(alwaysTrue()).should().resideInAPackage("dev.latchkey..").check(CLASSES);
  }
}
