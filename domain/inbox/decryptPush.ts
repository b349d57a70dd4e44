import { createDecipheriv, createECDH, hkdfSync } from 'node:crypto'

/** A browser that the inbox plays: its private key, and the secret that it shares with us. */
export type PlayedBrowser = { privateKey: Buffer; auth: Buffer }

/** A browser's public half, as it would tell it. */
export function browserKeys({ privateKey, auth }: PlayedBrowser): { p256dh: string; auth: string } {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(privateKey)
  return { p256dh: pair.getPublicKey('base64url'), auth: auth.toString('base64url') }
}

/**
 * Reads a notification as a browser does: `aes128gcm` of RFC 8188 with the keys of RFC 8291, in one record.
 *
 * @throws when it was not encrypted for this browser
 */
export function decryptPush(body: Buffer, browser: PlayedBrowser): Buffer {
  const salt = body.subarray(0, 16)
  const sender = body.subarray(21, 21 + body.readUInt8(20))
  const sealed = body.subarray(21 + sender.length)
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(browser.privateKey)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), sender])
  const shared = Buffer.from(hkdfSync('sha256', pair.computeSecret(sender), browser.auth, info, 32))
  const key = Buffer.from(hkdfSync('sha256', shared, salt, 'Content-Encoding: aes128gcm\0', 16))
  const nonce = Buffer.from(hkdfSync('sha256', shared, salt, 'Content-Encoding: nonce\0', 12))
  const decipher = createDecipheriv('aes-128-gcm', key, nonce)
  decipher.setAuthTag(sealed.subarray(-16))
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  // the last record ends with a 2 and zeros
  return padded.subarray(0, padded.lastIndexOf(2))
}
