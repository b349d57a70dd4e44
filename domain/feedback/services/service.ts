import { timingSafeEqual } from 'node:crypto'
import type { z } from 'zod'
import { Problem } from '../../errors.ts'
import type { About, Notice } from '../notice.ts'

/** What a webhook of a mail service is checked with; a service without its secret has no webhook. */
export type HookSecrets = {
  ses?: {
    /** The topics of SNS that are believed. */
    topics: readonly string[]
    /** Reads a text from an address of Amazon's that has been checked. */
    read: (url: string) => Promise<string>
  }
  /** The signing key of the account. */
  mailgun?: { key: string }
  /** `user:password`, as they stand in the address of the webhook. */
  postmark?: { credentials: string }
  /** The verification key: SPKI as base64. */
  sendgrid?: { key: string }
}

export type ServiceName = keyof HookSecrets

/** A call of a webhook as it came: signatures are over the very bytes. */
export type HookCall = { body: Buffer; header: (name: string) => string | undefined }

/** Reads a call of one service's webhook, after its signature. Throws Problem `forbidden` or `invalid`. */
export type Service<Secrets> = (call: HookCall, secrets: Secrets, now: Date) => Promise<Notice[]>

/** The most events that one call may bring. */
export const MOST_EVENTS = 10_000

/** The body as JSON of a shape. */
export function readJson<Shape extends z.ZodType>(shape: Shape, text: string | Buffer): z.output<Shape> {
  let value: unknown
  try {
    value = JSON.parse(text.toString('utf8'))
  } catch {
    throw new Problem('invalid', 'The body is not valid JSON.', [{ path: '', message: 'Has to be JSON' }])
  }
  const read = shape.safeParse(value)
  if (read.success) return read.data
  const mistakes = read.error.issues.slice(0, 5).map(({ path, message }) => ({
    path: path.map((part) => `/${String(part)}`).join(''),
    message,
  }))
  throw new Problem('invalid', 'This is not what the mail service sends.', mistakes)
}

export const refuse = (why: string): Problem => new Problem('forbidden', why)

/** Whether two texts are the same, in a time that says nothing about where they differ. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const TOKEN = /bounce\+([a-z2-7]{32})@/i

/**
 * What a service says of which message it is about: our own token, where it gives that back; the return path, which has
 * it; the Message-ID.
 */
export function aboutOf(given: {
  token?: string | undefined
  returnPath?: string | undefined
  messageId?: string | undefined
}): About | null {
  const token = given.token ?? TOKEN.exec(given.returnPath ?? '')?.[1]
  if (token !== undefined) return { token }
  const messageId = given.messageId?.replace(/^\s*<|>\s*$/g, '') ?? ''
  return messageId === '' ? null : { messageId }
}

/** An instant of theirs: a number is seconds. In the future, or none: now. */
export function instantOf(given: string | number | undefined, now: Date): Date {
  const at = typeof given === 'number' ? given * 1_000 : Date.parse(given ?? '')
  return Number.isFinite(at) && at > 0 && at <= now.getTime() ? new Date(at) : now
}

/** Text of theirs on one line. */
export const tidy = (...parts: readonly (string | number | null | undefined)[]): string =>
  parts
    .filter((part) => part !== undefined && part !== null && part !== '')
    .join(' ')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 1_000)
