package dev.latchkey.example.saml;

import dev.latchkey.example.ExampleApp;

/** Starts the example with logins by SAML. */
public final class SamlExampleApp {
  private SamlExampleApp() {}

  /** Runs it; {@code --help} tells how. */
  public static void main(String[] args) throws InterruptedException {
    ExampleApp.run(args, new SamlArguments().addition());
  }
}
