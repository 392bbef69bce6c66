package dev.latchkey.internal.manage;

import dev.latchkey.auth.StoreException;
import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.key.KeyParser;
import dev.latchkey.manage.Actor;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Revokes keys for anybody who holds them. Texts that are no keys cost nothing, and unknown keys
 * cost the store what they cost when they are used: the same look-ups, batches and limit.
 *
 * <p>Thread-safe.
 */
public final class HolderRevocations {
  private final KeyParser parser;
  private final FreeText freeTexts;
  private final Function<Collection<KeyHash>, Set<KeyHash>> findStored;
  private final Revocations revocations;

  /**
   * Creates revocations.
   *
   * @param findStored tells which hashes stand for keys that are not deleted
   */
  public HolderRevocations(
      KeyParser parser,
      Function<Collection<KeyHash>, Set<KeyHash>> findStored,
      Revocations revocations) {
    this.parser = parser;
    this.freeTexts = new FreeText(parser);
    this.findStored = findStored;
    this.revocations = revocations;
  }

  /**
   * Revokes those of some texts that are keys.
   *
   * @param texts a few hundred at most
   * @throws StoreException if it is not known in time which they are; then call again
   */
  public void revoke(Collection<String> texts, Actor by) {
    List<KeyHash> hashes =
        texts.stream()
            .map(text -> parser.hashOf(text, 0))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    Set<KeyHash> stored = findStored.apply(hashes);
    if (!stored.isEmpty()) {
      revocations.revoke(stored, "holder", freeTexts.actor(by));
    }
  }
}
