import { createHash } from 'node:crypto'
import { type Pieces, textOf, whole } from '../../messages/pieces.ts'
import type { Envelope } from '../channels/channel.ts'
import { readAddress } from './address.ts'
import { header, headerText, phrase } from './headers.ts'
import { quotedPrintable } from './quotedPrintable.ts'

/**
 * A mail as it goes over the wire, with what its envelope says: CRLF at the ends of lines and nowhere else, and no line
 * that begins with a dot.
 */
export type ComposedMail = { head: string; body: Buffer; from: string; to: string; utf8: boolean }

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
    body: ascii([...part(boundary, 'plain', text), ...part(boundary, 'html', html), `--${boundary}--\r\n`]),
    from: back.address,
    to: recipient.address,
    utf8: sender.utf8 || recipient.utf8 || back.utf8,
  }
}

function part(boundary: string, type: 'plain' | 'html', content: string | Pieces): string[] {
  const pieces = typeof content === 'string' ? [content] : content
  const base64 = needsBase64(pieces)
  const encoded = base64 ? [wrapped(Buffer.from(whole(pieces)).toString('base64'))] : quotedPrintable(pieces)
  const head = `--${boundary}\r\nContent-Type: text/${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${
    base64 ? 'base64' : 'quoted-printable'
  }\r\n\r\n`
  return [head, ...encoded, '\r\n']
}

/** Text in other alphabets is three times as long in quoted-printable, and not readable there either. */
function needsBase64(pieces: Pieces): boolean {
  let [extra, length] = [0, 0]
  for (const piece of pieces) {
    const text = textOf(piece)
    extra += Buffer.byteLength(text) - text.length
    length += text.length
  }
  return extra * 3 > length
}

/** The bytes of ASCII in pieces, each written to its place: never put together as a text first. */
function ascii(pieces: readonly string[]): Buffer {
  let length = 0
  for (const piece of pieces) length += piece.length
  const bytes = Buffer.allocUnsafe(length)
  let at = 0
  for (const piece of pieces) at += bytes.write(piece, at, 'latin1')
  return bytes
}

const wrapped = (base64: string) => base64.replace(/.{76}(?!$)/g, '$&\r\n')

function required(text: string) {
  const address = readAddress(text)
  if (address === null) throw new Error(`“${text}” is no address that mail can be sent to`)
  return address
}
