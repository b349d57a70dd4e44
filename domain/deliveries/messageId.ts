import { hmac } from '../settings/hmac.ts'

/**
 * The Message-ID of a delivery, without its angle brackets: always the same for the same delivery, so that a notice
 * from a mail server finds it and a mailbox that gets a copy twice can tell. It can't be guessed from another one.
 *
 * @param key the secret that links are signed with
 * @param sender the sender's address, whose domain the id carries
 */
export function messageId(key: Buffer, delivery: number, sender: string): string {
  const mark = hmac(key).update(`message ${delivery}`).digest('base64url').slice(0, 22)
  const domain = sender.slice(sender.lastIndexOf('@') + 1)
  return `${delivery}.${mark}@${/^[A-Za-z0-9.-]+$/.test(domain) ? domain : 'perennial.invalid'}`
}
