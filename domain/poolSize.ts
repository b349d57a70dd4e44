/**
 * Reads `DATABASE_CONNECTIONS`: the largest number of connections that a process holds at once.
 *
 * @param usual what it is when nobody says
 * @throws Error that says what is allowed
 */
export function readPoolSize(text: string | undefined, usual: number): number {
  const size = Number(text || usual)
  if (Number.isInteger(size) && size >= 2 && size <= 1_000) return size
  throw new Error('DATABASE_CONNECTIONS has to be a whole number from 2 to 1000')
}
