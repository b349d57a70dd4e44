import type { Call, OpenApi } from './document.ts'
import { follow } from './document.ts'

/** A call as a command that can be pasted: with the address of this installation, a key from `$KEY`, and the example body. */
export function curlOf(document: OpenApi, call: Call, origin: string): string {
  const path = call.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase())
  const needed = call.parameters
    .map((parameter) => follow(document, parameter))
    .filter((parameter) => parameter.in === 'query' && parameter.required === true)
    .map(({ name }) => `${name}=${name.toUpperCase()}`)
  const address = `${origin}/api/v1${path}${needed.length > 0 ? `?${needed.join('&')}` : ''}`
  const isOpen = call.security !== undefined && call.security.length === 0
  const example = call.requestBody?.content['application/json']?.example
  const parts = [
    `curl -s ${call.method === 'get' || (call.method === 'post' && example !== undefined) ? '' : `-X ${call.method.toUpperCase()} `}"${address}"`,
    ...(isOpen ? [] : ['-H "Authorization: Bearer $KEY"']),
    ...(call.requestBody === undefined ? [] : ["-H 'Content-Type: application/json'"]),
    ...(call.requestBody === undefined
      ? []
      : [`-d '${JSON.stringify(example ?? {}, null, 2).replaceAll("'", String.raw`'\''`)}'`]),
  ]
  return parts.join(' \\\n  ')
}
