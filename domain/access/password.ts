import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

// OWASP's smallest recommended settings for argon2id: 19 MiB, 2 passes, 1 thread. About 20 ms; the library's default
// algorithm is argon2id.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The argon2id hash of a password, with its salt and settings in the text. */
export const hashPassword = (password: string): Promise<string> => hash(password, COST)

let nobody: Promise<string> | undefined

/**
 * Whether a password is the one behind a hash. Without a hash (there is no such user) the same work is done and the
 * answer is no, so that the time of an answer doesn't tell who has an account.
 */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword(randomBytes(16).toString('hex'))
  const matches = await verify(passwordHash ?? (await nobody), password)
  return matches && passwordHash !== null
}

/** A password that nobody guesses and that can be typed: 20 characters, 120 bits. */
export const makePassword = (): string => randomBytes(15).toString('base64url')
