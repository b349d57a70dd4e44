import { randomBytes } from 'node:crypto'
import { Problem } from '../errors.ts'
import type { Written } from './written.ts'

export type Variant = 'a' | 'b'

/** Compares two messages: part of the recipients get one or the other, the rest the one that did better. */
export type AbTest = {
  /** How many of a hundred recipients get one of the two to compare them; 100: all, and there is no winner to send. */
  share: number
  decide: 'clicks' | 'by_hand'
  /** With `clicks`: how long after the last compared message, in minutes. */
  after_minutes: number | null
}

/** The second message, as its maker says it: another subject, another content, or both. */
export type SecondMessage = { subject?: string | undefined; content?: Written | undefined }

/** How a campaign goes out. */
export type Choices = {
  /** Null sends at once. */
  sendAt: Date | null
  /** Over how many minutes the messages are spread; null: as fast as they go. */
  spreadMinutes: number | null
  /** How many of a hundred recipients get nothing, to compare with. */
  holdout: number
  /** Decides by hash who is held out and who is compared with whom. */
  seed: string
  abTest: (AbTest & SecondMessage) | null
}

/** {@link Choices}, of which everything may be left out: at once, to all, one message. */
export type SomeChoices = { [Name in keyof Choices]?: Choices[Name] | undefined }

const DAY = 86_400_000
/** How far ahead a campaign may be planned, and for how long a time that has passed still means now. */
const AHEAD = 366 * DAY
const BEHIND = DAY

/**
 * Completes and checks choices.
 *
 * @throws Problem `invalid` with the path of each mistake
 */
export function readChoices(choices: SomeChoices, now: Date): Choices {
  const { sendAt = null, spreadMinutes = null, holdout = 0, seed, abTest = null } = choices
  if (sendAt !== null) checkInstant(sendAt, now)
  if (abTest !== null) checkAbTest(abTest)
  return { sendAt, spreadMinutes, holdout, seed: seed ?? randomBytes(8).toString('hex'), abTest }
}

function checkInstant(sendAt: Date, now: Date): void {
  const ahead = sendAt.getTime() - now.getTime()
  if (ahead < -BEHIND) throw mistake('/send_at', 'This time is past; leave it out to send at once')
  if (ahead > AHEAD) throw mistake('/send_at', 'A campaign can be planned at most 366 days ahead')
}

function checkAbTest({ subject, content, decide, after_minutes, share }: AbTest & SecondMessage): void {
  if (subject === undefined && content === undefined) {
    throw mistake('/ab_test', 'Say what is compared: another subject, another content, or both')
  }
  if (decide === 'clicks' && after_minutes === null && share < 100) {
    throw mistake('/ab_test/after_minutes', 'Say after how many minutes the clicks decide')
  }
}

const mistake = (path: string, message: string) => new Problem('invalid', message, [{ path, message }])
