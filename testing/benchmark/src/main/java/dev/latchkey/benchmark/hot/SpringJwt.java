package dev.latchkey.benchmark.hot;

import dev.latchkey.benchmark.Keys;
import dev.latchkey.key.ApiKey;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Spring Security with JWTs, signed with RS256 and verified by a public key that is here. Nothing
 * is cached, so what it takes does not depend on their number: a thousand stand for any more, since
 * to sign 100 000 takes minutes.
 */
final class SpringJwt {
  private static final int SIGNED = 1_000;
  private static final int RSA_BITS = 2_048;
  private static final Duration VALIDITY = Duration.ofDays(1);

  private SpringJwt() {}

  static Subject open(List<ApiKey> keys) {
    KeyPair pair = rsa();
    RSAPublicKey verifying = (RSAPublicKey) pair.getPublic();
    JwtEncoder encoder =
        NimbusJwtEncoder.withKeyPair(verifying, (RSAPrivateKey) pair.getPrivate()).build();
    List<String> tokens =
        IntStream.range(0, Math.min(keys.size(), SIGNED))
            .mapToObj(i -> sign(encoder, "owner-" + i))
            .toList();
    JwtDecoder decoder = NimbusJwtDecoder.withPublicKey(verifying).build();
    return Spring.open(Security.class, JwtDecoder.class, decoder, Keys.bearer(tokens));
  }

  private static String sign(JwtEncoder encoder, String owner) {
    Instant now = Instant.now();
    JwtClaimsSet claims =
        JwtClaimsSet.builder()
            .subject(owner)
            .claim("scope", "api")
            .issuedAt(now)
            .expiresAt(now.plus(VALIDITY))
            .build();
    return encoder.encode(JwtEncoderParameters.from(claims)).getTokenValue();
  }

  private static KeyPair rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableWebSecurity
  static class Security {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return Spring.chain(http, server -> server.jwt(Customizer.withDefaults()));
    }
  }
}
