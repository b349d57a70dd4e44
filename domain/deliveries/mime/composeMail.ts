import { createHash } from 'node:crypto'
import type { Envelope } from '../channels/channel.ts'
import { readAddress } from './address.ts'
import { header, headerText, phrase } from './headers.ts'
import { quotedPrintable } from './quotedPrintable.ts'

/** A mail as it goes over the wire, CRLF at the ends of lines, with what its envelope says. */
export type ComposedMail = { head: string; body: string; from: string; to: string; utf8: boolean }

/**
 * Composes a mail: text and HTML as alternatives (RFC 2046 5.1.4), everything in 7 bits but addresses that need more.
 *
 * @param now the date in its head
 * @throws when an address is none that SMTP can carry
 */
export function composeMail(envelope: Envelope, now: Date): ComposedMail {
  const { from, returnPath, to, messageId, subject, html, text, headers } = envelope
  const [sender, recipient, back] = [required(from.address), required(to), required(returnPath)]
  // the same for all copies of one message is all that a boundary needs to be, and none of the text can hold it
  const boundary = `=_${createHash('sha256').update(messageId).digest('base64url').slice(0, 30)}`
  const name = phrase(from.name)
  const head = [
    header('From', name === '' ? sender.address : `${name} <${sender.address}>`),
    header('To', recipient.address),
    header('Subject', headerText(subject)),
    `Message-ID: <${messageId}>`,
    `Date: ${now.toUTCString().replace('GMT', '+0000')}`,
    ...Object.entries(headers).map(([key, value]) => header(key, value)),
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative;\r\n boundary="${boundary}"`,
  ].join('\r\n')
  return {
    head: `${head}\r\n`,
    body: `${part(boundary, 'plain', text)}${part(boundary, 'html', html)}--${boundary}--\r\n`,
    from: back.address,
    to: recipient.address,
    utf8: sender.utf8 || recipient.utf8 || back.utf8,
  }
}

function part(boundary: string, type: 'plain' | 'html', content: string): string {
  const base64 = needsBase64(content)
  const encoded = base64 ? wrapped(Buffer.from(content).toString('base64')) : quotedPrintable(content)
  return `--${boundary}\r\nContent-Type: text/${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${
    base64 ? 'base64' : 'quoted-printable'
  }\r\n\r\n${encoded}\r\n`
}

/** Text in other alphabets is three times as long in quoted-printable, and not readable there either. */
function needsBase64(content: string): boolean {
  const extra = Buffer.byteLength(content) - content.length
  return extra * 3 > content.length
}

const wrapped = (base64: string) => base64.replace(/.{76}(?!$)/g, '$&\r\n')

function required(text: string) {
  const address = readAddress(text)
  if (address === null) throw new Error(`“${text}” is no address that mail can be sent to`)
  return address
}
