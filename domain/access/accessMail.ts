import { randomUUID } from 'node:crypto'
import type { Database } from '../database.ts'
import type { Channel, Outcome } from '../deliveries/channels/channel.ts'
import { returnPath } from '../deliveries/returnPath.ts'
import { escapeHtml } from '../messages/escapeHtml.ts'
import { readSettings } from '../settings/readSettings.ts'
import { ACCESS_WORDS } from './accessWords.ts'
import type { UserLanguage } from './users.ts'
import type { TokenKind } from './userTokens.ts'

/**
 * Sends somebody the link by which they set a password. The secret stands behind `#`: browsers keep it to themselves, so no
 * log of a server or proxy has it.
 *
 * @param to whom, in whose language (the business's when they have none)
 */
export async function sendAccessMail(
  db: Database,
  channel: Channel,
  {
    kind,
    token,
    to,
  }: { kind: TokenKind; token: string; to: { email: string; name: string; language: UserLanguage | null } },
  { publicUrl, by }: { publicUrl: string; by?: string | undefined },
): Promise<Outcome> {
  const settings = await readSettings(db)
  const language = to.language ?? (settings.language as UserLanguage)
  const words = (ACCESS_WORDS[language] ?? ACCESS_WORDS.en)[kind]
  const link = `${publicUrl}/${kind}#${token}`
  const fill = (text: string) =>
    text
      .replaceAll('{business}', () => settings.name)
      .replaceAll('{name}', () => to.name)
      .replaceAll('{by}', () => by ?? settings.name)
  const say = (text: string) => escapeHtml(fill(text))
  const { senderName, senderEmail } = settings
  return channel.send({
    to: to.email,
    from: { name: senderName, address: senderEmail },
    returnPath: returnPath(settings, null),
    messageId: `${kind}.${randomUUID()}@${senderEmail.slice(senderEmail.lastIndexOf('@') + 1)}`,
    subject: fill(words.subject),
    html: `<!doctype html><html lang="${language}"><body style="font:16px/1.5 sans-serif;max-width:32rem">
<p>${say(words.hello)}</p><p>${say(words.text)}</p>
<p><a href="${escapeHtml(link)}">${say(words.link)}</a></p><p>${say(words.ignore)}</p></body></html>`,
    text: `${fill(words.hello)}\n\n${fill(words.text)}\n\n${link}\n\n${fill(words.ignore)}\n`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
}
