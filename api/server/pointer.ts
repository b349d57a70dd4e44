/** The JSON Pointer (RFC 6901) of a way into a value; empty for the value itself. */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
