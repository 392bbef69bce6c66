package dev.latchkey.internal.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordFileTest {
  @TempDir private Path folder;

  private PasswordFile file(String content) throws Exception {
    return new PasswordFile(Files.writeString(folder.resolve("password"), content));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n", "\n\n", "\r\n\r\n"})
  void onlyLineEndsAreTakenOffTheEnd(String lineEnds) throws Exception {
    for (String password :
        new String[] {"", "s", "s ", " s", "s\t", "s\u00a0", "s\u2028", "a\nb", "a\n b ", "s\r "}) {
      assertThat(file(password + lineEnds).password()).isEqualTo(password);
    }
  }

  @Test
  void replacementIsReadNextTime() throws Exception {
    PasswordFile file = file("old\n");
    Path other = Files.writeString(folder.resolve("other"), "new\n");
    Files.move(other, folder.resolve("password"), StandardCopyOption.ATOMIC_MOVE);
    assertThat(file.password()).isEqualTo("new");
  }

  /** As Kubernetes mounts secrets: a link to a link to a folder, which is replaced as a whole. */
  @Test
  void aLinkIsFollowedEachTime() throws Exception {
    Path first = Files.createDirectory(folder.resolve("..1"));
    Path second = Files.createDirectory(folder.resolve("..2"));
    Files.writeString(first.resolve("password"), "old");
    Files.writeString(second.resolve("password"), "new");
    Path data = Files.createSymbolicLink(folder.resolve("..data"), first);
    Path link = Files.createSymbolicLink(folder.resolve("password"), data.resolve("password"));
    PasswordFile file = new PasswordFile(link);
    assertThat(file.password()).isEqualTo("old");
    Path next = Files.createSymbolicLink(folder.resolve("..next"), second);
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
    assertThat(file.password()).isEqualTo("new");
  }

  @Test
  void whileItIsMissingTheLastPasswordCounts() throws Exception {
    PasswordFile file = file("old");
    Files.delete(folder.resolve("password"));
    assertThat(file.password()).isEqualTo("old");
    assertThat(file.password()).isEqualTo("old");
    Files.writeString(folder.resolve("password"), "new");
    assertThat(file.password()).isEqualTo("new");
  }

  /** As in the midst of being written. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n\r\n"})
  void whileItIsEmptyTheLastPasswordCounts(String nothing) throws Exception {
    PasswordFile file = file("old");
    Files.writeString(folder.resolve("password"), nothing);
    try (WarningsOf log = new WarningsOf(PasswordFile.class)) {
      assertThat(file.password()).isEqualTo("old");
      assertThat(file.password()).isEqualTo("old");
      assertThat(log.messages()).singleElement().asString().endsWith("it is empty");
    }
    Files.writeString(folder.resolve("password"), "new");
    assertThat(file.password()).isEqualTo("new");
  }

  @Test
  void atFirstItMustBeThere() {
    assertThatThrownBy(() -> new PasswordFile(folder.resolve("nowhere")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jdbcPasswordFile");
  }
}
