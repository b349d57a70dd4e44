import { type KeyObject, randomBytes, sign } from 'node:crypto'

/** What a certificate says. */
export type CertificateOrder = {
  /** Its name, and the hosts that it stands for. */
  name: string
  hosts: readonly string[]
  key: KeyObject
  from: Date
  to: Date
  /** Who signs it; left out: the key itself. */
  issuer?: { name: string; key: KeyObject } | undefined
  /** Whether it may sign others. */
  authority?: boolean
}

/**
 * Makes a certificate (X.509, RFC 5280) as PEM. One that a server made for itself keeps what is said on the line from
 * those who only listen; it proves nothing to anybody, and mail servers do not ask for more.
 *
 * @param order.key the public key that it is about, or a private one that it is signed with as well
 */
export function makeCertificate(order: CertificateOrder & { publicKey: KeyObject }): string {
  const { name, hosts, key, publicKey, from, to, issuer = { name, key }, authority = false } = order
  const algorithm = issuer.key.asymmetricKeyType === 'rsa' ? RSA_SHA256 : ECDSA_SHA256
  const extensions = [
    extension(BASIC_CONSTRAINTS, sequence(...(authority ? [Buffer.from([0x01, 0x01, 0xff])] : []))),
    ...(hosts.length === 0 ? [] : [extension(ALTERNATIVE_NAMES, sequence(...hosts.map(hostName)))]),
  ]
  const told = sequence(
    node(0xa0, node(0x02, Buffer.from([2]))),
    node(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    algorithm,
    commonName(issuer.name),
    sequence(time(from), time(to)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    node(0xa3, sequence(...extensions)),
  )
  const signature = sign('sha256', told, issuer.key)
  const whole = sequence(told, algorithm, node(0x03, Buffer.concat([Buffer.from([0]), signature])))
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

/** A node of DER: tag, length, content. */
function node(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content)
  const { length } = body
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...head]), body])
}

const sequence = (...content: readonly Uint8Array[]): Buffer => node(0x30, ...content)
const identifier = (hex: string): Buffer => node(0x06, Buffer.from(hex, 'hex'))

const ECDSA_SHA256 = sequence(identifier('2a8648ce3d040302'))
const RSA_SHA256 = sequence(identifier('2a864886f70d01010b'), node(0x05))
const COMMON_NAME = identifier('550403')
const BASIC_CONSTRAINTS = identifier('551d13')
const ALTERNATIVE_NAMES = identifier('551d11')

const commonName = (name: string): Buffer => sequence(node(0x31, sequence(COMMON_NAME, node(0x0c, Buffer.from(name)))))
const extension = (which: Buffer, value: Buffer): Buffer => sequence(which, node(0x04, value))
const hostName = (host: string): Buffer => node(0x82, Buffer.from(host, 'ascii'))

/** Years from 2050 on are written with four digits (RFC 5280 4.1.2.5). */
function time(at: Date): Buffer {
  const digits = at.toISOString().replace(/[-:T]|\.\d+/g, '')
  return at.getUTCFullYear() < 2050 ? node(0x17, Buffer.from(digits.slice(2))) : node(0x18, Buffer.from(digits))
}
