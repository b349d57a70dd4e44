import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import type { CompiledMessage } from '../messages/compileMessage.ts'
import { checkSubject } from '../messages/subject.ts'
import type { OfferedAnswer } from './compile/compiled.ts'

/** The published version of a template as somebody's message, perhaps under another subject. */
export type TemplateChoice = { template: string; subject?: string | undefined }

/** A message compiled once for all its recipients, and the version that it is, whatever is published later. */
export type TemplateMessage = CompiledMessage & {
  subject: string
  document: null
  answers: OfferedAnswer[]
  template: { id: string; version: number }
}

type Row = {
  key: string
  name: string
  archived_at: Date | null
  version: number
  subject: string | null
  html: string
  plain: string
  links: string
  answers: string
}

/**
 * The message of a template, as a campaign keeps it.
 *
 * @throws Problem `invalid` for a template that is not there, has no version or is archived, or for a wrong subject
 */
export async function templateMessage(db: Database, choice: TemplateChoice): Promise<TemplateMessage> {
  const { template, subject } = choice
  const [row] = await rows<Row>(
    db,
    `SELECT t.\`key\`, t.name, t.archived_at, t.version, v.subject, v.html, v.plain, v.links, v.answers FROM templates t
     LEFT JOIN template_versions v ON v.template_id = t.id AND v.version = t.version WHERE t.\`key\` = ?`,
    [template],
  )
  if (row === undefined) throw wrong(`There is no template “${template}”`)
  if (row.archived_at !== null) throw wrong(`The template “${row.name}” is archived: take it out again first`)
  if (row.subject === null) throw wrong(`The template “${row.name}” has no published version yet`)
  const own = subject === undefined ? { subject: row.subject, mistakes: [] } : checkSubject(subject, '/subject')
  if (own.mistakes.length > 0) throw new Problem('invalid', 'The message can’t be sent as it is', own.mistakes)
  return {
    subject: own.subject,
    document: null,
    html: row.html,
    text: row.plain,
    links: JSON.parse(row.links) as string[],
    answers: JSON.parse(row.answers) as OfferedAnswer[],
    template: { id: row.key, version: row.version },
  }
}

const wrong = (message: string) => new Problem('invalid', message, [{ path: '/template', message }])
