package com.example.books;

import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Service;

@Service
public class AccountService implements UserDetailsService {
  private final JdbcTemplate jdbc;

  public AccountService(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public UserDetails loadUserByUsername(String name) {
    try {
      return jdbc.queryForObject(
          "SELECT name, password, roles, locked FROM account WHERE name = ?",
          (row, i) ->
              User.withUsername(row.getString("name"))
                  .password(row.getString("password"))
                  .roles(row.getString("roles").split(" "))
                  .accountLocked(row.getBoolean("locked"))
                  .build(),
          name);
    } catch (EmptyResultDataAccessException e) {
      throw new UsernameNotFoundException(name);
    }
  }
}
