package com.example.books;

import java.security.Principal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class SiteController {
  @GetMapping("/")
  public String home(Principal principal) {
    return "Hello, " + principal.getName();
  }

  @PostMapping("/cart")
  public String cart() {
    return "1";
  }
}
