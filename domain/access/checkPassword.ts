import { Problem } from '../errors.ts'

const LEAST = 10

/** Passwords that guessing begins with, of those that are long enough. */
const COMMON =
  /^(1234567890?|0123456789|password\d*|passwort\d*|qwertzuiop|qwertyuiop|azertyuiop|iloveyou\d*|letmein\d*|perennial\d*|administrator|(.)\2*)$/i

/**
 * Whether a password is one that nobody guesses soon. Length is what counts (NIST SP 800-63B); nothing is asked about kinds
 * of letters.
 *
 * @param about what others know of its owner: address and name
 * @param path where in the request it stands
 * @throws Problem 'invalid'
 */
export function checkPassword(password: string, about: readonly string[], path = '/password'): void {
  const refuse = (message: string) => {
    throw new Problem('invalid', message, [{ path, message }])
  }
  if ([...password].length < LEAST) refuse(`A password needs at least ${LEAST} characters`)
  const plain = password.toLowerCase()
  const known = about.flatMap((text) => [text, text.split('@')[0] ?? '']).map((text) => text.trim().toLowerCase())
  if (COMMON.test(password) || known.includes(plain))
    refuse('This password is one of the first that somebody would try')
}
