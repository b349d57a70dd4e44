import { createTransport } from 'nodemailer'

/** A mail that was taken and can't be delivered after all. */
type Returned = { recipient: string; sender: string; source: Buffer; messageId: string | null }

/** Sends a mail back to its envelope sender, as mail servers do that find out late that there is no such mailbox (RFC 3464). */
export async function sendBack(
  { recipient, sender, source, messageId }: Returned,
  port: number,
  now: Date,
): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true, connectionTimeout: 5_000 })
  const lines = [
    'From: Mail Delivery System <mailer-daemon@inbox.perennial.test>',
    `To: <${sender}>`,
    'Subject: Undelivered Mail Returned to Sender',
    `Date: ${now.toUTCString().replace('GMT', '+0000')}`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="=_back"',
    '',
    '--=_back',
    'Content-Type: text/plain',
    '',
    `The mail could not be delivered to <${recipient}>: there is no such mailbox.`,
    '',
    '--=_back',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; inbox.perennial.test',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 There is no such mailbox after all',
    '',
    '--=_back',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: <${messageId ?? ''}>`,
    `Return-Path: <${sender}>`,
    `X-Size: ${source.length}`,
    '',
    '--=_back--',
    '',
  ]
  try {
    await transport.sendMail({ envelope: { from: '', to: [sender] }, raw: lines.join('\r\n') })
  } finally {
    transport.close()
  }
}
