import { type Database, rows } from '../database.ts'
import { type Mistake, Problem } from '../errors.ts'
import { type Content, checkContent } from '../messages/checkContent.ts'
import { compileMessage } from '../messages/compileMessage.ts'
import { messageTemplate, type RenderedMessage } from '../messages/renderMessage.ts'
import { mailLanguage } from '../messages/words.ts'
import { readSettings } from '../settings/readSettings.ts'

type Person = { first_name: string | null; last_name: string | null; language: string | null }

/** Where the unsubscribe link of a message leads that belongs to no delivery: a page that says so. */
const TEST_PAGE = '/u/test'

/**
 * The message as one customer would get it, with its links leading straight to their pages. Sends nothing.
 *
 * @param customer the caller's id of a customer; without one the merge tags show their fallbacks
 * @throws Problem `invalid` with the path of each mistake in the content, `not_found` for an unknown customer
 */
export async function previewMessage(
  db: Database,
  { content, customer, publicUrl }: { content: Content; customer?: string | undefined; publicUrl: string },
): Promise<RenderedMessage & { warnings: Mistake[] }> {
  const { subject, document, warnings } = checkContent(content)
  const settings = await readSettings(db)
  const person = await readPerson(db, customer)
  const compiled = await compileMessage(document, { business: settings.name, language: settings.language })
  const rendered = messageTemplate({ subject, ...compiled })(
    { customer: person, business: { name: settings.name } },
    mailLanguage(person.language, settings.language),
    { to: compiled.links, unsubscribe: `${publicUrl}${TEST_PAGE}`, pixel: null },
  )
  return { ...rendered, warnings }
}

async function readPerson(db: Database, customer: string | undefined): Promise<Person> {
  if (customer === undefined) return { first_name: null, last_name: null, language: null }
  const sql = 'SELECT first_name, last_name, language FROM customers WHERE external_id = ? AND known = 1'
  const [person] = await rows<Person>(db, sql, [customer])
  if (person === undefined) throw new Problem('not_found', `There is no customer ${customer}`)
  return person
}
