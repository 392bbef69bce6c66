package dev.latchkey.manage;

/**
 * Is told what was changed on this node, in code or over REST, after each commit.
 *
 * <p>It is called on a thread of Latchkey's own, one event after another. Events wait for it in a
 * queue of 10 000; those for which there is no room are left out, with a warning. The audit in the
 * database is complete. What it throws is logged, and harms nobody.
 */
@FunctionalInterface
public interface ApiKeyListener {
  /** Is told one event. */
  void onEvent(AuditEvent event);
}
