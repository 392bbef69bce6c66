import { clock, day } from "./clock.js";

export const isExpired = (key) => key.status === "expired";

/** Returns whether a key is "expired", will be "soon", or neither. */
export function expiry(key) {
  const isSoon = new Date(key.expiresAt) - clock.now() < 7 * day;
  return isExpired(key) ? "expired" : isSoon ? "soon" : undefined;
}

/** An expired key may block adding; the dialog then says what to do. */
export const mayTryToAdd = ({ keys, policy }) =>
  keys.length < policy.maxKeys || keys.some(isExpired);
