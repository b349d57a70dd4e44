import { type Database, rows } from '../domain/database.ts'
import { Problem } from '../domain/errors.ts'
import { countedAddress } from './server/callerAddress.ts'
import { RateLimit } from './server/rateLimit.ts'

const QUARTER_HOUR = 900_000

type Limits = {
  /** One account's password, from one address. */
  account: RateLimit
  /** Everything that signs in, or asks for a link, from one address. */
  address: RateLimit
  /** One account's password, from wherever. */
  anywhere: RateLimit
  /** Codes of one account's second factor; only who knows its password gets to it. */
  codes: RateLimit
  /** Mails to one address, whoever asks for them. */
  mails: RateLimit
}

/** Kept apart for each database, as tests run several. */
const limits = new WeakMap<Database, Limits>()

/** How often passwords and codes may be guessed in this process. */
export function limitsOf(db: Database): Limits {
  const known = limits.get(db)
  if (known !== undefined) return known
  const made = {
    account: new RateLimit(10, QUARTER_HOUR),
    address: new RateLimit(60, QUARTER_HOUR),
    anywhere: new RateLimit(100, QUARTER_HOUR),
    codes: new RateLimit(10, QUARTER_HOUR),
    mails: new RateLimit(3, 4 * QUARTER_HOUR),
  }
  limits.set(db, made)
  return made
}

/**
 * Counts a guess at an account. Many addresses together have a limit, too, which does not hold for an address at which its
 * owner is signed in: nobody is locked out by what others do.
 *
 * @throws Problem 'too_many_requests'
 */
export async function countGuess(db: Database, email: string, address: string, now: Date): Promise<void> {
  const { account, address: byAddress, anywhere } = limitsOf(db)
  byAddress.take(address, now)
  account.take(`${address} ${email}`, now)
  try {
    anywhere.take(email, now)
  } catch (error) {
    if (!(error instanceof Problem) || !(await isOwnAddress(db, email, address))) throw error
  }
}

async function isOwnAddress(db: Database, email: string, address: string): Promise<boolean> {
  const found = await rows<{ address: string }>(
    db,
    'SELECT s.address FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email = ? LIMIT 100',
    [email],
  )
  return found.some((session) => countedAddress(session.address) === address)
}
