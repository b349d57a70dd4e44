/** So long after a new secret was made the one before signs as well, in milliseconds: time enough to take up the new one. */
export const OVERLAP = 86_400_000

/** What a secret is told as; the text itself is the key of the HMAC, as with webhooks of automations. */
export const secretText = (secret: Buffer): string => `whsec_${secret.toString('base64url')}`

/** Until when the secret before signs as well; null when it does not. */
export function previousUntil(
  { previous_secret: previous, secret_since: since }: { previous_secret: Buffer | null; secret_since: Date },
  now: Date,
): Date | null {
  const until = new Date(since.getTime() + OVERLAP)
  return previous !== null && until > now ? until : null
}

/** The keys that sign now, the newest first. */
export function signingKeys(
  endpoint: { secret: Buffer; previous_secret: Buffer | null; secret_since: Date },
  now: Date,
): Buffer[] {
  const previous = previousUntil(endpoint, now) === null ? null : endpoint.previous_secret
  return [endpoint.secret, ...(previous === null ? [] : [previous])].map((key) => Buffer.from(secretText(key)))
}
