/** A mail as it comes over the wire: lines with CRLF. */
export const mail = (...lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'))

type Fields = Record<string, string>

const fieldLines = (fields: Fields) => Object.entries(fields).map(([name, value]) => `${name}: ${value}`)

/** A delivery status notification (RFC 3464) about one recipient or several. */
export const statusMail = (recipients: readonly Fields[], text = 'This is the mail system.', date?: string): Buffer =>
  mail(
    'From: MAILER-DAEMON@mx.example (Mail Delivery System)',
    'Subject: Undelivered Mail Returned to Sender',
    ...(date === undefined ? [] : [`Date: ${date}`]),
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    '\tboundary="4A1B.1/mx.example"',
    '',
    'This is a MIME-encapsulated message.',
    '',
    '--4A1B.1/mx.example',
    'Content-Description: Notification',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    text,
    '',
    '--4A1B.1/mx.example',
    'Content-Description: Delivery report',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    'X-Postfix-Queue-ID: 4A1B',
    '',
    ...recipients.flatMap((fields) => [...fieldLines(fields), '']),
    '--4A1B.1/mx.example',
    'Content-Type: message/rfc822',
    '',
    'From: Studio <hello@studio.test>',
    'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=',
    'Message-ID: <1.abc@studio.test>',
    '',
    'Hello',
    '--4A1B.1/mx.example--',
    '',
  )

/** What came back at `550 5.1.1`. */
export const bounceMail = (diagnostic: string, extra: Fields = {}): Buffer =>
  statusMail([
    {
      'Final-Recipient': 'rfc822; c0@mail.test',
      Action: 'failed',
      Status: /[245]\.\d+\.\d+/.exec(diagnostic)?.[0] ?? '5.0.0',
      'Diagnostic-Code': `smtp; ${diagnostic}`,
      ...extra,
    },
  ])

/** A complaint of a feedback loop (RFC 5965) that quotes these headers of the mail. */
export const complaintMail = (feedback: Fields, quoted: Fields): Buffer =>
  mail(
    'From: feedback@loop.example',
    'Subject: FW: News',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=feedback-report; boundary="part"',
    '',
    '--part',
    'Content-Type: text/plain',
    '',
    'This is an email abuse report.',
    '--part',
    'Content-Type: message/feedback-report',
    '',
    ...fieldLines({ 'User-Agent': 'Loop/1.0', Version: '1', ...feedback }),
    '',
    '--part',
    'Content-Type: message/rfc822',
    '',
    ...fieldLines(quoted),
    '',
    'The mail itself',
    '--part--',
    '',
  )
