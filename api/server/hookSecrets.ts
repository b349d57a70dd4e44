import type { HookSecrets } from '../../domain/feedback/services/service.ts'

/** A certificate has two kilobytes, an answer to a confirmation less. */
const MOST = 100_000

/** What webhooks are checked with, as the environment says it; docs/operations.md has the table. */
export function hookSecrets(variables: Readonly<Record<string, string | undefined>>): HookSecrets {
  const { SES_TOPIC_ARN, MAILGUN_SIGNING_KEY, POSTMARK_WEBHOOK_AUTH, SENDGRID_WEBHOOK_KEY } = variables
  const topics = (SES_TOPIC_ARN ?? '').split(',').map((topic) => topic.trim())
  return {
    ...(SES_TOPIC_ARN ? { ses: { topics: topics.filter((topic) => topic !== ''), read } } : {}),
    ...(MAILGUN_SIGNING_KEY ? { mailgun: { key: MAILGUN_SIGNING_KEY } } : {}),
    ...(POSTMARK_WEBHOOK_AUTH ? { postmark: { credentials: POSTMARK_WEBHOOK_AUTH } } : {}),
    ...(SENDGRID_WEBHOOK_KEY ? { sendgrid: { key: SENDGRID_WEBHOOK_KEY } } : {}),
  }
}

/** Reads a small text, and follows nobody elsewhere. */
async function read(url: string): Promise<string> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5_000) })
  if (!response.ok) throw new Error(`${new URL(url).hostname} answered ${response.status}`)
  const text = await response.text()
  if (text.length > MOST) throw new Error(`${new URL(url).hostname} answered too much`)
  return text
}
