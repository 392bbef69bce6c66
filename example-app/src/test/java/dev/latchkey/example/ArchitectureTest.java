package dev.latchkey.example;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
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
    "dev.latchkey.internal.threads, java.util.concurrent",
    "dev.latchkey.internal.log, java.sql",
    "dev.latchkey.internal.path, java.lang",
    "dev.latchkey.internal.key, java.security java.nio java.nio.charset",
    "dev.latchkey.internal.settings, dev.latchkey.internal.key dev.latchkey.internal.path java.nio.file",
    "dev.latchkey.internal.http, java.lang",
    "dev.latchkey.internal.store, dev.latchkey.internal.key",
    "dev.latchkey.internal.store.jdbc, dev.latchkey.internal.store dev.latchkey.internal.key dev.latchkey.internal.threads java.sql"
        + " javax.sql javax.naming java.io java.nio.file com.zaxxer.hikari org.flywaydb.. dev.latchkey.internal.log"
        + " dev.latchkey.internal.settings",
    "dev.latchkey.internal.auth, dev.latchkey.internal.store dev.latchkey.internal.key java.security"
        + " com.github.benmanes.caffeine.cache dev.latchkey.internal.log dev.latchkey.internal.settings",
    "dev.latchkey.manage, dev.latchkey.internal.store dev.latchkey.internal.key java.nio.charset"
        + " dev.latchkey.internal.settings",
    "dev.latchkey, dev.latchkey.internal.path dev.latchkey.internal.key dev.latchkey.internal.store dev.latchkey.internal.store.jdbc dev.latchkey.internal.auth"
        + " dev.latchkey.manage dev.latchkey.internal.threads java.security java.nio.file javax.sql"
        + " dev.latchkey.internal.log dev.latchkey.internal.settings",
    "dev.latchkey.servlet, dev.latchkey dev.latchkey.internal.path dev.latchkey.internal.auth dev.latchkey.internal.key"
        + " dev.latchkey.internal.store dev.latchkey.internal.http"
        + " jakarta.servlet jakarta.servlet.http java.io java.nio.charset java.security",
    "dev.latchkey.admin, dev.latchkey dev.latchkey.servlet dev.latchkey.manage dev.latchkey.internal.store"
        + " dev.latchkey.internal.key"
        + " jakarta.servlet jakarta.servlet.http java.io java.net java.nio java.nio.charset java.security"
        + " tools.jackson.core tools.jackson.core.json java.math dev.latchkey.internal.log dev.latchkey.internal.http"
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
