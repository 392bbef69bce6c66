package com.example.books;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api")
public class BookController {
  private final BookRepository books;

  public BookController(BookRepository books) {
    this.books = books;
  }

  @GetMapping("/books")
  public List<Book> list() {
    return books.findAll();
  }

  @PostMapping("/books")
  @ResponseStatus(HttpStatus.CREATED)
  public Book add(@RequestBody Map<String, String> book) {
    return books.save(new Book(book.get("title")));
  }

  @GetMapping("/me")
  public Map<String, Object> me(Principal principal, Authentication authentication) {
    return Map.of(
        "name",
        principal.getName(),
        "authorities",
        authentication.getAuthorities().stream().map(GrantedAuthority::getAuthority).toList());
  }

  @GetMapping("/slow")
  public Callable<String> slow(Principal principal) {
    return () -> principal.getName();
  }

  @GetMapping("/stock")
  @PreAuthorize("hasRole('STAFF')")
  public String stock() {
    return "1000";
  }

  @GetMapping("/admin/accounts")
  public String accounts() {
    return "2";
  }
}
