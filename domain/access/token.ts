import { createHash, randomBytes } from 'node:crypto'

/** A token of 256 random bits for a cookie or a key. */
export const makeToken = (): string => randomBytes(32).toString('base64url')

/** What the database keeps of a token: who reads it there cannot use it. Tokens are random, so no salt is needed. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()
