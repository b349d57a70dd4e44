import { createHash } from 'node:crypto'
import type { Database } from '../database.ts'
import { type Returned, readReturnToken } from '../deliveries/returnPath.ts'
import { keyring } from '../settings/secret.ts'
import { readToken, verifyToken } from '../tracking/token.ts'
import type { About, Notice } from './notice.ts'
import type { Quoted } from './quoted.ts'
import { type Report, readReport } from './readReport.ts'
import { takeNotices } from './takeNotices.ts'

/** A mail that came to one of our return addresses. */
export type ReturnedMail = { to: Returned; sender: string; source: Buffer }

/**
 * Takes a mail that came back. The same mail again changes nothing.
 *
 * @returns what it was: of a complaint without anything of ours in it nobody can say whose it is (`unclear`)
 */
export async function takeReport(db: Database, mail: ReturnedMail, now: Date): Promise<Report['kind']> {
  const report = await readReport(mail.source, mail.sender)
  if (report.kind !== 'status' && report.kind !== 'complaint') return report.kind
  const about = report.kind === 'status' ? aboutBounce(mail.to) : await aboutComplaint(db, mail.to, report.about)
  if (about === null) return 'unclear'
  const notice: Notice = {
    about,
    type: report.type,
    at: inThePast(report.at, now),
    words: report.words,
    source: report.kind === 'status' ? 'bounce mail' : 'feedback loop',
    id: createHash('sha256').update(mail.source).digest('hex'),
  }
  const { unknown } = await takeNotices(db, [notice], now)
  return unknown > 0 ? 'unclear' : report.kind
}

const aboutBounce = (to: Returned): About | null => (to.kind === 'bounce' ? { delivery: to.delivery } : null)

/** A complaint counts when it carries something that we signed, or a Message-ID that only its recipient can know. */
async function aboutComplaint(db: Database, to: Returned, quoted: Quoted): Promise<About | null> {
  if (to.kind === 'bounce') return { delivery: to.delivery }
  const keys = await keyring(db, 'tracking')
  for (const path of quoted.returnPaths) {
    const returned = readReturnToken(keys, /bounce\+([a-z2-7]{32})@/i.exec(path)?.[1] ?? '')
    if (returned?.kind === 'bounce') return { delivery: returned.delivery }
  }
  for (const link of quoted.unsubscribe) {
    const token = /\/u\/([\w-]+)/.exec(link)?.[1] ?? ''
    const thing = readToken(token)
    if (thing?.kind === 'unsubscribe' && verifyToken(keys, token)) return { delivery: thing.delivery }
  }
  return quoted.messageId === null ? null : { messageId: quoted.messageId }
}

/** Clocks of others may be ahead, or years behind: then it happened when we heard of it. */
function inThePast(at: Date | null, now: Date): Date {
  const oldest = now.getTime() - 30 * 86_400_000
  return at === null || at > now || at.getTime() < oldest ? now : at
}
