import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** A value as Temporal carries it: bytes, and named bytes that say how to read them. */
type Payload = { metadata?: Record<string, Uint8Array> | null; data?: Uint8Array | null }

/** What the SDK runs over payloads on their way to the server and back. */
export type PayloadCodec = {
  encode(payloads: Payload[]): Promise<Payload[]>
  decode(payloads: Payload[]): Promise<Payload[]>
}

/** Keys of 32 bytes by their names; the first one encrypts, each of them decrypts. */
export type PayloadKeys = ReadonlyMap<string, Buffer>

const ENCODING = 'binary/encrypted'
const CIPHER = 'aes-256-gcm'
const IV = 12
const TAG = 16

/**
 * Reads `TEMPORAL_PAYLOAD_KEYS`: `name:key` with commas between, a key being 32 bytes in base64 (`openssl rand -base64 32`).
 * To change keys, put a new one in front, and take the old one away when no history has it any more.
 *
 * @returns null when there is none: payloads are then carried as they are
 * @throws Error that says which of them is wrong, without the key
 */
export function readPayloadKeys(text: string | undefined): PayloadKeys | null {
  const entries = (text ?? '').split(',').map((entry) => entry.trim())
  if (entries.every((entry) => entry === '')) return null
  const keys = new Map<string, Buffer>()
  for (const [index, entry] of entries.entries()) {
    const [, name = '', value = ''] = /^([\w.-]{1,64}):([A-Za-z0-9+/]{43}=)$/.exec(entry) ?? []
    const wrong = name === '' || keys.has(name)
    if (wrong) {
      throw new Error(
        `TEMPORAL_PAYLOAD_KEYS, entry ${index + 1}: allowed is NAME:KEY, each name once, the key 32 bytes in base64`,
      )
    }
    keys.set(name, Buffer.from(value, 'base64'))
  }
  return keys
}

/**
 * Encrypts payloads (AES-256-GCM, a fresh nonce for each), so that Temporal's server and its pages have nothing to read.
 * What was carried in the clear before is read as it is: encryption can be switched on while workflows run.
 *
 * @throws when a payload was encrypted with a key that is not there, or was changed on its way
 */
export function payloadCodec(keys: PayloadKeys): PayloadCodec {
  const [current] = keys
  if (current === undefined) throw new Error('A codec needs a key')
  const [name, key] = current
  return {
    encode: async (payloads) => payloads.map((payload) => encrypt(payload, name, key)),
    decode: async (payloads) => payloads.map((payload) => decrypt(payload, keys)),
  }
}

function encrypt(payload: Payload, name: string, key: Buffer): Payload {
  const iv = randomBytes(IV)
  const cipher = createCipheriv(CIPHER, key, iv)
  cipher.setAAD(Buffer.from(name))
  const sealed = Buffer.concat([cipher.update(toBytes(payload)), cipher.final()])
  return {
    metadata: {
      encoding: Buffer.from(ENCODING),
      'encryption-cipher': Buffer.from('AES-256-GCM'),
      'encryption-key-id': Buffer.from(name),
    },
    data: Buffer.concat([iv, cipher.getAuthTag(), sealed]),
  }
}

function decrypt(payload: Payload, keys: PayloadKeys): Payload {
  if (textOf(payload, 'encoding') !== ENCODING) return payload
  const name = textOf(payload, 'encryption-key-id')
  const key = keys.get(name)
  if (key === undefined)
    throw new Error(`TEMPORAL_PAYLOAD_KEYS has no key "${name}", with which a payload was encrypted`)
  const data = Buffer.from(payload.data ?? [])
  const decipher = createDecipheriv(CIPHER, key, data.subarray(0, IV))
  decipher.setAAD(Buffer.from(name))
  decipher.setAuthTag(data.subarray(IV, IV + TAG))
  return fromBytes(Buffer.concat([decipher.update(data.subarray(IV + TAG)), decipher.final()]))
}

const textOf = (payload: Payload, name: string): string => Buffer.from(payload.metadata?.[name] ?? []).toString()

/** The length of the named bytes in front of both, as JSON. */
function toBytes({ metadata, data }: Payload): Buffer {
  const named = Object.entries(metadata ?? {}).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')])
  const head = Buffer.from(JSON.stringify(Object.fromEntries(named)))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(head.length)
  // bytes that are not there come from the SDK as an empty array
  return Buffer.concat([length, head, Buffer.from(data ?? [])])
}

function fromBytes(bytes: Buffer): Payload {
  const end = 4 + bytes.readUInt32BE(0)
  const named = JSON.parse(bytes.subarray(4, end).toString()) as Record<string, string>
  const metadata = Object.fromEntries(
    Object.entries(named).map(([name, value]) => [name, new Uint8Array(Buffer.from(value, 'base64'))]),
  )
  return { metadata, data: new Uint8Array(bytes.subarray(end)) }
}
