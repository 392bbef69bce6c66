/** In the single quotes of both, only these quotes count; a URL can do without them. */
const calling = (program, quote, key, url) =>
  `${program} -H 'Authorization: Bearer ${key.replaceAll("'", quote)}' '${url.href.replaceAll("'", "%27")}'`;

/** Returns the example call for a POSIX shell. */
export const shellCommand = (key, url) => calling("curl", "'\\''", key, url);

/** Returns it for PowerShell, in some versions of which curl is another program. */
export const powerShellCommand = (key, url) => calling("curl.exe", "''", key, url);
