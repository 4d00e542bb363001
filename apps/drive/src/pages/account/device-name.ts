const SYSTEMS = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Macintosh/, 'Mac'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'Chromebook'],
  [/Linux/, 'Linux'],
] as const

/** What a driver would call the device of a browser, from its user agent; undefined for one that is not known. */
export const deviceName = (userAgent: string): string | undefined =>
  SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1]
