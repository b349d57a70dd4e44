/** Mail services by the end of their servers' names, with how each is told to give our token back in its webhook. */
const SERVICES: readonly { host: RegExp; headers: (token: string) => Record<string, string> }[] = [
  {
    host: /(^|\.)email-smtp\.[a-z0-9-]+\.amazonaws\.com$/,
    headers: (token) => ({ 'X-SES-MESSAGE-TAGS': `perennial=${token}` }),
  },
  {
    host: /(^|\.)mailgun\.org$/,
    headers: (token) => ({ 'X-Mailgun-Variables': JSON.stringify({ perennial: token }) }),
  },
  { host: /(^|\.)postmarkapp\.com$/, headers: (token) => ({ 'X-PM-Metadata-perennial': token }) },
  {
    host: /(^|\.)sendgrid\.net$/,
    headers: (token) => ({ 'X-SMTPAPI': JSON.stringify({ unique_args: { perennial: token } }) }),
  },
]

/**
 * The headers by which a mail service names our delivery in what it tells us later; others get none.
 *
 * @param url of the mail server
 * @param returnPath of the mail; without a signed token in it there is nothing to give back
 */
export function serviceHeaders(url: string, returnPath: string): Record<string, string> {
  const token = /^bounce\+([a-z2-7]{32})@/.exec(returnPath)?.[1]
  if (token === undefined) return {}
  const host = new URL(url).hostname.toLowerCase()
  return SERVICES.find((service) => service.host.test(host))?.headers(token) ?? {}
}
