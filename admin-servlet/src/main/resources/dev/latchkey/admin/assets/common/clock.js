export const day = 24 * 60 * 60 * 1000; // ms

/** Follows the server's clock, since the browser's may be days slow or fast. */
export const clock = {
  lead: 0, // ms

  now() {
    return Date.now() + this.lead;
  },

  /** Ignores less than a minute: that may be the response's delay. */
  learn(date) {
    const lead = Date.parse(date) - Date.now();
    this.lead = Math.abs(lead) > 60_000 ? lead : 0;
  },
};
