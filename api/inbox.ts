import { emptyInbox as empty, listMails, type MailSummary, readMail } from '../domain/inbox/readMails.ts'
import { emptyInbox, getInboxMail, listInbox } from './contract/inbox.ts'
import { readIdCursor } from './idCursor.ts'
import { type Route, route } from './server/route.ts'

export const inboxRoutes: Route[] = [
  route(listInbox, async ({ query, services }) => {
    const { limit, cursor, text = '' } = query
    const { mails, total } = await listMails(services.db, { limit: limit + 1, before: readIdCursor(cursor), text })
    const page = mails.slice(0, limit)
    return { items: page.map(summarise), next: mails.length > limit ? String(page.at(-1)?.id) : null, total }
  }),

  route(getInboxMail, async ({ params, services }) => {
    const mail = await readMail(services.db, Number(params.id), services.now())
    const { html, text, headers, source } = mail
    return { ...summarise(mail), html, text, headers, source }
  }),

  route(emptyInbox, async ({ services }) => {
    await empty(services.db)
  }),
]

function summarise(mail: MailSummary) {
  return {
    id: String(mail.id),
    channel: mail.channel,
    received_at: mail.received_at.toISOString(),
    from: mail.sender,
    to: mail.recipient,
    subject: mail.subject,
    read: mail.read_at !== null,
    size: mail.size,
  }
}
