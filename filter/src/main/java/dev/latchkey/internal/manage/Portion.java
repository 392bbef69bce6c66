package dev.latchkey.internal.manage;

import dev.latchkey.internal.key.KeyHash;
import dev.latchkey.internal.store.Position;
import dev.latchkey.internal.store.StoredKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Some of the keys that a filter keeps, and who dies with them.
 *
 * @param named which, in the order of the list
 * @param dying those and their predecessors, without those who had died before
 */
record Portion(List<StoredKey> named, Set<KeyHash> dying) {
  /**
   * Takes keys from the first on, for as long as no more than a number die.
   *
   * @param findPredecessors tells who goes with whom
   * @param dead who has died before, and counts
   */
  static Portion of(
      List<StoredKey> keys,
      Function<Collection<KeyHash>, Map<KeyHash, KeyHash>> findPredecessors,
      Set<KeyHash> dead,
      int most) {
    Map<KeyHash, KeyHash> predecessors =
        findPredecessors.apply(keys.stream().map(StoredKey::hash).toList());
    Portion portion = new Portion(new ArrayList<>(), new HashSet<>());
    for (StoredKey key : keys) {
      Set<KeyHash> more = new HashSet<>(Set.of(key.hash()));
      if (predecessors.containsKey(key.hash())) {
        more.add(predecessors.get(key.hash()));
      }
      more.removeAll(dead);
      more.removeAll(portion.dying);
      if (dead.size() + portion.dying.size() + more.size() > most) {
        break;
      }
      portion.named.add(key);
      portion.dying.addAll(more);
    }
    return portion;
  }

  /** Returns where it ends in the list; if it is empty, where it began. */
  Position end(Position start) {
    return named.isEmpty() ? start : named.get(named.size() - 1).position();
  }
}
