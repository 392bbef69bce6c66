package dev.latchkey.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the module gives to an application, and what it asks of it. */
class ModuleTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.latchkey.spring");

  @Test
  void fewTypesArePublic() {
    assertThat(CLASSES.stream().filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC)))
        .extracting(JavaClass::getSimpleName)
        .containsExactlyInAnyOrder(
            "LatchkeyAutoConfiguration", "LatchkeyConfigurer", "ApiKeyAuthentication");
  }

  @Test
  void nobodyKnowsAContainerOrWhereKeysAreKept() {
    ArchRuleDefinition.noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache..",
            "org.eclipse..",
            "com.zaxxer..",
            "org.flywaydb..",
            "dev.latchkey.internal.auth..",
            "dev.latchkey.internal.key..",
            "dev.latchkey.internal.store..")
        .check(CLASSES);
  }

  /** Which Spring there is, and which parts of it, is the application's. */
  @Test
  void nothingOfSpringComesWithIt() throws Exception {
    assertThat(
            Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .map(found -> found.group(1))
                .filter(dependency -> !dependency.contains("<scope>import"))
                .filter(dependency -> !dependency.matches("(?s).*<scope>(provided|test)<.*")))
        .hasSize(2)
        .allMatch(dependency -> dependency.contains("<groupId>dev.latchkey</groupId>"));
  }
}
