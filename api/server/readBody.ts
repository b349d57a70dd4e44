import express, { type Request, type Response } from 'express'
import { Problem } from '../../domain/errors.ts'

/** Deeper JSON than anything of ours needs: a rule is 20 deep (40 levels of JSON), a message 30. Guards what walks a body recursively. */
const MAX_DEPTH = 200

/**
 * Reads and parses the JSON body of a request.
 *
 * @param maxBytes the largest body after decompression
 * @returns the bytes as they came (empty without a body) and the value (undefined without one)
 * @throws Problem 'unsupported_media_type', 'too_large', 'invalid'
 */
export async function readBody(
  request: Request,
  response: Response,
  maxBytes: number,
): Promise<{ bytes: Buffer; value: unknown }> {
  await new Promise<void>((resolve, reject) => {
    express.raw({ type: () => true, limit: maxBytes })(request, response, (error?: unknown) =>
      error === undefined ? resolve() : reject(error as Error),
    )
  })
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  if (bytes.length === 0) return { bytes, value: undefined }
  if (request.is(['application/json', '+json']) === false) {
    throw new Problem('unsupported_media_type', 'Send the body as JSON with `Content-Type: application/json`.')
  }
  return { bytes, value: parse(bytes) }
}

function parse(bytes: Buffer): unknown {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Problem('invalid', 'The body is not valid UTF-8.', [{ path: '', message: 'Has to be UTF-8' }])
  }
  checkDepth(bytes)
  try {
    return JSON.parse(text)
  } catch (error) {
    // V8's sentence quotes the body, which may hold personal data that ends in logs of callers: the position is enough
    const position = /position (\d+)/.exec(String(error))?.[1]
    const where = position === undefined ? '' : ` at character ${position}`
    throw new Problem('invalid', `The body is not valid JSON${where}.`, [{ path: '', message: 'Has to be JSON' }])
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Counts brackets outside of strings, so that no deep value is ever built. */
function checkDepth(bytes: Buffer): void {
  let depth = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === QUOTE) {
      at++
      while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1
    } else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > MAX_DEPTH) {
        throw new Problem('invalid', `The body is nested deeper than ${MAX_DEPTH}.`, [
          { path: '', message: `At most ${MAX_DEPTH} deep` },
        ])
      }
    } else if (byte === 0x5d || byte === 0x7d) depth--
  }
}
