import { Problem } from '../errors.ts'
import { type Content, checkContent } from '../messages/checkContent.ts'
import { type CompiledMessage, compileMessage } from '../messages/compileMessage.ts'
import type { Document } from '../messages/document.ts'
import type { Settings } from '../settings/readSettings.ts'
import type { SecondMessage } from './choices.ts'

/** A message as a campaign keeps it. */
export type Message = CompiledMessage & { subject: string; document: Document }

/**
 * Checks and compiles the message of a campaign.
 *
 * @throws Problem `invalid` with the path of each mistake
 */
export async function composeMessage(content: Content, settings: Settings): Promise<Message> {
  const { subject, document } = checkContent(content)
  const compiled = await compileMessage(document, { business: settings.name, language: settings.language })
  return { subject, document, ...compiled }
}

/**
 * The second message of a campaign that compares two: what it leaves out is as in the first.
 *
 * @throws Problem `invalid` with the path of each mistake under `/ab_test`
 */
export async function composeSecond(second: SecondMessage, content: Content, settings: Settings): Promise<Message> {
  const both = { ...(second.content ?? content), ...(second.subject === undefined ? {} : { subject: second.subject }) }
  try {
    return await composeMessage(both, settings)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const at = (path: string) => `/ab_test${second.content === undefined ? path.replace(/^\/content/, '') : path}`
    throw new Problem(
      error.code,
      error.message,
      error.mistakes.map(({ path, message }) => ({ path: at(path), message })),
    )
  }
}
