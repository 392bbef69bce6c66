package dev.latchkey.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until it is moved. */
public final class MutableClock extends Clock {
  private volatile Instant now;

  /** A clock that stands at an instant. */
  public MutableClock(Instant now) {
    this.now = now;
  }

  /** Sets it. */
  public void set(Instant now) {
    this.now = now;
  }

  /** Moves it. */
  public void advance(Duration by) {
    now = now.plus(by);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new IllegalStateException("nobody should ask for a time zone");
  }
}
