package dev.latchkey.boot.starter;

import dev.latchkey.ApiKeys;
import dev.latchkey.manage.KeyOwner;
import dev.latchkey.manage.KeyRequest;
import java.security.Principal;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application without Spring Security, which says a key of its own. */
@SpringBootConfiguration
@EnableAutoConfiguration
@RestController
public class PlainApplication {
  public static void main(String[] args) {
    SpringApplication.run(PlainApplication.class, args);
  }

  @Bean
  CommandLineRunner firstKey(ApiKeys apiKeys, Environment environment) {
    return args ->
        System.out.println(
            "port="
                + environment.getProperty("local.server.port")
                + " key="
                + apiKeys
                    .service()
                    .add(KeyOwner.of("alice"), KeyRequest.create())
                    .secret()
                    .reveal());
  }

  @GetMapping("/api/whoami")
  String whoAmI(Principal principal) {
    return principal.getName() + " on " + (isVirtual() ? "a virtual thread" : "a thread");
  }

  private static boolean isVirtual() {
    try {
      return (boolean) Thread.class.getMethod("isVirtual").invoke(Thread.currentThread());
    } catch (ReflectiveOperationException e) { // before JDK 21
      return false;
    }
  }
}
