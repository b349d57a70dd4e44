import { type Database, execute, rows } from '../database.ts'
import type { Channel } from '../deliveries/channels/channel.ts'
import { returnPath } from '../deliveries/returnPath.ts'
import { escapeHtml } from '../messages/escapeHtml.ts'
import { readSettings } from '../settings/readSettings.ts'
import { WEBHOOK_WORDS } from './words.ts'

type Off = { id: number; name: string; url: string; off_reason: 'gone' | 'gave_up'; off_at: Date }

/** Writes to the admins about endpoints that were switched off by themselves: once for each, as well as it goes. */
export async function tellAdmins(db: Database, email: Channel, publicUrl: string, now: Date): Promise<void> {
  const off = await rows<Off>(
    db,
    `SELECT id, name, url, off_reason, off_at FROM webhook_endpoints
     WHERE state = 'off' AND off_reason IS NOT NULL AND told_at IS NULL`,
  )
  for (const endpoint of off) {
    // whoever writes this first writes the mail: the page says it whatever becomes of that
    const ours = await execute(db, 'UPDATE webhook_endpoints SET told_at = ? WHERE id = ? AND told_at IS NULL', [
      now,
      endpoint.id,
    ])
    if (ours > 0) await write(db, email, endpoint, publicUrl)
  }
}

async function write(db: Database, email: Channel, endpoint: Off, publicUrl: string): Promise<void> {
  const settings = await readSettings(db)
  const admins = await rows<{ email: string; name: string; language: string | null }>(
    db,
    "SELECT email, name, language FROM users WHERE role = 'admin' AND deactivated_at IS NULL AND no_password = 0",
  )
  const { senderName, senderEmail } = settings
  for (const admin of admins) {
    const words = WEBHOOK_WORDS[admin.language ?? settings.language] ?? WEBHOOK_WORDS.en
    if (words === undefined) continue
    const fill = (text: string) =>
      text
        .replaceAll('{name}', () => endpoint.name)
        .replaceAll('{host}', () => URL.parse(endpoint.url)?.host ?? endpoint.url)
    const link = `${publicUrl}/webhooks/${endpoint.id}`
    const lines = [words.hello.replace('{name}', () => admin.name), fill(words[endpoint.off_reason]), fill(words.what)]
    await email.send({
      to: admin.email,
      from: { name: senderName, address: senderEmail },
      returnPath: returnPath(settings, null),
      messageId: `webhook.${endpoint.id}.${endpoint.off_at.getTime()}@${senderEmail.slice(senderEmail.lastIndexOf('@') + 1)}`,
      subject: fill(words.subject).replace(/\s+/g, ' '),
      html: `<!doctype html><html><body style="font:16px/1.5 sans-serif;max-width:32rem">${lines
        .map((line) => `<p>${escapeHtml(line)}</p>`)
        .join('')}<p><a href="${escapeHtml(link)}">${escapeHtml(words.link)}</a></p></body></html>`,
      text: `${lines.join('\n\n')}\n\n${link}\n`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
  }
}
