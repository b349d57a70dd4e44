import type { Knex } from 'knex'
import { type Database, execute, rows } from '../database.ts'
import type { ChannelName } from '../deliveries/channels/channel.ts'
import { Problem } from '../errors.ts'

/** A mail of the local inbox, as a list shows it. */
export type MailSummary = {
  id: number
  channel: ChannelName
  received_at: Date
  sender: string
  recipient: string
  subject: string
  size: number
  read_at: Date | null
}

export type Mail = MailSummary & {
  html: string | null
  text: string | null
  headers: { name: string; value: string }[]
  source: string
}

const SUMMARY = 'id, channel, received_at, sender, recipient, subject, size, read_at'

/**
 * Mails, newest first.
 *
 * @param page `before`: the id of the last one of the page before; `text`: part of a subject, beginning of an address
 */
export async function listMails(
  db: Database,
  { limit, before, text }: { limit: number; before: number | null; text: string },
): Promise<{ mails: MailSummary[]; total: number }> {
  const like = text.replace(/[\\%_]/g, '\\$&')
  const where = text === '' ? 'TRUE' : '(subject LIKE ? OR recipient LIKE ?)'
  const bindings: Knex.RawBinding[] = text === '' ? [] : [`%${like}%`, `${like}%`]
  const [count] = await rows<{ total: number }>(
    db,
    `SELECT COUNT(*) AS total FROM inbox_mails WHERE ${where}`,
    bindings,
  )
  const mails = await rows<MailSummary>(
    db,
    `SELECT ${SUMMARY} FROM inbox_mails WHERE ${where} AND id < ? ORDER BY id DESC LIMIT ?`,
    [...bindings, before ?? Number.MAX_SAFE_INTEGER, limit],
  )
  return { mails, total: count?.total ?? 0 }
}

/**
 * One mail, taken apart; from now on it counts as read.
 *
 * @throws Problem `not_found`
 */
export async function readMail(db: Database, id: number, now: Date): Promise<Mail> {
  const sql = `SELECT ${SUMMARY}, source FROM inbox_mails WHERE id = ?`
  const [row] = await rows<MailSummary & { source: Buffer }>(db, sql, [id])
  if (row === undefined) throw new Problem('not_found', `There is no mail ${id} in the inbox`)
  await execute(db, 'UPDATE inbox_mails SET read_at = ? WHERE id = ? AND read_at IS NULL', [now, id])
  const source = row.source.toString('utf8')
  if (row.channel !== 'email')
    return { ...row, read_at: row.read_at ?? now, html: null, text: source, headers: [], source }
  const { simpleParser } = await import('mailparser')
  const parsed = await simpleParser(row.source, { skipImageLinks: true, skipTextToHtml: true })
  return {
    ...row,
    read_at: row.read_at ?? now,
    html: parsed.html || null,
    text: parsed.text ?? null,
    headers: parsed.headerLines.map(({ key, line }) => ({
      name: line.slice(0, key.length),
      value: line.slice(key.length + 1).trim(),
    })),
    source,
  }
}

/** Removes all mails. */
export async function emptyInbox(db: Database): Promise<void> {
  await execute(db, 'DELETE FROM inbox_mails')
}
