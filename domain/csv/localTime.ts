/**
 * Writes instants as a spreadsheet reads them, `2026-11-30 18:05:09`, in one time zone.
 *
 * @param timeZone an IANA name
 */
export function localTime(timeZone: string): (at: Date | null) => string | null {
  // Swedish writes dates and times in just this way
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return (at) => (at === null ? null : format.format(at))
}
