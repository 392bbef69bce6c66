package dev.latchkey.example;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import dev.latchkey.test.Answer;
import dev.latchkey.test.MariaDbServer;
import dev.latchkey.test.caller.Client;
import dev.latchkey.test.caller.Visitor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each state of the administrators' page in each language, and as those see it who see otherwise:
 * without a violation that axe-core finds, without sideways scrolling, and with a picture. A page
 * is loaded once, and looked at in one setting after the other.
 */
class AdministrationStatesTest extends AdministrationPage {
  private final List<Route> waiting = new CopyOnWriteArrayList<>();
  private Catalogue words = Catalogue.of("en");
  private List<View> views = List.of();
  private Visitor admin;

  AdministrationStatesTest(Browser browser, MariaDbServer mariaDb) {
    super(browser, mariaDb);
  }

  private void look(String state) {
    View.look(admin.page, "admin-" + state, words.language(), views);
  }

  /** Says a word as administrators read it. */
  private String word(String name) {
    String ofAdministrators = words.text("admin.as." + name);
    return ofAdministrators.isEmpty() ? words.text(name) : ofAdministrators;
  }

  private Locator dialog() {
    return admin.page.locator("dialog[open]");
  }

  private void pressTop(String name) {
    press(admin.page.locator("api-key-administration .top"), word(name));
  }

  private void pressInDialog(String name) {
    press(dialog(), word(name));
  }

  private void closeDialog() {
    admin.page.keyboard().press("Escape");
    assertThat(dialog()).not().isVisible();
  }

  @ParameterizedTest
  @MethodSource("dev.latchkey.example.View#ofEachLanguage")
  void everyStateIsForEverybody(String language, List<View> seen) {
    words = Catalogue.of(language);
    views = seen;
    Client client = Client.loggedIn(server.uri(), "admin");
    Answer key = keyOf("alice", "nightly export of all orders to the warehouse");
    keyOfService(client, "svc-nightly", "");
    client.json("PATCH", "api-keys/admin/keys/" + key.get("tag"), "{\"scopes\": [\"read\"]}");
    admin = visitor(views.get(0).in(english()).setLocale(language)).logIn("admin");
    admin.expectRefusals(400, 401, Visitor.NO_ANSWER);
    admin.open(PATH + "?status=active");
    assertThat(rows(admin)).hasCount(2);
    assertThat(admin.page.locator("html")).hasAttribute("lang", language);
    assertThat(admin.page.locator("html")).hasAttribute("dir", word("direction"));
    walkKeys(key);
    walkDialogs(key);
    walkBulkRevocation();
    walkAudit();
  }

  private void walkKeys(Answer key) {
    look("keys");
    admin.page.getByText(word("admin.filters.more")).click();
    look("filters");
    details(admin, key).click();
    assertThat(opened(admin).locator("li")).hasCount(2);
    look("key");
    press(opened(admin), word("edit"));
    label(dialog(), word("scopes")).selectOption("some");
    look("edit");
    closeDialog();
    press(opened(admin), word("reissue"));
    look("reissue");
    closeDialog();
    press(opened(admin), word("delete"));
    look("delete");
    closeDialog();
    details(admin, key).click();
  }

  private void walkDialogs(Answer key) {
    pressTop("admin.add.open");
    pressInDialog("add");
    assertThat(label(dialog(), word("admin.filter.owner"))).hasAttribute("aria-invalid", "true");
    look("add");
    label(dialog(), word("admin.filter.owner")).fill("svc-weekly");
    label(dialog(), word("admin.add.service")).check();
    pressInDialog("add");
    assertThat(label(dialog(), word("secret.key"))).isVisible();
    look("secret");
    pressInDialog("close");
    assertThat(rows(admin)).hasCount(3);
    press(row(admin, key), "alice");
    assertThat(button(dialog(), word("admin.owner.disable"))).isVisible();
    look("owner");
    pressInDialog("admin.owner.disable");
    look("owner-disable");
    pressInDialog("admin.owner.disable");
    assertThat(button(dialog(), word("admin.owner.enable"))).isVisible();
    look("owner-disabled");
    pressInDialog("admin.owner.delete");
    pressInDialog("admin.owner.delete");
    assertThat(dialog().locator("#word")).hasAttribute("aria-invalid", "true");
    look("owner-delete");
    closeDialog();
    pressTop("admin.owner.open");
    look("owner-find");
    closeDialog();
    pressTop("admin.leaked.open");
    label(dialog(), word("admin.leaked.key")).fill(key.get("key"));
    pressInDialog("admin.leaked.look");
    assertThat(dialog()).containsText("nightly export");
    look("leaked");
    pressInDialog("admin.leaked.revoke");
    assertThat(label(dialog(), word("admin.leaked.key"))).not().isVisible();
    look("leaked-revoked");
    closeDialog();
    assertThat(rows(admin)).hasCount(2);
  }

  private void walkBulkRevocation() {
    Locator open = button(admin.page.locator("api-key-administration"), word("admin.bulk.open"));
    open.click();
    dialog().locator("#word").fill(word("admin.bulk.word"));
    look("bulk");
    admin.page.route("**/admin/revocations", waiting::add);
    pressInDialog("admin.bulk.revoke");
    admin.page.waitForCondition(() -> !waiting.isEmpty());
    look("bulk-progress");
    waiting.get(0).abort();
    assertThat(button(dialog(), word("admin.bulk.goOn"))).isVisible();
    look("bulk-stopped");
    admin.page.unroute("**/admin/revocations");
    pressInDialog("admin.bulk.goOn");
    assertThat(button(dialog(), word("admin.bulk.goOn"))).not().isVisible();
    assertThat(button(dialog(), word("close"))).isVisible();
    look("bulk-revoked");
    closeDialog();
    assertThat(rows(admin)).hasCount(0);
    look("none");
  }

  private void walkAudit() {
    Locator events = admin.page.locator("api-key-administration tbody tr");
    admin.page.locator("api-key-administration .views a").last().click();
    assertThat(events).hasCount(8);
    events.locator("summary").first().click();
    look("events");
    admin.page.route("**/admin/events*", waiting::add);
    press(filters(admin), word("admin.filters.search"));
    admin.page.waitForCondition(() -> waiting.size() == 2);
    look("loading");
    waiting.get(1).abort();
    assertThat(admin.button(word("admin.again"))).isVisible();
    look("no-answer");
    admin.page.unroute("**/admin/events*");
    admin.page.context().clearCookies();
    press(filters(admin), word("admin.filters.search"));
    assertThat(admin.button(word("recovery.login"))).isVisible();
    look("login-ended");
  }

  private void openWithAKey(Browser.NewContextOptions options) {
    keyOf("alice", "nightly export");
    admin = visitor(options).logIn("admin");
    admin.open(PATH + "?owner=alice");
    assertThat(rows(admin)).hasCount(1);
  }

  /** Buttons are not for paper; names that happen to be links are. */
  @Test
  void paperShowsWhatIsRead() {
    openWithAKey(english());
    rows(admin).getByText("Details").click();
    assertThat(opened(admin).locator("li")).hasCount(1);
    View.PRINT.apply(admin.page);
    assertThat(rows(admin).getByText("alice")).isVisible();
    assertThat(opened(admin)).containsText("Key added");
    assertThat(filters(admin)).not().isVisible();
    assertThat(rows(admin).getByText("Details")).not().isVisible();
    assertThat(admin.page.locator("api-key-administration select")).hasCount(2);
    assertThat(admin.page.locator("api-key-administration select:visible")).hasCount(0);
    View.LIGHT_1280.apply(admin.page);
    admin.page.locator("api-key-administration .views a").last().click();
    assertThat(status(admin)).hasText("1 event on this page");
    View.PRINT.apply(admin.page);
    Locator event = admin.page.locator("api-key-administration tbody tr");
    assertThat(event.locator(".owner")).hasText("Owneralice");
    assertThat(event.locator(".owner button")).isVisible();
    assertThat(event.locator(".tag button")).isVisible();
    assertThat(event.locator(".actor button")).isVisible();
  }

  /** Where every border is as dark as the next, a transparent one is too. */
  @Test
  void forcedColoursLeaveOneViewMarked() {
    openWithAKey(View.FORCED_COLOURS.in(english()));
    Locator views = admin.page.locator("api-key-administration .views a");
    String background = "rgb(255, 255, 255)";
    assertThat(views.first()).hasAttribute("aria-current", "page");
    assertThat(views.first()).not().hasCSS("border-bottom-color", background);
    assertThat(views.last()).hasCSS("border-bottom-color", background);
  }

  /** The first of two stands at the right. */
  @ParameterizedTest
  @CsvSource({"1280, th, td.details", "360, td.key .name, td.key code"})
  void arabicRunsFromRightToLeft(int width, String first, String next) {
    openWithAKey(english().setLocale("ar").setViewportSize(width, 800));
    Locator page = admin.page.locator("api-key-administration");
    for (String[] pair :
        new String[][] {
          {first, next},
          {".views a:first-child", ".views a:last-child"},
          {".filters .buttons button:first-child", ".filters .buttons button:last-child"},
          {".pager button", ".pager select"},
        }) {
      assertThat(right(page.locator(pair[0]).first()))
          .as("%s stands to the right of %s", pair[0], pair[1])
          .isGreaterThan(right(page.locator(pair[1]).first()));
    }
    assertThat(page.locator(".pager select").boundingBox().x).isLessThan(width / 2.0);
    assertThat(page.locator("td.key .clamped")).hasCSS("text-align", "right");
    assertThat(page.locator("div").first()).hasCSS("direction", "rtl");
  }

  private static double right(Locator locator) {
    var box = locator.boundingBox();
    return box.x + box.width;
  }
}
