package dev.latchkey.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.ApiKeys;
import dev.latchkey.ApiKeysConfig;
import dev.latchkey.admin.ApiKeyAdminServlet;
import dev.latchkey.admin.LoginSession;
import dev.latchkey.auth.ApiKeyPrincipal;
import dev.latchkey.client.generated.ApiClient;
import dev.latchkey.client.generated.ApiException;
import dev.latchkey.client.generated.ApiResponse;
import dev.latchkey.client.generated.api.AdministrationApi;
import dev.latchkey.client.generated.api.ApiKeysApi;
import dev.latchkey.client.generated.api.ExampleApi;
import dev.latchkey.client.generated.model.AnyKeyEdit;
import dev.latchkey.client.generated.model.AnyReissue;
import dev.latchkey.client.generated.model.ChosenValidity;
import dev.latchkey.client.generated.model.Deletion;
import dev.latchkey.client.generated.model.HeldKeys;
import dev.latchkey.client.generated.model.Key;
import dev.latchkey.client.generated.model.KeyEdit;
import dev.latchkey.client.generated.model.KeyFilter;
import dev.latchkey.client.generated.model.KeyOfOwner;
import dev.latchkey.client.generated.model.Keys;
import dev.latchkey.client.generated.model.NewKey;
import dev.latchkey.client.generated.model.Owner;
import dev.latchkey.client.generated.model.OwnerEdit;
import dev.latchkey.client.generated.model.Problem;
import dev.latchkey.client.generated.model.Reissue;
import dev.latchkey.client.generated.model.Revocation;
import dev.latchkey.client.generated.model.Revoked;
import dev.latchkey.client.generated.model.SessionValidity;
import dev.latchkey.client.generated.model.WhoAmI;
import dev.latchkey.servlet.ApiKeyFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Calls the servlet by a client that openapi-generator made of docs/openapi.yaml. Its Jackson 2,
 * with annotations 2.20, shares the class path with the servlet's.
 */
class OpenApiClientTest {
  private static final Instant SESSION_END =
      Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);

  private final ApiKeys apiKeys =
      ApiKeys.open(ApiKeysConfig.builder().jdbcUrl("jdbc:h2:mem:" + UUID.randomUUID()).build());
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  @BeforeEach
  void start() throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.addFilter(
        new FilterHolder(new HeaderLogin()), "/*", EnumSet.allOf(DispatcherType.class));
    context.addFilter(
        new FilterHolder(new ApiKeyFilter(apiKeys)), "/api/*", EnumSet.allOf(DispatcherType.class));
    LoginSession samlSession =
        request -> Optional.ofNullable(request.getHeader("X-Saml")).map(saml -> SESSION_END);
    ServletHolder ownKeys = new ServletHolder(new ApiKeyAdminServlet(apiKeys, samlSession));
    ownKeys.setInitParameter("administratorRole", "ada");
    ownKeys.setInitParameter("issuerRole", "ada");
    context.addServlet(ownKeys, "/api-keys/*");
    context.addServlet(new ServletHolder(new WhoAmIServlet()), "/api/whoami");
    server.setHandler(context);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
    apiKeys.close();
  }

  /** A client whose requests have a header, as a browser's would have a cookie. */
  private ApiClient client(String name, String value) {
    return new ApiClient()
        .setScheme("http")
        .setHost("127.0.0.1")
        .setPort(connector.getLocalPort())
        .setRequestInterceptor(request -> request.header(name, value));
  }

  private ApiKeysApi alice() {
    return new ApiKeysApi(client("X-User", "alice"));
  }

  @Test
  void listsAddsEditsReissuesAndDeletes() throws Exception {
    ApiKeysApi alice = alice();
    Keys none = alice.listKeys();
    assertThat(none.getKeys()).isEmpty();
    assertThat(none.getPolicy().getMaxKeys()).isEqualTo(1);
    ChosenValidity validity = (ChosenValidity) none.getPolicy().getValidity().getActualInstance();
    assertThat(validity.getDefaultDays()).isEqualTo(90);
    assertThat(validity.getMaxDays()).isEqualTo(365);

    ApiResponse<NewKey> added =
        alice.addKeyWithHttpInfo(new KeyEdit().description("nightly").expiresInDays(30));
    assertThat(added.getStatusCode()).isEqualTo(201);
    NewKey key = added.getData();
    assertThat(key.getKey()).startsWith("lk_");
    assertThat(key.getOwner()).isEqualTo("alice");
    assertThat(key.getLastUsedAt()).isNull();
    assertThat(key.getExpiresAt()).isEqualTo(key.getCreatedAt().plusDays(30));
    assertThat(added.getHeaders().get("location")).containsExactly("/api-keys/" + key.getTag());

    WhoAmI caller = new ExampleApi(client("Authorization", "Bearer " + key.getKey())).whoAmI();
    assertThat(caller.getUser()).isEqualTo("alice");
    assertThat(caller.getKeyTag()).isEqualTo(key.getTag());

    OffsetDateTime until = key.getCreatedAt().plusDays(7);
    Key edited = alice.editKey(key.getTag(), new KeyEdit().description("weekly").expiresAt(until));
    assertThat(edited.getDescription()).isEqualTo("weekly");
    assertThat(edited.getExpiresAt()).isEqualTo(until);
    assertThat(alice.getKey(key.getTag())).isEqualTo(edited);

    NewKey second = alice.reissueKey(key.getTag(), new Reissue().expiresInDays(1).graceSeconds(60));
    assertThat(second.getTag()).isNotEqualTo(key.getTag());
    NewKey third = alice.reissueKey(second.getTag(), new Reissue());
    assertThat(third.getDescription()).isEqualTo("weekly");
    assertThat(alice.listKeys().getKeys()).extracting(Key::getTag).containsExactly(third.getTag());

    alice.deleteKey(third.getTag());
    assertThat(alice.listKeys().getKeys()).isEmpty();
  }

  @Test
  void administers() throws Exception {
    AdministrationApi ada = new AdministrationApi(client("X-User", "ada"));
    NewKey key = ada.addKeyFor(new KeyOfOwner().owner("svc").service(true).reason("a ticket"));
    assertThat(key.getOwner()).isEqualTo("svc");
    AnyKeyEdit narrower = new AnyKeyEdit().scopes(Set.of("read"));
    assertThat(ada.editAnyKey(key.getTag(), narrower).getScopes()).containsExactly("read");
    NewKey next = ada.reissueAnyKey(key.getTag(), new AnyReissue().graceSeconds(60));
    KeyFilter filter = new KeyFilter().owner("svc").status(KeyFilter.StatusEnum.ACTIVE);
    Revoked dry = ada.revokeKeys(new Revocation().filter(filter).dryRun(true));
    assertThat(dry.getRevoked()).isEqualTo(2);
    assertThat(dry.getMore()).isFalse();
    assertThat(dry.getKeys())
        .extracting(Key::getWorksUntil)
        .filteredOn(Objects::nonNull)
        .hasSize(1);
    new ApiKeysApi(client("X-Nobody", ""))
        .revokeHeldKeys(new HeldKeys().addKeysItem(next.getKey()));
    Owner owner = ada.setOwner("svc", new OwnerEdit().disabled(true));
    assertThat(owner.getDisabled()).isTrue();
    assertThat(owner.getService()).isTrue();
    assertThat(owner.getKeys()).isZero();
    ada.deleteOwner("svc", new Deletion().reason("gone"));
    Problem unknown = problem(404, () -> ada.getAnyKey(next.getTag()));
    assertThat(unknown.getType()).isEqualTo("urn:latchkey:no-such-key");
    AdministrationApi bob = new AdministrationApi(client("X-User", "bob"));
    assertThat(problem(403, () -> bob.getOwner("svc")).getType())
        .isEqualTo("urn:latchkey:not-administrator");
  }

  @Test
  void readsTheExpiryThatASessionSets() throws Exception {
    ApiClient saml =
        client("X-User", "alice")
            .setRequestInterceptor(
                request -> request.header("X-User", "alice").header("X-Saml", ""));
    SessionValidity validity =
        (SessionValidity)
            new ApiKeysApi(saml).listKeys().getPolicy().getValidity().getActualInstance();
    assertThat(validity.getExpiresAt().toInstant()).isEqualTo(SESSION_END);
  }

  @Test
  void readsProblems() throws Exception {
    ApiKeysApi alice = alice();
    Problem invalid = problem(400, () -> alice.addKey(new KeyEdit().expiresInDays(0)));
    assertThat(invalid.getType()).isEqualTo("urn:latchkey:invalid-request");
    assertThat(invalid.getErrors().get(0).getField()).isEqualTo("expiresInDays");
    assertThat(problem(404, () -> alice.getKey("nothing")).getType())
        .isEqualTo("urn:latchkey:no-such-key");
    String secret = alice.addKey(new KeyEdit()).getKey();
    assertThat(problem(409, () -> alice.addKey(new KeyEdit())).getType())
        .isEqualTo("urn:latchkey:key-limit-reached");
    assertThat(problem(401, () -> new ApiKeysApi(client("X-Nobody", "")).listKeys()).getType())
        .isEqualTo("urn:latchkey:not-logged-in");
    ExampleApi stranger = new ExampleApi(client("X-API-Key", secret + "x"));
    assertThat(problem(401, stranger::whoAmI).getType()).isEqualTo("urn:latchkey:invalid-key");
  }

  private static Problem problem(int status, ThrowingCallable call) throws Exception {
    ApiException refusal = catchThrowableOfType(ApiException.class, call);
    assertThat(refusal.getCode()).isEqualTo(status);
    return ApiClient.createDefaultObjectMapper()
        .readValue(refusal.getResponseBody(), Problem.class);
  }

  /** The application's login. */
  private static final class HeaderLogin implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      HttpServletRequest http = (HttpServletRequest) request;
      String user = http.getHeader("X-User");
      chain.doFilter(
          user == null
              ? request
              : new HttpServletRequestWrapper(http) {
                @Override
                public Principal getUserPrincipal() {
                  return () -> user;
                }

                @Override
                public boolean isUserInRole(String role) {
                  return role.equals(user);
                }
              },
          response);
    }
  }

  /** As the example's. */
  private static final class WhoAmIServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("application/json");
      response
          .getWriter()
          .print(
              "{\"user\":\"%s\",\"authType\":\"%s\",\"keyTag\":\"%s\",\"roles\":[]}"
                  .formatted(
                      request.getRemoteUser(),
                      request.getAuthType(),
                      ((ApiKeyPrincipal) request.getUserPrincipal()).keyTag()));
    }
  }
}
